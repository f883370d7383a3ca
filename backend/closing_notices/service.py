"""Announcing, taking back, and what the day brings."""

from datetime import date, timedelta

from backend.access.actor import SYSTEM, Actor, Role
from backend.access.policy import Action
from backend.accounts import queries as accounts
from backend.badges import cards
from backend.badges import service as badges
from backend.casework import queries as cases
from backend.casework import service as casework
from backend.certification import queries as certificates
from backend.certification import service as certification
from backend.certification.model import Certificate
from backend.certification.rules import Ground
from backend.favourites import service as favourites
from backend.infrastructure import current
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.errors import Conflict, InvalidInput, NotPossibleNow
from backend.kernel.identifiers import new_case_number
from backend.kernel.wording import local_day
from backend.merchants.model import Unit
from backend.notifications import service as notifications

from . import queries
from .model import ClosingNotice
from .rules import LEAST_DAYS, REFUND_DAYS, ClosingKind, Prepaid, days_allowed


def announce(
    actor: Actor,
    number: str,
    *,
    kind: ClosingKind,
    closing_on: date,
    prepaid: Prepaid,
    refund_by: date | None = None,
    new_address: str | None = None,
) -> ClosingNotice:
    """Say that the unit closes or moves, at least thirty days ahead; the badge page says so at once.

    number     of the unit's certificate
    raises     InvalidInput, NotFound, NotPermitted, NotPossibleNow when the certificate is over, Conflict when a notice stands
    """
    certificate = certificates.get(actor, Action.CLOSING_ANNOUNCE, number)
    if certificate.state not in certificates.OPEN:
        raise NotPossibleNow("certificate_closed", "这张证书已经结束，不用再公告。", state=certificate.state)
    _check(kind, closing_on, prepaid, refund_by, new_address)
    if any(one.state == "announced" for one in queries.of(certificate.unit_id)):
        raise Conflict("closing_announced", "这家单位已有一份公告。要改日期，请先撤回那一份。")
    unit = session().get_one(Unit, certificate.unit_id)
    notice = ClosingNotice(
        case_no=new_case_number("GD", current.today()),
        certificate_id=certificate.id,
        unit_id=unit.id,
        unit_name=unit.name,
        station_id=unit.station_id,
        county_code=unit.county_code,
        kind=kind,
        closing_on=closing_on,
        new_address=new_address if kind is ClosingKind.MOVE else None,
        prepaid=prepaid,
        refund_by=refund_by if prepaid is not Prepaid.NONE else None,
        announced_by=actor.account_id,
        rule_set="2026",
    )
    casework.apply(notice, "announce", actor, due_on={"N1": notice.last_day})
    session().add(notice)
    session().flush()
    cards.write_section(unit.id, "closing", _shown(notice))
    _tell_officers(notice, "closing_announced")
    return notice


def withdraw(actor: Actor, case_no: str) -> ClosingNotice:
    """Take the notice back, until its day has come. raises NotFound, NotPermitted, NotPossibleNow"""
    notice = queries.notice(actor, Action.CLOSING_WITHDRAW, case_no)
    if notice.state == "announced" and casework.expired(notice, "N1"):
        raise NotPossibleNow(
            "closing_day_come", "公告的日期已到，不能撤回。要恢复证书，请联系市场监管部门。", state=notice.state
        )
    casework.apply(notice, "withdraw", actor)
    cards.write_section(notice.unit_id, "closing", None)
    _tell_officers(notice, "closing_withdrawn")
    return notice


def sweep() -> int:
    """Suspend the certificates whose unit closes or moves today; opens its own units of work. returns how many notices ended"""
    with unit_of_work(read_only=True):
        due = cases.due_case_ids("closing_notice", "N1", current.now())
    for notice_id in due:
        with unit_of_work():
            notice = session().get_one(ClosingNotice, notice_id, with_for_update=True)
            if notice.state == "announced":
                _carry_out(notice)
    return len(due)


def _carry_out(notice: ClosingNotice) -> None:
    certificate = session().get_one(Certificate, notice.certificate_id, with_for_update=True)
    if "suspend" not in casework.allowed(certificate):
        casework.apply(notice, "cease", SYSTEM)
        return
    casework.apply(notice, "carry_out", SYSTEM)
    certification.suspend(SYSTEM, certificate, Ground.G20_CLOSED_OR_MOVED)
    badges.announce_standing(certificate)
    favourites.tell(certificate)
    _tell_officers(notice, "closing_carried_out")


def _check(
    kind: ClosingKind, closing_on: date, prepaid: Prepaid, refund_by: date | None, new_address: str | None
) -> None:
    first, last = days_allowed(current.today())
    wrong: dict[str, list[str]] = {}
    if not first <= closing_on <= last:
        wrong["closing_on"] = [f"要提前 {LEAST_DAYS} 天公告：最早 {local_day(first)}，最晚一年以内。"]
    if kind is ClosingKind.MOVE and not new_address:
        wrong["new_address"] = ["请写新的地址，消费者找得到。"]
    if prepaid is not Prepaid.NONE and not (
        refund_by and current.today() <= refund_by <= closing_on + timedelta(days=REFUND_DAYS)
    ):
        wrong["refund_by"] = [f"请写最晚哪天退完，不晚于停业、迁址后 {REFUND_DAYS} 天。"]
    if wrong:
        raise InvalidInput("closing_invalid", "公告有内容要改，请按提示修改。", fields=wrong)


def _shown(notice: ClosingNotice) -> dict[str, str | None]:
    """What everybody reads on the unit's card."""
    return {
        "kind": notice.kind.value,
        "kind_zh": notice.kind.zh,
        "on": notice.closing_on.isoformat(),
        "new_address": notice.new_address,
        "prepaid": notice.prepaid.value,
        "prepaid_zh": notice.prepaid.zh,
        "refund_by": notice.refund_by.isoformat() if notice.refund_by else None,
        "told_on": current.today().isoformat(),
    }


def _tell_officers(notice: ClosingNotice, template: str) -> None:
    number = session().get_one(Certificate, notice.certificate_id).number
    for officer in accounts.holders(Role.COUNTY_OFFICER, county_code=notice.county_code):
        notifications.queue(
            officer,
            template,
            {"unit_name": notice.unit_name, "step": notice.kind.zh, "day": local_day(notice.closing_on)},
            event_key=f"closing_notice:{notice.id}:{template}",
            link=f"/console/units/{number}",
        )
