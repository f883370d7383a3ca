"""Signed heads as text: a C2SP checkpoint in a C2SP signed note, with the instant as an extension line. Pure.

    localhost:8000/transparency      the log's name (origin)
    3021                             how many leaves
    nND/nri/U0xuHUrYSy0HtMeal2v…=    root, base64
    time 2026-11-23T02:00:00Z

    — localhost:8000/transparency Az3grlg…   four bytes that tell the key, and the Ed25519 signature, base64

source   https://c2sp.org/tlog-checkpoint, https://c2sp.org/signed-note
"""

import base64
import binascii
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_ED25519 = b"\x01"
_DASH = "\N{EM DASH}"


class BadNote(ValueError):
    """A head that is malformed, of another log, or not signed by a key that is known. The text says which, in Chinese."""


@dataclass(frozen=True)
class Head:
    """What a head says.

    root   32 bytes
    at     aware UTC, whole seconds
    """

    origin: str
    size: int
    root: bytes
    at: datetime

    def text(self) -> str:
        """What is signed."""
        time = self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\ntime {time}\n"

    def signed(self, public: bytes, sign: Callable[[bytes], bytes]) -> str:
        """The note.

        public   the signer's raw public key, 32 bytes
        """
        text = self.text()
        signature = base64.b64encode(_key_hash(self.origin, public) + sign(text.encode())).decode()
        return f"{text}\n{_DASH} {self.origin} {signature}\n"


def verifier_key(origin: str, public: bytes) -> str:
    """A public key as monitors are given it: name, hash and key in one line."""
    return f"{origin}+{_key_hash(origin, public).hex()}+{base64.b64encode(_ED25519 + public).decode()}"


def parse_verifier_key(line: str) -> tuple[str, bytes]:
    """Origin and raw public key of such a line. raises BadNote"""
    origin, _, rest = line.partition("+")
    hashed, _, encoded = rest.partition("+")
    key = _decoded(encoded)
    if len(key) != 33 or key[:1] != _ED25519 or _key_hash(origin, key[1:]).hex() != hashed:
        raise BadNote(f"公钥的写法不对：{line[:80]}")
    return origin, key[1:]


def read_note(note: str, verifier_keys: Iterable[str]) -> Head:
    """The head of a note that one of these keys signed. raises BadNote"""
    text, blank, signatures = note.partition("\n\n")
    if not blank:
        raise BadNote("树头缺少签名")
    head = _read_text(text)
    known: Mapping[bytes, bytes] = {
        _key_hash(origin, public): public
        for origin, public in map(parse_verifier_key, verifier_keys)
        if origin == head.origin
    }
    for line in signatures.splitlines():
        dash, _, rest = line.partition(" ")
        name, _, encoded = rest.partition(" ")
        signature = _decoded(encoded)
        public = known.get(signature[:4])
        if dash == _DASH and name == head.origin and public is not None and _fits(public, signature[4:], head.text()):
            return head
    raise BadNote("树头的签名不对，或者签名的密钥不在已知的密钥之中")


def _read_text(text: str) -> Head:
    lines = text.split("\n")
    try:
        origin, size, encoded, (word, _, time) = lines[0], lines[1], lines[2], lines[3].partition(" ")
        head = Head(origin, int(size), _decoded(encoded), datetime.strptime(time, "%Y-%m-%dT%H:%M:%S%z"))
    except (LookupError, ValueError):
        raise BadNote("树头的格式不对") from None
    if word != "time" or len(head.root) != 32 or head.text() != f"{text}\n":
        raise BadNote("树头的格式不对")
    return head


def _key_hash(origin: str, public: bytes) -> bytes:
    return hashlib.sha256(origin.encode() + b"\n" + _ED25519 + public).digest()[:4]


def _fits(public: bytes, signature: bytes, text: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text.encode())
    except InvalidSignature:
        return False
    return True


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
