"""Reads of feedback."""

from collections.abc import Sequence

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.casework import queries as cases
from backend.infrastructure.database import session
from backend.infrastructure.paging import Page, newest_first
from backend.infrastructure.scoping import get_for, visible

from .model import Feedback

_MOST = 200


def mine(actor: Actor, before: object = None, limit: int = 50) -> Page[Feedback]:
    """What the actor said with their name, the newest first."""
    own = sa.select(Feedback).where(visible(Feedback, actor, Action.FEEDBACK_READ_OWN))
    return newest_first(own, Feedback, before, limit)


def waiting(actor: Actor) -> Sequence[Feedback]:
    """What nobody answered yet, the oldest first."""
    found = sa.select(Feedback).where(visible(Feedback, actor, Action.FEEDBACK_ANSWER), Feedback.answered_at.is_(None))
    return session().scalars(found.order_by(Feedback.id).limit(_MOST)).all()


def answered(actor: Actor, before: object = None, limit: int = 50) -> Page[Feedback]:
    """What was answered, the newest first."""
    over = Feedback.answered_at.is_not(None)
    found = sa.select(Feedback).where(visible(Feedback, actor, Action.FEEDBACK_ANSWER), over)
    return newest_first(found, Feedback, before, limit)


def by_code(number: str, code: str) -> Feedback:
    """What was said without a name, for who knows its access code. raises NotFound, the same for a wrong number or code"""
    return cases.by_access_code(Feedback, number, code, numbered_by="number")


def to_answer(actor: Actor, number: str) -> Feedback:
    """raises NotFound"""
    action = Action.FEEDBACK_ANSWER
    return get_for(
        Feedback, actor, action, Feedback.number, number, seen_by=action, missing="没有这条意见，请核对编号。"
    )
