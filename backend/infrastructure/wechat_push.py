"""/api/wechat/push: where WeChat tells us what happened. Each event is taken once, in one transaction with what it causes.

WeChat asks for an answer within five seconds and sends up to three times what was not answered, so a repeat is a normal thing.
"""

import hashlib
import json
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, Flask, Response, current_app, request
from sqlalchemy.orm import Mapped, mapped_column

from . import current, metrics
from .database import RowBase, UtcDateTime, session, unit_of_work
from .http import Public
from .insertion import insert_once
from .rate_limit import limiter
from .settings import WeChatSettings
from .web import csrf
from .wechat import PushRefused, check_echo, read_push

Taker = Callable[[Mapping[str, Any]], None]
_BODY_LIMIT = 64 * 1024
#: Longer than the window in which a signature is accepted, on both sides of now.
_KEPT = timedelta(hours=1)
_log = logging.getLogger(__name__)
_blueprint = Blueprint("wechat_push", __name__, url_prefix="/api/wechat")


class WeChatPush(RowBase):
    """An event that was taken, by the fingerprint of its content: a retry is encrypted anew and a replay is not, both say the same."""

    __tablename__ = "wechat_push"

    fingerprint: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime())


def init_wechat_push(app: Flask, takers: Mapping[str, Taker]) -> None:
    """Serve the address.

    takers   event's name → who acts on it, inside the unit of work in which the push is noted; other events are only counted
    """
    app.extensions["fangxin_push_takers"] = takers
    csrf.exempt(_blueprint)
    app.register_blueprint(_blueprint)


def purge() -> int:
    """Delete fingerprints of pushes whose signature is too old to be accepted again. returns how many"""
    old = sa.delete(WeChatPush).where(WeChatPush.at < current.now() - _KEPT).returning(WeChatPush.fingerprint)
    return len(session().scalars(old).all())


@_blueprint.get("/push")
def verify() -> Response:
    """WeChat checks that the address is ours: its echo comes back."""
    try:
        return _answer(check_echo(_settings().push_token, request.args), 200)
    except PushRefused as refusal:
        return _refused(refusal)


@_blueprint.post("/push")
def push() -> Response:
    """Take one event; a repeated one is acknowledged and does nothing."""
    request.max_content_length = _BODY_LIMIT
    settings = _settings()
    try:
        event = read_push(
            request.get_data(),
            request.args,
            token=settings.push_token,
            aes_key=settings.push_aes_key,
            app_id=settings.app_id,
            now=current.now(),
        )
    except PushRefused as refusal:
        return _refused(refusal)
    name = str(event.get("Event", ""))
    taker: Taker | None = current_app.extensions["fangxin_push_takers"].get(name)
    with unit_of_work():
        if insert_once(WeChatPush, {"fingerprint": _fingerprint(event), "at": current.now()}):
            metrics.EVENTS.labels("wechat_push").inc()
            if taker is not None:
                taker(event)
        else:
            metrics.EVENTS.labels("wechat_push_repeated").inc()
    return _answer("success", 200)


def _fingerprint(event: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(event, ensure_ascii=True, sort_keys=True).encode()).hexdigest()


def _refused(refusal: PushRefused) -> Response:
    metrics.EVENTS.labels("wechat_push_refused").inc()
    _log.warning("push refused", extra={"reason": refusal.reason})
    return _answer("refused", 403)


def _answer(text: str, status: int) -> Response:
    return Response(text, status, content_type="text/plain; charset=utf-8")


def _settings() -> WeChatSettings:
    return current.runtime().settings.wechat


for _view in (verify, push):
    _view.fangxin_action = Public("WeChat itself calls here; the signature says so")  # type: ignore[attr-defined]
    limiter.exempt(_view)
