"""What the clock does: drafts lapse, notices end, answers close, lateness is told; and stations learn that they may renew."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import sqlalchemy as sa

from backend.access.actor import SYSTEM, Role
from backend.accounts import queries as accounts
from backend.casework import queries as cases
from backend.casework import service as casework
from backend.certification import queries as certificates
from backend.certification import service as certification
from backend.certification.model import Certificate
from backend.infrastructure import current
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.wording import local_day
from backend.merchants.model import Unit
from backend.notifications import service as notifications

from ..lifecycle import APPLICATION
from ..model import Application, ApplicationObjection
from ..rules import RENEWAL_DAYS
from . import telling
from .objecting import close_answer

CaseT = TypeVar("CaseT", Application, ApplicationObjection)
_LATE = ("Q1", "Q2", "Q4", "Q6")


def sweep() -> int:
    """Do what is due; opens its own units of work. returns how many cases moved"""
    with unit_of_work():
        for case_id, _clock in casework.mark_breaches("application", _LATE):
            telling.officers(session().get_one(Application, case_id), "deadline_missed")
        for objection_id, _clock in casework.mark_breaches("application_objection", ("Q8",)):
            objection = session().get_one(ApplicationObjection, objection_id)
            case = session().get_one(Application, objection.application_id)
            telling.to_decide(case, objection, "deadline_missed")
    moved = sum(_each(Application, clock, _move) for clock in ("Q0", "Q3", "Q5"))
    return moved + _each(ApplicationObjection, "Q7", close_answer)


def remind() -> int:
    """Tell stations once that a certificate may be renewed, unless they asked for it already; opens its own unit of work. returns how many certificates"""
    with unit_of_work():
        today = current.today()
        applied = sa.select(Application.unit_id).where(Application.state.in_(APPLICATION.open))
        statement = (
            sa.select(Certificate, Unit)
            .join(Unit, Unit.id == Certificate.unit_id)
            .where(
                Certificate.state.in_(certificates.OPEN),
                Certificate.unit_id.not_in(applied),
                Certificate.valid_until >= today,
                Certificate.valid_until <= today + timedelta(days=RENEWAL_DAYS),
            )
        )
        found = session().execute(statement).all()
        for certificate, unit in found:
            for member in accounts.holders(Role.STATION_MEMBER, station_id=unit.station_id):
                notifications.queue(
                    member,
                    "renewal_open",
                    {"unit_name": unit.name, "day": local_day(certificate.valid_until)},
                    event_key=f"{certification.renewal_notices(certificate)}{certificate.valid_until}",
                    link=f"/station/units/{certificate.number}/applications",
                )
        return len(found)


def _each(model: type[CaseT], clock: str, move: Callable[[CaseT], None]) -> int:
    with unit_of_work(read_only=True):
        due = cases.due_case_ids(model.__tablename__, clock, current.now())
    for case_id in due:
        with unit_of_work():
            case = session().get_one(model, case_id, with_for_update=True)
            if casework.expired(case, clock):
                move(case)
    return len(due)


def _move(case: Application) -> None:
    if case.state == "public_notice":
        casework.apply(case, "end_notice", SYSTEM)
        telling.officers(case)
    else:
        casework.apply(case, "lapse", SYSTEM)
        telling.station(case, "逾期没有提交，申请已失效")
