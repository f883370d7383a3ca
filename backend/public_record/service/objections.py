"""Objections (异议) of a unit to what is published about it: raised by its station, decided by an officer or the council.

While one is open the public reads that the unit objects. One that is found right changes the entry or takes it down; one that is
found wrong leaves it as it is, and is not raised again. source: 浙江省公共信用信息管理条例: five working days
"""

from collections.abc import Sequence

import sqlalchemy as sa

from backend.access.actor import SYSTEM, Actor, Role
from backend.access.policy import Action
from backend.accounts import queries as accounts
from backend.casework import queries as cases
from backend.casework import service as casework
from backend.infrastructure import current
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.errors import Conflict, InvalidInput, NotFound, NotPossibleNow
from backend.kernel.identifiers import new_case_number
from backend.merchants.model import Unit
from backend.notifications import service as notifications
from backend.public_record import queries
from backend.public_record.lifecycle import OTHER_EYES
from backend.public_record.model import Objection, PublicEntry
from backend.public_record.rules import EntryKind

from .showing import note, refresh_record, tell

WITHDRAW = {EntryKind.PENALTY: Action.PENALTY_WITHDRAW, EntryKind.WARNING: Action.WARNING_WITHDRAW}


def entry_for(actor: Actor, number: str) -> PublicEntry:
    """The entry for who may change it: a penalty is the bureau's, a warning also the council's. raises NotFound, NotPermitted"""
    entry = queries.entry(actor, Action.WARNING_WITHDRAW, number)
    return queries.entry(actor, WITHDRAW[entry.kind], number)


def raise_objection(actor: Actor, number: str, *, about: str, text: str) -> Objection:
    """The unit with this certificate objects to an entry that is shown.

    about    number of the entry
    raises   NotFound, NotPermitted, NotPossibleNow when it is not shown or an objection was rejected, Conflict when one is open
    """
    certificate = queries.unit_of(actor, Action.OBJECTION_RAISE, number)
    entry = next((one for one in queries.entries(certificate.unit_id) if one.number == about), None)
    if entry is None:
        raise NotFound("record_not_found", "没有这条公示信息。")
    if not entry.is_shown(current.today()):
        raise NotPossibleNow("entry_not_shown", "这条信息已经不再公示，不用提出异议。", state="withdrawn")
    before = {found.state for found in queries.objections_of(entry.unit_id) if found.entry_id == entry.id}
    if "received" in before:
        raise Conflict("objection_under_way", "对这条公示的异议正在核查，请等结果。")
    if "rejected" in before:
        raise NotPossibleNow(
            "objection_rejected",
            "对这条公示的异议已经核查过。仍有不同意见，请向作出决定的部门提出，或者依法申请行政复议、提起诉讼。",
            state="rejected",
        )
    unit = session().get_one(Unit, entry.unit_id)
    objection = Objection(
        case_no=new_case_number("YY", current.today()),
        entry_id=entry.id,
        unit_id=unit.id,
        unit_name=unit.name,
        station_id=unit.station_id,
        county_code=entry.county_code,
        text=text,
        raised_by=actor.account_id,
        rule_set="2026",
    )
    casework.apply(objection, "raise", actor)
    session().add(objection)
    refresh_record(unit.id)
    _tell_deciders(objection, entry, "objection_raised")
    return objection


def uphold(actor: Actor, case_no: str, *, text: str, correction: str | None = None) -> Objection:
    """Find the objection right: correct the entry, or take it down when no correction is given.

    text         what was done and why; the public reads it in the place of an entry that is taken down
    correction   what the entry says from now on
    raises       NotFound, NotPermitted, NotPossibleNow, InvalidInput when the correction changes nothing
    """
    objection, entry = _held(actor, Action.OBJECTION_UPHOLD, case_no)
    if correction == entry.text:
        message = "内容和原来一样。请改成正确的内容，或者清空，把这条公示撤下。"
        raise InvalidInput("correction_changes_nothing", message, fields={"correction": [message]})
    casework.apply(objection, "uphold", actor)
    objection.decided_by, objection.decision_text = actor.account_id, text
    if correction:
        objection.replaced_text, entry.text, entry.corrected_on = entry.text, correction, current.today()
        note(actor, Action.OBJECTION_UPHOLD, entry, after={"corrected": objection.case_no})
    else:
        entry.withdrawn_on, entry.withdrawn_by = current.today(), actor.account_id
        entry.withdraw_reason = text
        note(actor, WITHDRAW[entry.kind], entry, before={"shown": True}, after={"shown": False})
    return _decided(objection, entry, "成立，已更正" if correction else "成立，已撤下")


