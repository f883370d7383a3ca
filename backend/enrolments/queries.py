"""Reads of requests to be entered in the register."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.accounts import queries as people
from backend.casework import queries as cases
from backend.casework.model import Deadline
from backend.infrastructure.database import session
from backend.infrastructure.scoping import get_for, visible
from backend.kernel.errors import Conflict
from backend.kernel.identifiers import check_uscc
from backend.merchants import queries as merchants

from .lifecycle import ENROLMENT
from .model import Enrolment

_MOST = 200


@dataclass(frozen=True)
class ShownEnrolment:
    """A request with what runs for it. invited: how the invitation stands, to the caller; None where there is none, and in officers' lists"""

    case: Enrolment
    deadline: Deadline | None
    invited: people.ShownInvitation | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.case, name)


def enrolment(actor: Actor, action: Action, case_no: str) -> Enrolment:
    """raises NotFound, NotPermitted"""
    seen_by = Action.ENROLMENT_READ
    missing = "没有这份申请，请核对编号。"
    return get_for(Enrolment, actor, action, Enrolment.case_no, case_no, seen_by=seen_by, missing=missing)


def shown(actor: Actor, case: Enrolment) -> ShownEnrolment:
    """A request that the caller may read, with what runs for it."""
    return ShownEnrolment(case, cases.next_deadlines("enrolment", [case.id]).get(case.id), _invited(actor, case))


def mine(actor: Actor) -> list[ShownEnrolment]:
    """What the actor asked for, the newest first."""
    found = sa.select(Enrolment).where(Enrolment.account_id == actor.account_id).order_by(Enrolment.id.desc())
    listed = _with_deadlines(session().scalars(found.limit(_MOST)).all())
    return [replace(one, invited=_invited(actor, one.case)) for one in listed]


def in_hand(actor: Actor, *, only_open: bool = True) -> list[ShownEnrolment]:
    """Requests that the actor decides on, the one that is due first first."""
    statement = sa.select(Enrolment).where(visible(Enrolment, actor, Action.ENROLMENT_ACCEPT))
    if only_open:
        statement = statement.where(Enrolment.state.in_(ENROLMENT.open))
    found = _with_deadlines(session().scalars(statement.order_by(Enrolment.id.desc()).limit(_MOST)).all())
    return sorted(found, key=lambda one: (one.deadline is None, one.deadline.due_at if one.deadline else None))


def check_free(typed: str) -> str:
    """The unified social credit code, when its shop may be entered. Open to everybody: it says of a shop only whether it may be.

    raises   InvalidInput for a code that cannot be; Conflict already_registered, enrolment_under_way
    """
    uscc = check_uscc(typed).value
    if merchants.is_registered(uscc):
        message = (
            "这家单位已经在名录里，不用再申请。要办理它的事，请加入它的维权联络站："
            "向所在县（市、区）的市场监管部门要一个邀请码，在“我有邀请码”里填写。"
        )
        raise Conflict("already_registered", message, fields={"uscc": [message]})
    if session().scalar(sa.select(Enrolment.id).where(Enrolment.uscc == uscc, Enrolment.state.in_(ENROLMENT.open))):
        message = "这个信用代码已有一份申请正在核实，不用再提交。"
        raise Conflict("enrolment_under_way", message, fields={"uscc": [message]})
    return uscc


def _invited(actor: Actor, case: Enrolment) -> people.ShownInvitation | None:
    return people.invitation(actor, case.invitation) if case.invitation else None


def _with_deadlines(found: Sequence[Enrolment]) -> list[ShownEnrolment]:
    due = cases.next_deadlines("enrolment", [case.id for case in found])
    return [ShownEnrolment(case, due.get(case.id)) for case in found]
