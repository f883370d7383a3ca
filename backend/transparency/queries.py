"""Reads of the log: heads, entries, proofs."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import sqlalchemy as sa

from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.kernel.errors import InvalidInput, NotFound

from . import merkle, notes
from .merkle import Node
from .model import LogHead, LogLeaf, LogNode


@dataclass(frozen=True)
class Proved:
    """A leaf, and the proof that a head's tree includes it; `proof` is empty and `position` None while it waits.

    proof   hashes, the leaf's neighbour first
    """

    leaf: LogLeaf
    size: int
    proof: Sequence[bytes]


def origin() -> str:
    """The log's name: the public address without its scheme."""
    parts = urlsplit(current.runtime().settings.public_url)
    return f"{parts.netloc}{parts.path}/transparency"


def verifier_keys() -> list[str]:
    """The keys that sign heads now or signed them before, the newest first, as monitors are given them."""
    return [notes.verifier_key(origin(), public) for public in current.runtime().signing.public.values()]


def latest_head() -> LogHead | None:
    """The newest head; None before the first one."""
    return session().scalars(sa.select(LogHead).order_by(LogHead.sequence.desc()).limit(1)).first()


def head_for_proof() -> LogHead:
    """The newest head. raises NotFound before the first one"""
    head = latest_head()
    if head is None:
        raise NotFound("log_head_missing", "透明日志还没有树头，请一分钟后再查。")
    return head


def heads(after: int, limit: int) -> Sequence[LogHead]:
    """Heads in the order of their signing, those after the `after`-th row."""
    return (
        session()
        .scalars(sa.select(LogHead).where(LogHead.sequence > after).order_by(LogHead.sequence).limit(limit))
        .all()
    )


def entries(start: int, limit: int) -> Sequence[LogLeaf]:
    """Leaves of the tree from this position on, in order."""
    return (
        session()
        .scalars(sa.select(LogLeaf).where(LogLeaf.position >= start).order_by(LogLeaf.position).limit(limit))
        .all()
    )


def every_entry() -> Iterator[LogLeaf]:
    """All leaves of the tree in order, a thousand at a time."""
    start = 0
    while found := entries(start, 1000):
        yield from found
        start += len(found)


def every_head() -> Iterator[LogHead]:
    """All heads in the order of their signing."""
    yield from session().scalars(sa.select(LogHead).order_by(LogHead.sequence)).yield_per(1000)


def leaves_of(certificate_no: str) -> Sequence[LogLeaf]:
    """What was done to a certificate, in order, those that wait for the tree too."""
    statement = sa.select(LogLeaf).where(LogLeaf.certificate_no == certificate_no).order_by(LogLeaf.sequence)
    return session().scalars(statement).all()


def entries_of(certificate_no: str) -> list[Proved]:
    """What was done to a certificate, in order, each proved in the newest head's tree. raises NotFound before the first head"""
    size = head_for_proof().size
    return [_proved(leaf, size) for leaf in leaves_of(certificate_no)]


def inclusion(leaf_hash: str, size: int | None) -> Proved:
    """The proof that the tree of `size` leaves (the newest head's when None) includes the leaf with this hash.

    raises   NotFound for a hash that no leaf has or whose leaf waits; InvalidInput for a tree that does not include it yet
    """
    newest = head_for_proof().size
    statement = sa.select(LogLeaf).where(LogLeaf.hash == leaf_hash, LogLeaf.position.is_not(None))
    leaf = session().scalars(statement.order_by(LogLeaf.position).limit(1)).first()
    if leaf is None or leaf.position is None or leaf.position >= newest:
        raise NotFound("log_entry_not_found", "日志里没有这一条，或者它刚刚写入、还没有进树。请核对，或一分钟后再查。")
    if size is not None and not leaf.position < size <= newest:
        raise InvalidInput("log_size_impossible", f"size 应当在 {leaf.position + 1} 到 {newest} 之间。")
    return _proved(leaf, size or newest)


def consistency(first: int, second: int) -> list[bytes]:
    """The proof that the tree of `second` leaves begins with the tree of `first`.

    raises   InvalidInput unless 0 < first <= second <= the newest head's size
    """
    newest = head_for_proof().size
    if not 0 < first <= second <= newest:
        raise InvalidInput("log_size_impossible", f"两个数应当是 1 到 {newest}，第一个不大于第二个。")
    return merkle.hashes(merkle.consistency_ranges(first, second), nodes)


def nodes(wanted: Collection[Node]) -> Mapping[Node, bytes]:
    """The hashes of complete nodes, by key. raises LookupError when one is missing: the tables were tampered with

    One look-up by key for each level: SQLite would read the whole table for pairs in a list.
    """
    if not wanted:
        return {}
    levels: dict[int, list[int]] = {}
    for level, number in wanted:
        levels.setdefault(level, []).append(number)
    of_a_level = [sa.and_(LogNode.level == level, LogNode.number.in_(numbers)) for level, numbers in levels.items()]
    statement = sa.select(LogNode.level, LogNode.number, LogNode.hash).where(sa.or_(*of_a_level))
    found = {(level, number): hashed for level, number, hashed in session().execute(statement)}
    if len(found) != len(set(wanted)):
        raise LookupError("nodes of the transparency log are missing")
    return found


def _proved(leaf: LogLeaf, size: int) -> Proved:
    if leaf.position is None or leaf.position >= size:
        return Proved(leaf, size, ())
    return Proved(leaf, size, merkle.hashes(merkle.inclusion_ranges(leaf.position, size), nodes))
