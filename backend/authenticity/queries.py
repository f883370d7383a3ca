"""Reads of suspected clones, reports of false plaques, and the list of known ones."""

from collections.abc import Sequence

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.casework import queries as cases
from backend.infrastructure.database import session
from backend.infrastructure.scoping import get_for, visible
from backend.kernel.errors import NotFound
from backend.kernel.identifiers import read_case_number
from backend.merchants.model import Unit

from . import rules
from .lifecycle import CLONE_CASE, FAKE_REPORT
from .model import CloneCase, FakeReport, KnownFake, PlaceReport

_MOST = 200


def clone_case(actor: Actor, action: Action, case_no: str) -> CloneCase:
    """raises NotFound, NotPermitted, InvalidInput"""
    number = read_case_number(case_no)
    return get_for(CloneCase, actor, action, CloneCase.case_no, number, seen_by=Action.CLONE_CASE_READ)


def clone_cases(actor: Actor, *, only_open: bool = False) -> Sequence[CloneCase]:
    """Suspected clones that the actor may read, the newest first."""
    statement = sa.select(CloneCase).where(visible(CloneCase, actor, Action.CLONE_CASE_READ))
    if only_open:
        statement = statement.where(CloneCase.state.not_in(CLONE_CASE.closed))
    return session().scalars(statement.order_by(CloneCase.id.desc()).limit(_MOST)).all()


def open_case_of(plate_id: str) -> CloneCase | None:
    """The case of this plate that is under way."""
    statement = sa.select(CloneCase).where(CloneCase.plate_id == plate_id, CloneCase.state.not_in(CLONE_CASE.closed))
    return session().scalars(statement).one_or_none()


def reports_of(case: CloneCase) -> Sequence[PlaceReport]:
    """What was told about the plate from a day before the case was opened until it was decided, the newest first."""
    statement = sa.select(PlaceReport).where(
        PlaceReport.plate_id == case.plate_id, PlaceReport.at > case.opened_at - rules.WINDOW
    )
    if case.state in CLONE_CASE.closed:
        statement = statement.where(PlaceReport.at <= case.state_since)
    return session().scalars(statement.order_by(PlaceReport.at.desc(), PlaceReport.id.desc()).limit(_MOST)).all()


def branches(unit: Unit) -> Sequence[Unit]:
    """Other units of the same merchant in the same county, by name, at most six: a customer may mistake one for another."""
    statement = sa.select(Unit).where(
        Unit.merchant_id == unit.merchant_id, Unit.county_code == unit.county_code, Unit.id != unit.id
    )
    return session().scalars(statement.order_by(Unit.name).limit(6)).all()


def fake_report(actor: Actor, action: Action, case_no: str) -> FakeReport:
    """raises NotFound, NotPermitted, InvalidInput"""
    number = read_case_number(case_no)
    return get_for(FakeReport, actor, action, FakeReport.case_no, number, seen_by=Action.FAKE_REPORT_READ)


def fake_reports(actor: Actor, *, only_open: bool = False) -> Sequence[FakeReport]:
    """Reports of false plaques that the actor may read, the newest first."""
    statement = sa.select(FakeReport).where(visible(FakeReport, actor, Action.FAKE_REPORT_READ))
    if only_open:
        statement = statement.where(FakeReport.state.not_in(FAKE_REPORT.closed))
    return session().scalars(statement.order_by(FakeReport.id.desc()).limit(_MOST)).all()


def fake_report_by_code(case_no: str, code: str) -> FakeReport:
    """The report of this number, for who knows its access code. raises NotFound, the same for a wrong number or code"""
    return cases.by_access_code(FakeReport, case_no, code)


def known_fakes() -> Sequence[KnownFake]:
    """The public list, the newest first."""
    statement = sa.select(KnownFake).where(KnownFake.withdrawn_at.is_(None))
    return session().scalars(statement.order_by(KnownFake.id.desc()).limit(_MOST)).all()


def known_fake(number: str) -> KnownFake:
    """raises NotFound"""
    canonical = read_case_number(number)
    found = session().scalars(sa.select(KnownFake).where(KnownFake.number == canonical)).one_or_none()
    if found is None:
        raise NotFound("known_fake_not_found", "名单里没有这个编号，请核对。")
    return found
