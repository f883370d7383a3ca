"""Orders of plates (订制): by a station for one of its units, or by the office for many; and plates reported lost or damaged.

An order promises; plates are issued afterwards in pieces, each in a transaction of its own that also notes how far it came. Whoever is
killed between two pieces has lost nothing, and whoever goes on issues no plate twice.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from backend.access.actor import SYSTEM, Actor
from backend.access.policy import Action
from backend.certification import queries as certificates
from backend.certification.model import Certificate
from backend.certification.rules import Standing
from backend.infrastructure import audit, current
from backend.infrastructure.database import session, take_turns, unit_of_work
from backend.infrastructure.jobs import enqueue
from backend.kernel.errors import InvalidInput, NotPossibleNow
from backend.kernel.identifiers import new_case_number
from backend.merchants import queries as merchants
from backend.merchants.model import Unit
from backend.merchants.rules import Category

from . import history, queries, service
from .model import Plate, PlateOrder, PlateOrderLine
from .rules import MOST_IN_USE, MOST_OF_AN_ORDER, Deed, Placement, VoidReason, check_quantity

#: Name of the job that issues an order's next plates.
ISSUE = "issue_plates"
#: Plates of one transaction: some tenths of a second of the embedded database's only writer.
_PIECE = 200
#: Standings in which a unit may hang plates up.
_MAY_HANG = frozenset({Standing.VALID, Standing.RECTIFY})
_LOST = {VoidReason.LOST: Deed.REPORTED_LOST, VoidReason.DAMAGED: Deed.REPORTED_DAMAGED}


def order_for_unit(
    actor: Actor, certificate_no: str, *, placement: Placement, count: int, labels: Sequence[str] = ()
) -> PlateOrder:
    """Order plates for the unit of this certificate.

    labels   one text a plate, such as 8号桌; none at all, or as many as plates
    raises   NotFound, NotPermitted, InvalidInput; NotPossibleNow when the certificate does not stand or too many plates hang already
    """
    check_quantity(count, labels)
    certificate = certificates.get(actor, Action.PLATE_ORDER, certificate_no)
    return _order_for(actor, certificate, placement, list(labels), count)


def order_first(certificate: Certificate) -> PlateOrder | None:
    """Order the plate for the door of a unit that has just been certified, for whoever has the certificate has the mark.

    returns   None when a plate of the unit hangs already or is on its way
    """
    if queries.in_use(certificate.unit_id):
        return None
    return _order_for(SYSTEM, certificate, Placement.DOOR, [], 1)


def order_for_many(
    actor: Actor,
    *,
    placement: Placement,
    per_unit: int = 1,
    county_code: str | None = None,
    category: Category | None = None,
    only_missing: bool = True,
) -> PlateOrder:
    """Order plates for every unit whose certificate stands and that has room for them.

    only_missing   leave out units where a plate of this placement hangs or is on its way
    raises         InvalidInput when no unit is left, or the order would be too large
    """
    check_quantity(per_unit, ())
    _take_turn(placement)
    order = _new_order(actor, placement)
    order.county_code, order.category = county_code, category
    session().flush()
    # In the order of ids, as pieces lock their units; counted as they are written, since a certificate may be awarded meanwhile.
    lines = (
        _units_for(placement, per_unit, county_code, category, only_missing)
        .order_by(Unit.id)
        .add_columns(
            sa.literal(order.id, sa.Uuid(as_uuid=False)),
            sa.literal(per_unit),
            sa.literal([], PlateOrderLine.labels.type),
        )
    )
    columns = [PlateOrderLine.unit_id, PlateOrderLine.order_id, PlateOrderLine.plates, PlateOrderLine.labels]
    session().execute(sa.insert(PlateOrderLine).from_select(columns, lines))
    order.units = session().scalar(sa.select(sa.func.count()).where(PlateOrderLine.order_id == order.id)) or 0
    order.plates = order.units * per_unit
    if order.units == 0:
        raise InvalidInput(
            "plate_order_empty", "没有符合条件的单位：可能都已经有这个位置的标牌，牌已经太多，或证书不在有效状态。"
        )
    if order.plates > MOST_OF_AN_ORDER:
        message = f"一次最多订 {MOST_OF_AN_ORDER} 块，这样会有 {order.plates} 块，请按县（市、区）或类别分几次订。"
        raise InvalidInput("plate_order_too_large", message, fields={"per_unit": [message]})
    _promise(actor, order)
    return order


def report_loss(actor: Actor, serial: str, *, reason: VoidReason, replace: bool) -> tuple[Plate, PlateOrder | None]:
    """Report a plate lost or damaged: it is void from this moment, and a new one is ordered when asked for. Reported again, the same.

    reason   LOST or DAMAGED
    returns  the plate, and the order of its replacement if there is one
    raises   NotFound, NotPermitted; NotPossibleNow when it is void for another reason, or cannot be replaced
    """
    plate = service.held_plate(actor, Action.PLATE_REPORT_LOSS, serial)
    if plate.voided_at is None:
        history.note([plate.id], _LOST[reason], actor)
        plate = service.void_plate(actor, serial, reason, under=Action.PLATE_REPORT_LOSS)
    elif plate.void_reason != reason:
        words = VoidReason(plate.void_reason or "").zh
        raise NotPossibleNow("plate_voided_already", f"这块牌已经因为{words}作废了，不用再报。", state="voided")
    order = replacement_of(plate)
    if order is None and replace:
        certificate = certificates.newest_of_unit(plate.unit_id)
        if certificate is None:
            raise _cannot_hang()
        order = _order_for(actor, certificate, plate.placement, [plate.label] if plate.label else [], 1)
        order.replaces_id = plate.id
    return plate, order


def replacement_of(plate: Plate) -> PlateOrder | None:
    """The order of the plate that replaces this one."""
    return session().scalars(sa.select(PlateOrder).filter_by(replaces_id=plate.id)).one_or_none()


def note_sent(actor: Actor, number: str) -> PlateOrder:
    """Note that all plates of an order went to the printer. raises NotFound, NotPossibleNow"""
    order = queries.order(actor, Action.PLATE_ISSUE, number)
    if order.finished_at is None:
        raise NotPossibleNow("plate_order_unfinished", "这批标牌还没有发放完，等发放完再送印。", state="issuing")
    if order.sent_at is None:
        order.sent_at = current.now()
        history.note_on_order(order, Deed.SENT, actor)
        audit.record(actor, Action.PLATE_ISSUE, "plate_order", order.id, chain=order.chain, after={"sent": True})
    return order


def issue(payload: Mapping[str, Any]) -> None:
    """The job: issue an order's next piece and promise the piece after it, in one transaction."""
    with unit_of_work():
        order = issue_piece(str(payload["order_id"]))
        if order.finished_at is None:
            done = order.issued + order.left_out
            enqueue(ISSUE, {"order_id": order.id}, dedupe=f"{ISSUE}:{order.id}:{done}")


