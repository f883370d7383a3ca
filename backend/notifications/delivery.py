"""Sends due subscribe messages. No transaction is open while WeChat is asked.

A worker killed between WeChat's answer and our record sends again: WeChat has no key by which it would know the repetition.
"""

import logging
from collections.abc import Callable
from urllib.parse import quote

from backend.infrastructure import current, leasing, metrics
from backend.infrastructure.leasing import WorkState
from backend.infrastructure.wechat import Kind, WeChatError

from . import templates
from .model import Notice

#: The mini-program's page that opens a notice's link.
PAGE = "pages/notice/index"
_BATCH = 20
_log = logging.getLogger(__name__)


class NotReachable(Exception):
    """The notice cannot go out through WeChat, and nobody is to blame. `reason` is a stable word."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def deliver_due(openid_of: Callable[[str], str | None]) -> int:
    """Send what is due, one batch. Called by the worker in an application context with no unit of work open.

    openid_of   account id → openid in the mini-program, None for who has none; opens its own unit of work
    returns     how many notices were taken up
    """
    claimed = leasing.claim(Notice, _BATCH)
    for notice in claimed:
        # A notice that was taken back or taken over since the claim is left alone; the others get a full lease for their call.
        if leasing.extend(notice):
            _deliver(notice, openid_of)
    return len(claimed)


def _deliver(notice: Notice, openid_of: Callable[[str], str | None]) -> None:
    try:
        _send(notice, openid_of)
    except NotReachable as error:
        outcome = _record(notice, WorkState.DROPPED, error.reason)
    except WeChatError as error:
        outcome = _refused(notice, error)
    except Exception as error:  # noqa: BLE001  (a fault of ours must not stop the other notices)
        _log.error("notice failed", extra={"row": notice.id, "template": notice.template}, exc_info=error)
        outcome = leasing.retry(notice, type(error).__name__)
    else:
        outcome = _record(notice, WorkState.DONE, None)
    metrics.EVENTS.labels(f"notice_{outcome or 'lost'}").inc()


def _send(notice: Notice, openid_of: Callable[[str], str | None]) -> None:
    runtime = current.runtime()
    template_id = runtime.settings.wechat.templates.get(templates.TEMPLATES[notice.template].wechat.key)
    if not template_id:
        raise NotReachable("template_not_configured")
    openid = openid_of(notice.recipient_id)
    if openid is None:
        raise NotReachable("recipient_without_openid")
    fields = templates.wechat_fields(notice.template, notice.params, notice.made_at)
    page = f"{PAGE}?link={quote(notice.link, safe='')}"
    runtime.wechat.send_subscribe_message(openid, template_id, page, fields)


def _refused(notice: Notice, error: WeChatError) -> WorkState | None:
    reason = f"wechat_{error.code}"
    if error.kind is Kind.RETRY:
        return leasing.retry(notice, reason)
    return _record(notice, WorkState.DROPPED if error.kind is Kind.STOP else WorkState.DEAD, reason)


def _record(notice: Notice, state: WorkState, reason: str | None) -> WorkState | None:
    return state if leasing.finish(notice, state, reason) else None
