"""Reads of plates by token, serial and unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.certification import queries as certificates
from backend.certification.rules import Standing
from backend.infrastructure import current
from backend.infrastructure.asked import Asked, answered
from backend.infrastructure.database import connection, session
from backend.infrastructure.paging import Page, newest_first
from backend.infrastructure.prepared import Prepared
from backend.infrastructure.scoping import get_for, visible
from backend.kernel.errors import DomainError, InvalidInput, NotFound, NotPossibleNow
from backend.kernel.identifiers import badge_token, is_token, parse_token, verify_token
from backend.merchants.model import Unit

from . import cards, tickets
from .model import Card, Plate, PlateOrder, PlateOrderLine
from .rules import Placement, Unknown, token_in
from .tickets import Visit


class UnknownBadge(NotFound):
    """A code that we did not issue, or that was tampered with."""

    def __init__(self, kind: Unknown, why: str = "这不是我们发的放心码。请不要相信这块牌，可以向我们举报。") -> None:
        super().__init__("UNKNOWN", why)
        self.kind = kind


class ScannedPlate(NamedTuple):
    """What a scan needs to know of a plate."""

    id: str
    unit_id: str
    serial: str
    placement: Placement
    label: str | None
    voided_at: datetime | None
    void_reason: str | None


#: Plate and card in one reading, as columns: rows as objects would cost a scan as much again.
_SCANNED = (
    sa.select(*(getattr(Plate, name) for name in ScannedPlate._fields), Card.revision, Card.sections)
    .join(Card, Card.unit_id == Plate.unit_id)
    .where(Plate.token_id == sa.bindparam("token_id"))
)


@dataclass(frozen=True)
class ScannedBadge:
    """A plate of ours and what a scan of it shows."""

    plate: ScannedPlate
    shown: cards.Shown

    @property
    def standing(self) -> Standing:
        """The certificate's standing; a bad certificate is said before a voided plate."""
        if self.plate.voided_at is not None and self.shown.standing in {Standing.VALID, Standing.RECTIFY}:
            return Standing.VOIDED
        return self.shown.standing


def is_ours(token: str, keys: Mapping[str, bytes]) -> bool:
    """Whether we minted a token, by its shape and MAC alone. That says nothing against a copy."""
    try:
        return verify_token(parse_token(token), keys)
    except DomainError:
        return False


def token_from(brought: str) -> str:
    """The token in whatever a phone brought from a code (rules.token_in).

    raises   UnknownBadge, which says so when the code leads to a foreign place
    """
    try:
        return token_in(brought, current.runtime().settings.public_url)
    except InvalidInput as error:
        if error.code == "badge_address_foreign":
            raise UnknownBadge(Unknown.FOREIGN, error.message) from None
        raise UnknownBadge(Unknown.MALFORMED) from None


def by_token(token: str) -> ScannedBadge:
    """The plate behind a token, and its unit's card. Shape and MAC are checked before the database is asked.

    raises   UnknownBadge for anything that is not a token of ours
    """
    _refuse_foreign(token)
    return scanned(token, connection())


class Addressed(NamedTuple):
    """The unit that a token or a certificate's number leads to, as a case about it needs it; plate_id of the token's plate."""

    plate_id: str | None
    id: str
    name: str
    station_id: str
    county_code: str
    commitments: list[dict[str, Any]]


_ADDRESSED = Prepared(
    sa.select(Plate.id, Unit.id, Unit.name, Unit.station_id, Unit.county_code, Unit.commitments)
    .join(Unit, Unit.id == Plate.unit_id)
    .where(Plate.token_id == sa.bindparam("token_id"))
)


def addressing(token: str) -> Asked:
    """The question that `addressed` asks. raises UnknownBadge for what is not a token of ours"""
    _refuse_foreign(token)
    return Asked(_ADDRESSED, {"token_id": parse_token(token).id})


def addressed(token: str) -> Addressed:
    """The unit behind a token, however its certificate stands. raises UnknownBadge as `by_token` does"""
    found = answered(addressing(token))
    if not found:
        raise UnknownBadge(Unknown.UNISSUED)
    return Addressed(*found[0])


def registered(number: str) -> Addressed:
    """The unit of a certificate, however it stands, for whom has no badge before them. raises NotFound"""
    unit = session().get_one(Unit, certificates.by_number(number).unit_id)
    return Addressed(None, unit.id, unit.name, unit.station_id, unit.county_code, unit.commitments)


def _refuse_foreign(token: str) -> None:
    if not is_ours(token, current.runtime().settings.badge_keys):
        raise UnknownBadge(Unknown.FORGED if is_token(token) else Unknown.MALFORMED)


def scanned(token: str, connection: sa.Connection) -> ScannedBadge:
    """The same for a token whose MAC was checked, in one statement. raises UnknownBadge"""
    row = connection.execute(_SCANNED, {"token_id": parse_token(token).id}).one_or_none()
    if row is None:
        raise UnknownBadge(Unknown.UNISSUED)
    *plate, revision, sections = row
    return ScannedBadge(ScannedPlate(*plate), cards.shown(revision, sections))


def seen(plate: Plate) -> ScannedBadge:
    """What a scan of this plate would show."""
    return ScannedBadge(
        ScannedPlate(*(getattr(plate, name) for name in ScannedPlate._fields)), cards.show(plate.unit_id)
    )


