"""Sends due notices: a subscribe message at WeChat, and where that does not reach its person, a text message. No transaction is
open while another system is asked.

What is sent is judged at that moment: a notice whose facts are no longer true is dropped, and what can wait does not go out in the
quiet hours (免打扰时段). A worker killed between WeChat's answer and our record sends again: WeChat has no key by which it would know
the repetition. The text-message gateway has.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

import sqlalchemy as sa

from backend.infrastructure import current, leasing, metrics
from backend.infrastructure.database import new_id, unit_of_work
from backend.infrastructure.insertion import insert_once
from backend.infrastructure.leasing import WorkState
from backend.infrastructure.sms import SmsError, SmsFault
from backend.infrastructure.wechat import Kind, WeChatError

from . import rules, service, templates
from .model import Channel, MessageQuota, Notice

#: The mini-program's page that opens a notice's link.
PAGE = "pages/notice/index"
#: Below this the mini-program has no pages: staff work at the console.
_STAFF_PATH = "/console"
_BATCH = 20
_NO_CONSENT_LEFT = 43101
_log = logging.getLogger(__name__)


class NotReachable(Exception):
    """The notice cannot go out this way, and nobody is to blame. `reason` is a stable word."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Reach:
    """What delivery asks about people and cases, which are kept above this package. Each opens its own unit of work.

    openid_of   account id → openid in the mini-program, None for who has none
    phone_of    account id → phone number confirmed for text messages, None for who gave none
    state_of    kind and id of a case → its present state, None when it is gone
    """

    openid_of: Callable[[str], str | None]
    phone_of: Callable[[str], str | None]
    state_of: Callable[[str, str], str | None]


def deliver_due(reach: Reach) -> int:
    """Send what is due, one batch. Called by the worker in an application context with no unit of work open.

    returns     how many notices were taken up
    """
    claimed = leasing.claim(Notice, _BATCH)
    for notice in claimed:
        # A notice that was taken back or taken over since the claim is left alone; the others get a full lease for their call.
        if leasing.extend(notice):
            _deliver(notice, reach)
        else:
            _log.info("notice not sent: taken back", extra={"row": notice.id, "template": notice.template})
    return len(claimed)


def _deliver(notice: Notice, reach: Reach) -> None:
    outcome: WorkState | None
    try:
        untrue = _untrue(notice, reach)
        if untrue is not None:
            _log.info("notice not sent: " + untrue, extra={"row": notice.id, "template": notice.template})
            outcome = _record(notice, WorkState.DROPPED, untrue)
        elif (until := _waits(notice)) is not None:
            leasing.put_off(notice, until)
            return
        elif notice.channel is Channel.SMS:
            outcome = _text(notice, reach)
        else:
            outcome = _subscribe(notice, reach)
    except Exception as error:  # noqa: BLE001  (a fault of ours must not stop the other notices)
        _log.error("notice failed", extra={"row": notice.id, "template": notice.template}, exc_info=error)
        outcome = leasing.retry(notice, type(error).__name__)
    metrics.EVENTS.labels(f"notice_{outcome or 'lost'}").inc()


def _untrue(notice: Notice, reach: Reach) -> str | None:
    """Why what the notice says is not true any more, None while it is."""
    if notice.ends_at is not None and notice.ends_at <= current.now():
        return "deadline_passed"
    if notice.holds_while is not None:
        kind, case_id, _ = notice.event_key.split(":", 2)
        if reach.state_of(kind, case_id) != notice.holds_while:
            return "case_moved_on"
    return None


def _waits(notice: Notice) -> datetime | None:
    hours = current.runtime().settings.quiet_hours
    urgent = templates.TEMPLATES[notice.template].urgent
    return rules.waits(current.now(), hours, urgent=urgent, ends_at=notice.ends_at)


def _subscribe(notice: Notice, reach: Reach) -> WorkState | None:
    key = templates.TEMPLATES[notice.template].wechat.key
    try:
        _send_by_wechat(notice, key, reach)
    except NotReachable as error:
        return _record(notice, WorkState.DROPPED, error.reason, then=_text_instead(notice, reach))
    except WeChatError as error:
        if error.code == _NO_CONSENT_LEFT:
            with unit_of_work():
                service.change_quota(notice.recipient_id, key, None)
        reason = f"wechat_{error.code}"
        if error.kind is Kind.RETRY:
            return leasing.retry(notice, reason, then=_text_instead(notice, reach))
        state = WorkState.DROPPED if error.kind is Kind.STOP else WorkState.DEAD
        return _record(notice, state, reason, then=_text_instead(notice, reach))
    return _record(notice, WorkState.DONE, None, then=lambda: service.change_quota(notice.recipient_id, key, -1))


