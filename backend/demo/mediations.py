"""Disputes of the demonstration that come to the bureau and go further: meetings, the council, other counties, several departments."""

from datetime import time

from backend.access.actor import Actor
from backend.complaints import service as complaints
from backend.complaints.jurisdiction import Places, Trade
from backend.complaints.rules import Closing, MeetingWay, Nature, Request, Subject
from backend.infrastructure import current
from backend.infrastructure.database import unit_of_work
from backend.joint_meeting import queries as dispatches
from backend.joint_meeting import service as joint_meeting
from backend.merchants.rules import Category

from .cast import DAY, HOUR, Cast
from .filing import escalated, lodged
from .scene import Story, act
from .texts import Dispute

#: Concerns several departments.
_TRIP = Dispute(
    Nature.CONTRACT,
    [Request.REFUND],
    59800,
    "用店里的会员卡付了两日游套票，出发前一天说景区关门，不退钱也不改期，卡里剩下的钱也不肯退。",
    frozenset(Category),
)
_AGREED = "商家三日内把争议的款项退还消费者；双方再无其他争议。"


def met(cast: Cast, said: Dispute, *, ended: bool) -> Story:
    """Both parties agree to a meeting and are called to it; what they agreed on there is signed."""
    yield from escalated(cast.consumer, cast.member, cast.shop, said)
    number = lodged(cast.consumer)
    yield 20 * HOUR
    act(complaints.accept_complaint, cast.officer, number)
    yield 20 * HOUR
    for party in (cast.consumer, cast.member):
        act(complaints.answer_consent, party, number, agree=True)
    yield 5 * HOUR
    meeting = {"meeting_on": current.today() + 5 * DAY, "meeting_time": time(9, 30), "way": MeetingWay.ON_SITE}
    act(complaints.invite, cast.officer, number, **meeting, place="鹿城区市场监督管理局 2 楼调解室")
    if ended:
        yield 5 * DAY
        act(complaints.record_agreement, cast.officer, number, text=_AGREED, closing=Closing.SIGNED)


def delegated(cast: Cast, council: Actor, said: Dispute, *, ended: bool) -> Story:
    """The bureau asks the council to mediate; the council is at it, or has come back with an agreement."""
    yield from escalated(cast.consumer, cast.member, cast.shop, said, consent_delegate=True)
    number = lodged(cast.consumer)
    yield 20 * HOUR
    act(complaints.accept_complaint, cast.officer, number)
    act(complaints.answer_consent, cast.member, number, agree=True, subject=Subject.DELEGATION)
    yield 3 * HOUR
    text = "双方对退多少有分歧，都愿意由消保委调解，请协助。"
    delegation = act(complaints.delegate, cast.officer, number, text=text).case_no
    yield 24 * HOUR
    if ended:
        act(complaints.take_on, council, delegation)
        yield 6 * DAY
        act(complaints.report_agreement, council, delegation, text=_AGREED, closing=Closing.RECORDED)
        yield 20 * HOUR
        act(complaints.record_agreement, cast.officer, number, text=_AGREED, closing=Closing.RECORDED)


def asked_who(cast: Cast, said: Dispute) -> Story:
    """The bureau asks for proof of identity, and the consumer has not answered yet."""
    yield from escalated(cast.consumer, cast.member, cast.shop, said)
    reason = "登记的手机号码有多人使用，需要核实投诉人身份。"
    until = current.today() + 7 * DAY
    act(complaints.ask_identity, cast.officer, lodged(cast.consumer), reason=reason, until=until)
    yield HOUR


def passed_on(cast: Cast, receiver: Actor, said: Dispute, *, taken_over: bool) -> Story:
    """The unit turns out to trade in another county, whose bureau takes the complaint over, or has just received it."""
    yield from escalated(cast.consumer, cast.member, cast.shop, said)
    number = lodged(cast.consumer)
    yield 26 * HOUR
    county = receiver.grants[0].county_code
    places = Places(Trade.PREMISES, place=county, domicile=county)
    reason = "经现场核实，交易发生在乐清的分店，本辖区没有经营场所。"
    act(complaints.pass_on, cast.officer, number, target=county, places=places, reason=reason)
    if taken_over:
        yield 20 * HOUR
        act(complaints.take_over, receiver, number)
        yield 30 * HOUR
        act(complaints.accept_complaint, receiver, number)


def dispatched(cast: Cast, office: Actor, lead: Actor, assistant: Actor, *, ended: bool) -> Story:
    """The joint meeting names a lead and who assists; the lead has answered, or still waits for the assistant."""
    yield from escalated(cast.consumer, cast.member, cast.shop, _TRIP)
    number = lodged(cast.consumer)
    yield 20 * HOUR
    why = "同时涉及旅游合同和单用途预付卡，需要文旅部门牵头、商务部门协办。"
    case = act(joint_meeting.propose, cast.officer, number, why=why).case_no
    yield 26 * HOUR
    asked = "请牵头核实合同履行情况，答复投诉人怎么处理。"
    departments = [str(assistant.grants[0].department_code)]
    lead_code = str(lead.grants[0].department_code)
    act(joint_meeting.send, office, case, lead=lead_code, asked=asked, assistants=departments)
    yield 22 * HOUR
    act(joint_meeting.accept, lead, case)
    if not ended:
        return
    yield 2 * DAY
    with unit_of_work(read_only=True):
        (assistance, *_) = dispatches.to_assist(assistant)
    text = "该店预付卡已经备案，存管账户余额足够退款。"
    act(joint_meeting.reply, assistant, assistance.case_no, text=text)
    yield DAY
    act(joint_meeting.report, lead, case, text="经核实合同没有履行完，商家已按剩余金额原路退款，投诉人确认收到。")
    yield 2 * DAY
    act(joint_meeting.confirm, office, case)
