"""Issuing, drawing and voiding plates; keeping cards in step with what they show."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from backend.access.actor import SYSTEM, Actor, Role
from backend.access.policy import Action
from backend.accounts import queries as accounts
from backend.certification import queries as certification
from backend.certification.model import Certificate
from backend.infrastructure import audit, current
from backend.infrastructure.database import session
from backend.infrastructure.object_storage import random_key
from backend.kernel.errors import NotPossibleNow
from backend.kernel.identifiers import new_token_id
from backend.merchants.model import Unit
from backend.notifications import service as notifications

from . import cards, freshness, history, queries
from .artwork import A5_DOOR, BY_PLACEMENT, PlateFace, Template, finished
from .model import Plate, PlateOrder
from .rules import Deed, Placement, VoidReason

#: What a card shows before anybody has rated or complained.
_EMPTY: Mapping[str, Mapping[str, int]] = {"score": {"count": 0}, "outcomes": {"settled": 0, "received": 0}}


def issue_plate(actor: Actor, unit: Unit, certificate_no: str, placement: Placement = Placement.DOOR) -> Plate:
    """A new plate for a unit, with its own serial and token; drawn later by `draw_plate`."""
    return issue_plates(actor, [(unit, certificate_no)], placement)[0]


def issue_plates(
    actor: Actor, units: Sequence[tuple[Unit, str]], placement: Placement = Placement.DOOR
) -> Sequence[Plate]:
    """A new plate for each of these units, at most some hundreds.

    units   pairs (unit, number of its certificate)
    """
    numbers, plates = lock_and_count([unit.id for unit, _ in units]), []
    for unit, certificate_no in units:
        numbers[unit.id] += 1
        plate = new_plate(unit, certificate_no, numbers[unit.id], placement)
        plates.append(plate)
        after = {"serial": plate.serial}
        audit.record(actor, Action.PLATE_ISSUE, "plate", plate.id, chain=unit.county_code, after=after)
    session().add_all(plates)
    history.note([plate.id for plate in plates], Deed.ISSUED, actor)
    return plates


def new_plate(unit: Unit, certificate_no: str, number: int, placement: Placement) -> Plate:
    """A plate that the caller adds; `number` counts the unit's plates from 1."""
    return Plate(
        unit_id=unit.id,
        station_id=unit.station_id,
        county_code=unit.county_code,
        serial=f"{certificate_no}-{number:02d}",
        key_id=next(iter(current.runtime().settings.badge_keys)),
        token_id=new_token_id(),
        placement=placement,
        issued_at=current.now(),
    )


def lock_and_count(unit_ids: Sequence[str]) -> dict[str, int]:
    """Unit id → how many plates it ever had; nobody else issues plates to these units until the transaction ends."""
    session().execute(sa.select(Unit.id).where(Unit.id.in_(unit_ids)).order_by(Unit.id).with_for_update(of=Unit))
    counted = sa.select(Plate.unit_id, sa.func.count()).where(Plate.unit_id.in_(unit_ids)).group_by(Plate.unit_id)
    return {**dict.fromkeys(unit_ids, 0), **{row[0]: row[1] for row in session().execute(counted)}}


def held_plate(actor: Actor, action: Action, serial: str) -> Plate:
    """The plate as it is now; nobody else changes it until the transaction ends. raises NotFound, NotPermitted"""
    plate = queries.plate_by_serial(actor, action, serial)
    session().refresh(plate, with_for_update={"key_share": True})
    return plate


def void_plate(actor: Actor, serial: str, reason: str, *, under: Action = Action.PLATE_VOID) -> Plate:
    """Void one plate; the unit's certificate and its other plates stand. The one place where a plate is voided.

    reason   a VoidReason
    under    the action that permits it
    raises   NotFound, NotPermitted, NotPossibleNow
    """
    plate = held_plate(actor, under, serial)
    if plate.voided_at is not None:
        raise NotPossibleNow("plate_voided_already", "这块牌已经作废了。", state="voided")
    reason = VoidReason(reason).value
    plate.voided_at, plate.void_reason = current.now(), reason
    freshness.touch(plate.unit_id)
    history.note([plate.id], Deed.VOIDED, actor, detail=reason)
    audit.record(
        actor,
        under,
        "plate",
        plate.id,
        chain=plate.county_code,
        ground=reason,
        after={"serial": plate.serial},
    )
    return plate