def issue_piece(order_id: str) -> PlateOrder:
    """Issue about two hundred plates of an order, in the caller's unit of work; nothing when all are issued.

    returns   the order; `finished_at` is set with the last piece
    """
    order = session().get_one(PlateOrder, order_id, with_for_update=True)
    if order.finished_at is not None:
        return order
    lines = _next_lines(order)
    unit_ids = [line.unit_id for line in lines]
    held = certificates.newest_of_units(unit_ids)
    numbers = service.lock_and_count(unit_ids)
    units = {unit.id: unit for unit in session().scalars(sa.select(Unit).where(Unit.id.in_(unit_ids)))}
    now, made = current.now(), list[Plate]()
    for line in lines:
        line.done_at = now
        certificate = held.get(line.unit_id)
        if certificate is None or not _may_hang(certificate):
            order.left_out += line.plates
            continue
        for position in range(line.plates):
            numbers[line.unit_id] += 1
            plate = service.new_plate(units[line.unit_id], certificate.number, numbers[line.unit_id], order.placement)
            plate.order_id, plate.replaces_id = order.id, order.replaces_id
            plate.label = line.labels[position] if line.labels else None
            made.append(plate)
    session().add_all(made)
    order.issued += len(made)
    if order.issued + order.left_out == order.plates:
        order.finished_at = now
    _note_issued(order, made)
    return order


def _note_issued(order: PlateOrder, made: Sequence[Plate]) -> None:
    ids = [plate.id for plate in made]
    who = {"kind": order.ordered_by_kind, "alias": order.ordered_by_alias}
    history.note_as(ids, Deed.ORDERED, detail=order.number, at=order.ordered_at, **who)
    history.note(ids, Deed.ISSUED, SYSTEM)
    if order.replaces_id is not None and made:
        history.note([order.replaces_id], Deed.REPLACED, SYSTEM, detail=made[0].serial)
    after = {"order": order.number, "plates": len(made)}
    audit.record(SYSTEM, Action.PLATE_ISSUE, "plate_order", order.id, chain=order.chain, after=after)