def reject(actor: Actor, case_no: str, *, text: str) -> Objection:
    """Find the objection wrong, as somebody other than who published the entry.

    text     why; read by the station
    raises   NotFound, NotPermitted, NotPossibleNow
    """
    objection, entry = _held(actor, Action.OBJECTION_REJECT, case_no)
    casework.apply(objection, "reject", actor, facts={OTHER_EYES: entry.entered_by != actor.account_id})
    objection.decided_by, objection.decision_text = actor.account_id, text
    return _decided(objection, entry, "不成立，理由见详情")


def withdraw_objection(actor: Actor, case_no: str) -> Objection:
    """The station takes its objection back. raises NotFound, NotPermitted, NotPossibleNow"""
    objection = queries.objection(actor, Action.OBJECTION_WITHDRAW, case_no)
    casework.apply(objection, "withdraw", actor)
    notifications.drop(f"objection:{objection.id}:")
    refresh_record(objection.unit_id)
    return objection


def close_objections(entry_ids: Sequence[str]) -> None:
    """End what is still objected to entries that are not shown any more. Part of the caller's transaction."""
    statement = sa.select(Objection).where(Objection.entry_id.in_(entry_ids), Objection.state == "received")
    for objection in session().scalars(statement).all():
        casework.apply(objection, "close", SYSTEM)
        notifications.drop(f"objection:{objection.id}:")


def sweep() -> int:
    """Note objections whose time is over and tell those who decide; opens its own unit of work. returns how many"""
    with unit_of_work():
        late = casework.mark_breaches(Objection.__tablename__, ("O1",))
        for case_id, _ in late:
            objection = session().get_one(Objection, case_id)
            _tell_deciders(objection, queries.entry_of(objection), "deadline_missed", city_too=True)
    return len(late)


def _held(actor: Actor, action: Action, case_no: str) -> tuple[Objection, PublicEntry]:
    objection = queries.objection(actor, action, case_no)
    return objection, entry_for(actor, queries.entry_of(objection).number)


def _decided(objection: Objection, entry: PublicEntry, decision: str) -> Objection:
    notifications.drop(f"objection:{objection.id}:")
    refresh_record(objection.unit_id)
    certificate = queries.unit_holder(objection.unit_id)
    step = f"对{entry.kind.zh}公示的异议"
    tell(certificate, "public_content_decided", f"{objection.case_no}:{objection.state}", step=step, decision=decision)
    return objection


def _tell_deciders(objection: Objection, entry: PublicEntry, template: str, *, city_too: bool = False) -> None:
    """A notice to the county's officers, the city's where there are none, and for a warning to the council."""
    deciders = list(accounts.holders(Role.COUNTY_OFFICER, county_code=objection.county_code))
    if city_too or not deciders:
        deciders += accounts.holders(Role.CITY_OFFICER)
    if entry.kind is EntryKind.WARNING:
        deciders += accounts.holders(Role.COUNCIL)
    session().flush()
    due = cases.next_deadlines(Objection.__tablename__, [objection.id])[objection.id].due_at
    for recipient in dict.fromkeys(deciders):
        notifications.queue(
            recipient,
            template,
            {
                "case_no": objection.case_no,
                "unit_name": objection.unit_name,
                "step": f"核查对{entry.kind.zh}公示的异议",
                "due": due,
            },
            event_key=f"objection:{objection.id}:{template}",
            link="/console/public-record",
        )
