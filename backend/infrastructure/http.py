"""The door of the JSON API: identity → permission → input → unit of work → call → dump → commit → answer."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, cast

from flask import Response, jsonify, request
from flask_smorest import Blueprint as ApiBlueprint
from marshmallow import Schema

from backend.access.actor import NOBODY, Actor
from backend.access.decide import may
from backend.access.policy import Action
from backend.kernel.errors import NotPermitted, NotSignedIn

from . import current
from .database import unit_of_work
from .idempotency import HEADER, once, request_key
from .json_bodies import StrictJson
from .rate_limit import limiter

View = Callable[..., Any]


class _Documenter(ApiBlueprint):  # type: ignore[misc]
    ARGUMENTS_PARSER = StrictJson()


_documenter = _Documenter("documenter", __name__)
_BEARER = re.compile(r"Bearer ([A-Za-z0-9_\-]{20,200})")
_JSON_BODY_LIMIT = 256 * 1024


@dataclass(frozen=True)
class Public:
    """In place of an action: an address that needs no sign-in, and why."""

    reason: str


@dataclass(frozen=True)
class Reply:
    """What a view may return when the data alone is not enough.

    dumped   the data went through another audience's schema already
    """

    data: Any
    dumped: bool = False
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def endpoint(
    action: Action | Public,
    *,
    body: type[Schema] | None = None,
    files: type[Schema] | None = None,
    query: type[Schema] | Schema | None = None,
    reply: type[Schema] | Schema | None = None,
    status: int = 200,
    idempotent: bool = False,
    limit: str | None = None,
    max_body: int = _JSON_BODY_LIMIT,
    writes: bool | None = None,
    self_contained: bool = False,
    produces: Sequence[str] = (),
    audiences: Sequence[type[Schema]] = (),
) -> Callable[[View], View]:
    """Declare a view: `view(actor, **path, body=…, query=…, files=…)` returns data for `reply`, a `Reply` or a `Response`.

    action      who may come in, or Public
    idempotent  needs an Idempotency-Key; for every POST that creates something nobody wants twice
    limit       rate limit per person or address, e.g. "10/minute"
    max_body    bytes
    writes      whether the unit of work may write; by default every method but GET and HEAD
    self_contained  the view opens its own units of work, because it calls another system or keeps what a refusal wrote;
                    where it is idempotent, too, it calls `run` itself
    produces    media types of a view that answers something else than JSON
    audiences   schemas beside `reply` in which a `Reply` may come dumped, for other audiences of the same address
    """

    dumper = reply() if isinstance(reply, type) else reply  # made once: a schema copies all its fields when it is made

    def decorate(view: View) -> View:
        @wraps(view)
        def transaction(*, actor: Actor, **arguments: Any) -> Response:
            def perform() -> Response:
                return _answer(view(actor, **arguments), dumper, status)

            return perform() if self_contained else run(perform, actor, idempotent=idempotent, writes=writes)

        wrapped: View = transaction
        if query is not None:
            wrapped = _documenter.arguments(
                query() if isinstance(query, type) else query, location="query", arg_name="query"
            )(wrapped)
        if files is not None:
            wrapped = _upload(wrapped, files, body)
        elif body is not None:
            example = getattr(body, "EXAMPLE", None)
            wrapped = _documenter.arguments(body(), location="json", arg_name="body", example=example)(wrapped)
        refusals = [*([413, 415] if body is not None or files is not None else []), *([429] if limit else [])]
        wrapped = _documented(wrapped, view, action, idempotent=idempotent, refusals=refusals)
        wrapped = _documenter.response(status, reply)(wrapped)
        content: dict[str, Any] = {media_type: {} for media_type in produces}
        if audiences:
            content["application/json"] = {"schema": {"anyOf": [reply, *audiences]}}
        if content:
            wrapped = _documenter.doc(responses={str(status): {"description": "OK", "content": content}})(wrapped)

        @wraps(wrapped)
        def door(**path: Any) -> Any:
            request.max_content_length = max_body
            actor = bearer_actor()
            admit(actor, action)
            return wrapped(actor=actor, **path)

        guarded: View = limiter.limit(limit)(door) if limit else door
        guarded.fangxin_action = action  # type: ignore[attr-defined]
        return guarded

    return decorate


def run(perform: Callable[[], Response], actor: Actor, *, idempotent: bool, writes: bool | None = None) -> Response:
    """Run one act in one unit of work, once per Idempotency-Key where asked for. Shared by both doors."""
    writing = request.method not in {"GET", "HEAD"} if writes is None else writes
    if not idempotent:
        with unit_of_work(read_only=not writing):
            return perform()
    return once(actor.account_id or "nobody", request_key(), perform)


def tagged(data: Any, etag: str) -> Reply | Response:
    """The data for `reply` with its ETag, or 304 when the caller holds it already."""
    headers = {"ETag": f'"{etag}"', "Cache-Control": "no-cache"}
    if request.if_none_match.contains_weak(etag):
        return Response(status=304, headers=headers)
    return Reply(data, headers=headers)


def bearer_actor() -> Actor:
    """Who sent the request, by its Bearer token; NOBODY without one. raises NotSignedIn for a token that is not alive"""
    header = request.headers.get("Authorization", "")
    if not header:
        return NOBODY
    matched = _BEARER.fullmatch(header)
    actor = current.runtime().identify(matched.group(1)) if matched else None
    if actor is None:
        raise NotSignedIn("session_ended", "登录已失效，请重新登录。")
    return actor


def admit(actor: Actor, action: Action | Public) -> None:
    """Stop who may not do this at all. raises NotSignedIn, NotPermitted"""
    if isinstance(action, Public) or may(actor, action):
        return
    if not actor.signed_in:
        raise NotSignedIn("sign_in_needed", "请先登录再操作。")
    raise NotPermitted("action_not_permitted", "您的身份不能办理这项操作。")


def _answer(result: Any, dumper: Schema | None, status: int) -> Response:
    if isinstance(result, Response):
        return result
    outcome = result if isinstance(result, Reply) else Reply(result)
    if dumper is None and outcome.data is None:
        answer = Response(status=outcome.status or 204)
    else:
        answer = jsonify(outcome.data if dumper is None or outcome.dumped else dumper.dump(outcome.data))
        answer.status_code = outcome.status or status
    for name, value in outcome.headers.items():
        answer.headers[name] = value
    return answer


def _upload(view: View, files: type[Schema], form: type[Schema] | None) -> View:
    """Files and the form's other fields, which OpenAPI knows as one multipart body."""
    parts = dict(files._declared_fields)
    wrapped: View = StrictJson().use_args(files, location="files", arg_name="files")(view)
    if form is not None:
        parts |= form._declared_fields
        wrapped = StrictJson().use_args(form, location="form", arg_name="body")(wrapped)
    whole = Schema.from_dict(parts, name=files.__name__.removesuffix("Files") + "Upload")
    content = {"multipart/form-data": {"schema": whole}}
    return cast("View", _documenter.doc(requestBody={"required": True, "content": content})(wrapped))


def _documented(
    wrapped: View,
    view: View,
    action: Action | Public,
    *,
    idempotent: bool,
    refusals: Sequence[int],
) -> View:
    public = isinstance(action, Public)
    statuses = [400, 401, 404, 422, *([] if public else [403, 409]), *refusals, 503]
    responses: dict[str, Any] = {
        str(status): {"$ref": f"#/components/responses/Problem{status}"} for status in sorted(statuses)
    }
    document: dict[str, Any] = {
        "operationId": f"{view.__module__.split('.')[1]}.{view.__name__}",
        "security": [] if public else [{"bearer": []}],
        "responses": responses,
    }
    if not isinstance(action, Public):
        document["x-action"] = action.value
    if idempotent:
        document["parameters"] = [
            {
                "in": "header",
                "name": HEADER,
                "required": True,
                "description": "同一次提交使用同一个值；重发时得到第一次的答复。",
                "schema": {"type": "string", "minLength": 8, "maxLength": 128, "pattern": "^[!-~]{8,128}$"},
            }
        ]
    return cast("View", _documenter.doc(**document)(wrapped))


__all__ = ["ApiBlueprint", "Public", "Reply", "admit", "bearer_actor", "endpoint", "run", "tagged"]
