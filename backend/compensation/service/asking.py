"""The consumer asks to be paid first: what was agreed was not done, or the stall has left."""

from dataclasses import dataclass

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.casework import service as casework
from backend.compensation import queries
from backend.compensation.clocks import RULES
from backend.compensation.model import AdvancePayment
from backend.compensation.rules import Because
from backend.complaints import queries as complaints
from backend.complaints.model import Settlement
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.kernel.errors import InvalidInput, NotPossibleNow
from backend.kernel.identifiers import new_case_number
from backend.merchants.model import Unit
from backend.merchants.rules import Commitment

from .telling import tell_payer

_LEFT_WHILE = {"awaiting_answer", "offered", "refused", *complaints.AGREED, "escalated"}


def request(actor: Actor, settlement_no: str, *, because: Because, amount_fen: int) -> AdvancePayment:
    """Ask the unit's station, or the host of a stall that left, to pay first.

    amount_fen   at most what was agreed, or, where nothing was agreed, what is in dispute
    raises       NotPossibleNow when the time to perform has not run out, the unit does not promise to pay first, nobody hosts
                 the stall, or the same dispute was asked for already; InvalidInput for an amount out of range
    source       Order 121 §6; 浙江省商品交易市场管理条例 §23
    """
    settlement = complaints.settlement(actor, Action.ADVANCE_REQUEST, settlement_no)
    unit = session().get_one(Unit, settlement.unit_id)
    host, most = _host_that_pays(settlement, unit, because), most_fen(settlement)
    if not 0 < amount_fen <= most:
        words = f"金额要大于 0，最多 {most // 100}.{most % 100:02d} 元：约定的金额，没有约定的按诉求的金额。"
        raise InvalidInput("amount_out_of_range", words, fields={"amount_fen": [words]})
    payer = host or unit
    made = AdvancePayment(
        case_no=new_case_number("PF", current.today()),
        settlement_id=settlement.id,
        settlement_no=settlement.case_no,
        consumer_id=settlement.consumer_id,
        alias=settlement.alias,
        unit_id=unit.id,
        unit_name=unit.name,
        payer_station_id=payer.station_id,
        host_unit_id=host.id if host else None,
        county_code=settlement.county_code,
        because=because,
        amount_fen=amount_fen,
        rule_set=RULES,
    )
    casework.apply(made, "request", actor, ground=because.value, details={"amount_fen": amount_fen})
    session().add(made)
    session().flush()
    tell_payer(made, "advance_requested")
    return made


@dataclass(frozen=True)
class Way:
    """A reason to be paid first. closed: why it cannot be given now, in words; None when it can"""

    because: Because
    closed: str | None


def ways(settlement: Settlement) -> list[Way]:
    """Each reason for this request, and whether it can be given now."""
    unit = session().get_one(Unit, settlement.unit_id)
    found = []
    for because in Because:
        try:
            _host_that_pays(settlement, unit, because)
        except NotPossibleNow as refused:
            found.append(Way(because, refused.message))
        else:
            found.append(Way(because, None))
    return found


def most_fen(settlement: Settlement) -> int:
    """The most that can be asked for: what was agreed, or, where nothing was agreed, what is in dispute."""
    return settlement.offer_fen or 0 if settlement.state in complaints.AGREED else settlement.amount_fen


def _host_that_pays(settlement: Settlement, unit: Unit, because: Because) -> Unit | None:
    """The host where the stall has left, None where the unit's own station pays. raises NotPossibleNow as `request`"""
    if queries.standing_advance(settlement.id):
        raise NotPossibleNow("asked_already", "这个诉求已经申请过先行赔付，请看办理情况。")
    if because is Because.LEFT:
        return _host(settlement, unit)
    _check_unperformed(settlement, unit)
    return None


def _check_unperformed(settlement: Settlement, unit: Unit) -> None:
    if settlement.state not in complaints.AGREED or not casework.expired(settlement, "M3"):
        raise NotPossibleNow(
            "deadline_not_reached", "双方约定了、期限过了还没有做到的，才能申请先行赔付。", state=settlement.state
        )
    if Commitment.PAY_FIRST.value not in {item["code"] for item in unit.commitments}:
        raise NotPossibleNow("pay_first_not_promised", "这家单位没有承诺先行赔付。您可以转为投诉，由市场监管部门处理。")


def _host(settlement: Settlement, unit: Unit) -> Unit:
    if settlement.state not in _LEFT_WHILE:
        raise NotPossibleNow("settlement_over", "这个诉求已经结束，不能再申请先行赔付。", state=settlement.state)
    host_id = queries.host_of(unit.id)
    if host_id is None:
        raise NotPossibleNow("no_host", "没有登记这家单位在哪个市场或景区里经营。请转为投诉，由市场监管部门处理。")
    return session().get_one(Unit, host_id)
