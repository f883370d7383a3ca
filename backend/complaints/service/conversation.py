"""Consumer and station talk about a settlement request while it is open; neither learns who the other is."""

from backend.access.actor import Actor, Role
from backend.access.policy import Action
from backend.accounts import queries as accounts
from backend.complaints import conversation, queries, rules
from backend.complaints.conversation_model import Message, MessageMark, ReadyAnswer
from backend.complaints.lifecycle import SETTLEMENT
from backend.complaints.model import Settlement
from backend.complaints.rules import Side
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.infrastructure.insertion import insert_once
from backend.kernel.errors import InvalidInput, NotPossibleNow
from backend.kernel.masking import masked
from backend.notifications import service as notifications

from .holding import take_up
from .protection import check_reachable


def say(actor: Actor, case_no: str, *, text: str) -> Settlement:
    """Write to the other side. Who of the station writes first owns the request, as with an answer.

    text     numbers that would tell who somebody is are hidden before anything is kept
    raises   NotPossibleNow when the request is closed, a colleague owns it, an officer speaks for the consumer, or there are
             too many messages
    """
    settlement = queries.settlement(actor, Action.MESSAGE_SEND, case_no)
    if settlement.state in SETTLEMENT.closed:
        raise NotPossibleNow("case_closed", "这件事已经结束，不能再发消息。", state=settlement.state)
    talk = conversation.talk(actor, settlement)
    if len(talk.messages) >= rules.MOST_MESSAGES:
        raise NotPossibleNow(
            "too_many_messages", f"这件事的消息已经有 {rules.MOST_MESSAGES} 条，请直接提出方案，或者转市场监管部门。"
        )
    if talk.side is Side.STATION:
        check_reachable(settlement)
        take_up(actor, settlement)
    message = Message(
        settlement_id=settlement.id, side=talk.side, author_id=actor.account_id, at=current.now(), text=masked(text)
    )
    session().add(message)
    session().flush()
    _mark(settlement.id, str(actor.account_id), message.sequence)
    _tell_other_side(settlement, talk.side)
    return settlement


def mark_messages_read(actor: Actor, case_no: str) -> Settlement:
    """The actor has seen every message there is now."""
    settlement = queries.settlement(actor, Action.MESSAGE_READ, case_no)
    messages = conversation.talk(actor, settlement).messages
    if messages:
        _mark(settlement.id, str(actor.account_id), messages[-1].sequence)
        notifications.drop(f"{_about(settlement, str(actor.account_id))}:")
    return settlement


def keep_ready_answer(actor: Actor, *, title: str, text: str, station_id: str | None = None) -> ReadyAnswer:
    """Keep an answer that the station uses often.

    station_id   may be left out by who is a member of one station
    raises       InvalidInput for another's station, NotPossibleNow when there are too many
    """
    stations = {grant.station_id for grant in actor.grants if grant.role is Role.STATION_MEMBER}
    if station_id is None and len(stations) == 1:
        (station_id,) = stations
    if station_id is None or station_id not in stations:
        raise InvalidInput("station_missing", "请选择您的一个联络站。", fields={"station_id": ["请选择。"]})
    if len(conversation.ready_answers(actor, station_id)) >= rules.MOST_REPLIES:
        raise NotPossibleNow("too_many_ready_answers", f"常用回复最多 {rules.MOST_REPLIES} 条，请先删掉用不着的。")
    answer = ReadyAnswer(station_id=station_id, title=title, text=text, made_at=current.now())
    session().add(answer)
    session().flush()
    return answer


def drop_ready_answer(actor: Actor, answer_id: str) -> None:
    """raises NotFound"""
    session().delete(conversation.ready_answer(actor, answer_id))


def _tell_other_side(settlement: Settlement, side: Side) -> None:
    """A notice to whom it is for, unless one stands since they last read."""
    if side is Side.STATION:
        recipients, link = [settlement.consumer_id], f"/my/cases/{settlement.case_no}/messages"
    else:
        owner = queries.owners([settlement]).get(settlement.id)
        members = accounts.holders(Role.STATION_MEMBER, station_id=settlement.station_id)
        recipients = members if owner is None else [owner.account_id]
        link = f"/station/{settlement.case_no}/messages"
    for recipient in recipients:
        since = conversation.mark_of(settlement.id, recipient)
        notifications.queue(
            recipient,
            "settlement_message",
            {"case_no": settlement.case_no, "unit_name": settlement.unit_name},
            event_key=f"{_about(settlement, recipient)}:{since}",
            link=link,
        )


def _about(settlement: Settlement, recipient: str) -> str:
    return f"settlement:{settlement.id}:settlement_message:{recipient}"


def _mark(settlement_id: str, account_id: str, sequence: int) -> None:
    key = {"settlement_id": settlement_id, "account_id": account_id}
    if not insert_once(MessageMark, {**key, "read_to": sequence}):
        session().get_one(MessageMark, (settlement_id, account_id)).read_to = sequence