def _next_lines(order: PlateOrder) -> Sequence[PlateOrderLine]:
    waiting = sa.select(PlateOrderLine).where(PlateOrderLine.order_id == order.id, PlateOrderLine.done_at.is_(None))
    lines, plates = list[PlateOrderLine](), 0
    for line in session().scalars(waiting.order_by(PlateOrderLine.unit_id).limit(_PIECE)):
        if lines and plates + line.plates > _PIECE:
            break
        lines.append(line)
        plates += line.plates
    return lines


def _order_for(
    actor: Actor, certificate: Certificate, placement: Placement, labels: list[str], count: int
) -> PlateOrder:
    if not _may_hang(certificate):
        raise _cannot_hang()
    unit = merchants.unit(certificate.unit_id)
    _take_turn(placement)
    service.lock_and_count([unit.id])  # so that two orders at once do not both find the last free place
    hanging = queries.in_use(unit.id)
    if hanging + count > MOST_IN_USE:
        message = f"一家单位最多同时有 {MOST_IN_USE} 块牌，现在在用和在途的有 {hanging} 块。请先把不用的牌报作废。"
        raise NotPossibleNow("plates_in_use_limit", message, state="full", fields={"count": [message]})
    order = _new_order(actor, placement)
    order.units, order.plates = 1, count
    order.unit_id, order.station_id, order.county_code = unit.id, unit.station_id, unit.county_code
    session().flush()
    session().add(PlateOrderLine(order_id=order.id, unit_id=unit.id, plates=count, labels=labels))
    _promise(actor, order)
    return order


def _take_turn(placement: Placement) -> None:
    """One order of plates for a placement at a time, so that each sees what the others promised."""
    take_turns(f"plate-order:{placement}")


def _new_order(actor: Actor, placement: Placement) -> PlateOrder:
    """For no unit yet; the caller says for which, and how many."""
    order = PlateOrder(
        number=new_case_number("DZ", current.today()),
        placement=placement,
        units=0,
        plates=0,
        issued=0,
        left_out=0,
        ordered_at=current.now(),
        ordered_by=actor.account_id,
        ordered_by_kind=actor.kind,
        ordered_by_alias=actor.alias,
    )
    session().add(order)
    return order


def _promise(actor: Actor, order: PlateOrder) -> None:
    enqueue(ISSUE, {"order_id": order.id}, dedupe=f"{ISSUE}:{order.id}:0")
    after = {"order": order.number, "plates": order.plates}
    audit.record(actor, Action.PLATE_ORDER, "plate_order", order.id, chain=order.chain, after=after)


def _units_for(
    placement: Placement, per_unit: int, county_code: str | None, category: Category | None, only_missing: bool
) -> sa.Select[Any]:
    stands = sa.exists().where(
        Certificate.unit_id == Unit.id,
        Certificate.state.in_(("certified", "rectifying")),
        Certificate.valid_until >= current.today(),
    )
    units = sa.select(Unit.id).where(stands, queries.in_use_of(Unit.id) + per_unit <= MOST_IN_USE)
    if county_code is not None:
        units = units.where(Unit.county_code == county_code)
    if category is not None:
        units = units.where(Unit.category == category)
    if only_missing:
        hangs = sa.exists().where(Plate.unit_id == Unit.id, Plate.placement == placement, Plate.voided_at.is_(None))
        comes = sa.exists().where(
            PlateOrderLine.unit_id == Unit.id,
            PlateOrderLine.done_at.is_(None),
            PlateOrder.id == PlateOrderLine.order_id,
            PlateOrder.placement == placement,
        )
        units = units.where(~hangs, ~comes)
    return units


def _may_hang(certificate: Certificate) -> bool:
    return certificate.standing_on(current.today()) in _MAY_HANG


def _cannot_hang() -> NotPossibleNow:
    return NotPossibleNow(
        "certificate_does_not_stand",
        "这家单位的证书现在不在有效状态，不能订制标牌。丢失、损坏的牌仍可以报作废。",
        state="closed",
    )
