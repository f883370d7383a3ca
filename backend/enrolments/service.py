"""Asking to be entered in the register, and what the county's officers do with it."""

from backend.access.actor import Actor, Role
from backend.access.policy import Action
from backend.accounts import queries as people
from backend.accounts import service as accounts
from backend.casework import queries as cases
from backend.casework import service as casework
from backend.infrastructure import audit, current
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.errors import InvalidInput, NotPossibleNow
from backend.kernel.identifiers import check_phone, new_case_number
from backend.merchants import service as merchants
from backend.merchants.register_file import UnitFacts
from backend.merchants.rules import Category
from backend.notifications import service as notifications

from . import queries
from .model import Enrolment
from .rules import PREFIX, DeclineReason, check_request


def submit(
    actor: Actor,
    *,
    uscc: str,
    merchant_name: str,
    unit_name: str,
    category: Category,
    county_code: str,
    address: str,
    website: str | None,
    contact: str,
    phone: str,
    agreed: bool,
) -> Enrolment:
    """Ask that a shop be entered in the register.

    contact, phone   whom the officer calls
    agreed           that name and phone are kept to look into it
    raises           InvalidInput; Conflict already_registered, enrolment_under_way
    """
    if not agreed:
        raise InvalidInput("consent_missing", "请先同意用联系人信息核实这份申请。", fields={"agreed": ["请勾选。"]})
    code, number = check_request(uscc, category, phone, website)
    queries.check_free(code)
    case = Enrolment(
        case_no=new_case_number(PREFIX, current.today()),
        account_id=str(actor.account_id),
        uscc=code,
        merchant_name=merchant_name,
        unit_name=unit_name,
        category=category,
        county_code=county_code,
        address=address,
        website=website,
        phone_proved=people.has_proved(str(actor.account_id), number),
        rule_set="2026",
    )
    case.contact, case.phone = contact, number
    casework.apply(case, "submit", actor)
    session().add(case)
    session().flush()
    _tell_officers(case, "enrolment_waits")
    return case


def withdraw(actor: Actor, case_no: str) -> Enrolment:
    """Take it back, until it is decided. raises NotFound, NotPermitted, NotPossibleNow"""
    case = queries.enrolment(actor, Action.ENROLMENT_WITHDRAW, case_no)
    casework.apply(case, "withdraw", actor)
    notifications.drop(f"enrolment:{case.id}:turn:")
    return case


def accept(
    actor: Actor,
    case_no: str,
    *,
    merchant_name: str,
    unit_name: str,
    address: str,
    lng: float,
    lat: float,
    station_name: str,
    station_phone: str,
) -> Enrolment:
    """Enter the shop in the register as the officer found it, with a liaison station of its own, and invite who asked to be its member.

    lng, lat         GCJ-02 degrees
    station_phone    public from now on, as are the names and the address
    raises           NotFound, NotPermitted, NotPossibleNow; InvalidInput for a phone that cannot be or a station's name that is taken;
                     Conflict already_registered
    """
    case = queries.enrolment(actor, Action.ENROLMENT_ACCEPT, case_no)
    casework.apply(case, "accept", actor)
    phone = check_phone(station_phone, field="station_phone")
    unit = merchants.enter(
        UnitFacts(
            merchant_name=merchant_name,
            uscc=case.uscc,
            unit_name=unit_name,
            category=case.category,
            county_code=case.county_code,
            address=address,
            lng=lng,
            lat=lat,
            phone=phone,
            website=case.website,
            opening_hours=None,
            station_name=station_name,
            station_phone=phone,
            members=(),
            commitments=(),
        ),
        enrolment_no=case.case_no,
    )
    case.merchant_name, case.unit_name, case.address = merchant_name, unit_name, address
    case.unit_id, case.decided_by = unit.id, actor.account_id
    case.invitation = accounts.invite(actor, Role.STATION_MEMBER, station_id=unit.station_id).code
    _decided(case, "已收进名录，请点开接受邀请")
    return case


def invite_again(actor: Actor, case_no: str) -> Enrolment:
    """Give who asked a new invitation, when nobody took up the last; the last is void then.

    raises   NotFound, NotPermitted, NotPossibleNow
    """
    case = queries.enrolment(actor, Action.ENROLMENT_ACCEPT, case_no)
    if case.invitation is None:
        message = "这份申请没有可以换的邀请：还没有收进名录，或者申请人的信息已经删除。"
        raise NotPossibleNow("nobody_invited", message, state=case.state)
    issued = accounts.renew_invitation(actor, case.invitation)
    case.invitation = issued.code
    audit.record(actor, "enrolment.invited_again", "enrolment", case.id, after={"invitation_id": issued.invitation_id})
    _tell_asker(case, "邀请已换新的，请点开接受", f"invited:{issued.invitation_id}")
    return case


def decline(actor: Actor, case_no: str, *, reason: DeclineReason, text: str) -> Enrolment:
    """Do not enter it, with the reason. raises NotFound, NotPermitted, NotPossibleNow"""
    case = queries.enrolment(actor, Action.ENROLMENT_DECLINE, case_no)
    casework.apply(case, "decline", actor, ground=reason)
    case.reason, case.decision_text, case.decided_by = reason, text, actor.account_id
    _decided(case, "没有收进名录，理由见详情")
    return case


def sweep() -> int:
    """Remind of what nobody looked into in time; opens its own unit of work. returns how many"""
    with unit_of_work():
        late = casework.mark_breaches("enrolment", ("N1",))
        for case_id, _clock in late:
            _tell_officers(session().get_one(Enrolment, case_id), "deadline_missed")
    return len(late)


def _tell_officers(case: Enrolment, template: str) -> None:
    session().flush()
    due = cases.next_deadlines("enrolment", [case.id])[case.id]
    told = list(people.holders(Role.COUNTY_OFFICER, county_code=case.county_code))
    if template == "deadline_missed" or not told:
        told += people.holders(Role.CITY_OFFICER)
    for officer in dict.fromkeys(told):
        notifications.queue(
            officer,
            template,
            {"case_no": case.case_no, "unit_name": case.unit_name, "step": "核实入册申请", "due": due.due_at},
            event_key=f"enrolment:{case.id}:turn:{template}",
            link=f"/console/enrolments/{case.case_no}",
        )


def _decided(case: Enrolment, decision: str) -> None:
    notifications.drop(f"enrolment:{case.id}:turn:")
    _tell_asker(case, decision, "decided")


def _tell_asker(case: Enrolment, decision: str, event: str) -> None:
    notifications.queue(
        case.account_id,
        "enrolment_decided",
        {"case_no": case.case_no, "unit_name": case.unit_name, "decision": decision},
        event_key=f"enrolment:{case.id}:{event}",
        link="/enrol",
    )
