"""Hashing and proofs of a Merkle tree as RFC 6962 has them. Pure: nodes come from whoever keeps them.

A node is (level, number): the hash over the leaves number·2^level up to (number + 1)·2^level, all of them present. It never changes, so a tree
is kept as its complete nodes, and a root or a proof costs a number of nodes that grows with the logarithm of the tree's size.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence

Node = tuple[int, int]
#: First leaf, and the leaf after the last.
Range = tuple[int, int]
Read = Callable[[Collection[Node]], Mapping[Node, bytes]]
EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(content: bytes) -> bytes:
    """The hash of a leaf, 32 bytes. source: RFC 6962 §2.1"""
    return hashlib.sha256(b"\0" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node, 32 bytes. source: RFC 6962 §2.1"""
    return hashlib.sha256(b"\1" + left + right).digest()


def cover(start: int, end: int) -> list[Node]:
    """The complete nodes that make up the leaves `start` to `end`, from left to right; `start` as a split of the tree gives it."""
    nodes = []
    while start < end:
        level = (end - start).bit_length() - 1
        nodes.append((level, start >> level))
        start += 1 << level
    return nodes


def fold(hashes: Sequence[bytes]) -> bytes:
    """The hash over neighbouring complete nodes, from left to right; of none, the empty tree's root."""
    if not hashes:
        return EMPTY_ROOT
    *before, found = hashes
    for left in reversed(before):
        found = node_hash(left, found)
    return found


def root(size: int, read: Read) -> bytes:
    """The root of the tree of the first `size` leaves."""
    return hashes([(0, size)], read)[0]


def hashes(ranges: Sequence[Range], read: Read) -> list[bytes]:
    """The hash over each range of leaves; one call of `read` for all of them."""
    covers = [cover(*leaves) for leaves in ranges]
    found = read({node for nodes in covers for node in nodes})
    return [fold([found[node] for node in nodes]) for nodes in covers]


def grown(size: int, leaves: Sequence[bytes], read: Read) -> dict[Node, bytes]:
    """The complete nodes that appear when leaves are appended to a tree of `size`, the leaves' own among them.

    leaves   hashes of the new leaves, in their order
    """
    edge = read(cover(0, size))
    new: dict[Node, bytes] = {}
    for position, leaf in enumerate(leaves, size):
        level, number, digest = 0, position, leaf
        new[level, number] = digest
        while number & 1:  # a right child completes its parent
            sibling = (level, number - 1)
            digest = node_hash(new[sibling] if sibling in new else edge[sibling], digest)
            level, number = level + 1, number >> 1
            new[level, number] = digest
    return new


def inclusion_ranges(position: int, size: int) -> list[Range]:
    """What an inclusion proof holds a hash of, the leaf's neighbour first. source: RFC 6962 §2.1.1

    position   of the leaf, from 0, below `size`
    """
    start, end = 0, size
    ranges: list[Range] = []
    while end - start > 1:
        middle = start + _split(end - start)
        if position < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    return ranges[::-1]


def consistency_ranges(first: int, second: int) -> list[Range]:
    """What a consistency proof holds a hash of; empty for equal sizes. source: RFC 6962 §2.1.2

    first, second   0 < first <= second
    """
    start, end = 0, second
    ranges: list[Range] = []
    while first != end:
        middle = start + _split(end - start)
        if first <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    if start:
        ranges.append((start, end))
    return ranges[::-1]


def includes(leaf: bytes, position: int, size: int, proof: Sequence[bytes], expected: bytes) -> bool:
    """Whether the proof shows that the leaf's hash stands at this position of the tree with root `expected`. source: RFC 9162 §2.1.3.2"""
    if not 0 <= position < size:
        return False
    number, last, found = position, size - 1, leaf
    for beside in proof:
        if last == 0:
            return False
        if number & 1 or number == last:
            found = node_hash(beside, found)
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            found = node_hash(found, beside)
        number, last = number >> 1, last >> 1
    return last == 0 and found == expected


def consistent(first: int, second: int, first_root: bytes, second_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that the second tree begins with the whole of the first. source: RFC 9162 §2.1.4.2"""
    if not 0 < first <= second:
        return False
    if first == second:
        return not proof and first_root == second_root
    path = list(proof)
    if first & (first - 1) == 0:
        path.insert(0, first_root)
    if not path:
        return False
    number, last = first - 1, second - 1
    while number & 1:
        number, last = number >> 1, last >> 1
    old = new = path[0]
    for beside in path[1:]:
        if last == 0:
            return False
        if number & 1 or number == last:
            old, new = node_hash(beside, old), node_hash(beside, new)
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            new = node_hash(new, beside)
        number, last = number >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root


def _split(length: int) -> int:
    """The greatest power of two below `length`."""
    return 1 << ((length - 1).bit_length() - 1)
