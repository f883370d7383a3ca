"""Queueing, dropping and reading notices. Every function runs inside the caller's unit of work."""

from collections.abc import Collection, Mapping

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure import audit, current, leasing
from backend.infrastructure.database import new_id, session
from backend.infrastructure.insertion import insert_later, insert_once
from backend.infrastructure.jobs import Job
from backend.infrastructure.leasing import WorkState
from backend.infrastructure.scoping import visible
from backend.kernel.errors import NotFound

from . import rules, templates
from .model import Channel, MessageQuota, Notice

#: Kinds of work that can be dead, by the name used in addresses.
KINDS: Mapping[str, type[leasing.LeasedRow]] = {"notice": Notice, "job": Job}


def queue(
    recipient_id: str,
    template: str,
    params: Mapping[str, templates.Value],
    *,
    event_key: str,
    link: str,
    holds_while: str | None = None,
    channels: Collection[Channel] = (Channel.INBOX, Channel.WECHAT),
) -> None:
    """Promise a notice; it exists exactly when the caller's transaction is committed. Queued twice, it is one notice.

    recipient_id   account id
    template       code in `templates.TEMPLATES`; `params` gives exactly the values that its text names
    event_key      what happened, unique to the event, beginning with what it is about: "settlement:<id>:offered"
    link           path within this site, beginning with one slash
    holds_while    state of the case that the event key begins with, when the notice is true in this state alone
    """
    if not link.startswith("/") or link.startswith("//"):
        raise ValueError("a notice links into this site")
    values, now = templates.checked(template, params), current.now()
    for channel in channels:
        inbox = channel is Channel.INBOX
        insert_later(
            Notice,
            {
                "id": new_id(),
                "event_key": event_key,
                "recipient_id": recipient_id,
                "channel": channel,
                "template": template,
                "params": values,
                "link": link,
                "holds_while": holds_while,
                "ends_at": None if inbox else rules.useful_until(params, now),
                "state": WorkState.DONE if inbox else WorkState.READY,
                "finished_at": now if inbox else None,
                "made_at": now,
                "due_at": now,
                "tries": 0,
            },
            once=True,
        )


def drop(event_key_prefix: str, recipient_ids: Collection[str] | None = None) -> int:
    """Take back what is not true any more: unsent messages are not sent, unread notices leave the inbox.

    event_key_prefix   such as "settlement:<id>:offered", or "settlement:<id>:" for everything about it
    recipient_ids      from these people alone: a piece of the many who were told
    returns            how many notices were taken back
    """
    about = Notice.event_key.startswith(event_key_prefix, autoescape=True)
    if recipient_ids is not None:
        about = sa.and_(about, Notice.recipient_id.in_(recipient_ids))
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


def note_consents(actor: Actor, keys: Collection[str]) -> None:
    """A person tapped "allow" (wx.requestSubscribeMessage): one more message of each of these templates may come.

    keys   keys of templates in the settings
    """
    for key in keys:
        insert_once(MessageQuota, {"account_id": actor.account_id, "template": key, "remaining": 0})
        change_quota(str(actor.account_id), key, 1)


def change_quota(account_id: str, key: str, by: int | None) -> None:
    """Count a consent (+1) or a message (-1); None: WeChat says that nothing is left. Without a row nothing is known."""
    remaining: sa.ColumnElement[int] = MessageQuota.remaining + (by or 0)
    bounded = sa.case((remaining < 0, 0), (remaining > rules.MOST_QUOTA, rules.MOST_QUOTA), else_=remaining)
    session().execute(
        sa.update(MessageQuota)
        .where(MessageQuota.account_id == account_id, MessageQuota.template == key)
        .values(remaining=0 if by is None else bounded)
        .execution_options(synchronize_session=False)
    )


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
