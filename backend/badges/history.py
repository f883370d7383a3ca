"""The history of every plate: rows that are only ever added, shown to staff and to the station that answers for the unit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from backend.access.actor import Actor, Role
from backend.infrastructure import current
from backend.infrastructure.database import session

from .model import Plate, PlateEvent, PlateOrder
from .rules import Deed, VoidReason

PAGE = 50


@dataclass(frozen=True)
class Told:
    """An event in words.

    by   role and alias of whoever did it; never a real name
    """

    sequence: int
    at: datetime
    deed: Deed
    text: str
    by: str


@dataclass(frozen=True)
class Past:
    """One page of a plate's history, the oldest first. `next` is the `after` of the following page; None on the last."""

    items: Sequence[Told]
    next: int | None


def note(
    plate_ids: Iterable[str],
    deed: Deed,
    actor: Actor,
    *,
    detail: str | None = None,
    at: datetime | None = None,
) -> None:
    """Add one event to each of these plates, in the caller's unit of work.

    at   now by default
    """
    note_as(plate_ids, deed, kind=actor.kind, alias=actor.alias, detail=detail, at=at)


def note_as(
    plate_ids: Iterable[str],
    deed: Deed,
    *,
    kind: str,
    alias: str,
    detail: str | None = None,
    at: datetime | None = None,
) -> None:
    """As `note`, for somebody who is known by role and alias alone: who ordered, when the order is carried out later."""
    common = {"at": at or current.now(), "actor_kind": kind, "actor_alias": alias, "deed": deed, "detail": detail}
    rows = [{"plate_id": plate_id, **common} for plate_id in plate_ids]
    if rows:
        session().flush()  # the plates must stand before their history
        session().execute(sa.insert(PlateEvent), rows)


def note_on_order(order: PlateOrder, deed: Deed, actor: Actor) -> None:
    """Add one event to every plate of an order, in one statement; its detail is the order's number."""
    same = [
        sa.literal(value, column.type).label(column.key)
        for column, value in (
            (PlateEvent.at, current.now()),
            (PlateEvent.actor_kind, actor.kind),
            (PlateEvent.actor_alias, actor.alias),
            (PlateEvent.deed, deed),
            (PlateEvent.detail, order.number),
        )
    ]
    plates = sa.select(Plate.id, *same).where(Plate.order_id == order.id).order_by(Plate.id)
    columns = ["plate_id", "at", "actor_kind", "actor_alias", "deed", "detail"]
    session().execute(sa.insert(PlateEvent).from_select(columns, plates))


def of_plate(plate_id: str, after: int = 0, limit: int = PAGE) -> Past:
    """What happened to a plate that the caller may see.

    after   sequence of the last event of the page before
    """
    statement = sa.select(PlateEvent).where(PlateEvent.plate_id == plate_id, PlateEvent.sequence > after)
    rows = session().scalars(statement.order_by(PlateEvent.sequence).limit(limit + 1)).all()
    return Past([_told(row) for row in rows[:limit]], rows[limit - 1].sequence if len(rows) > limit else None)


def _told(row: PlateEvent) -> Told:
    detail = VoidReason(row.detail).zh if row.deed is Deed.VOIDED and row.detail else row.detail
    role = Role(row.actor_kind).zh
    by = role if row.actor_alias in {"", role} else f"{role}（{row.actor_alias}）"
    return Told(row.sequence, row.at, row.deed, f"{row.deed.zh}：{detail}" if detail else row.deed.zh, by)
