"""Idempotency-Key: the first reply is stored in the transaction of the act and given again to whoever repeats the request.

Same key and same request → the stored reply with `Idempotent-Replayed: true`; same key, other request → 422; no key → 400.
A refused request stores nothing, so that a corrected one may use the same key.
"""

import hashlib
import re
from collections.abc import Callable
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import Response, request
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, mapped_column

from backend.kernel.errors import DomainError, InvalidInput

from . import current
from .database import Busy, Model, UtcDateTime, new_id, session, unit_of_work
from .insertion import insert_later
from .sealing import Sealed

HEADER = "Idempotency-Key"
_KEY = re.compile(r"[\x21-\x7e]{8,128}")
_KEPT = timedelta(days=8)


class KeyMissing(DomainError):
    """The request has no usable key: its sender is at fault, not what a person typed."""


class StoredReply(Model):
    """The first reply to one key of one caller. Kept at least seven days, for phones that were offline."""

    __table_args__ = (sa.UniqueConstraint("caller", "key"),)

    caller: Mapped[str] = mapped_column(sa.String(64))
    key: Mapped[str] = mapped_column(sa.String(128))
    request_hash: Mapped[str] = mapped_column(sa.String(64))
    status: Mapped[int] = mapped_column(default=0)
    content_type: Mapped[str] = mapped_column(sa.String(80), default="")
    location: Mapped[str | None] = mapped_column(sa.String(500))
    body_sealed: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime(), index=True)
    body = Sealed("body_sealed")


def request_key() -> str:
    """The request's key, from the header or from the form's hidden field. raises KeyMissing"""
    key = request.headers.get(HEADER) or request.form.get("idempotency_key", "")
    if not key:
        raise KeyMissing("idempotency_key_missing", "请求缺少 Idempotency-Key，请刷新页面后重新提交。")
    if not _KEY.fullmatch(key):
        raise KeyMissing("idempotency_key_malformed", "Idempotency-Key 应为 8 到 128 个可见的英文字符。")
    return key


def once(caller: str, key: str, perform: Callable[[], Response]) -> Response:
    """Perform the act and store its reply in one unit of work, or give the stored reply again. Opens its own units of work.

    caller   account id or another name for who repeats
    The unique key decides at the end: of two that perform at a time one is rolled back whole, and so is a repetition later. Whatever
    stopped it (the key itself, or that the act was done already), the stored reply is what it gets.
    """
    digest = _request_hash()
    try:
        with unit_of_work():
            reply = perform()
            _keep(caller, key, digest, reply)
    except (Busy, OperationalError):
        raise
    except Exception:
        with unit_of_work(read_only=True):
            found = session().scalars(sa.select(StoredReply).filter_by(caller=caller, key=key)).one_or_none()
            if found is None:
                raise
            return _replay(found, digest)
    return reply


def _keep(caller: str, key: str, digest: str, reply: Response) -> None:
    row_id = new_id()
    values = {
        "id": row_id,
        "caller": caller,
        "key": key,
        "request_hash": digest,
        "status": reply.status_code,
        "content_type": reply.content_type or "",
        "location": reply.headers.get("Location"),
        "body_sealed": StoredReply.body.seal(row_id, reply.get_data(as_text=True)),
        "made_at": current.now(),
    }
    insert_later(StoredReply, values)


def purge() -> int:
    """Delete replies that nobody repeats any more. Part of the caller's unit of work. returns how many"""
    old = sa.delete(StoredReply).where(StoredReply.made_at < current.now() - _KEPT).returning(StoredReply.id)
    return len(session().scalars(old).all())


def forget(caller: str) -> None:
    """Delete every reply to this caller. Part of the caller's unit of work."""
    session().execute(sa.delete(StoredReply).where(StoredReply.caller == caller))


def _replay(found: StoredReply, digest: str) -> Response:
    if found.request_hash != digest:
        raise InvalidInput("idempotency_key_reused", "同一个 Idempotency-Key 已用于另一份内容，请换一个新的。")
    reply = Response(found.body or "", status=found.status, content_type=found.content_type)
    reply.headers["Idempotent-Replayed"] = "true"
    if found.location:
        reply.headers["Location"] = found.location
    return reply


def _request_hash() -> str:
    digest = hashlib.sha256(f"{request.method} {request.full_path}\n".encode())
    if request.mimetype in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        for name, value in sorted(request.form.items(multi=True)):
            if name not in {"csrf_token", "idempotency_key"}:
                digest.update(f"{name}={value}\n".encode("utf-8", "surrogatepass"))
        for name, upload in sorted(request.files.items(multi=True)):
            upload.stream.seek(0)  # the view may have read it already
            digest.update(name.encode("utf-8", "surrogatepass") + hashlib.sha256(upload.stream.read()).digest())
            upload.stream.seek(0)
    else:
        digest.update(request.get_data())
    return digest.hexdigest()
