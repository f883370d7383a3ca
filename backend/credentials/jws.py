"""Compact JWS with Ed25519 and nothing else: the header chooses a key among the issuer's, never an algorithm. Pure.

The algorithm is called EdDSA: RFC 9864 has the newer name Ed25519, which the verifiers in use do not know yet.
"""

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

ALGORITHM = "EdDSA"
_LONGEST = 4 * 1024 * 1024


class Unreadable(ValueError):
    """Not a compact JWS at all."""


class NotSignedByThem(ValueError):
    """A compact JWS that none of the issuer's keys signed as it stands."""


def signed(payload: Mapping[str, Any], kind: str, key_id: str, sign: Callable[[bytes], bytes]) -> str:
    """The payload as a compact JWS.

    kind     the media type that the header's `typ` names, e.g. vc+jwt
    key_id   the verification method, did:web:…#key-1
    """
    header = {"alg": ALGORITHM, "typ": kind, "kid": key_id}
    signing_input = f"{_encode(header)}.{_encode(payload)}"
    return f"{signing_input}.{_base64(sign(signing_input.encode()))}"


def opened(token: str, kind: str, keys: Mapping[str, bytes]) -> dict[str, Any]:
    """The payload, if one of these keys signed it.

    keys     verification method → raw public key
    raises   Unreadable, NotSignedByThem
    """
    header, payload, signature = read(token)
    key = keys.get(header["kid"]) if isinstance(header.get("kid"), str) else None
    fits = header.get("alg") == ALGORITHM and header.get("typ") == kind and "crit" not in header
    if key is None or not fits or not _verifies(key, signature, token.rpartition(".")[0]):
        raise NotSignedByThem
    return payload


def read(token: str) -> tuple[dict[str, Any], dict[str, Any], bytes]:
    """Header, payload and signature, nothing of it checked. raises Unreadable"""
    parts = token.split(".")
    if len(parts) != 3 or len(token) > _LONGEST:
        raise Unreadable
    try:
        header, payload = (json.loads(decode(part)) for part in parts[:2])
        signature = decode(parts[2])
    except (ValueError, RecursionError):
        raise Unreadable from None
    if not isinstance(header, dict) or not isinstance(payload, dict):
        raise Unreadable
    return header, payload, signature


def _verifies(key: bytes, signature: bytes, signing_input: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, signing_input.encode("ascii"))
    except (InvalidSignature, ValueError):
        return False
    return True


def _encode(content: Mapping[str, Any]) -> str:
    return _base64(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def decode(part: str) -> bytes:
    """The one spelling that encodes these bytes: another could be changed without the signature noticing. raises ValueError"""
    try:
        content = base64.urlsafe_b64decode(part.encode("ascii") + b"=" * (-len(part) % 4))
    except (binascii.Error, UnicodeEncodeError):
        raise ValueError("not base64url") from None
    if _base64(content) != part:
        raise ValueError("not base64url")
    return content
