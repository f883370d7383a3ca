"""Reads of dispatches and assistance, each for an actor and an action."""

from collections.abc import Sequence

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure.database import session
from backend.infrastructure.scoping import get_for, visible
from backend.kernel.identifiers import read_case_number

from .lifecycle import ASSISTANCE, DISPATCH
from .model import Assistance, Dispatch, DispatchMove

_MOST = 200


def dispatch(actor: Actor, action: Action, case_no: str) -> Dispatch:
    """raises NotFound, NotPermitted, InvalidInput"""
    number = read_case_number(case_no)
    return get_for(Dispatch, actor, action, Dispatch.case_no, number, seen_by=Action.DISPATCH_READ)


def assistance(actor: Actor, action: Action, case_no: str) -> Assistance:
    """raises NotFound, NotPermitted, InvalidInput"""
    number = read_case_number(case_no)
    return get_for(Assistance, actor, action, Assistance.case_no, number, seen_by=Action.ASSISTANCE_READ)


def dispatches(actor: Actor, *, only_open: bool = True) -> Sequence[Dispatch]:
    """Dispatches that the actor may read, the newest first."""
    statement = sa.select(Dispatch).where(visible(Dispatch, actor, Action.DISPATCH_READ))
    if only_open:
        statement = statement.where(Dispatch.state.not_in(DISPATCH.closed))
    return session().scalars(statement.order_by(Dispatch.id.desc()).limit(_MOST)).all()


def to_assist(actor: Actor, *, only_open: bool = True) -> Sequence[Assistance]:
    """What the actor's department is asked to answer, the newest first."""
    statement = sa.select(Assistance).where(visible(Assistance, actor, Action.ASSISTANCE_REPLY))
    if only_open:
        statement = statement.where(Assistance.state.not_in(ASSISTANCE.closed))
    return session().scalars(statement.order_by(Assistance.id.desc()).limit(_MOST)).all()


def of_complaint(complaint_id: str) -> Dispatch | None:
    """The dispatch of a complaint; the caller has seen that the actor may read the complaint."""
    return session().scalars(sa.select(Dispatch).filter_by(complaint_id=complaint_id)).one_or_none()


def of_assistance(case: Assistance) -> Dispatch:
    """The dispatch that an assistance belongs to."""
    return session().get_one(Dispatch, case.dispatch_id)


def assistants(dispatch_id: str) -> Sequence[Assistance]:
    """Everybody who was asked to assist, the first one first."""
    return session().scalars(sa.select(Assistance).filter_by(dispatch_id=dispatch_id).order_by(Assistance.id)).all()


def moves(dispatch_id: str) -> Sequence[DispatchMove]:
    """How the lead was named and named another, the first first."""
    statement = sa.select(DispatchMove).filter_by(dispatch_id=dispatch_id)
    return session().scalars(statement.order_by(DispatchMove.sequence)).all()