def _send_by_wechat(notice: Notice, key: str, reach: Reach) -> None:
    runtime = current.runtime()
    template_id = runtime.settings.wechat.templates.get(key)
    if not template_id:
        raise NotReachable("template_not_configured")
    openid = reach.openid_of(notice.recipient_id)
    if openid is None:
        raise NotReachable("recipient_without_openid")
    with unit_of_work(read_only=True) as opened:
        quota = opened.get(MessageQuota, (notice.recipient_id, key))
        left = None if quota is None else quota.remaining
    if left == 0:
        raise NotReachable("no_consent_left")
    fields = templates.wechat_fields(notice.template, notice.params, notice.made_at)
    runtime.wechat.send_subscribe_message(openid, template_id, _mini_page(notice), fields)


def _text(notice: Notice, reach: Reach) -> WorkState | None:
    try:
        gateway = current.runtime().sms
        phone = reach.phone_of(notice.recipient_id)
        if gateway is None or phone is None:
            raise NotReachable("sms_not_configured" if gateway is None else "recipient_without_phone")
        if not templates.TEMPLATES[notice.template].urgent and _texts_today(notice) >= rules.MOST_TEXTS_A_DAY:
            raise NotReachable("too_many_texts_today")
        gateway.send(notice.id, phone, templates.sms_text(notice.template, notice.params, _address(notice)))
    except NotReachable as error:
        return _record(notice, WorkState.DROPPED, error.reason)
    except SmsError as error:
        if error.kind is SmsFault.RETRY:
            return leasing.retry(notice, error.reason)
        return _record(notice, WorkState.DROPPED, error.reason)
    return _record(notice, WorkState.DONE, None)


def _mini_page(notice: Notice) -> str:
    return f"{PAGE}?link={quote(notice.link, safe='')}"


def _address(notice: Notice) -> str:
    """A link that opens the mini-program (good for at most 30 days), or the web page where WeChat gives none."""
    runtime = current.runtime()
    if not notice.link.startswith(_STAFF_PATH):
        try:
            return runtime.wechat.url_link(PAGE, f"link={quote(notice.link, safe='')}")
        except WeChatError as error:
            _log.info("no URL Link", extra={"code": error.code})
    return f"{runtime.settings.public_url}{notice.link}"


def _texts_today(notice: Notice) -> int:
    statement = sa.select(sa.func.count()).where(
        Notice.recipient_id == notice.recipient_id,
        Notice.channel == Channel.SMS,
        Notice.state == WorkState.DONE,
        Notice.finished_at > current.now() - timedelta(days=1),
    )
    with unit_of_work(read_only=True) as opened:
        return opened.scalar(statement) or 0


def _text_instead(notice: Notice, reach: Reach) -> Callable[[], None] | None:
    """Queues the same notice by text message; None for a person who gave no phone number.

    Staff, who are not at WeChat, get what is urgent alone: everything else waits for them at the console.
    """
    if notice.link.startswith(_STAFF_PATH) and not templates.TEMPLATES[notice.template].urgent:
        return None
    if current.runtime().sms is None or reach.phone_of(notice.recipient_id) is None:
        return None
    return lambda: _queue_text(notice)


def _queue_text(notice: Notice) -> None:
    now = current.now()
    insert_once(
        Notice,
        {
            "id": new_id(),
            "channel": Channel.SMS,
            **{
                name: getattr(notice, name)
                for name in (
                    "event_key", "recipient_id", "template", "params", "link", "holds_while", "ends_at", "made_at",
                )
            },
            "state": WorkState.READY,
            "due_at": now,
            "tries": 0,
        },
    )  # fmt: skip


def _record(
    notice: Notice, state: WorkState, reason: str | None, *, then: Callable[[], None] | None = None
) -> WorkState | None:
    return state if leasing.finish(notice, state, reason, then=then) else None
