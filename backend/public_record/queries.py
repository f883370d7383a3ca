"""Reads of the public record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.certification import queries as certificates
from backend.certification.model import Certificate
from backend.certification.rules import Standing
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.infrastructure.scoping import get_for, visible
from backend.kernel.errors import NotFound
from backend.kernel.identifiers import read_case_number
from backend.merchants import queries as merchants
from backend.merchants.model import Unit

from .model import CateringGrade, KitchenLink, Objection, PublicEntry, ShopPhoto, Submission, UnitReply
from .rules import GradeKind, Showing

_MOST = 200
M = TypeVar("M", bound=Submission)


@dataclass(frozen=True)
class Record:
    """Everything on a unit's record, also what is not shown, the newest first."""

    photos: Sequence[ShopPhoto]
    grades: Sequence[CateringGrade]
    entries: Sequence[PublicEntry]
    replies: Sequence[UnitReply]
    kitchens: Sequence[KitchenLink]
    objections: Sequence[Objection]


def unit_of(actor: Actor, action: Action, number: str) -> Certificate:
    """The certificate by whose number a unit is meant, if the actor may do this for the unit. raises NotFound, NotPermitted"""
    return certificates.get(actor, action, number)


def unit_holder(unit_id: str) -> Certificate:
    """The certificate that stands for a unit. raises NotFound"""
    found = certificates.newest_of_unit(unit_id)
    if found is None:
        raise NotFound("certificate_not_found", "这家单位没有证书。")
    return found


@dataclass(frozen=True)
class StationUnit:
    """A unit that a station answers for, with the certificate that stands for it."""

    unit: Unit
    certificate: Certificate

    @property
    def standing(self) -> Standing:
        """What the public sees of it today."""
        return self.certificate.standing_on(current.today())


def station_units(actor: Actor, words: str = "", after: str | None = None) -> tuple[list[StationUnit], str | None]:
    """A page of the certified units that the actor's stations answer for, oldest first, and the cursor of the next one.

    words   in the name, merchant or address, or a number; after: cursor of the page before
    """
    found = merchants.search_for(actor, words, after=after, numbered=certificates.units_numbered(words))
    held = certificates.newest_of_units([unit.id for unit in found.units])
    return [StationUnit(unit, held[unit.id]) for unit in found.units if unit.id in held], found.after


def record(unit_id: str) -> Record:
    """The record of a unit."""
    return Record(
        photos=_of_unit(ShopPhoto, unit_id),
        grades=grades(unit_id),
        entries=entries(unit_id),
        replies=_of_unit(UnitReply, unit_id),
        kitchens=_of_unit(KitchenLink, unit_id),
        objections=objections_of(unit_id),
    )


def grades(unit_id: str) -> Sequence[CateringGrade]:
    """Every grade that a unit was given, the newest first."""
    statement = sa.select(CateringGrade).where(CateringGrade.unit_id == unit_id)
    newest = statement.order_by(CateringGrade.graded_on.desc(), CateringGrade.sequence.desc())
    return session().scalars(newest.limit(_MOST)).all()


def newest_grades(unit_id: str) -> list[CateringGrade]:
    """The grade of each kind that holds now: that of the year first."""
    found = grades(unit_id)
    kinds = (GradeKind.YEAR, GradeKind.INSPECTION)
    return [grade for kind in kinds if (grade := next((one for one in found if one.kind is kind), None)) is not None]


def entries(unit_id: str) -> Sequence[PublicEntry]:
    """Every entry of a unit, the newest decision first."""
    statement = sa.select(PublicEntry).where(PublicEntry.unit_id == unit_id)
    return (
        session().scalars(statement.order_by(PublicEntry.decided_on.desc(), PublicEntry.id.desc()).limit(_MOST)).all()
    )


def entries_over(today: date, limit: int) -> Sequence[PublicEntry]:
    """Entries whose publicity period is over and whose unit's card still holds them."""
    statement = sa.select(PublicEntry).where(PublicEntry.ended_at.is_(None), PublicEntry.shown_until < today)
    return session().scalars(statement.order_by(PublicEntry.id).limit(limit)).all()


def entry(actor: Actor, action: Action, number: str) -> PublicEntry:
    """raises NotFound, NotPermitted"""
    return get_for(
        PublicEntry, actor, action, PublicEntry.number, number, seen_by=Action.RECORD_READ, missing="没有这条公示信息。"
    )


