"""Judging a credential: whether we signed it as it stands, and whether it holds. Pure; the same for the command and the page."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from . import jws
from .rules import Purpose, decode_bits, is_set

_CREDENTIAL = "vc+jwt"


class Outcome(StrEnum):
    """What is said of a credential; the first of them that applies."""

    UNREADABLE = "unreadable"
    STRANGER = "stranger"
    ALTERED = "altered"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    EARLY = "early"
    UNCHECKED = "unchecked"
    GENUINE = "genuine"

    @property
    def zh(self) -> str:
        """The words for people."""
        return _WORDS[self][0]

    @property
    def advice(self) -> str:
        """What it means, in a sentence."""
        return _WORDS[self][1]


_WORDS = {
    Outcome.UNREADABLE: ("不是电子凭证", "这不是电子凭证文件，或者复制得不完整。请重新下载，或整段复制。"),
    Outcome.STRANGER: ("不是我们签发的", "这份凭证是别人签发的。放心消费单位的凭证只由联席会议办公室签发。"),
    Outcome.ALTERED: ("被改动过，或者签名是假的", "签名和内容对不上。请不要相信这份凭证，可以向我们举报。"),
    Outcome.REVOKED: ("已撤销或注销", "凭证是我们签发的，但证书后来被撤销或注销，现在已经没有效力。"),
    Outcome.SUSPENDED: ("已暂停", "凭证是我们签发的，但证书正在暂停，恢复以前没有效力。"),
    Outcome.EXPIRED: ("已过期", "凭证是我们签发的，但证书的有效期已过。"),
    Outcome.EARLY: ("还没有到生效的日期", "凭证是我们签发的，但证书还没有生效。"),
    Outcome.UNCHECKED: (
        "签名是真的，但没有核对是否暂停或撤销",
        "请联网核对，或给出最新的状态清单，才能知道证书现在是否有效。",
    ),
    Outcome.GENUINE: ("真实有效", "凭证由我们签发，没有被改动，证书没有被暂停或撤销，在有效期内。"),
}


@dataclass(frozen=True)
class Facts:
    """What a credential says of its holder; shown only when its signature is right."""

    unit: str
    number: str
    valid_from: datetime
    valid_until: datetime


@dataclass(frozen=True)
class Verdict:
    """What was found.

    lists   purpose → the instant at which the list that was looked into was true
    """

    outcome: Outcome
    facts: Facts | None = None
    lists: Mapping[Purpose, datetime] = field(default_factory=dict)


def keys_of(document: Mapping[str, Any]) -> dict[str, bytes]:
    """Verification method → raw public key, of a DID document's Ed25519 keys that may assert. raises ValueError for another document"""
    try:
        asserting = set(document["assertionMethod"])
        methods = [method for method in document["verificationMethod"] if method["id"] in asserting]
        jwks = {method["id"]: method["publicKeyJwk"] for method in methods if method["controller"] == document["id"]}
        return {
            name: jws.decode(jwk["x"]) for name, jwk in jwks.items() if (jwk["kty"], jwk["crv"]) == ("OKP", "Ed25519")
        }
    except (LookupError, TypeError, AttributeError) as error:
        raise ValueError("not a DID document") from error


def issuer_of(token: str) -> str | None:
    """Who a credential says issued it; nothing of it is checked. None when it cannot be read"""
    try:
        _, payload, _ = jws.read(token.strip())
    except jws.Unreadable:
        return None
    return _issuer(payload)


def list_addresses(token: str) -> list[str]:
    """Where a credential says its status lists are; nothing of it is checked."""
    try:
        _, payload, _ = jws.read(token.strip())
        return [str(entry["statusListCredential"]) for entry in payload["credentialStatus"]]
    except (jws.Unreadable, LookupError, TypeError):
        return []


