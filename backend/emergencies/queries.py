"""Reads of emergencies, by staff alone."""

from collections.abc import Sequence

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure.database import session
from backend.infrastructure.scoping import get_for, visible
from backend.kernel.identifiers import read_case_number

from .model import EmergencyCase

_MOST = 200


def emergency(actor: Actor, action: Action, case_no: str) -> EmergencyCase:
    """raises NotFound, NotPermitted, InvalidInput"""
    number = read_case_number(case_no)
    return get_for(EmergencyCase, actor, action, EmergencyCase.case_no, number, seen_by=Action.EMERGENCY_READ)


def emergencies(actor: Actor) -> Sequence[EmergencyCase]:
    """Emergencies that the actor may read, those without an officer first, then the newest."""
    statement = sa.select(EmergencyCase).where(visible(EmergencyCase, actor, Action.EMERGENCY_READ))
    return (
        session()
        .scalars(statement.order_by(EmergencyCase.officer_id.is_not(None), EmergencyCase.id.desc()).limit(_MOST))
        .all()
    )
