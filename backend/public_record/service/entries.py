"""Catering grades, penalties and warnings: entered by officers, warnings also by the consumer council."""

from datetime import date

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure import audit, current
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.errors import InvalidInput, NotPossibleNow
from backend.kernel.identifiers import new_case_number
from backend.merchants.model import Unit
from backend.merchants.rules import Category
from backend.public_record import queries, rules
from backend.public_record.model import CateringGrade, PublicEntry
from backend.public_record.rules import EntryKind, GradeKind, GradeLevel

from .objections import WITHDRAW, close_objections, entry_for
from .showing import note, refresh_record, tell

_PUBLISH = {EntryKind.PENALTY: Action.PENALTY_PUBLISH, EntryKind.WARNING: Action.WARNING_PUBLISH}


def record_grade(
    actor: Actor, number: str, *, kind: GradeKind, level: GradeLevel, graded_on: date, source: str
) -> CateringGrade:
    """Note a catering grade (量化分级) of a restaurant; the one before stays in its history.

    graded_on   day of the inspection, or of the year's decision
    source      who graded, or the document
    raises      NotFound, NotPermitted, InvalidInput when the unit is no restaurant or the day has not come
    """
    certificate = queries.unit_of(actor, Action.CATERING_GRADE_RECORD, number)
    unit = session().get_one(Unit, certificate.unit_id)
    if unit.category is not Category.RESTAURANT:
        raise InvalidInput("not_a_restaurant", "只有餐饮店有量化分级。")
    rules.checked_day("graded_on", graded_on, current.today())
    grade = CateringGrade(
        unit_id=unit.id,
        kind=kind,
        level=level,
        graded_on=graded_on,
        source=source,
        recorded_by=actor.account_id,
        recorded_at=current.now(),
    )
    session().add(grade)
    after = {"kind": kind.value, "level": level.value, "graded_on": graded_on.isoformat()}
    audit.record(actor, Action.CATERING_GRADE_RECORD, "unit", unit.id, chain=certificate.county_code, after=after)
    refresh_record(unit.id)
    return grade


def publish(
    actor: Actor, number: str, *, kind: EntryKind, text: str, decided_on: date, source_url: str, shown_until: date
) -> PublicEntry:
    """Put a penalty or a warning on the record of the unit with this certificate.

    raises   NotFound, NotPermitted, InvalidInput
    """
    certificate = queries.unit_of(actor, _PUBLISH[kind], number)
    rules.checked_period(decided_on, shown_until, current.today())
    rules.checked_source(source_url)
    entry = PublicEntry(
        number=new_case_number("GS", current.today()),
        unit_id=certificate.unit_id,
        county_code=certificate.county_code,
        kind=kind,
        text=text,
        decided_on=decided_on,
        source_url=source_url,
        shown_until=shown_until,
        entered_by=actor.account_id,
        entered_at=current.now(),
    )
    session().add(entry)
    note(actor, _PUBLISH[kind], entry, after={"number": entry.number, "shown_until": shown_until.isoformat()})
    refresh_record(entry.unit_id)
    tell(certificate, "public_entry_published", entry.number, step=kind.zh)
    return entry


def withdraw(actor: Actor, number: str, *, reason: str) -> PublicEntry:
    """Take an entry down before its period is over; a tombstone with the reason stays until then.

    raises   NotFound, NotPermitted, NotPossibleNow
    """
    entry = entry_for(actor, number)
    if not entry.is_shown(current.today()):
        raise NotPossibleNow("entry_not_shown", "这条信息现在没有公示，不用撤下。", state="withdrawn")
    entry.withdrawn_on, entry.withdrawn_by, entry.withdraw_reason = current.today(), actor.account_id, reason
    note(actor, WITHDRAW[entry.kind], entry, before={"shown": True}, after={"shown": False})
    close_objections([entry.id])
    refresh_record(entry.unit_id)
    certificate = queries.unit_holder(entry.unit_id)
    tell(
        certificate,
        "public_content_decided",
        f"{entry.number}:withdrawn",
        step=f"{entry.kind.zh}公示",
        decision="已撤下",
    )
    return entry


def end_periods(limit: int = 200) -> int:
    """Take entries whose publicity period is over off the cards; opens its own unit of work. returns how many"""
    with unit_of_work():
        over = queries.entries_over(current.today(), limit)
        for entry in over:
            entry.ended_at = current.now()
        close_objections([entry.id for entry in over])
        for unit_id in sorted({entry.unit_id for entry in over}):
            refresh_record(unit_id)
    return len(over)
