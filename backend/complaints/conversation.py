"""Reads of the conversation between consumer and station; `transcript` is for whoever files or prints a case."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure.database import session
from backend.infrastructure.scoping import visible
from backend.kernel.errors import NotFound
from backend.kernel.wording import GONE

from .conversation_model import Message, MessageMark, ReadyAnswer
from .lifecycle import SETTLEMENT
from .model import Settlement
from .rules import Side


@dataclass(frozen=True)
class Line:
    """A message as anybody reads it: aware UTC, which side, and the text with what would tell who somebody is hidden."""

    at: datetime
    side: Side
    text: str


@dataclass(frozen=True)
class Talk:
    """A conversation as one of its sides sees it.

    messages   the first one first
    read_to    sequence of the last message that this reader has seen, 0 for none
    """

    side: Side
    messages: Sequence[Message]
    read_to: int
    may_write: bool

    @property
    def unread(self) -> int:
        """How many messages of the other side this reader has not seen."""
        return sum(self.is_new(message) for message in self.messages)

    def is_new(self, message: Message) -> bool:
        """Whether the other side wrote it and this reader has not seen it."""
        return message.side is not self.side and message.sequence > self.read_to


def transcript(settlement_id: str) -> list[Line]:
    """Every message about a settlement request in its order; empty when nobody wrote. For those who may read the case."""
    return [Line(one.at, one.side, one.text or GONE) for one in _messages(settlement_id)]


def side_of(actor: Actor, settlement: Settlement) -> Side:
    """The side that the actor speaks for; the caller has made sure that it is one of them."""
    return Side.CONSUMER if actor.account_id == settlement.consumer_id else Side.STATION


def talk(actor: Actor, settlement: Settlement) -> Talk:
    """The conversation to one of its sides."""
    return Talk(
        side_of(actor, settlement),
        _messages(settlement.id),
        mark_of(settlement.id, str(actor.account_id)),
        settlement.state not in SETTLEMENT.closed,
    )


def mark_of(settlement_id: str, account_id: str) -> int:
    """How far the account has read, 0 for not at all."""
    return (
        session().scalar(sa.select(MessageMark.read_to).filter_by(settlement_id=settlement_id, account_id=account_id))
        or 0
    )


def unread(actor: Actor, settlements: Collection[Settlement]) -> dict[str, int]:
    """Request id → how many messages of the other side the actor has not seen; requests without one are absent."""
    sides = {one.id: side_of(actor, one) for one in settlements}
    seen = sa.and_(MessageMark.settlement_id == Message.settlement_id, MessageMark.account_id == actor.account_id)
    rows = session().execute(
        sa.select(Message.settlement_id, Message.side, sa.func.count())
        .outerjoin(MessageMark, seen)
        .where(Message.settlement_id.in_(sides), Message.sequence > sa.func.coalesce(MessageMark.read_to, 0))
        .group_by(Message.settlement_id, Message.side)
    )
    return {case_id: count for case_id, side, count in rows if side is not sides[case_id]}


def ready_answers(actor: Actor, station_id: str | None = None) -> Sequence[ReadyAnswer]:
    """The ready answers of the actor's stations, or of one of them, by title."""
    statement = sa.select(ReadyAnswer).where(visible(ReadyAnswer, actor, Action.READY_ANSWER_KEEP))
    if station_id is not None:
        statement = statement.where(ReadyAnswer.station_id == station_id)
    return session().scalars(statement.order_by(ReadyAnswer.title, ReadyAnswer.id)).all()


def ready_answer(actor: Actor, answer_id: str) -> ReadyAnswer:
    """raises NotFound"""
    statement = sa.select(ReadyAnswer).where(ReadyAnswer.id == answer_id)
    found = session().scalars(statement.where(visible(ReadyAnswer, actor, Action.READY_ANSWER_KEEP))).one_or_none()
    if found is None:
        raise NotFound("ready_answer_not_found", "没有这条常用回复，可能已经删掉了。")
    return found


def _messages(settlement_id: str) -> Sequence[Message]:
    statement = sa.select(Message).filter_by(settlement_id=settlement_id).order_by(Message.sequence)
    return session().scalars(statement).all()
