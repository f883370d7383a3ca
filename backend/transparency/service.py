"""Writing acts into the log, and the sequencer that brings them into the tree and signs its heads."""

import sqlalchemy as sa

from backend.infrastructure import current
from backend.infrastructure.database import session, take_turns, unit_of_work

from . import merkle, queries
from .model import LogHead, LogLeaf, LogNode
from .notes import Head
from .rules import HEAD_EVERY, Act

_LEAVES_A_TURN = 5000


class LogBroken(RuntimeError):
    """The stored log contradicts itself. No head is signed over it: an old head still tells the truth."""


def record(act: Act) -> None:
    """Write the leaf of an act, in the act's own unit of work: neither is kept without the other."""
    content = act.canonical()
    leaf = LogLeaf(certificate_no=act.certificate, content=content, hash=merkle.leaf_hash(content.encode()).hex())
    session().add(leaf)


def merge() -> int:
    """Give every waiting leaf its place in the tree and sign a head, when the tree grew or the last head is a day old.

    Periodic work of the worker; opens its own units of work. returns how many leaves were appended
    raises   LogBroken
    """
    merged = 0
    while _is_due():
        with unit_of_work():
            take_turns("transparency")
            merged += _append_waiting()
            _sign_head()
    return merged


def _is_due() -> bool:
    with unit_of_work(read_only=True) as opened:
        if opened.scalar(sa.select(LogLeaf.sequence).where(LogLeaf.position.is_(None)).limit(1)) is not None:
            return True
        head = queries.latest_head()
        return head is None or current.now() - head.at >= HEAD_EVERY


def _append_waiting() -> int:
    waiting = (
        session()
        .execute(
            sa.select(LogLeaf.sequence, LogLeaf.content, LogLeaf.hash)
            .where(LogLeaf.position.is_(None))
            .order_by(LogLeaf.sequence)
            .limit(_LEAVES_A_TURN)
        )
        .all()
    )
    hashes = [merkle.leaf_hash(row.content.encode()) for row in waiting]
    if any(digest.hex() != row.hash for digest, row in zip(hashes, waiting, strict=True)):
        raise LogBroken("a waiting leaf is not what was written")
    if not waiting:
        return 0
    size = _size()
    new = merkle.grown(size, hashes, queries.nodes)
    session().execute(
        sa.insert(LogNode),
        [{"level": level, "number": number, "hash": digest} for (level, number), digest in new.items()],
    )
    session().execute(
        sa.update(LogLeaf),
        [{"sequence": row.sequence, "position": size + offset} for offset, row in enumerate(waiting)],
    )
    return len(waiting)


def _size() -> int:
    last = session().scalar(sa.select(sa.func.max(LogLeaf.position)))
    return 0 if last is None else last + 1


def _sign_head() -> None:
    """Sign the tree as it stands, unless it contradicts the last head or is older than it."""
    size, last, now = _size(), queries.latest_head(), current.now().replace(microsecond=0)
    if last is not None and (size < last.size or merkle.root(last.size, queries.nodes).hex() != last.root):
        raise LogBroken("the tree does not begin with what the last head signed")
    if last is not None and now < last.at:
        raise LogBroken("the clock is behind the last head")
    head = Head(queries.origin(), size, merkle.root(size, queries.nodes), now)
    signing = current.runtime().signing
    note = head.signed(signing.newest_public, signing.sign)
    session().add(LogHead(size=size, root=head.root.hex(), at=now, note=note))
