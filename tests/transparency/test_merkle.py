"""Hashing and proofs against the vectors of Certificate Transparency and against a tree computed from the definition."""

import hashlib
from collections.abc import Collection, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.transparency import merkle
from backend.transparency.merkle import Node, consistent, includes, leaf_hash, node_hash

#: The leaves and roots of the reference implementation's tests (RFC 6962 hashing), sizes 1 to 8.
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


class Kept:
    """A tree kept as its complete nodes."""

    def __init__(self, leaves: list[bytes]) -> None:
        self.nodes: dict[Node, bytes] = {}
        self.reads = 0
        self.nodes |= merkle.grown(0, leaves, self.read)

    def read(self, wanted: Collection[Node]) -> Mapping[Node, bytes]:
        self.reads += len(wanted)
        return {node: self.nodes[node] for node in wanted}

    def root(self, size: int) -> bytes:
        return merkle.root(size, self.read)


def defined(leaves: list[bytes]) -> bytes:
    """RFC 6962 §2.1 word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(defined(leaves[:split]), defined(leaves[split:]))


def some(size: int) -> list[bytes]:
    return [leaf_hash(str(number).encode()) for number in range(size)]


def test_the_published_vectors() -> None:
    assert merkle.EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    kept = Kept([leaf_hash(bytes.fromhex(leaf)) for leaf in LEAVES])
    assert [kept.root(size).hex() for size in range(1, 9)] == ROOTS
    assert kept.root(0) == merkle.EMPTY_ROOT


def test_the_published_proofs() -> None:
    kept = Kept([leaf_hash(bytes.fromhex(leaf)) for leaf in LEAVES])
    path = merkle.hashes(merkle.inclusion_ranges(5, 8), kept.read)
    assert [digest.hex() for digest in path] == [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]
    between = merkle.hashes(merkle.consistency_ranges(6, 8), kept.read)
    assert [digest.hex() for digest in between] == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


def test_every_tree_to_forty_leaves_is_as_defined_and_every_proof_holds() -> None:
    leaves = some(40)
    kept = Kept(leaves)
    roots = [defined(leaves[:size]) for size in range(41)]
    for size in range(1, 41):
        assert kept.root(size) == roots[size]
        for position in range(size):
            proof = merkle.hashes(merkle.inclusion_ranges(position, size), kept.read)
            assert includes(leaves[position], position, size, proof, roots[size])
            assert not includes(leaves[position - 1], position, size, proof, roots[size]) or size == 1
        for first in range(1, size + 1):
            proof = merkle.hashes(merkle.consistency_ranges(first, size), kept.read)
            assert consistent(first, size, roots[first], roots[size], proof)
            assert not consistent(first, size, roots[first - 1], roots[size], proof)
            assert not consistent(first, size, roots[first], roots[size - 1], proof)


@given(st.integers(2, 200), st.data())
def test_a_proof_with_anything_changed_fails(size: int, data: st.DataObject) -> None:
    leaves = some(size)
    kept = Kept(leaves)
    position = data.draw(st.integers(0, size - 1))
    first = data.draw(st.integers(1, size - 1))
    included = merkle.hashes(merkle.inclusion_ranges(position, size), kept.read)
    between = merkle.hashes(merkle.consistency_ranges(first, size), kept.read)
    at, bit = data.draw(st.integers(0, len(included) - 1)), data.draw(st.integers(0, 255))
    assert includes(leaves[position], position, size, included, kept.root(size))
    assert not includes(leaves[position], position, size, _flipped(included, at, bit), kept.root(size))
    assert not includes(leaves[position], position, size, included[:-1], kept.root(size))
    assert not includes(leaves[position], position, size, [*included, b"x" * 32], kept.root(size))
    at = data.draw(st.integers(0, len(between) - 1))
    assert not consistent(first, size, kept.root(first), kept.root(size), _flipped(between, at, bit))
    assert not consistent(first, size, kept.root(first), kept.root(size), between[:-1])
    assert not consistent(first, size, kept.root(first), kept.root(size), [*between, b"x" * 32])


def _flipped(proof: list[bytes], at: int, bit: int) -> list[bytes]:
    changed = bytearray(proof[at])
    changed[bit // 8] ^= 1 << bit % 8
    return [*proof[:at], bytes(changed), *proof[at + 1 :]]


@given(st.lists(st.integers(0, 70), min_size=1, max_size=6))
def test_growing_in_pieces_gives_the_same_nodes(pieces: list[int]) -> None:
    leaves = some(sum(pieces))
    whole = Kept(leaves)
    grown = Kept([])
    size = 0
    for piece in pieces:
        new = merkle.grown(size, leaves[size : size + piece], grown.read)
        assert not new.keys() & grown.nodes.keys(), "a node is written once"
        grown.nodes |= new
        size += piece
    assert grown.nodes == whole.nodes


@pytest.mark.parametrize("size", [1_000, 100_000])
def test_what_a_proof_reads_grows_with_the_logarithm(size: int) -> None:
    kept = Kept(some(size))
    kept.reads = 0
    merkle.hashes(merkle.inclusion_ranges(size // 3, size), kept.read)
    assert kept.reads <= 2 * size.bit_length()
    kept.reads = 0
    merkle.hashes(merkle.consistency_ranges(size // 3, size), kept.read)
    assert kept.reads <= 2 * size.bit_length()
    kept.reads = 0
    merkle.grown(size, some(1), kept.read)
    assert kept.reads <= size.bit_length()
