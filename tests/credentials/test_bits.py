"""Bits and names, against the examples of the standards."""

import base64
import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.credentials import jws
from backend.credentials.rules import LIST_LENGTH, decode_bits, did_of, document_address, encode_bits, is_set

KEY = b"k" * 32


def test_an_empty_list_is_the_standards_example() -> None:
    """Bitstring Status List 1.0, example 4: the list without any bit, 16 KB of zeros."""
    published = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"
    assert decode_bits(published) == bytes(16 * 1024) == decode_bits(encode_bits([]))


@given(st.sets(st.integers(0, LIST_LENGTH - 1), max_size=50))
def test_what_is_set_is_set_and_nothing_else(positions: set[int]) -> None:
    bits = decode_bits(encode_bits(positions))
    assert {at for at in range(LIST_LENGTH) if is_set(bits, at)} == positions if len(positions) < 3 else True
    assert all(is_set(bits, at) for at in positions)
    assert sum(byte.bit_count() for byte in bits) == len(positions)


def test_the_left_most_bit_is_the_first() -> None:
    bits = decode_bits(encode_bits([0, 15]))
    assert bits[:2] == b"\x80\x01"
    for outside in (-1, LIST_LENGTH):
        with pytest.raises(IndexError):
            is_set(bits, outside)


def _packed(content: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(gzip.compress(content, mtime=0)).decode().rstrip("=")


@pytest.mark.parametrize("bad", ["", "x", "u", "u!!!", "uH4sI", encode_bits([])[1:], _packed(b"short")])
def test_what_is_no_list_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="list"):
        decode_bits(bad)


def test_a_list_that_would_fill_the_memory_is_cut() -> None:
    assert len(decode_bits(_packed(bytes(200_000_000)))) <= LIST_LENGTH


@pytest.mark.parametrize(
    ("site", "did", "document"),
    [
        ("https://fx.example.cn", "did:web:fx.example.cn", "https://fx.example.cn/.well-known/did.json"),
        ("http://localhost:8000", "did:web:localhost%3A8000", "http://localhost:8000/.well-known/did.json"),
        ("https://a.cn:444/fx", "did:web:a.cn%3A444:fx", "https://a.cn:444/fx/did.json"),
    ],
)
def test_did_web(site: str, did: str, document: str) -> None:
    assert did_of(site) == did
    assert document_address(did) == document


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_what_is_no_token_is_said_to_be_none(raw: bytes) -> None:
    with pytest.raises(jws.Unreadable):
        jws.read(raw.decode("latin-1"))


def test_a_header_cannot_choose_how_it_is_checked() -> None:
    def token(**header: object) -> str:
        parts = (json.dumps(part).encode() for part in (header, {"a": 1}))
        return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts) + "."

    for header in (
        {"alg": "none", "typ": "vc+jwt", "kid": "k"},
        {"alg": "HS256", "typ": "vc+jwt", "kid": "k"},
        {"alg": "EdDSA", "typ": "JWT", "kid": "k"},
        {"alg": "EdDSA", "typ": "vc+jwt", "kid": ["k"]},
        {"alg": "EdDSA", "typ": "vc+jwt", "kid": "k", "crit": ["b64"], "b64": False},
        {"alg": "EdDSA", "typ": "vc+jwt", "kid": "k"},
    ):
        with pytest.raises(jws.NotSignedByThem):
            jws.opened(token(**header), "vc+jwt", {"k": KEY})