def plates_to_draw(limit: int, after: str | None = None) -> Sequence[tuple[Plate, PlateFace]]:
    """Plates without artwork, with what is to be drawn on each, in the order of issue; `after` is a plate's id.

    Plates whose key was withdrawn are left out, since nobody could read them, and void ones, since nobody should hang them up.
    """
    readable = Plate.key_id.in_(list(current.runtime().settings.badge_keys))
    statement = sa.select(Plate).where(Plate.artwork_key.is_(None), Plate.voided_at.is_(None), readable)
    statement = statement.order_by(Plate.id).limit(limit)
    if after is not None:
        statement = statement.where(Plate.id > after)
    plates = session().scalars(statement).all()
    return list(zip(plates, faces_of(plates), strict=True))


def keep_artwork(plate: Plate, png: bytes) -> None:
    """Store a drawn and proved PNG."""
    key = random_key("plates", "png")
    current.runtime().storage.put(key, png)
    plate.artwork_key = key
    history.note([plate.id], Deed.DRAWN, SYSTEM)


def draw(face: PlateFace, template: Template = A5_DOOR) -> bytes:
    """The proved PNG of a plate's face; pure, for many processes. raises ArtworkUnreadable, MissingGlyph, FaceTooLong"""
    return finished(face, template, "png")


def template_of(hung: Plate | PlateOrder) -> Template:
    """The template (版式) that goes with the place of a plate, or of an order's plates."""
    return BY_PLACEMENT[hung.placement.value]


def artwork_png(plate: Plate, template: Template | None = None) -> bytes:
    """The plate's PNG as it was stored when drawn, or drawn now; in another template when one is asked for."""
    if plate.artwork_key and template in (None, template_of(plate)):
        return current.runtime().storage.get(plate.artwork_key)
    return draw(face_of(plate), template or template_of(plate))


def artwork_pdf(plate: Plate, template: Template | None = None) -> bytes:
    """The plate's proved print PDF with bleed and crop marks."""
    return finished(face_of(plate), template or template_of(plate), "pdf")


def artwork_svg(plate: Plate, template: Template | None = None) -> bytes:
    """The plate's proved SVG, outlines only."""
    return finished(face_of(plate), template or template_of(plate), "svg")


def face_of(plate: Plate) -> PlateFace:
    """What is drawn on a plate."""
    return faces_of([plate])[0]


def faces_of(plates: Sequence[Plate]) -> list[PlateFace]:
    """What is drawn on each of these plates, at most some hundreds, in two queries."""
    unit_ids = list({plate.unit_id for plate in plates})
    held = certification.newest_of_units(unit_ids)
    units = {unit.id: unit for unit in session().scalars(sa.select(Unit).where(Unit.id.in_(unit_ids)))}
    return [
        PlateFace(
            unit_name=units[plate.unit_id].name,
            category_zh=units[plate.unit_id].category.zh,
            certificate_no=held[plate.unit_id].number if plate.unit_id in held else "",
            serial=plate.serial,
            url=queries.address_of(plate),
            label=plate.label or "",
        )
        for plate in plates
    ]


def refresh_unit(unit: Unit, certificate: Certificate) -> None:
    """Write the card of a unit that was imported or changed."""
    cards.write_unit(unit, certificate, missing=_EMPTY)


def follow_station(unit: Unit, certificate: Certificate) -> None:
    """Hand the unit's plates and certificate to the station that answers for it now."""
    if certificate.station_id != unit.station_id:
        certificate.station_id = unit.station_id
    for plate in queries.plates_of_unit(unit.id):
        if plate.station_id != unit.station_id:
            plate.station_id = unit.station_id


def announce_standing(certificate: Certificate) -> None:
    """The certificate's part of the card, and the notices of the station's members: in the transaction that changed the certificate."""
    session().flush()
    cards.write_certificate(certificate)
    unit = session().get_one(Unit, certificate.unit_id)
    standing = certificate.standing_on(current.today())
    for member in accounts.holders(Role.STATION_MEMBER, station_id=certificate.station_id):
        notifications.queue(
            member,
            "certificate_standing_changed",
            {"unit_name": unit.name, "standing": standing.zh},
            event_key=f"certificate:{certificate.id}:{certificate.version}",
            link="/station",
        )
