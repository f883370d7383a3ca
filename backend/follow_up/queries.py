"""Reads of questionnaires."""

from collections.abc import Sequence

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.infrastructure.scoping import get_for, visible
from backend.kernel.identifiers import read_case_number

from .lifecycle import REOPENING
from .model import AsksNot, CallBack, CallBackDraw, Questionnaire, Reopening
from .rules import STANDS, Result


def questionnaire(actor: Actor, case_no: str) -> Questionnaire:
    """The actor's own question about a dispute. raises NotFound"""
    number = read_case_number(case_no)
    action = Action.QUESTIONNAIRE_ANSWER
    return get_for(Questionnaire, actor, action, Questionnaire.case_no, number, seen_by=action)


def standing(actor: Actor) -> Sequence[Questionnaire]:
    """The actor's questions that can still be answered, the newest first."""
    return (
        session()
        .scalars(
            sa.select(Questionnaire)
            .where(
                visible(Questionnaire, actor, Action.QUESTIONNAIRE_ANSWER),
                Questionnaire.asked_at > current.now() - STANDS,
            )
            .order_by(Questionnaire.asked_at.desc())
            .limit(50)
        )
        .all()
    )


def asked_about(actor: Actor, case_no: str) -> Questionnaire | None:
    """The actor's question about this dispute while it stands."""
    return next((one for one in standing(actor) if one.case_no == case_no), None)


def wants_questions(actor: Actor) -> bool:
    """Whether this person may be asked."""
    return session().get(AsksNot, actor.account_id) is None


def call_back(actor: Actor, case_no: str) -> CallBack:
    """A drawn dispute, for an officer. raises NotFound"""
    number = read_case_number(case_no)
    action = Action.CALL_BACK_RECORD
    return get_for(CallBack, actor, action, CallBack.case_no, number, seen_by=Action.CALL_BACK_READ)


def call_backs(actor: Actor, limit: int = 200) -> Sequence[CallBack]:
    """Drawn disputes that the actor may read: those without a result first, the longest waiting first."""
    statement = sa.select(CallBack).where(visible(CallBack, actor, Action.CALL_BACK_READ))
    waits = CallBack.result.is_not(None)
    return session().scalars(statement.order_by(waits, CallBack.drawn_at, CallBack.id).limit(limit)).all()


def draws(actor: Actor, limit: int = 20) -> Sequence[CallBackDraw]:
    """Draws that the actor may read, the newest first."""
    statement = sa.select(CallBackDraw).where(visible(CallBackDraw, actor, Action.CALL_BACK_READ))
    return session().scalars(statement.order_by(CallBackDraw.from_at.desc(), CallBackDraw.id).limit(limit)).all()


def reopening(actor: Actor, action: Action, case_no: str) -> Reopening:
    """raises NotFound, NotPermitted"""
    number = read_case_number(case_no)
    return get_for(Reopening, actor, action, Reopening.case_no, number, seen_by=Action.REOPENING_READ)


def reopenings(actor: Actor, limit: int = 200) -> Sequence[Reopening]:
    """Reopenings that the actor may read: those under way first, the longest waiting first."""
    statement = sa.select(Reopening).where(visible(Reopening, actor, Action.REOPENING_READ))
    over = Reopening.state.in_(REOPENING.closed)
    return session().scalars(statement.order_by(over, Reopening.opened_at, Reopening.id).limit(limit)).all()


def reopening_of(actor: Actor, settlement_no: str) -> Reopening | None:
    """The new stage of a dispute, for its consumer; None while there is none."""
    statement = sa.select(Reopening).where(
        visible(Reopening, actor, Action.REOPENING_READ), Reopening.settlement_no == settlement_no
    )
    return session().scalars(statement).one_or_none()


def figures(actor: Actor) -> dict[str, int]:
    """How many were drawn and what was found, over all that the actor may read; how many disputes were opened again."""
    seen = sa.select(CallBack.result, sa.func.count()).where(visible(CallBack, actor, Action.CALL_BACK_READ))
    by_result = {row[0]: int(row[1]) for row in session().execute(seen.group_by(CallBack.result))}
    again = sa.select(sa.func.count()).where(visible(Reopening, actor, Action.REOPENING_READ))
    return {
        "drawn": sum(by_result.values()),
        **{result.value: by_result.get(result, 0) for result in Result},
        "waiting": by_result.get(None, 0),
        "reopened": session().scalar(again) or 0,
    }