def photo(actor: Actor, action: Action, number: str) -> ShopPhoto:
    """raises NotFound, NotPermitted"""
    return get_for(
        ShopPhoto, actor, action, ShopPhoto.number, number, seen_by=Action.RECORD_READ, missing="没有这张照片。"
    )


def reply(actor: Actor, action: Action, number: str) -> UnitReply:
    """raises NotFound, NotPermitted"""
    return get_for(
        UnitReply, actor, action, UnitReply.number, number, seen_by=Action.RECORD_READ, missing="没有这条回应。"
    )


def kitchen(actor: Actor, action: Action, number: str) -> KitchenLink:
    """raises NotFound, NotPermitted"""
    return get_for(
        KitchenLink, actor, action, KitchenLink.number, number, seen_by=Action.RECORD_READ, missing="没有这个链接。"
    )


def objection(actor: Actor, action: Action, case_no: str) -> Objection:
    """raises NotFound, NotPermitted, InvalidInput"""
    number = read_case_number(case_no)
    return get_for(Objection, actor, action, Objection.case_no, number, seen_by=Action.OBJECTION_READ)


def objections(actor: Actor) -> Sequence[Objection]:
    """Open objections that the actor may read, the oldest first."""
    statement = sa.select(Objection).where(
        Objection.state == "received", visible(Objection, actor, Action.OBJECTION_READ)
    )
    return session().scalars(statement.order_by(Objection.id).limit(_MOST)).all()


def objections_of(unit_id: str) -> Sequence[Objection]:
    """Every objection of a unit, the newest first."""
    statement = sa.select(Objection).where(Objection.unit_id == unit_id)
    return session().scalars(statement.order_by(Objection.id.desc()).limit(_MOST)).all()


def entry_of(found: Objection) -> PublicEntry:
    """What an objection is about."""
    return session().get_one(PublicEntry, found.entry_id)


def in_state(model: type[M], unit_id: str, showing: Showing) -> Sequence[M]:
    """The photos or replies of a unit that are shown, or that wait."""
    return session().scalars(sa.select(model).where(model.unit_id == unit_id, model.showing == showing)).all()


def replies_about(unit_id: str, about: str, showing: Showing) -> Sequence[UnitReply]:
    """The replies of a unit about an entry, or about its ratings (empty), that are shown or that wait."""
    return [reply for reply in in_state(UnitReply, unit_id, showing) if reply.about == about]


def photos_waiting(actor: Actor) -> Sequence[ShopPhoto]:
    """Photos that the actor may decide on, the oldest first."""
    return _waiting(ShopPhoto, actor, Action.SHOP_PHOTO_DECIDE)


def replies_waiting(actor: Actor) -> Sequence[UnitReply]:
    """Replies that the actor may decide on, the oldest first."""
    return _waiting(UnitReply, actor, Action.UNIT_REPLY_DECIDE)


def kitchens_waiting(actor: Actor) -> Sequence[KitchenLink]:
    """Links to kitchens that the actor may decide on, the oldest first."""
    return _waiting(KitchenLink, actor, Action.KITCHEN_LINK_DECIDE)


def shown_photo(number: str) -> bytes:
    """The JPEG of the shop front of the unit with this certificate. raises NotFound"""
    found = in_state(ShopPhoto, certificates.by_number(number).unit_id, Showing.SHOWN)
    if not found:
        raise NotFound("photo_not_found", "这家单位还没有公开的店面照片。")
    return current.runtime().storage.get(found[0].object_key)


def photo_bytes(actor: Actor, number: str) -> bytes:
    """The JPEG of a photo that waits or waited for a decision. raises NotFound, NotPermitted"""
    return current.runtime().storage.get(photo(actor, Action.SHOP_PHOTO_DECIDE, number).object_key)


def _of_unit(model: type[M], unit_id: str) -> Sequence[M]:
    return (
        session().scalars(sa.select(model).where(model.unit_id == unit_id).order_by(model.id.desc()).limit(_MOST)).all()
    )


def _waiting(model: type[M], actor: Actor, action: Action) -> Sequence[M]:
    statement = sa.select(model).where(model.showing == Showing.WAITING, visible(model, actor, action))
    return session().scalars(statement.order_by(model.id).limit(_MOST)).all()
