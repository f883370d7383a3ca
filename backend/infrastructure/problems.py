"""Every refusal in one shape: problem+json (RFC 9457) for the API, a plain Chinese page for people."""

import logging
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, g, json, redirect, render_template, request
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from backend.kernel.errors import Conflict, DomainError, NotPossibleNow, NotSignedIn

from .database import Busy
from .fields import Output, fields
from .sealing import CannotOpen

_log = logging.getLogger(__name__)

#: HTTP status → (code, title, detail) for what the framework itself refuses.
_HTTP = {
    400: ("malformed_request", "请求格式有误", "请求无法读懂，请检查格式后重新提交。"),
    404: ("not_found", "没有找到", "没有这个页面或记录，请核对地址。"),
    405: ("method_not_allowed", "不支持这种请求", "这个地址不支持这种请求方式。"),
    408: ("request_timeout", "请求超时", "网络太慢，请求没有传完，请重试。"),
    413: ("too_large", "内容太大", "提交的内容太大，请减小后重试。"),
    415: ("unsupported_media_type", "格式不支持", "请求内容的类型不支持，请使用 application/json。"),
    422: ("invalid_input", "填写的内容有误", "有内容填写不正确，请按提示修改。"),
    429: ("too_many_requests", "操作太频繁", "操作太频繁了，请稍后再试。"),
    503: ("busy", "系统繁忙", "系统正忙，请稍后再试；您的内容没有提交。"),
}
#: Where people sign in; staff below /console have their own page.
_SIGN_IN, _STAFF_SIGN_IN = "/sign-in", "/console/sign-in"
_SEALED = ("sealed_value", "资料读不出来", "这份资料现在解不开，数据没有改动。请联系系统管理员检查密钥配置。")
_FAULT = ("internal_error", "系统出错了", "系统出了问题，我们已经记录。请稍后再试。")


class Problem(Output):
    """RFC 9457 problem details, with a stable code and the fields at fault."""

    type = fields.String(metadata={"description": "urn:fangxin:problem:<code>"})
    title = fields.String(metadata={"description": "一句话说明"})
    status = fields.Integer()
    detail = fields.String(metadata={"description": "发生了什么、该怎么做"})
    code = fields.String(metadata={"description": "稳定的错误代码"})
    fields_ = fields.Dict(
        keys=fields.String(),
        values=fields.List(fields.String()),
        data_key="fields",
        metadata={"description": "出错的填写项和原因"},
    )
    article = fields.String(metadata={"description": "依据的法条"})
    state = fields.String(metadata={"description": "记录现在的状态"})
    allowed = fields.List(fields.String(), metadata={"description": "现在可以做的操作"})
    stored = fields.Dict(keys=fields.String(), metadata={"description": "冲突时，服务器上现在存的内容"})
    request_id = fields.String(metadata={"description": "反映问题时请提供这个编号"})


def init_problems(app: Flask) -> None:
    """Send every exception through one handler."""
    app.register_error_handler(Exception, answer)


def answer(error: Exception) -> Response:
    """The response for whatever was raised; nothing that a user sent becomes a 5xx.

    A page that needs a person leads to the sign-in, which comes back to it; what was posted is refused.
    """
    if isinstance(error, NotSignedIn) and _leads_to_sign_in():
        staff = request.path == "/console" or request.path.startswith("/console/")
        address = request.full_path if request.query_string else request.path
        return redirect(f"{_STAFF_SIGN_IN if staff else _SIGN_IN}?next={quote(address, safe='/')}", 303)  # type: ignore[return-value]
    problem, headers = describe(error)
    if problem["status"] >= 500 and problem["status"] != 503:
        _log.error("unhandled", exc_info=error)
    if request.path.startswith("/api/"):
        body = json.dumps(problem, ensure_ascii=False)
        reply = Response(body, problem["status"], content_type="application/problem+json; charset=utf-8")
    else:
        reply = Response(render_template("error.html", problem=problem), problem["status"])
    for name, value in headers:
        reply.headers[name] = value
    return reply


def describe(error: Exception) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """Problem body and extra headers for an exception."""
    headers: list[tuple[str, str]] = []
    error = _translated(error)
    if isinstance(error, DomainError):
        problem = _body(error.status, error.code, error.title, error.message)
        if error.fields:
            problem["fields"] = error.fields
        if error.article:
            problem["article"] = error.article
        if isinstance(error, NotPossibleNow):
            problem |= {"allowed": list(error.allowed)} | ({"state": error.state} if error.state else {})
        if isinstance(error, Conflict) and error.stored is not None:
            problem["stored"] = error.stored
        if error.status == 401:
            headers.append(("WWW-Authenticate", "Bearer"))
    elif isinstance(error, HTTPException):
        status = error.code or 500
        code, title, detail = _HTTP.get(status, _HTTP[400] if status < 500 else _FAULT)
        problem = _body(status, code, title, detail)
        messages = (getattr(error, "data", None) or {}).get("messages")
        if messages:
            problem["fields"] = _flat(messages)
        headers += [
            (name, value) for name, value in error.get_headers() if name in {"Allow", "Retry-After", "WWW-Authenticate"}
        ]
        extra = (getattr(error, "data", None) or {}).get("headers") or {}
        headers += [(name, str(value)) for name, value in extra.items()]
        if status == 429 and not any(name == "Retry-After" for name, _ in headers):
            headers.append(("Retry-After", "60"))
    elif isinstance(error, Busy | OperationalError | PoolTimeout):
        problem = _body(503, *_HTTP[503])
        headers.append(("Retry-After", "2"))
    elif isinstance(error, CannotOpen):
        _log.error("a sealed value does not open; its key is missing or it was changed", exc_info=error)
        problem = _body(503, *_SEALED)
    elif isinstance(error, RecursionError):
        problem = _body(400, *_HTTP[400])
    else:
        problem = _body(500, *_FAULT)
    return problem, headers


def _leads_to_sign_in() -> bool:
    """Whether the request is for a page; never for the sign-in itself, which would lead to itself without end."""
    own = request.path in {_SIGN_IN, _STAFF_SIGN_IN} or request.path.startswith((f"{_SIGN_IN}/", f"{_STAFF_SIGN_IN}/"))
    return request.method in {"GET", "HEAD"} and not request.path.startswith("/api/") and not own


def _translated(error: Exception) -> Exception:
    if isinstance(error, StaleDataError):
        return Conflict("changed_meanwhile", "这条记录刚刚被别人修改过，请刷新后再操作。")
    if isinstance(error, IntegrityError):
        return Conflict("conflict", "相同的内容已经存在，或刚刚被修改过，请刷新后再操作。")
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return Busy()
    return error


def _body(status: int, code: str, title: str, detail: str) -> dict[str, Any]:
    return {
        "type": f"urn:fangxin:problem:{code}",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
        "request_id": g.get("request_id", ""),
    }


def _flat(messages: Any, prefix: str = "") -> dict[str, list[str]]:
    """webargs' nested messages → path → messages; the location ("json", "query") is dropped."""
    if not prefix and isinstance(messages, dict) and set(messages) <= {"json", "query", "form", "files", "headers"}:
        merged: dict[str, list[str]] = {}
        for inner in messages.values():
            merged |= _flat(inner, ".")
        return merged
    if isinstance(messages, dict):
        found: dict[str, list[str]] = {}
        for name, inner in messages.items():
            found |= _flat(inner, f"{prefix.lstrip('.')}.{name}" if prefix.strip(".") else f".{name}")
        return found
    return {prefix.lstrip(".") or "_schema": [str(message) for message in messages]}
