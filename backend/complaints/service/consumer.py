"""The consumer's steps: submit, choose, confirm, escalate, withdraw."""

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from backend.access.actor import SYSTEM, Actor, Role
from backend.access.policy import Action
from backend.accounts import queries as accounts
from backend.badges import queries as badges
from backend.badges import tickets
from backend.badges.queries import Addressed
from backend.casework import queries as cases
from backend.casework import service as casework
from backend.complaints import queries, rules
from backend.complaints.jurisdiction import route
from backend.complaints.lifecycle import SETTLEMENT
from backend.complaints.likeness import mark, plain_order_no
from backend.complaints.model import Complaint, Settlement
from backend.complaints.rules import Nature, Request
from backend.infrastructure import current
from backend.infrastructure.asked import Asked, answered, ask
from backend.infrastructure.database import session
from backend.infrastructure.insertion import add_later
from backend.infrastructure.prepared import Prepared
from backend.kernel.clock_table import RULE_SETS
from backend.kernel.errors import Conflict, InvalidInput, NotPossibleNow
from backend.kernel.identifiers import access_hash, new_case_number, new_code
from backend.kernel.regulation import rule_set_for
from backend.merchants.rules import Commitment

from .delegation import recall_open
from .identity import PARTS, Identity, incomplete, keep_identity
from .paperwork import issue
from .phone import forget_phone
from .telling import due_of, refresh_outcomes, take_back_notices, tell_consumer, tell_officers, tell_station


@dataclass(frozen=True)
class Submitted:
    """A new settlement request, with the access code that is told once and what its first step wrote."""

    settlement: Settlement
    access_code: str
    step: casework.Taken


def submit(
    actor: Actor,
    *,
    token: str | None = None,
    number: str | None = None,
    nature: Nature,
    wanted: list[Request],
    amount_fen: int,
    happened_on: date,
    facts: str,
    visit_ticket: str | None = None,
    commitment: Commitment | None = None,
    file_for_me: bool = False,
    consent_publish: bool = False,
    consent_delegate: bool = False,
    identity: Identity | None = None,
    order_no: str | None = None,
) -> Submitted:
    """Send a settlement request to the liaison station of a unit.

    token         of the unit's badge, or
    number        of its certificate, for whom is not in the shop any more; also of one that no longer stands
    file_for_me   needs the real identity at once, since the sweep files without asking again
    raises        InvalidInput, NotFound for no such certificate, NotPossibleNow when too many are open
    """
    unit = _addressed(actor, token, number)
    if visit_ticket is not None:
        tickets.read(visit_ticket)
    _check(actor, unit, happened_on, file_for_me, identity, commitment)
    code = new_code()
    settlement = Settlement(
        case_no=new_case_number("HJ", current.today()),
        access_hash=access_hash(code),
        consumer_id=actor.account_id,
        alias=f"消费者·{new_code(4)}",
        unit_id=unit.id,
        unit_name=unit.name,
        station_id=unit.station_id,
        county_code=unit.county_code,
        plate_id=unit.plate_id,
        rule_set=rule_set_for(current.today(), RULE_SETS).code,
        nature=nature,
        wanted=[request.value for request in wanted],
        amount_fen=amount_fen,
        happened_on=happened_on,
        facts=facts,
        facts_mark=mark(facts),
        order_no=plain_order_no(order_no),
        commitment=commitment.value if commitment else None,
        file_for_me=file_for_me,
        consent_publish=consent_publish,
        consent_delegate=consent_delegate,
        complainant_id=keep_identity(actor, identity).id if identity else None,
    )
    step = casework.apply(settlement, "submit", actor)
    add_later(settlement)
    answer_by = next(one.due_at for one in step.started if one.clock == "M1")
    tell_station(settlement, "settlement_submitted", due=answer_by)
    refresh_outcomes(unit.id)
    return Submitted(settlement, code, step)


def _addressed(actor: Actor, token: str | None, number: str | None) -> Addressed:
    """A token is asked for together with the account, in one round trip: most requests come from the shop."""
    if token is not None:
        ask(badges.addressing(token), accounts.holding(actor.account_id))
        return badges.addressed(token)
    if number is not None:
        return badges.registered(number)
    words = "请扫店里的放心码，或者从名录里选这家单位。"
    raise InvalidInput("unit_missing", words, fields={"token": [words]})


