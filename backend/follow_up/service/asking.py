"""Asking after the close, and taking the answer."""

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.complaints.model import Complaint, Settlement
from backend.follow_up import queries
from backend.follow_up.model import AsksNot, Questionnaire
from backend.follow_up.rules import ASK_AFTER, COMPLAINT_ENDS, SETTLEMENT_ENDS, STANDS, Answer
from backend.infrastructure import audit, current
from backend.infrastructure.database import new_id, session, unit_of_work
from backend.infrastructure.insertion import insert_once
from backend.kernel.errors import NotPossibleNow
from backend.notifications import service as notifications

from .calling import take_answer


def sweep(batch: int = 200) -> int:
    """Ask about disputes that were closed seven days ago; opens its own unit of work.

    batch     how many of a kind at most; the next pass takes the next ones
    returns   how many were asked about
    """
    with unit_of_work():
        found = [*_closed_by_parties(batch), *_closed_by_bureau(batch)]
        for settlement, ended_as in found:
            _ask(settlement, ended_as)
    return len(found)


def answer(actor: Actor, case_no: str, answer: Answer) -> Questionnaire:
    """Say whether it was solved; the last answer within the thirty days counts. raises NotFound, NotPossibleNow"""
    asked = queries.questionnaire(actor, case_no)
    if asked.asked_at <= current.now() - STANDS:
        raise NotPossibleNow("question_over", "这次回访已经结束。问题没有解决的，可以拨打 12315。")
    notifications.drop(f"settlement:{asked.settlement_id}:was_it_solved")
    before, asked.answer, asked.answered_at = asked.answer, answer, current.now()
    audit.record(
        actor,
        Action.QUESTIONNAIRE_ANSWER.value,
        "questionnaire",
        asked.id,
        chain=asked.county_code,
        before={"answer": before},
        after={"answer": answer},
    )
    take_answer(asked.settlement_id, solved=answer is not Answer.NOT_SOLVED)
    return asked


def want_questions(actor: Actor, wanted: bool) -> None:
    """Whether to be asked after the close; the choice is kept until it is changed."""
    kept = session().get(AsksNot, actor.account_id)
    if wanted and kept is not None:
        session().delete(kept)
    elif not wanted:
        insert_once(AsksNot, {"account_id": actor.account_id, "since": current.now()})


def _closed_by_parties(batch: int) -> list[tuple[Settlement, str]]:
    statement = sa.select(Settlement, Settlement.state).where(
        Settlement.state.in_(SETTLEMENT_ENDS), Settlement.state_since.between(*_window())
    )
    return _not_asked(statement, Settlement.state_since, batch)


def _closed_by_bureau(batch: int) -> list[tuple[Settlement, str]]:
    statement = (
        sa.select(Settlement, Complaint.state)
        .join(Complaint, Complaint.settlement_id == Settlement.id)
        .where(Complaint.state.in_(COMPLAINT_ENDS), Complaint.state_since.between(*_window()))
    )
    return _not_asked(statement, Complaint.state_since, batch)


def _window() -> tuple[object, object]:
    """Closed at least so long ago; what a worker that stood still for weeks has missed is not asked about any more."""
    latest = current.now() - ASK_AFTER
    return latest - STANDS, latest


def _not_asked(
    statement: "sa.Select[Settlement, str | None]", closed_at: object, batch: int
) -> list[tuple[Settlement, str]]:
    statement = statement.where(
        ~sa.exists().where(Questionnaire.settlement_id == Settlement.id),
        ~sa.exists().where(AsksNot.account_id == Settlement.consumer_id),
    )
    rows = session().execute(statement.order_by(closed_at).limit(batch))  # type: ignore[arg-type]
    return [(settlement, str(state)) for settlement, state in rows]


def _ask(settlement: Settlement, ended_as: str) -> None:
    asked = insert_once(
        Questionnaire,
        {
            "id": new_id(),
            "settlement_id": settlement.id,
            "case_no": settlement.case_no,
            "consumer_id": settlement.consumer_id,
            "unit_id": settlement.unit_id,
            "unit_name": settlement.unit_name,
            "county_code": settlement.county_code,
            "ended_as": ended_as,
            "asked_at": current.now(),
        },
    )
    if asked:
        notifications.queue(
            settlement.consumer_id,
            "was_it_solved",
            {"case_no": settlement.case_no, "unit_name": settlement.unit_name},
            event_key=f"settlement:{settlement.id}:was_it_solved",
            link=f"/my/cases/{settlement.case_no}",
        )
