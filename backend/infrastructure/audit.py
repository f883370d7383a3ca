"""Append-only, hash-chained audit rows: who did what to which record, on which ground, before and after.

Rows hold ids, states and field names, never personal values, so that erasing a person does not break the chain.
h(n) = SHA-256(h(n-1) ‖ canonical JSON of the row). One chain per county, so that counties do not wait for each other.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from backend.access.actor import Actor

from . import current
from .database import AppendOnly, Json, UtcDateTime, connection, session
from .insertion import insert_later
from .prepared import Prepared

CITY_CHAIN = "330300"
_GENESIS = "0" * 64


class AuditEntry(AppendOnly):
    """One act. `position` counts within its chain from 1."""

    __table_args__ = (sa.UniqueConstraint("chain", "position"), sa.Index(None, "subject_type", "subject_id"))

    chain: Mapped[str] = mapped_column(sa.String(6))
    position: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime())
    actor_id: Mapped[str | None] = mapped_column(sa.Uuid(as_uuid=False))
    actor_kind: Mapped[str] = mapped_column(sa.String(40))
    action: Mapped[str] = mapped_column(sa.String(60))
    subject_type: Mapped[str] = mapped_column(sa.String(60))
    subject_id: Mapped[str] = mapped_column(sa.String(64))
    ground: Mapped[str | None] = mapped_column(sa.String(120))
    before: Mapped[Any] = mapped_column(Json, nullable=True)
    after: Mapped[Any] = mapped_column(Json, nullable=True)
    previous_hash: Mapped[str] = mapped_column(sa.String(64))
    hash: Mapped[str] = mapped_column(sa.String(64))


@dataclass(frozen=True)
class Break:
    """A place where a chain does not hold."""

    chain: str
    position: int
    reason: str


def record(
    actor: Actor,
    action: str,
    subject_type: str,
    subject_id: str,
    *,
    chain: str = CITY_CHAIN,
    ground: str | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Note an act of the current unit of work; it is appended with the commit, or not at all.

    chain    county code of the record, or CITY_CHAIN
    ground   reason code or article
    before, after   states and field names only, never personal values
    """
    entry = {
        "chain": chain,
        "at": current.now(),
        "actor_id": actor.account_id,
        "actor_kind": actor.kind,
        "action": str(action),
        "subject_type": subject_type,
        "subject_id": subject_id,
        "ground": ground,
        "before": dict(before) if before is not None else None,
        "after": dict(after) if after is not None else None,
    }
    session().info.setdefault("audit", []).append(entry)


def append_pending(opened: Session) -> None:
    """Append what the unit of work noted. Called by the unit of work alone, as its last write."""
    pending: list[dict[str, Any]] = opened.info.pop("audit", [])
    found = connection()
    append = _append_by_server if found.dialect.name == "postgresql" else _append_here
    for chain in sorted({entry["chain"] for entry in pending}):
        append(found, chain, [entry for entry in pending if entry["chain"] == chain])


def verify(anchors: Mapping[str, tuple[int, str]] | None = None) -> Iterator[Break]:
    """Walk every chain and yield each place that does not hold.

    anchors   chain → (position, hash) kept outside the database; without them a full rewrite by an insider is not found
    """
    for chain in session().scalars(sa.select(AuditEntry.chain).distinct().order_by(AuditEntry.chain)).all():
        position, previous = 0, _GENESIS
        anchor = (anchors or {}).get(chain)
        rows = session().scalars(sa.select(AuditEntry).where(AuditEntry.chain == chain).order_by(AuditEntry.position))
        for row in rows.yield_per(1000):
            position += 1
            entry = {name: getattr(row, name) for name in _CONTENT}
            if row.position != position:
                yield Break(chain, position, "missing")
                position = row.position
            if row.previous_hash != previous or row.hash != _digest(row.previous_hash, row.position, entry):
                yield Break(chain, row.position, "changed")
            if anchor and anchor[0] == row.position and anchor[1] != row.hash:
                yield Break(chain, row.position, "rewritten")
            previous = row.hash
        if anchor and position < anchor[0]:
            yield Break(chain, position, "cut")
    for chain, anchor in (anchors or {}).items():
        if session().scalar(sa.select(sa.func.count()).where(AuditEntry.chain == chain)) == 0:
            yield Break(chain, anchor[0], "cut")


def anchors() -> dict[str, tuple[int, str]]:
    """The last position and hash of every chain, to be kept where a database administrator cannot write."""
    return {chain: _tail(chain) for chain in session().scalars(sa.select(AuditEntry.chain).distinct()).all()}


#: Where an entry's canonical JSON holds its position. No string can look like it (its quotes would be escaped), nothing nested stands later.
_PLACE = ',"position":0,"subject_id":'
_CONTENT = (
    "chain", "at", "actor_id", "actor_kind", "action", "subject_type", "subject_id", "ground", "before", "after",
)  # fmt: skip


_LAST = Prepared(
    sa.select(AuditEntry.position, AuditEntry.hash)
    .where(AuditEntry.chain == sa.bindparam("chain"))
    .order_by(AuditEntry.position.desc())
    .limit(1)
)
#: Waits until nobody else is in a transaction that writes this chain, then appends to its end (migration 0059).
_APPEND = Prepared(sa.text("SELECT audit_append(:chain, :entries)"))


def _append_by_server(found: sa.Connection, chain: str, entries: Sequence[Mapping[str, Any]]) -> None:
    told = []
    for entry in entries:
        head, rest = _halves(entry)
        told.append({**entry, "at": entry["at"].isoformat(), "head": head, "rest": rest})
    _APPEND.rows(found, {"chain": chain, "entries": json.dumps(told, ensure_ascii=False)})


def _append_here(_found: sa.Connection, chain: str, entries: Sequence[Mapping[str, Any]]) -> None:
    """The embedded database has one writer: what is read here is the end until the commit."""
    position, previous = _tail(chain)
    for entry in entries:
        position += 1
        digest = _digest(previous, position, entry)
        insert_later(AuditEntry, {**entry, "position": position, "previous_hash": previous, "hash": digest})
        previous = digest


def _tail(chain: str) -> tuple[int, str]:
    """The chain's last position and hash."""
    rows = _LAST.rows(connection(), {"chain": chain})
    return tuple(rows[0]) if rows else (0, _GENESIS)


def _digest(previous: str, position: int, entry: Mapping[str, Any]) -> str:
    head, rest = _halves(entry)
    return hashlib.sha256(f"{previous}{head}{position}{rest}".encode()).hexdigest()


def _halves(entry: Mapping[str, Any]) -> tuple[str, str]:
    """The entry's canonical JSON before and after its position, which is known when its turn comes."""
    content = {**entry, "at": entry["at"].isoformat(), "position": 0}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    head, place, rest = text.rpartition(_PLACE)
    before, _, after = place.partition("0")
    return head + before, after + rest
