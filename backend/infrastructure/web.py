"""The door of the HTML pages: the same order as the API's, with cookies, CSRF and Post/Redirect/Get.

A form that is refused comes back filled in, with its messages beside the fields and the right status.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlsplit

from flask import Response, current_app, flash, g, make_response, redirect, render_template, request
from flask import session as cookie
from flask_wtf import CSRFProtect
from marshmallow import EXCLUDE, Schema, ValidationError
from werkzeug.datastructures import MultiDict

from backend.access.actor import NOBODY, Actor
from backend.access.policy import Action
from backend.kernel.errors import DomainError, InvalidInput, NotFound, NotSignedIn

from . import current
from .database import new_id
from .fields import Choice, Text
from .http import Public, admit, run
from .rate_limit import limiter

csrf = CSRFProtect()
View = Callable[..., Any]
_PAGE_BODY_LIMIT = 256 * 1024
_LONGEST_ADDRESS = 500
_NOT_FOR_SCHEMA = {"csrf_token", "idempotency_key"}


def page(
    action: Action | Public,
    template: str,
    *,
    limit: str | None = None,
    self_contained: bool = False,
    for_anybody: bool = False,
) -> Callable[[View], View]:
    """Declare a GET page: `view(actor, **path)` returns the template's variables, or a Response.

    The template is rendered inside the read-only unit of work, so lazy rows load.
    self_contained   the view opens its own units of work, because it calls another system; e.g. coming back from WeChat
    for_anybody      the page is the same for everybody: whoever is signed in, the cookie is not looked at
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def door(**path: Any) -> Response:
            actor = NOBODY if for_anybody else cookie_actor()
            admit(actor, action)

            def perform() -> Response:
                result = view(actor, **path)
                if isinstance(result, Response):
                    return result
                return make_response(render_template(template, **result), g.get("form_status", 200))

            return perform() if self_contained else run(perform, actor, idempotent=False, writes=False)

        guarded: View = limiter.limit(limit)(door) if limit else door
        guarded.fangxin_action = action  # type: ignore[attr-defined]
        return guarded

    return decorate


def form(
    action: Action | Public,
    schema: type[Schema],
    *,
    back: str,
    idempotent: bool = False,
    limit: str | None = None,
    max_body: int = _PAGE_BODY_LIMIT,
    self_contained: bool = False,
    looks_up: bool = False,
) -> Callable[[View], View]:
    """Declare a POST form: `view(actor, body=…, **path)` acts and returns the address to go to next.

    back     endpoint of the GET page that shows the form; it takes the same path arguments
    self_contained   the view opens its own units of work, because it calls another system or keeps what a refusal wrote
    looks_up   the fields say which record is meant: when there is none, the form comes back as for any other mistake
    Uploaded files are read by the view from `flask.request.files`.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def door(**path: Any) -> Response:
            request.max_content_length = max_body
            actor = cookie_actor()
            admit(actor, action)
            try:
                body = _load(schema)

                def perform() -> Response:
                    result = view(actor, body=body, **path)
                    return result if isinstance(result, Response) else redirect(result, 303)  # type: ignore[return-value]

                return perform() if self_contained else run(perform, actor, idempotent=idempotent)
            except NotSignedIn:
                raise
            except NotFound as error:
                if not looks_up:
                    raise
                return _shown_again(error, back, path)
            except DomainError as error:
                return _shown_again(error, back, path)

        guarded: View = limiter.limit(limit)(door) if limit else door
        guarded.fangxin_action = action  # type: ignore[attr-defined]
        guarded.fangxin_form = schema  # type: ignore[attr-defined]
        return guarded

    return decorate


def cookie_actor() -> Actor:
    """Who is signed in by the browser's cookie; NOBODY when nobody is, or when the session ended."""
    if "actor" not in g:
        token = cookie.get("token")
        actor = current.runtime().identify(token) if token else None
        if token and actor is None:
            cookie.pop("token", None)
        g.actor = actor or NOBODY
    found: Actor = g.actor
    return found


def remember(token: str, name: str | None = None) -> None:
    """Put a new session into the browser's cookie; whatever was in it before is gone (no session fixation).

    name   how pages greet the person in this browser; the alias when None
    """
    cookie.clear()
    cookie["token"] = token
    if name is not None:
        cookie["name"] = name
    g.pop("actor", None)


def forget() -> None:
    """Empty the browser's cookie."""
    cookie.clear()
    g.pop("actor", None)


def safe_next(address: str | None, otherwise: str) -> str:
    """A place on this site to go to after signing in; anything that leads elsewhere becomes `otherwise`.

    So does what no page of ours is called: browsers skip control characters, and a cookie holds 4 kB.
    """
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return otherwise
    if len(address) > _LONGEST_ADDRESS or not address.isprintable():
        return otherwise
    parts = urlsplit(address)
    return otherwise if parts.scheme or parts.netloc or "\\" in address else address


def form_key() -> str:
    """A fresh Idempotency-Key for a form's hidden field."""
    return new_id()


def _load(schema: type[Schema]) -> Any:
    values: dict[str, Any] = {}
    loader = schema(unknown=EXCLUDE)
    for name in request.form:
        if name in _NOT_FOR_SCHEMA:
            continue
        entries = request.form.getlist(name)
        field = loader.fields.get(name)
        several = type(field).__name__ == "List"
        if several:
            values[name] = entries
        elif entries[-1] != "" or (isinstance(field, Text | Choice) and field.required):  # they say what they want
            values[name] = entries[-1]
    try:
        return loader.load(values)
    except ValidationError as error:
        messages = error.normalized_messages()  # type: ignore[no-untyped-call]
        flat = {name: _lines(found) for name, found in messages.items()}
        raise InvalidInput("invalid_input", "有内容填写不正确，请按提示修改。", fields=flat) from None


def _lines(found: Any) -> list[str]:
    if isinstance(found, dict):
        return [line for inner in found.values() for line in _lines(inner)]
    return [str(line) for line in found]


def _shown_again(error: DomainError, back: str, path: dict[str, Any]) -> Response:
    g.form_errors, g.form_values, g.form_status = error.fields, MultiDict(request.form), error.status
    flash(error.message if not error.article else f"{error.message}（依据：{error.article}）", "danger")
    return cast("Response", current_app.view_functions[back](**path))
