"""Reads of applications and of objections to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.decide import permits
from backend.access.policy import Action
from backend.casework import queries as cases
from backend.casework.model import CaseEvent, Deadline
from backend.certification import queries as certificates
from backend.certification.model import Certificate
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.infrastructure.scoping import get_for, visible
from backend.kernel.errors import NotFound
from backend.merchants.model import Unit

from .lifecycle import APPLICATION, WRITABLE
from .model import Application, ApplicationObjection, ApplicationPhoto
from .rules import Check, Filled, Opening, checklist, filled, opening

_MOST = 200


@dataclass(frozen=True)
class ShownObjection:
    """An objection with what runs for it."""

    case: ApplicationObjection
    deadline: Deadline | None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.case, name)


@dataclass(frozen=True)
class Shown:
    """An application with what is shown beside it: its course, its nearest deadline, the objections, the form's questions."""

    case: Application
    unit: Unit
    events: Sequence[CaseEvent]
    deadline: Deadline | None
    objections: Sequence[ShownObjection]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.case, name)

    @property
    def checks(self) -> Sequence[Check]:
        """The questions of the self-check."""
        return checklist(self.case.category)

    @property
    def is_writable(self) -> bool:
        """Whether the station writes now."""
        return self.case.state in WRITABLE

    @property
    def is_open(self) -> bool:
        """Whether it is still under way."""
        return self.case.state in APPLICATION.open

    @property
    def score(self) -> int:
        """Of the self-check, in percent."""
        return self.filled.score

    @property
    def filled(self) -> Filled:
        """The form, as people read it."""
        return filled(self.case.category, self.case.form)


def application(actor: Actor, action: Action, case_no: str) -> Application:
    """What was not handed in yet is the station's alone. raises NotFound, NotPermitted"""
    missing = "没有这份申请，请核对编号。"
    seen_by = Action.APPLICATION_READ
    found = get_for(Application, actor, action, Application.case_no, case_no, seen_by=seen_by, missing=missing)
    if found.state == "draft" and not permits(actor, Action.APPLICATION_SAVE, found, Application.__scope__):
        raise NotFound("record_not_found", missing)
    return found


def objection(actor: Actor, action: Action, case_no: str) -> ApplicationObjection:
    """raises NotFound, NotPermitted"""
    return get_for(
        ApplicationObjection,
        actor,
        action,
        ApplicationObjection.case_no,
        case_no,
        seen_by=Action.APPLICATION_OBJECTION_READ,
        missing="没有这件异议，请核对编号。",
    )


def shown(case: Application) -> Shown:
    """An application that the caller may read, with what belongs to it."""
    due = cases.next_deadlines("application", [case.id])
    unit = session().get_one(Unit, case.unit_id)
    return Shown(
        case, unit, cases.events(case), due.get(case.id), [shown_objection(one) for one in objections_to(case)]
    )


def shown_objection(objection: ApplicationObjection) -> ShownObjection:
    """An objection that the caller may read, with what belongs to it."""
    due = cases.next_deadlines("application_objection", [objection.id])
    return ShownObjection(objection, due.get(objection.id))


def objections_to(case: Application) -> Sequence[ApplicationObjection]:
    """Every objection to an application, the first one first."""
    statement = sa.select(ApplicationObjection).where(ApplicationObjection.application_id == case.id)
    return session().scalars(statement.order_by(ApplicationObjection.id)).all()


def photos(case: Application) -> Sequence[ApplicationPhoto]:
    """The photos beside an application, the licence first."""
    statement = sa.select(ApplicationPhoto).where(ApplicationPhoto.application_id == case.id)
    return session().scalars(statement.order_by(ApplicationPhoto.kind, ApplicationPhoto.position)).all()


def unit_of(actor: Actor, action: Action, number: str) -> str:
    """The id of the unit with this certificate, or of the one that came into the register by this request. raises NotFound, NotPermitted"""
    entered = "\0" not in number and session().scalar(sa.select(Unit.id).where(Unit.enrolment_no == number))
    if entered:
        return get_for(Unit, actor, action, Unit.enrolment_no, number, seen_by=Action.APPLICATION_READ).id
    return certificates.get(actor, action, number).unit_id