def visited(ticket: str) -> tuple[Plate, Visit]:
    """The plate whose scan a visit ticket proves, and the scan.

    raises   InvalidInput for a ticket that is forged or too old, and for one of a voided plate, which may hang anywhere
    """
    visit = tickets.read(ticket)
    plate = session().get(Plate, visit.plate_id)
    if plate is None or plate.voided_at is not None:
        raise InvalidInput(
            "plate_voided",
            "您扫的这块牌已作废，不能证明您到过店里。请扫店里现在用的标牌。",
            fields={"visit_ticket": ["请扫店里现在用的标牌。"]},
        )
    return plate, visit


def plate_by_serial(actor: Actor, action: Action, serial: str) -> Plate:
    """The plate of this serial. raises NotFound, NotPermitted"""
    return get_for(
        Plate, actor, action, Plate.serial, serial, seen_by=Action.PLATE_READ, missing="没有这个标牌序列号，请核对。"
    )


def plates_of_unit(unit_id: str) -> Sequence[Plate]:
    """All plates of a unit, the newest first."""
    return session().scalars(sa.select(Plate).where(Plate.unit_id == unit_id).order_by(Plate.id.desc())).all()


def plates_for(actor: Actor, unit_id: str, before: object = None, limit: int = 50) -> Page[Plate]:
    """A page of the plates of a unit that the actor may see."""
    statement = sa.select(Plate).where(Plate.unit_id == unit_id, visible(Plate, actor, Action.PLATE_READ))
    return newest_first(statement, Plate, before, limit)


def plates_of_order(order_id: str, limit: int = 20) -> Sequence[Plate]:
    """The first plates of an order, in the order of their issue."""
    return session().scalars(sa.select(Plate).filter_by(order_id=order_id).order_by(Plate.id).limit(limit)).all()


def counts_in_use(unit_ids: Sequence[str]) -> dict[str, int]:
    """Unit id → how many of its plates are not void."""
    counted = sa.select(Plate.unit_id, sa.func.count()).where(Plate.unit_id.in_(unit_ids), Plate.voided_at.is_(None))
    rows = session().execute(counted.group_by(Plate.unit_id))
    return {**dict.fromkeys(unit_ids, 0), **{row[0]: row[1] for row in rows}}


def replacing(plate: Plate) -> Plate | None:
    """The plate that was issued in this one's place."""
    return session().scalars(sa.select(Plate).filter_by(replaces_id=plate.id)).one_or_none()


def in_use(unit_id: str) -> int:
    """How many plates of a unit hang or are on their way."""
    return int(session().scalar(sa.select(in_use_of(sa.literal(unit_id, Plate.unit_id.type)))) or 0)


def in_use_of(unit_id: sa.SQLColumnExpression[str]) -> sa.ColumnElement[int]:
    """As `in_use`, as a term of a statement.

    unit_id   a column of that statement
    """
    hang = sa.select(sa.func.count()).where(Plate.unit_id == unit_id, Plate.voided_at.is_(None))
    come = sa.select(sa.func.coalesce(sa.func.sum(PlateOrderLine.plates), 0)).where(
        PlateOrderLine.unit_id == unit_id, PlateOrderLine.done_at.is_(None)
    )
    return hang.scalar_subquery() + come.scalar_subquery()


def order(actor: Actor, action: Action, number: str) -> PlateOrder:
    """The order of this number, for this action. raises NotFound, NotPermitted"""
    return get_for(
        PlateOrder,
        actor,
        action,
        PlateOrder.number,
        number,
        seen_by=Action.PLATE_READ,
        missing="没有这个订单号，请核对。",
    )


def orders(actor: Actor, before: object = None, limit: int = 50) -> Page[PlateOrder]:
    """A page of the orders that the actor may see."""
    return newest_first(
        sa.select(PlateOrder).where(visible(PlateOrder, actor, Action.PLATE_READ)), PlateOrder, before, limit
    )


@dataclass(frozen=True)
class Progress:
    """How far an order's plates have come, beside `issued`."""

    drawn: int
    coded: int


def progress_of(order_ids: Sequence[str]) -> dict[str, Progress]:
    """Order id → how many of its plates are drawn, and have a mini-program code."""
    rows = session().execute(
        sa.select(Plate.order_id, sa.func.count(Plate.artwork_key), sa.func.count(Plate.mini_code_key))
        .where(Plate.order_id.in_(order_ids))
        .group_by(Plate.order_id)
    )
    return {**dict.fromkeys(order_ids, Progress(0, 0)), **{str(row[0]): Progress(row[1], row[2]) for row in rows}}


def keys_in_use() -> dict[str, tuple[int, int]]:
    """Key id → how many plates hang on it: in use, voided."""
    void = sa.func.count(Plate.voided_at)
    rows = session().execute(sa.select(Plate.key_id, sa.func.count() - void, void).group_by(Plate.key_id))
    return {row[0]: (row[1], row[2]) for row in rows}


def token_of(plate: Plate) -> str:
    """The token printed on a plate. raises NotPossibleNow when its key was withdrawn"""
    key = current.runtime().settings.badge_keys.get(plate.key_id)
    if key is None:
        raise NotPossibleNow(
            "plate_key_withdrawn", "这块牌的密钥已经停用，扫码不再有效，请换发新牌。", state="withdrawn"
        )
    return badge_token(plate.key_id, plate.token_id, key)


def address_of(plate: Plate) -> str:
    """The address in a plate's code."""
    return f"{current.runtime().settings.public_url}/b/{token_of(plate)}"
