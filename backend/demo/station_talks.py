"""What goes on between consumers and stations in the demonstration: talking, offers at each stage, asking again after the close."""

from datetime import timedelta

from backend.access.actor import Actor
from backend.complaints import service as complaints
from backend.complaints.rules import Offer
from backend.follow_up import queries as follow_ups
from backend.follow_up import service as follow_up
from backend.follow_up.model import CallBack
from backend.follow_up.rules import Answer, Result
from backend.infrastructure.database import unit_of_work

from .cast import DAY, HOUR, Cast
from .filing import submitted
from .scene import Story, act
from .texts import Dispute


def talked(cast: Cast, said: Dispute) -> Story:
    """Consumer and station write to each other; the station may see the phone number. No offer yet."""
    number = submitted(cast.consumer, cast.shop, said)
    act(complaints.share_phone, cast.consumer, number, phone="13857700003")
    ready = {"title": "请带小票来店", "text": "请带小票或者付款记录来店里，我们当场核对、处理。"}
    act(complaints.keep_ready_answer, cast.member, **ready)
    yield 2 * HOUR
    act(complaints.take, cast.member, number)
    act(complaints.say, cast.member, number, text="您好，已经看到。请问付款记录还在吗？")
    yield HOUR
    act(complaints.say, cast.consumer, number, text="在的，微信支付的，什么时候可以来店里？")
    yield HOUR
    act(complaints.say, cast.member, number, text="今天下午三点以后都可以，请到二楼服务台。")


def offered(cast: Cast, said: Dispute, *, stage: str) -> Story:
    """stage   "offered", "declined", "accepted" (to be performed)"""
    number = submitted(cast.consumer, cast.shop, said)
    yield 5 * HOUR
    offer = {"kind": Offer.REFUND, "amount_fen": said.amount_fen, "text": "请带小票来店里，当场退款。"}
    made = act(complaints.offer, cast.member, number, **offer, perform_by=None)
    if stage == "offered":
        return
    yield 3 * HOUR
    if stage == "declined":
        act(complaints.decline_offer, cast.consumer, number, offer=made.offer_stamp)
    else:
        act(complaints.accept_offer, cast.consumer, number, offer=made.offer_stamp)


def not_solved(cast: Cast, said: Dispute, *, ended_by: Actor | None) -> Story:
    """Agreed and confirmed, but the consumer answers later that it was not solved, and it is handled again.

    ended_by   the officer who takes it and ends it; None: it waits
    """
    number = submitted(cast.consumer, cast.shop, said)
    yield 5 * HOUR
    offer = {"kind": Offer.REFUND, "amount_fen": said.amount_fen, "text": "三天内原路退款。"}
    made = act(complaints.offer, cast.member, number, **offer, perform_by=None)
    yield 3 * HOUR
    act(complaints.accept_offer, cast.consumer, number, offer=made.offer_stamp)
    yield 3 * DAY
    act(complaints.confirm_performed, cast.consumer, number)
    yield 9 * DAY
    act(follow_up.answer, cast.consumer, number, Answer.NOT_SOLVED)
    what = "只退了一半，店里说另一半要等下个月。"
    with unit_of_work(read_only=True):
        opened = follow_ups.reopening_of(cast.consumer, number)  # by the call-back itself, if it was drawn
    again = (opened or act(follow_up.reopen, cast.consumer, number, what=what)).case_no
    if ended_by is not None:
        yield 20 * HOUR
        act(follow_up.take, ended_by, again)
        yield 4 * DAY
        act(follow_up.close, ended_by, again, solved=True, text="商家补退了另一半，消费者确认收到。")


def called_back(officer: Actor) -> Story:
    """Once a week an officer calls what was drawn, all but the newest: most of it is true."""
    for week in range(13):
        yield timedelta(weeks=1)
        with unit_of_work(read_only=True):
            waiting = [one.case_no for one in follow_ups.call_backs(officer) if _for(officer, one)]
        for number in waiting[1:]:
            result, note = (
                (Result.UNREACHED, "两天打了三次，都没有人接。") if week == 5 else (Result.TRUE, "消费者说已经解决。")
            )
            act(follow_up.record, officer, number, result=result, note=note)


def _for(officer: Actor, one: CallBack) -> bool:
    return one.result is None and one.way == "phone" and one.handled_by != officer.account_id
