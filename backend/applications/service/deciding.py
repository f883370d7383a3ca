"""What the office of the joint meeting does: publish (集中公示), award, or decline."""

from datetime import timedelta

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.badges import orders
from backend.badges import service as badges
from backend.casework import service as casework
from backend.certification import queries as certificates
from backend.certification import service as certification
from backend.certification.model import Certificate
from backend.favourites import service as favourites
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.kernel.errors import NotPossibleNow
from backend.merchants import service as merchants
from backend.merchants.model import Unit

from .. import queries
from ..clocks import CLOCKS
from ..model import Application
from ..rules import COOL_DOWN_YEARS, RefusalReason, validity, years_later
from . import telling
from .examining import refused
from .objecting import cease


def publish(actor: Actor, case_no: str) -> Application:
    """Begin the public notice; it runs to the end of its last day. raises NotFound, NotPermitted, NotPossibleNow"""
    case = queries.application(actor, Action.APPLICATION_PUBLISH, case_no)
    casework.apply(case, "publish", actor)
    length = timedelta(days=CLOCKS[case.rule_set]["Q5"].length)
    case.notice_from, case.notice_until = current.today(), current.today() + length
    telling.officers(case)
    telling.station(case, "开始公示")
    return case


def award(actor: Actor, case_no: str) -> Application:
    """Certify the unit, or extend its certificate; card, log, notices and the order of its first plate in the same transaction.

    raises   NotFound, NotPermitted; NotPossibleNow when an objection is open or upheld, while the certificate is rectified or
             suspended, or within the time after a revocation
    """
    case = queries.application(actor, Action.APPLICATION_AWARD, case_no)
    newest = certificates.newest_of_unit(case.unit_id)
    if case.state == "noticed":
        _check_objections(case)
        _check_certificate(case, newest)
    casework.apply(case, "award", actor)
    unit = session().get_one(Unit, case.unit_id)
    held = newest if newest is not None and newest.state in certificates.OPEN else None
    case.awarded_until = validity(current.today(), held.valid_until if held else None)
    merchants.promise(unit, case.form["commitments"])
    if held is not None:
        certification.renew(actor, held, case.awarded_until)
    else:
        number = certification.next_number(current.today().year)
        held = certification.award(actor, unit, number, current.today(), case.awarded_until)
    case.awarded_no = held.number
    session().flush()
    badges.refresh_unit(unit, held)
    badges.announce_standing(held)
    orders.order_first(held)
    favourites.tell(held)
    telling.officers(case)
    telling.station(case, "已认定，证书有效" if case.kind == "new" else "已续期")
    return case


def decline(actor: Actor, case_no: str, *, reason: RefusalReason, text: str, remedy: str) -> Application:
    """The office refuses, with the reason and what would help. raises NotFound, NotPermitted, NotPossibleNow"""
    case = queries.application(actor, Action.APPLICATION_DECLINE, case_no)
    casework.apply(case, "decline", actor, ground=reason)
    cease(case)
    refused(case, reason, text, remedy)
    return case


def _check_objections(case: Application) -> None:
    states = [one.state for one in queries.objections_to(case)]
    if waiting := sum(state in ("awaiting_answer", "awaiting_decision") for state in states):
        raise NotPossibleNow("objection_open", f"还有 {waiting} 件异议没有处理，处理完才能认定。", state=case.state)
    if "upheld" in states:
        raise NotPossibleNow("objection_upheld", "有异议成立，不能认定。", state=case.state)


def _check_certificate(case: Application, newest: Certificate | None) -> None:
    if newest is None:
        return
    if newest.state in ("rectifying", "suspended"):
        raise NotPossibleNow("certificate_measured", "证书正在整改或者暂停，办结以后再决定。", state=case.state)
    if newest.state == "revoked" and newest.reason_on is not None:
        first = years_later(newest.reason_on, COOL_DOWN_YEARS)
        if current.today() < first:
            raise NotPossibleNow("cool_down", "证书在申请期间被撤销，不能认定。", state=case.state)