def accept_offer(actor: Actor, case_no: str, *, offer: str | None) -> Settlement:
    """Accept the station's offer; the time to perform it starts: M3, or the day that was offered unless it has passed.

    offer    stamp of the offer that the consumer saw
    raises   Conflict offer_changed when another one stands
    """
    settlement = queries.settlement(actor, Action.SETTLEMENT_ACCEPT, case_no)
    _check_seen(settlement, offer)
    agreed = settlement.perform_by
    due_on = {"M3": agreed} if agreed is not None and agreed >= current.today() else None
    casework.apply(settlement, "accept", actor, due_on=due_on)
    tell_station(settlement, "settlement_accepted", due=due_of(settlement))
    return settlement


def decline_offer(actor: Actor, case_no: str, *, offer: str | None) -> Settlement:
    """Decline the offer; no reason is asked. offer, raises: as in `accept_offer`"""
    settlement = queries.settlement(actor, Action.SETTLEMENT_DECLINE, case_no)
    _check_seen(settlement, offer)
    casework.apply(settlement, "decline", actor)
    return settlement


def _check_seen(settlement: Settlement, offer: str | None) -> None:
    """raises Conflict when the consumer answers another offer than the one that stands"""
    if settlement.state == "offered" and settlement.offer_stamp != offer:
        raise Conflict("offer_changed", "联络站的方案和您看到的不一样了。请看清现在的方案，再决定接受还是不接受。")


def confirm_performed(actor: Actor, case_no: str) -> Settlement:
    """Confirm that what was agreed was done: the only way a request counts as settled."""
    settlement = queries.settlement(actor, Action.SETTLEMENT_CONFIRM_PERFORMED, case_no)
    casework.apply(settlement, "confirm_performed", actor)
    forget_phone(settlement)
    take_back_notices(settlement, "settlement_unperformed", "settlement_not_performed", "deadline_missed")
    refresh_outcomes(settlement.unit_id)
    return settlement


def report_not_performed(actor: Actor, case_no: str) -> Settlement:
    """Say that what was agreed was not done: the station has it again before all others, and the way to the bureau is open.

    raises   NotPossibleNow with the time left while the agreed day is not over
    source   浙江省实施〈消费者权益保护法〉办法 §31
    """
    settlement = queries.settlement(actor, Action.SETTLEMENT_REPORT_NOT_PERFORMED, case_no)
    casework.apply(settlement, "report_not_performed", actor)
    take_back_notices(settlement, "settlement_unperformed")
    tell_station(settlement, "settlement_not_performed")
    return settlement


def escalate(actor: Actor, case_no: str, identity: Identity | None = None) -> Complaint:
    """Take the dispute to the bureau: when the station refused, did not answer in time, or did not perform in time.

    identity   the real identity, unless it was given at submission
    raises     NotPossibleNow with the time left; InvalidInput when the identity is missing
    source     Order 121 §10; 浙江省实施〈消费者权益保护法〉办法 §31
    """
    settlement = queries.settlement(actor, Action.SETTLEMENT_ESCALATE, case_no)
    return lodge(actor, settlement, identity)


def lodge(actor: Actor, settlement: Settlement, identity: Identity | None = None) -> Complaint:
    """Close a settlement request as escalated and open the complaint at the bureau of the unit's county."""
    because = _why(settlement)
    casework.apply(settlement, "escalate", actor, ground=because)
    forget_phone(settlement)
    if identity is not None:
        settlement.complainant_id = keep_identity(actor, identity).id
    if settlement.complainant_id is None:
        raise incomplete(*PARTS)
    routed = route(queries.known_places(settlement.unit_id), settlement.county_code)
    complaint = Complaint(
        case_no=new_case_number("TS", current.today()),
        settlement_id=settlement.id,
        complainant_id=settlement.complainant_id,
        consumer_id=settlement.consumer_id,
        alias=settlement.alias,
        unit_id=settlement.unit_id,
        unit_name=settlement.unit_name,
        station_id=settlement.station_id,
        county_code=routed.code,
        first_receiver=routed.code,
        escalated_because=because,
        rule_set=rule_set_for(current.today(), RULE_SETS).code,
    )
    casework.apply(complaint, "lodge", actor, ground=because)
    session().add(complaint)
    session().flush()
    issue(actor, complaint, 1)
    tell_station(settlement, "settlement_escalated")
    if actor is SYSTEM:
        tell_consumer(settlement, "settlement_escalated")
    step = "优先决定是否受理（约定没有履行）" if because == queries.NOT_PERFORMED else "决定是否受理"
    tell_officers(complaint, "deadline_near", step=step, due=due_of(complaint))
    refresh_outcomes(settlement.unit_id)
    return complaint


