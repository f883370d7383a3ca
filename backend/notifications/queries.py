"""Reads of the inbox, and of what could not be delivered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.infrastructure.jobs import Job
from backend.infrastructure.leasing import WorkState
from backend.infrastructure.paging import newest_first
from backend.infrastructure.scoping import visible

from . import templates
from .model import Channel, MessageQuota, Notice


@dataclass(frozen=True)
class Message:
    """A notice as its recipient reads it."""

    id: str
    title: str
    text: str
    link: str
    made_at: datetime
    read: bool


@dataclass(frozen=True)
class Inbox:
    """One page of the inbox, the newest first. `next` is the `before` of the following page; None on the last."""

    items: Sequence[Message]
    unread: int
    next: str | None


@dataclass(frozen=True)
class DeadDelivery:
    """Work that was given up and waits for a person. kind: 'notice' or 'job'; `reason` is an error's name."""

    kind: str
    id: str
    name: str
    reason: str
    tries: int
    finished_at: datetime


def inbox(actor: Actor, *, before: object = None, limit: int = 50) -> Inbox:
    """A page of the actor's own notices, the newest first."""
    page = newest_first(sa.select(Notice).where(*_mine(actor)), Notice, before, limit)
    return Inbox([_message(row) for row in page.items], unread(actor), page.next)


def unread(actor: Actor) -> int:
    """How many of the actor's own notices are unread."""
    statement = sa.select(sa.func.count()).select_from(Notice).where(*_mine(actor), Notice.read_at.is_(None))
    return session().scalar(statement) or 0


def told(event_key: str, after: str | None, limit: int) -> Sequence[str]:
    """Account ids of who was told of an event, in order, up to a piece. after: the last one of the piece before"""
    statement = sa.select(Notice.recipient_id).distinct().where(Notice.event_key == event_key)
    if after is not None:
        statement = statement.where(Notice.recipient_id > after)
    return session().scalars(statement.order_by(Notice.recipient_id).limit(limit)).all()


def subscriptions(actor: Actor) -> list[dict[str, Any]]:
    """Every subscribe message of this installation, with how many the actor may still get; None where nothing is known."""
    mine = sa.select(MessageQuota).where(MessageQuota.account_id == actor.account_id)
    left = {row.template: row.remaining for row in session().scalars(mine)}
    configured = sorted(current.runtime().settings.wechat.templates.items())
    return [
        {"key": key, "template_id": template_id, "remaining": left.get(key)}
        for key, template_id in configured
        if key in templates.KEYS
    ]


def dead(limit: int = 100) -> Sequence[DeadDelivery]:
    """Notices and jobs that were given up, the latest first. For actors that may review deliveries."""
    notices = session().scalars(
        sa.select(Notice).where(Notice.state == WorkState.DEAD).order_by(Notice.finished_at.desc()).limit(limit)
    )
    jobs = session().scalars(
        sa.select(Job).where(Job.state == WorkState.DEAD).order_by(Job.finished_at.desc()).limit(limit)
    )
    found = [_dead("notice", row, row.template) for row in notices] + [_dead("job", row, row.name) for row in jobs]
    return sorted(found, key=lambda item: item.finished_at, reverse=True)[:limit]


def _mine(actor: Actor) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        visible(Notice, actor, Action.NOTICE_READ_OWN),
        Notice.channel == Channel.INBOX,
        Notice.superseded_at.is_(None),
    )


def _message(row: Notice) -> Message:
    return Message(
        id=row.id,
        title=templates.subject(row.template),
        text=templates.body(row.template, row.params),
        link=row.link,
        made_at=row.made_at,
        read=row.read_at is not None,
    )


def _dead(kind: str, row: Notice | Job, name: str) -> DeadDelivery:
    return DeadDelivery(kind, row.id, name, row.reason or "", row.tries, row.finished_at or row.made_at)
