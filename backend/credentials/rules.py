"""What a credential's bits and names mean, and how a list of bits is written. Pure."""

import base64
import binascii
import gzip
import zlib
from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum
from urllib.parse import quote, unquote, urlsplit

#: Bits of one list: enough for the herd to hide who is asked about. source: Bitstring Status List 1.0 §3.2
LIST_LENGTH = 131_072
#: How long a list may be kept before it is asked for again.
TTL = timedelta(seconds=60)
#: How long ended certificates stay in the register's file.
REMEMBERED = timedelta(days=3 * 365)
_LOCAL_HOSTS = {"localhost", "127.0.0.1"}


class Purpose(StrEnum):
    """What a set bit says. Suspended is not revoked: it may be lifted."""

    REVOCATION = "revocation"
    SUSPENSION = "suspension"

    @property
    def states(self) -> tuple[str, ...]:
        """States of a certificate whose bit is set."""
        return _STATES[self]


_STATES = {Purpose.REVOCATION: ("revoked", "cancelled"), Purpose.SUSPENSION: ("suspended",)}


def encode_bits(positions: Iterable[int]) -> str:
    """A list with these bits set: the left-most bit is number 0, gzip, base64url with the multibase prefix. source: §3.2, §4.1"""
    bits = bytearray(LIST_LENGTH // 8)
    for position in positions:
        bits[position >> 3] |= 0x80 >> (position & 7)
    packed = gzip.compress(bytes(bits), mtime=0)
    return f"u{base64.urlsafe_b64encode(packed).rstrip(b'=').decode()}"


def decode_bits(encoded: str) -> bytes:
    """The bits of a list. raises ValueError for what is no list, or one that is shorter or much longer than ours"""
    if not encoded.startswith("u"):
        raise ValueError("the list has no multibase prefix")
    try:
        packed = base64.urlsafe_b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4))
        bits = zlib.decompressobj(wbits=31).decompress(packed, LIST_LENGTH)
    except (binascii.Error, zlib.error) as error:
        raise ValueError("the list cannot be unpacked") from error
    if len(bits) < LIST_LENGTH // 8:
        raise ValueError("the list is too short")
    return bits


def is_set(bits: bytes, position: int) -> bool:
    """Whether the bit is set. raises IndexError beyond the list's end"""
    if position < 0:
        raise IndexError(position)
    return bool(bits[position >> 3] & (0x80 >> (position & 7)))


def did_of(public_url: str) -> str:
    """The did:web identifier of a site. source: did:web §2.1, port percent-encoded"""
    parts = urlsplit(public_url)
    path = "".join(f":{quote(segment)}" for segment in parts.path.split("/") if segment)
    return f"did:web:{parts.netloc.replace(':', '%3A')}{path}"


def document_address(did: str) -> str:
    """Where a did:web document stands; https, but for this machine itself. raises ValueError for another kind of identifier"""
    if not did.startswith("did:web:"):
        raise ValueError("not a did:web identifier")
    host, *path = [unquote(part) for part in did.removeprefix("did:web:").split(":")]
    scheme = "http" if host.partition(":")[0] in _LOCAL_HOSTS else "https"
    return f"{scheme}://{host}/{'/'.join(path) if path else '.well-known'}/did.json"
