"""Reads of questionnaires."""

from collections.abc import Sequence

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.infrastructure.scoping import get_for, visible
from backend.kernel.identifiers import read_case_number

from .model import AsksNot, Questionnaire
from .rules import STANDS


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
