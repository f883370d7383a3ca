"""Queueing, dropping and reading notices. Every function runs inside the caller's unit of work."""

from collections.abc import Collection, Mapping

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure import audit, current, leasing
from backend.infrastructure.database import new_id, session
from backend.infrastructure.insertion import insert_once
from backend.infrastructure.jobs import Job
from backend.infrastructure.leasing import WorkState
from backend.infrastructure.scoping import visible
from backend.kernel.errors import NotFound

from . import templates
from .model import Channel, Notice

#: Kinds of work that can be dead, by the name used in addresses.
KINDS: Mapping[str, type[leasing.LeasedRow]] = {"notice": Notice, "job": Job}


def queue(
    recipient_id: str,
    template: str,
    params: Mapping[str, templates.Value],
    *,
    event_key: str,
    link: str,
    channels: Collection[Channel] = (Channel.INBOX, Channel.WECHAT),
) -> None:
    """Promise a notice; it exists exactly when the caller's transaction is committed. Queued twice, it is one notice.

    recipient_id   account id
    template       code in `templates.TEMPLATES`; `params` gives exactly the values that its text names
    event_key      what happened, unique to the event, beginning with what it is about: "settlement:<id>:offered"
    link           path within this site, beginning with one slash
    """
    if not link.startswith("/") or link.startswith("//"):
        raise ValueError("a notice links into this site")
    values, now = templates.checked(template, params), current.now()
    for channel in channels:
        inbox = channel is Channel.INBOX
        insert_once(
            Notice,
            {
                "id": new_id(),
                "event_key": event_key,
                "recipient_id": recipient_id,
                "channel": channel,
                "template": template,
                "params": values,
                "link": link,
                "state": WorkState.DONE if inbox else WorkState.READY,
                "finished_at": now if inbox else None,
                "made_at": now,
                "due_at": now,
                "tries": 0,
            },
        )


def drop(event_key_prefix: str) -> int:
    """Take back what is not true any more: unsent messages are not sent, unread notices leave the inbox.

    event_key_prefix   such as "settlement:<id>:offered", or "settlement:<id>:" for everything about it
    returns            how many notices were taken back
    """
    about = Notice.event_key.startswith(event_key_prefix, autoescape=True)
    now = current.now()
    unread = (
        sa.update(Notice)
        .where(about, Notice.channel == Channel.INBOX, Notice.read_at.is_(None), Notice.superseded_at.is_(None))
        .values(superseded_at=now)
    )
    unsent = (
        sa.update(Notice)
        .where(about, Notice.channel != Channel.INBOX, Notice.state == WorkState.READY)
        .values(state=WorkState.DROPPED, reason="superseded", superseded_at=now, finished_at=now)
    )
    return _changed(unread) + _changed(unsent)


def mark_read(actor: Actor, notice_ids: Collection[str] | None = None) -> int:
    """Mark the actor's own unread notices as read: these, or all. returns how many"""
    statement = (
        sa.update(Notice)
        .where(
            visible(Notice, actor, Action.NOTICE_READ_OWN), Notice.channel == Channel.INBOX, Notice.read_at.is_(None)
        )
        .values(read_at=current.now())
    )
    if notice_ids is not None:
        statement = statement.where(Notice.id.in_(notice_ids))
    return _changed(statement)


def revive(actor: Actor, kind: str, row_id: str) -> None:
    """Try a dead notice or job again, with all its tries. raises NotFound when there is no such dead row"""
    if kind not in KINDS or not leasing.revive(KINDS[kind], row_id):
        raise NotFound("record_not_found", "没有找到这条失败的记录，可能已经有人重新发送。")
    audit.record(actor, "delivery.revive", kind, row_id, before={"state": "dead"}, after={"state": "ready"})


def _changed(statement: sa.Update) -> int:
    result = session().execute(statement.execution_options(synchronize_session=False))
    return int(getattr(result, "rowcount", 0))
