"""Opening a closed dispute again, taking it, ending it."""

from collections.abc import Mapping

import sqlalchemy as sa

from backend.access.actor import SYSTEM, Actor, Role
from backend.access.policy import Action
from backend.accounts import queries as accounts
from backend.casework import queries as cases
from backend.casework import service as casework
from backend.complaints import queries as disputes
from backend.complaints.model import Settlement
from backend.complaints.service.telling import refresh_outcomes
from backend.follow_up import queries
from backend.follow_up.lifecycle import SOMEONE_ELSE
from backend.follow_up.model import Reopening
from backend.follow_up.rules import STANDS, Answer, Because
from backend.infrastructure import current
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.errors import Conflict, NotPermitted, NotPossibleNow
from backend.kernel.identifiers import new_case_number
from backend.notifications import service as notifications
from backend.notifications.templates import Value

_STEPS: Mapping[str, str] = {"F1": "接手重新办理", "F2": "办结重新办理"}


def reopen(actor: Actor, case_no: str, *, what: str) -> Reopening:
    """The consumer, who answered that it is not solved, wants it handled again; within thirty days of the question, once.

    raises   NotFound, NotPossibleNow, Conflict
    """
    asked = queries.questionnaire(actor, case_no)
    if asked.answer is not Answer.NOT_SOLVED:
        raise NotPossibleNow("not_answered_so", "请先回答“没有解决”，再申请重新办理。")
    if asked.asked_at <= current.now() - STANDS:
        raise NotPossibleNow("question_over", "回访三十天内可以申请重新办理，现在已经过了。您仍可以拨打 12315。")
    settlement = session().get_one(Settlement, asked.settlement_id, with_for_update=True)
    made = open_again(settlement, Because.CONSUMER, what, actor=actor)
    if made is None:
        raise Conflict("reopened_already", "这件事已经重新办理过一次。还没有解决的，可以走仲裁、诉讼等其他途径。")
    return made


def open_again(settlement: Settlement, because: Because, what: str, *, actor: Actor = SYSTEM) -> Reopening | None:
    """Begin the new stage in the caller's unit of work, which holds the settlement. returns None when it was opened again before"""
    known = sa.select(Reopening.id).filter_by(settlement_id=settlement.id)
    if session().scalar(known) is not None:
        return None
    complaint = disputes.complaint_of(settlement.id)
    made = Reopening(
        case_no=new_case_number("CB", current.today()),
        settlement_id=settlement.id,
        settlement_no=settlement.case_no,
        complaint_no=complaint.case_no if complaint else None,
        consumer_id=settlement.consumer_id,
        unit_id=settlement.unit_id,
        unit_name=settlement.unit_name,
        county_code=(complaint or settlement).county_code,
        because=because,
        handled_by=complaint.officer_id if complaint else None,
        rule_set="2026",
    )
    made.what = what
    casework.apply(made, "open", actor, ground=because.value)
    session().add(made)
    settlement.reopened_at = current.now()
    session().flush()
    refresh_outcomes(settlement.unit_id)
    _tell_consumer(made, "dispute_reopened")
    for member in accounts.holders(Role.STATION_MEMBER, station_id=settlement.station_id):
        _queue(made, member, "dispute_reopened", f"/station/{settlement.case_no}", case_no=settlement.case_no)
    _tell_officers(made, "reopening_to_take", due=cases.next_deadlines("reopening", [made.id])[made.id].due_at)
    return made


def take(actor: Actor, case_no: str) -> Reopening:
    """An officer who did not handle the dispute takes it. raises NotPermitted for the one who did"""
    found = queries.reopening(actor, Action.REOPENING_TAKE, case_no)
    other = found.handled_by is None or found.handled_by != actor.account_id
    if not other:
        raise NotPermitted("handled_it_yourself", "这件事原来由您承办，重新办理要由别的同事接手。")
    casework.apply(found, "take", actor, facts={SOMEONE_ELSE: other})
    found.officer_id = actor.account_id
    notifications.drop(f"reopening:{found.id}:reopening_to_take")
    return found


def close(actor: Actor, case_no: str, *, solved: bool, text: str) -> Reopening:
    """End it, in words that the consumer reads. raises NotPermitted for anybody but who took it"""
    action = Action.REOPENING_CLOSE_SOLVED if solved else Action.REOPENING_CLOSE_UNSOLVED
    found = queries.reopening(actor, action, case_no)
    if found.officer_id is not None and found.officer_id != actor.account_id:
        raise NotPermitted("not_yours", "这件事由另一名同事接手，请由接手人办结。")
    casework.apply(found, "close_solved" if solved else "close_unsolved", actor)
    found.outcome = text
    _tell_consumer(found, "reopening_closed")
    return found


def withdraw(actor: Actor, case_no: str) -> Reopening:
    """The consumer does not want it any more."""
    found = queries.reopening(actor, Action.REOPENING_WITHDRAW, case_no)
    casework.apply(found, "withdraw", actor)
    notifications.drop(f"reopening:{found.id}:")
    return found


def sweep_reopenings() -> int:
    """Mark what is late and tell; late stays late. Opens its own unit of work. returns how many are newly late"""
    with unit_of_work():
        late = casework.mark_breaches("reopening", tuple(_STEPS))
        for case_id, clock in late:
            found = session().get_one(Reopening, case_id)
            due = next(one.due_at for one in cases.deadlines(found) if one.clock == clock)
            _tell_officers(found, "deadline_missed", city_too=True, step=_STEPS[clock], due=due)
    return len(late)


def _tell_consumer(found: Reopening, template: str) -> None:
    _queue(found, found.consumer_id, template, f"/my/cases/{found.settlement_no}", case_no=found.settlement_no)


def _tell_officers(found: Reopening, template: str, *, city_too: bool = False, **params: Value) -> None:
    mine = (
        [found.officer_id] if found.officer_id else accounts.holders(Role.COUNTY_OFFICER, county_code=found.county_code)
    )
    above = accounts.holders(Role.CITY_OFFICER)
    others = [one for one in mine if one != found.handled_by]
    for officer in dict.fromkeys([*(others or above), *(above if city_too else ())]):
        _queue(found, officer, template, f"/console/reopenings/{found.case_no}", case_no=found.case_no, **params)


def _queue(found: Reopening, recipient: str, template: str, link: str, **params: Value) -> None:
    notifications.queue(
        recipient,
        template,
        {"unit_name": found.unit_name, **params},
        event_key=f"reopening:{found.id}:{template}:{found.state}",
        link=link,
        holds_while=found.state,
    )
