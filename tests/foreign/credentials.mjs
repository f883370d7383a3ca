// Verifies credentials and status lists with jose and @digitalbazaar/bitstring. stdin: JSON; stdout: JSON.
import { readFileSync } from "node:fs";
import { compactVerify, decodeProtectedHeader, importJWK, jwtVerify } from "jose";
import { Bitstring } from "@digitalbazaar/bitstring";

const held = JSON.parse(readFileSync(0, "utf-8"));
const currentDate = new Date(held.at);

async function keyOf(token) {
  const { kid } = decodeProtectedHeader(token);
  const method = held.did.verificationMethod.find((one) => one.id === kid);
  if (!method || !held.did.assertionMethod.includes(kid)) throw new Error("unknown key");
  return importJWK(method.publicKeyJwk);
}

async function claims(token) {
  const options = { issuer: held.did.id, typ: "vc+jwt", algorithms: ["EdDSA"], currentDate };
  return (await jwtVerify(token, await keyOf(token), options)).payload;
}

const lists = new Map();
for (const token of held.lists) {
  const payload = await claims(token);
  const encoded = payload.credentialSubject.encodedList;
  if (encoded[0] !== "u") throw new Error("no multibase prefix");
  const buffer = await Bitstring.decodeBits({ encoded: encoded.slice(1) });
  lists.set(payload.id, { bits: new Bitstring({ buffer }), purpose: payload.credentialSubject.statusPurpose });
}

async function look(token) {
  try {
    const payload = await claims(token);
    const bits = {};
    for (const { statusPurpose, statusListCredential, statusListIndex } of payload.credentialStatus) {
      const list = lists.get(statusListCredential);
      if (list.purpose !== statusPurpose) throw new Error("another purpose");
      bits[statusPurpose] = list.bits.get(Number(statusListIndex));
    }
    return { payload, bits };
  } catch (fault) {
    return fault.code ?? String(fault.message);
  }
}

async function manifest(token) {
  try {
    return JSON.parse(new TextDecoder().decode((await compactVerify(token, await keyOf(token))).payload));
  } catch (fault) {
    return fault.code ?? String(fault.message);
  }
}

process.stdout.write(JSON.stringify({
  credentials: await Promise.all(held.credentials.map(look)),
  manifests: await Promise.all((held.manifests ?? []).map(manifest)),
  lengths: [...lists.values()].map(({ bits }) => bits.length),
}));
