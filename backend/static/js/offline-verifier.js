// Verifies a credential without a network: the issuer's keys and status lists stand in the page. The same steps as
// backend/credentials/verifying.py, with the browser's own Ed25519 and gzip.
"use strict";

const PURPOSES = ["revocation", "suspension"];
const LIST_BYTES = 131072 / 8;
const trusted = JSON.parse(document.getElementById("trusted").textContent);

function bytesOf(part) {
  if (!/^[A-Za-z0-9_-]*$/.test(part)) throw new Error("not base64url");
  const padded = part.replace(/-/g, "+").replace(/_/g, "/") + "=".repeat((4 - (part.length % 4)) % 4);
  return Uint8Array.from(atob(padded), (char) => char.charCodeAt(0));
}

function spelled(bytes) {
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return text.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

// Header, payload and signature, nothing of it checked; throws for what is no compact JWS.
function read(token) {
  const parts = token.split(".");
  if (parts.length !== 3) throw new Error("not a compact JWS");
  const [header, payload, signature] = parts.map((part) => {
    const bytes = bytesOf(part);
    if (spelled(bytes) !== part) throw new Error("another spelling");
    return bytes;
  });
  const json = (bytes) => JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  return { header: json(header), payload: json(payload), signature, signed: parts.slice(0, 2).join(".") };
}

function keyOf(kid) {
  const method = trusted.did.verificationMethod.find((one) => one.id === kid);
  return trusted.did.assertionMethod.includes(kid) ? method : undefined;
}

async function isSigned({ header, signature, signed }) {
  const method = keyOf(header.kid);
  if (!method || header.alg !== "EdDSA" || header.typ !== "vc+jwt" || "crit" in header) return false;
  const { kty, crv, x } = method.publicKeyJwk;
  const key = await crypto.subtle.importKey("jwk", { kty, crv, x }, { name: "Ed25519" }, false, ["verify"]);
  return crypto.subtle.verify({ name: "Ed25519" }, key, signature, new TextEncoder().encode(signed));
}

function issuerOf(payload) {
  const issuer = typeof payload.issuer === "object" && payload.issuer ? payload.issuer.id : payload.issuer;
  return payload.iss === undefined || payload.iss === issuer ? issuer : undefined;
}

async function bitsOf(encoded) {
  if (!encoded.startsWith("u")) throw new Error("no multibase prefix");
  const stream = new Blob([bytesOf(encoded.slice(1))]).stream().pipeThrough(new DecompressionStream("gzip"));
  const bits = new Uint8Array(await new Response(stream).arrayBuffer());
  if (bits.length < LIST_BYTES) throw new Error("the list is too short");
  return bits;
}

// The lists that the issuer signed, by address; of several copies the newest. Others are passed over.
async function readLists(tokens) {
  const found = new Map();
  for (const token of tokens) {
    try {
      const opened = read(token.trim());
      if (!(await isSigned(opened)) || issuerOf(opened.payload) !== trusted.did.id) continue;
      const { statusPurpose, encodedList } = opened.payload.credentialSubject;
      const list = { purpose: statusPurpose, bits: await bitsOf(encodedList), at: new Date(opened.payload.validFrom) };
      const held = found.get(opened.payload.id);
      if (!held || held.at < list.at) found.set(opened.payload.id, list);
    } catch {
      continue;
    }
  }
  return found;
}

async function judge(token, lists, now) {
  let opened;
  try {
    opened = read(token.trim());
  } catch {
    return { outcome: "unreadable" };
  }
  if (issuerOf(opened.payload) !== trusted.did.id) return { outcome: "stranger" };
  if (!(await isSigned(opened))) return { outcome: "altered" };
  const { payload } = opened;
  if (!payload.type.includes("OpenBadgeCredential")) return { outcome: "unreadable" };
  const facts = {
    unit: payload.credentialSubject.identifier.find((one) => one.identityType === "name").identityHash,
    number: payload.credentialSubject.licenseNumber,
    from: new Date(payload.validFrom),
    until: new Date(payload.validUntil),
  };
  const bits = {};
  let oldest;
  for (const { statusPurpose, statusListCredential, statusListIndex } of payload.credentialStatus) {
    const list = lists.get(statusListCredential);
    const position = Number(statusListIndex);
    if (!list || list.purpose !== statusPurpose || position >= list.bits.length * 8) continue;
    bits[statusPurpose] = Boolean(list.bits[position >> 3] & (0x80 >> (position & 7)));
    if (!oldest || list.at < oldest) oldest = list.at;
  }
  return { outcome: outcomeOf(bits, facts, now), facts, oldest };
}

function outcomeOf(bits, facts, now) {
  if (bits.revocation) return "revoked";
  if (bits.suspension) return "suspended";
  if (now > facts.until) return "expired";
  if (now < facts.from) return "early";
  return PURPOSES.every((purpose) => purpose in bits) ? "genuine" : "unchecked";
}

function day(at) {
  return at.toLocaleDateString("zh-CN", { timeZone: "Asia/Shanghai", year: "numeric", month: "long", day: "numeric" });
}

function age(at, now) {
  const hours = Math.floor((now - at) / 3600000);
  return hours < 1 ? "不到 1 小时" : hours < 48 ? `${hours} 小时` : `${Math.floor(hours / 24)} 天`;
}

function show({ outcome, facts, oldest }, now) {
  const [title, advice] = trusted.words[outcome];
  const lines = [advice];
  if (facts) {
    lines.push(`单位：${facts.unit}`, `证书编号：${facts.number}`);
    lines.push(`有效期：${day(facts.from)}至${day(facts.until)}`);
  }
  if (oldest) lines.push(`撤销和暂停的清单截至 ${oldest.toLocaleString("zh-CN", { timeZone: "Asia/Shanghai" })}，已有${age(oldest, now)}。之后的变化这里看不到。`);
  const result = document.getElementById("result");
  result.className = outcome;
  result.replaceChildren(...[Object.assign(document.createElement("h2"), { textContent: title }), ...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line }))]);
  result.hidden = false;
  result.focus();
}

async function textsOf(input) {
  return Promise.all(Array.from(input.files, (file) => file.text()));
}

document.getElementById("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const now = new Date();
  try {
    const [file] = await textsOf(document.getElementById("file"));
    const token = file || document.getElementById("text").value;
    const lists = await readLists([...trusted.lists, ...(await textsOf(document.getElementById("lists")))]);
    show(await judge(token, lists, now), now);
  } catch (fault) {
    const result = document.getElementById("result");
    result.className = "unreadable";
    result.textContent = `这个浏览器不能核验（${fault.name}）。请换用较新的浏览器，或者联网在网站上核验。`;
    result.hidden = false;
  }
});
