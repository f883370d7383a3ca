"""Issuing, drawing and voiding plates; keeping cards in step with what they show."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.certification import queries as certification
from backend.certification.model import Certificate
from backend.infrastructure import audit, current
from backend.infrastructure.database import session
from backend.infrastructure.object_storage import random_key
from backend.kernel.errors import NotPossibleNow
from backend.kernel.identifiers import new_token_id
from backend.merchants.model import Unit

from . import cards, queries
from .artwork import PlateFace, proved, render_pdf, render_png
from .model import Placement, Plate

#: What a card shows before anybody has rated or complained.
_EMPTY: Mapping[str, Mapping[str, int]] = {"score": {"count": 0}, "outcomes": {"settled": 0, "received": 0}}


def issue_plate(actor: Actor, unit: Unit, certificate_no: str, placement: Placement = Placement.DOOR) -> Plate:
    """A new plate for a unit, with its own serial and token; drawn later by `draw_plate`."""
    key_id = next(iter(current.runtime().settings.badge_keys))
    plate = Plate(
        unit_id=unit.id,
        station_id=unit.station_id,
        county_code=unit.county_code,
        serial=f"{certificate_no}-{_next_number(unit.id):02d}",
        key_id=key_id,
        token_id=new_token_id(),
        placement=placement,
        issued_at=current.now(),
    )
    session().add(plate)
    audit.record(actor, Action.PLATE_ISSUE, "plate", plate.id, chain=unit.county_code, after={"serial": plate.serial})
    return plate


def void_plate(actor: Actor, serial: str, reason: str) -> Plate:
    """Void one plate; the unit's certificate and its other plates stand.

    reason   'lost', 'damaged' or 'cloned'
    raises   NotFound, NotPermitted, NotPossibleNow
    """
    plate = queries.plate_by_serial(actor, Action.PLATE_VOID, serial)
    if plate.voided_at is not None:
        raise NotPossibleNow("plate_voided_already", "这块牌已经作废了。", state="voided")
    plate.voided_at, plate.void_reason = current.now(), reason
    audit.record(
        actor,
        Action.PLATE_VOID,
        "plate",
        plate.id,
        chain=plate.county_code,
        ground=reason,
        after={"serial": plate.serial},
    )
    return plate


def plates_to_draw(limit: int, after: str | None = None) -> Sequence[tuple[Plate, PlateFace]]:
    """Plates without artwork, with what is to be drawn on each, in the order of issue; `after` is a plate's id.

    Plates whose key was withdrawn are left out: nobody could read them.
    """
    readable = Plate.key_id.in_(list(current.runtime().settings.badge_keys))
    statement = sa.select(Plate).where(Plate.artwork_key.is_(None), readable).order_by(Plate.id).limit(limit)
    if after is not None:
        statement = statement.where(Plate.id > after)
    return [(plate, face_of(plate)) for plate in session().scalars(statement)]


def keep_artwork(plate: Plate, png: bytes) -> None:
    """Store a drawn and proved PNG."""
    key = random_key("plates", "png")
    current.runtime().storage.put(key, png)
    plate.artwork_key = key


def draw(face: PlateFace) -> bytes:
    """The proved PNG of a plate's face; pure, for many processes. raises ArtworkUnreadable, MissingGlyph, FaceTooLong"""
    png = render_png(face)
    proved(png, face.url)
    return png


def artwork_png(plate: Plate) -> bytes:
    """The plate's PNG as it was stored when drawn, or drawn now."""
    return current.runtime().storage.get(plate.artwork_key) if plate.artwork_key else draw(face_of(plate))


def artwork_pdf(plate: Plate) -> bytes:
    """The plate's print PDF with bleed and crop marks."""
    return render_pdf(face_of(plate))


def face_of(plate: Plate) -> PlateFace:
    """What is drawn on a plate."""
    unit = session().get_one(Unit, plate.unit_id)
    certificate = certification.newest_of_unit(plate.unit_id)
    return PlateFace(
        unit_name=unit.name,
        category_zh=unit.category.zh,
        certificate_no=certificate.number if certificate else "",
        serial=plate.serial,
        url=queries.address_of(plate),
    )


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


def refresh_certificate(certificate: Certificate) -> None:
    """Write the certificate's part of the card: in the transaction that changed the certificate."""
    cards.write_certificate(certificate)


def _next_number(unit_id: str) -> int:
    return (session().scalar(sa.select(sa.func.count()).where(Plate.unit_id == unit_id)) or 0) + 1