def uncertified(actor: Actor) -> Sequence[Unit]:
    """Units that came into the actor's stations by request and never had a certificate, the newest first."""
    held = sa.exists().where(Certificate.unit_id == Unit.id)
    theirs = visible(Unit, actor, Action.APPLICATION_BEGIN), Unit.enrolment_no.is_not(None), ~held
    return session().scalars(sa.select(Unit).where(*theirs).order_by(Unit.id.desc()).limit(_MOST)).all()


def of_unit(actor: Actor, number: str) -> dict[str, Any]:
    """What a unit (`unit_of`) may apply for today, and its applications, the newest first; `open`: the one under way. raises NotFound, NotPermitted"""
    unit_id = unit_of(actor, Action.APPLICATION_READ, number)
    theirs = visible(Application, actor, Action.APPLICATION_SAVE)
    statement = sa.select(Application).where(Application.unit_id == unit_id, (Application.state != "draft") | theirs)
    statement = statement.order_by(Application.id.desc())
    found = session().scalars(statement.limit(50)).all()
    under_way = next((one for one in found if one.state in APPLICATION.open), None)
    may = opening_of(certificates.newest_of_unit(unit_id))
    return {"opening": may, "applications": found, "open": under_way}


def opening_of(newest: Certificate | None) -> Opening:
    """What a unit whose newest certificate this is may apply for today."""
    if newest is None:
        return opening(None, None, None, current.today())
    return opening(newest.state, newest.valid_until, newest.reason_on, current.today())


def in_hand(actor: Actor, *, only_open: bool = True) -> Sequence[Application]:
    """Applications that the actor oversees or made, without drafts that nobody sent, the newest first."""
    statement = sa.select(Application).where(visible(Application, actor, Action.APPLICATION_READ))
    if only_open:
        statement = statement.where(Application.state.in_(APPLICATION.open))
    statement = statement.where(Application.state != "draft")
    return session().scalars(statement.order_by(Application.id.desc()).limit(_MOST)).all()


def open_objections(application_ids: Sequence[str]) -> dict[str, int]:
    """Application id → how many objections to it are not decided; applications without any are absent."""
    statement = (
        sa.select(ApplicationObjection.application_id, sa.func.count())
        .where(
            ApplicationObjection.application_id.in_(application_ids),
            ApplicationObjection.state.in_(("awaiting_answer", "awaiting_decision")),
        )
        .group_by(ApplicationObjection.application_id)
    )
    return {application_id: count for application_id, count in session().execute(statement).all()}  # noqa: C416 - typed rows


def unanswered(application_ids: Sequence[str]) -> set[str]:
    """Those of these applications to which an objection waits for the unit's answer."""
    statement = sa.select(ApplicationObjection.application_id).where(
        ApplicationObjection.application_id.in_(application_ids), ApplicationObjection.state == "awaiting_answer"
    )
    return set(session().scalars(statement))


def on_notice() -> Sequence[tuple[Application, Unit]]:
    """What is under public notice now, the one that ends first first. Open to everybody."""
    statement = sa.select(Application, Unit).join(Unit, Unit.id == Application.unit_id).where(*_under_notice())
    rows = session().execute(statement.order_by(Application.notice_until, Application.id).limit(_MOST)).all()
    return [(case, unit) for case, unit in rows]


def noticed(case_no: str, *, lock: bool = False) -> tuple[Application, Unit]:
    """One application under public notice now. Open to everybody. raises NotFound"""
    missing = NotFound("notice_not_found", "没有这份公示，或者公示已经结束。")
    if "\0" in case_no:
        raise missing
    statement = sa.select(Application).where(Application.case_no == case_no, *_under_notice())
    found = session().scalars(statement.with_for_update() if lock else statement).one_or_none()
    if found is None:
        raise missing
    return found, session().get_one(Unit, found.unit_id)


def outcome(case_no: str) -> ApplicationObjection:
    """An objection for who has its number: where it stands, and why. raises NotFound"""
    statement = sa.select(ApplicationObjection).where(ApplicationObjection.case_no == case_no)
    found = None if "\0" in case_no else session().scalars(statement).one_or_none()
    if found is None:
        raise NotFound("objection_not_found", "没有这件异议，请核对编号。")
    return found


def _under_notice() -> tuple[sa.ColumnElement[bool], ...]:
    return Application.state == "public_notice", Application.notice_until >= current.today()