def judge(token: str, document: Mapping[str, Any], lists: Iterable[str], now: datetime) -> Verdict:
    """Judge a credential by its issuer's DID document and status lists; what the lists do not cover stays unchecked.

    raises   ValueError for what is no DID document
    """
    token, keys = token.strip(), keys_of(document)
    try:
        _, claimed, _ = jws.read(token)
    except jws.Unreadable:
        return Verdict(Outcome.UNREADABLE)
    if _issuer(claimed) != document["id"]:
        return Verdict(Outcome.STRANGER)
    try:
        payload = jws.opened(token, _CREDENTIAL, keys)
    except jws.NotSignedByThem:
        return Verdict(Outcome.ALTERED)
    try:
        facts, entries = _facts(payload), _entries(payload)
    except (LookupError, TypeError, ValueError, AttributeError):
        return Verdict(Outcome.UNREADABLE)  # ours, but something else than a certificate's credential
    seen, bits = _looked_up(entries, _lists(lists, document["id"], keys))
    return Verdict(_outcome(facts, bits, now), facts, seen)


def register_fits(content: Iterable[bytes], signature: str, document: Mapping[str, Any]) -> dict[str, Any] | None:
    """What the issuer says of a register's file, if it is this file; None when it is not."""
    digest = hashlib.sha256()
    for piece in content:
        digest.update(piece)
    try:
        said = jws.opened(signature.strip(), "register+jwt", keys_of(document))
    except (jws.Unreadable, jws.NotSignedByThem):
        return None
    return said if said.get("sha256") == digest.hexdigest() and said.get("iss") == document["id"] else None


def _outcome(facts: Facts, bits: Mapping[Purpose, bool], now: datetime) -> Outcome:
    if bits.get(Purpose.REVOCATION):
        return Outcome.REVOKED
    if bits.get(Purpose.SUSPENSION):
        return Outcome.SUSPENDED
    if now > facts.valid_until:
        return Outcome.EXPIRED
    if now < facts.valid_from:
        return Outcome.EARLY
    return Outcome.GENUINE if set(bits) == set(Purpose) else Outcome.UNCHECKED


def _issuer(payload: Mapping[str, Any]) -> str | None:
    issuer = payload.get("issuer", payload.get("iss"))
    found = issuer.get("id") if isinstance(issuer, dict) else issuer
    return found if isinstance(found, str) and payload.get("iss", found) == found else None


def _facts(payload: Mapping[str, Any]) -> Facts:
    """raises LookupError and its like for another kind of credential"""
    if "OpenBadgeCredential" not in payload["type"]:
        raise LookupError
    subject = payload["credentialSubject"]
    names = [item["identityHash"] for item in subject["identifier"] if item["identityType"] == "name"]
    begins, ends = (datetime.fromisoformat(payload[name]) for name in ("validFrom", "validUntil"))
    return Facts(str(names[0]), str(subject["licenseNumber"]), begins, ends)


def _entries(payload: Mapping[str, Any]) -> list[tuple[Purpose, str, int]]:
    return [
        (Purpose(entry["statusPurpose"]), str(entry["statusListCredential"]), int(entry["statusListIndex"]))
        for entry in payload["credentialStatus"]
    ]


@dataclass(frozen=True)
class _List:
    purpose: Purpose
    bits: bytes
    at: datetime


def _lists(tokens: Iterable[str], issuer: str, keys: Mapping[str, bytes]) -> dict[str, _List]:
    """The lists that the issuer signed, by address; of several copies the newest. Others are passed over."""
    found: dict[str, _List] = {}
    for token in tokens:
        try:
            payload = jws.opened(token.strip(), _CREDENTIAL, keys)
            subject = payload["credentialSubject"]
            read = _List(
                Purpose(subject["statusPurpose"]),
                decode_bits(subject["encodedList"]),
                datetime.fromisoformat(payload["validFrom"]),
            )
            address = str(payload["id"])
        except (jws.Unreadable, jws.NotSignedByThem, LookupError, TypeError, ValueError, AttributeError):
            continue
        if _issuer(payload) == issuer and (address not in found or found[address].at < read.at):
            found[address] = read
    return found


def _looked_up(
    entries: Sequence[tuple[Purpose, str, int]], lists: Mapping[str, _List]
) -> tuple[dict[Purpose, datetime], dict[Purpose, bool]]:
    seen: dict[Purpose, datetime] = {}
    bits: dict[Purpose, bool] = {}
    for purpose, address, position in entries:
        held = lists.get(address)
        if held is None or held.purpose is not purpose:
            continue
        try:
            bits[purpose] = is_set(held.bits, position)
        except IndexError:
            continue
        seen[purpose] = held.at
    return seen, bits
