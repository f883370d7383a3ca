"""Reads of retaliation: for officers who handled nothing of the merchant, and for who holds number and access code."""

from collections.abc import Sequence

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.casework import queries as cases
from backend.complaints import queries as disputes
from backend.infrastructure.database import session
from backend.infrastructure.scoping import get_for, visible
from backend.kernel.errors import NotFound
from backend.kernel.identifiers import read_case_number
from backend.reports import queries as reports

from .model import Retaliation, RetaliationNote, RetaliationProtection

_MOST = 200


def retaliation(actor: Actor, action: Action, case_no: str) -> Retaliation:
    """One case; to who is involved with the merchant it does not exist. raises NotFound, NotPermitted, InvalidInput"""
    number = read_case_number(case_no)
    found = get_for(Retaliation, actor, action, Retaliation.case_no, number, seen_by=Action.RETALIATION_READ)
    if actor.account_id in involved(found):
        raise NotFound("record_not_found", "没有找到这条记录，请核对编号。")
    return found


def retaliations(actor: Actor) -> Sequence[Retaliation]:
    """The newest two hundred cases that the actor may read, those without an officer first."""
    statement = sa.select(Retaliation).where(visible(Retaliation, actor, Action.RETALIATION_READ))
    ordered = statement.order_by(Retaliation.officer_id.is_not(None), Retaliation.id.desc()).limit(_MOST)
    return [case for case in session().scalars(ordered) if actor.account_id not in involved(case)]


def involved(case: Retaliation) -> set[str]:
    """Accounts of officers who handle or handled a complaint or report about the merchant; they learn nothing of the case."""
    if case.unit_id is None:
        return reports.officers_of(case_no=case.about_no)
    return disputes.officers_of(case.unit_id) | reports.officers_of(unit_id=case.unit_id)


def by_code(case_no: str, code: str) -> Retaliation:
    """The case of this number, for who knows its access code. raises NotFound, the same for a wrong number or code"""
    return cases.by_access_code(Retaliation, case_no, code)


def notes(case: Retaliation, *, for_person: bool = False) -> Sequence[RetaliationNote]:
    """What was written, the oldest first; with for_person only what the access code shows."""
    statement = sa.select(RetaliationNote).filter_by(retaliation_id=case.id)
    if for_person:
        statement = statement.where(RetaliationNote.for_person)
    return session().scalars(statement.order_by(RetaliationNote.id)).all()


def protections(case: Retaliation) -> Sequence[RetaliationProtection]:
    """The protective steps, the oldest first."""
    statement = sa.select(RetaliationProtection).filter_by(retaliation_id=case.id)
    return session().scalars(statement.order_by(RetaliationProtection.sequence)).all()
