// Checks heads and proofs of the transparency log with @sigstore/verify and @transmute/rfc9162. stdin: JSON; stdout: JSON.
import { readFileSync } from "node:fs";
import { createPublicKey } from "node:crypto";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { verifyCheckpoint } = require("@sigstore/verify/dist/tlog/checkpoint.js");
const { verifyMerkleInclusion } = require("@sigstore/verify/dist/tlog/merkle.js");
const { RFC9162_SHA256 } = require("@transmute/rfc9162").CoMETRE;

const held = JSON.parse(readFileSync(0, "utf-8"));
const bytes = (hex) => Buffer.from(hex, "hex");

// A C2SP verifier key: name + key id + base64 of the algorithm byte and the public key.
const logs = held.keys.map((line) => {
  const [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(line);
  const x = Buffer.from(encoded, "base64").subarray(1).toString("base64url");
  const publicKey = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  return { baseURL: name, logID: bytes(id), publicKey };
});

function head(note) {
  return verifyCheckpoint({ inclusionProof: { checkpoint: { envelope: note } } }, logs);
}

function attempt(check) {
  try {
    return check() ?? true;
  } catch (fault) {
    return String(fault.message);
  }
}

const heads = held.notes.map((note) => attempt(() => {
  const read = head(note);
  return { size: Number(read.logSize), root: read.logHash.toString("hex") };
}));

const inclusions = held.inclusions.map(({ content, position, proof, note }) => attempt(() => verifyMerkleInclusion(
  { canonicalizedBody: Buffer.from(content), inclusionProof: { logIndex: String(position), hashes: proof.map(bytes) } },
  head(note),
)));

const leaves = held.contents.map((content) => RFC9162_SHA256.leaf(Buffer.from(content)));
const root = Buffer.from(await RFC9162_SHA256.root(await Promise.all(leaves))).toString("hex");

const consistencies = [];
for (const { first, second, first_root, second_root, proof } of held.consistencies) {
  const path = proof.map(bytes);
  // RFC 9162 §2.1.4.2 step 2, which the library leaves to its caller.
  if ((first & (first - 1)) === 0) path.unshift(bytes(first_root));
  const proved = { tree_size_1: first, tree_size_2: second, consistency_path: path };
  consistencies.push(await RFC9162_SHA256
    .verify_consistency_proof(bytes(first_root), bytes(second_root), proved)
    .catch((fault) => String(fault.message)));
}

process.stdout.write(JSON.stringify({ heads, inclusions, root, consistencies }));