def _why(settlement: Settlement) -> str:
    """Why the station did not settle it; a promise that was once not kept outweighs what came after."""
    broken = any(event.action == "report_not_performed" for event in cases.events(settlement))
    if broken or settlement.state == "agreed":
        return queries.NOT_PERFORMED
    return {"awaiting_answer": "unanswered", "refused": "refused"}.get(settlement.state or "", "")


def withdraw_settlement(actor: Actor, case_no: str) -> Settlement:
    """Take the request back; only its author can."""
    settlement = queries.settlement(actor, Action.SETTLEMENT_WITHDRAW, case_no)
    casework.apply(settlement, "withdraw", actor)
    forget_phone(settlement)
    take_back_notices(settlement)
    refresh_outcomes(settlement.unit_id)
    return settlement


def withdraw_complaint(actor: Actor, case_no: str) -> Complaint:
    """Take the complaint back. source: Order 121 §23(1)"""
    complaint = queries.complaint(actor, Action.COMPLAINT_WITHDRAW, case_no)
    casework.apply(complaint, "withdraw", actor, ground=rules.TerminationGround.T23_1)
    recall_open(actor, complaint)
    take_back_notices(complaint)
    return complaint


_OPEN_HERE = sa.and_(
    Settlement.unit_id == sa.bindparam("unit_id"), *(Settlement.state != state for state in SETTLEMENT.closed)
)
_LATELY = Settlement.opened_at > sa.bindparam("since")
#: How many requests of a consumer are open at one unit, and how many were made lately.
_OPENED = Prepared(
    sa.select(sa.func.count().filter(_OPEN_HERE), sa.func.count().filter(_LATELY)).where(
        Settlement.consumer_id == sa.bindparam("consumer_id")
    )
)


def is_full(actor: Actor, unit_id: str) -> bool:
    """Whether as many of the actor's requests to a unit are open as may be at once: nobody fills in a form in vain."""
    open_here = sa.select(sa.func.count()).where(Settlement.consumer_id == actor.account_id, _OPEN_HERE)
    return (session().scalar(open_here, {"unit_id": unit_id}) or 0) >= rules.MOST_OPEN_PER_UNIT


def _check(
    actor: Actor,
    unit: Addressed,
    happened_on: date,
    file_for_me: bool,
    identity: Identity | None,
    commitment: Commitment | None,
) -> None:
    today = current.today()
    if happened_on > today:
        raise InvalidInput("day_in_future", "消费日期不能晚于今天。", fields={"happened_on": ["不能晚于今天。"]})
    if happened_on < rules.oldest_day(today):
        raise InvalidInput(
            "day_too_old",
            "消费已超过三年，市场监管部门不再受理，请咨询 12315 或法律服务 12348。",
            fields={"happened_on": ["超过三年。"]},
            article="总局令第121号 第十六条",
        )
    if file_for_me and identity is None:
        raise InvalidInput(
            "identity_missing",
            "要自动转给市场监管部门，先填好真实姓名、电话和通讯地址。",
            fields={"file_for_me": ["请填写身份信息，或不选这一项。"]},
            article="总局令第121号 第十条",
        )
    if commitment is not None and commitment.value not in {item["code"] for item in unit.commitments}:
        raise InvalidInput("commitment_unknown", "这家单位没有作出这项承诺。", fields={"commitment": ["请重新选择。"]})
    accounts.hold(actor.account_id)
    since = current.now() - timedelta(days=1)
    opened = Asked(_OPENED, {"consumer_id": actor.account_id, "unit_id": unit.id, "since": since})
    ask(opened, accounts.holders_of(Role.STATION_MEMBER, station_id=unit.station_id), cases.CALENDAR)
    [(here, lately)] = answered(opened)
    if here >= rules.MOST_OPEN_PER_UNIT:
        raise NotPossibleNow(
            "too_many_open", f"您对这家单位已有 {rules.MOST_OPEN_PER_UNIT} 个没有办结的诉求，请先等它们办结。"
        )
    if lately >= rules.MOST_PER_DAY:
        raise NotPossibleNow("too_many_today", "您今天提交的诉求已达 10 个，请明天再来，或拨打 12315。")
