"""Signing in on a web page by WeChat (网页授权) or by a phone number and a code, and signing out."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask import session as cookie

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.accounts import service
from backend.accounts.consent_texts import CONSENT_TEXTS, Purpose
from backend.accounts.schemas import PhoneCodeIn
from backend.infrastructure import current
from backend.infrastructure.database import unit_of_work
from backend.infrastructure.fields import Input, Text, YesNo, fields
from backend.infrastructure.http import Public
from backend.infrastructure.web import forget, form, page, remember, safe_next
from backend.kernel.masking import phone_ends

blueprint = Blueprint("sign_in", __name__)

_ENTRANCE = Public("signing in is what makes a person known")
_HOME = "/my"


class _Next(Input):
    next = fields.String(load_default=None)


class _Number(_Next):
    phone = Text(30, required=True)


class _Code(PhoneCodeIn):
    notices = YesNo(load_default=False)
    version = Text(20, load_default="")


class _Nothing(Input):
    pass


@blueprint.get("/sign-in")
@page(_ENTRANCE, "pages/sign_in.html")
def sign_in(actor: Actor) -> dict[str, Any] | Response:
    """Who is signed in already goes on, unless they are to show `again` who they are."""
    after, again = safe_next(request.values.get("next"), _HOME), "again" in request.values  # a refused form brings both
    if actor.signed_in and not again:
        return redirect(after, 303)  # type: ignore[return-value]
    return {"next": after, "again": again, "texts": current.runtime().sms is not None}


@blueprint.post("/sign-in")
@form(_ENTRANCE, _Next, back="sign_in.sign_in", limit="20/minute", self_contained=True)
def begin(_actor: Actor, body: dict[str, Any]) -> str:
    back = f"{current.runtime().settings.public_url}{url_for('sign_in.come_back')}"
    begun = service.begin_web_sign_in(back)
    cookie["sign_in_state"], cookie["sign_in_next"] = begun.state, safe_next(body["next"], _HOME)
    return begun.address


@blueprint.get("/sign-in/wechat")
@page(_ENTRANCE, "pages/sign_in.html", limit="20/minute", self_contained=True)
def come_back(_actor: Actor) -> Response:
    expected, after = cookie.pop("sign_in_state", None), cookie.pop("sign_in_next", _HOME)
    signed_in = service.web_sign_in(request.args.get("code", ""), request.args.get("state", ""), expected)
    remember(signed_in.token)
    return redirect(after, 303)  # type: ignore[return-value]


@blueprint.post("/sign-in/phone")
@form(_ENTRANCE, _Number, back="sign_in.sign_in", limit="20/hour", self_contained=True)
def ask_code(_actor: Actor, body: dict[str, Any]) -> str:
    with unit_of_work():
        code = service.ask_sign_in_code(body["phone"])
        cookie["sign_in_code"], cookie["sign_in_number"] = code.id, phone_ends(str(code.phone))
    cookie["sign_in_next"] = safe_next(body["next"], _HOME)
    return url_for("sign_in.code")


@blueprint.get("/sign-in/code")
@page(_ENTRANCE, "pages/sign_in_code.html")
def code(actor: Actor) -> dict[str, Any]:
    after = cookie.get("sign_in_next", _HOME)
    return {
        "number": cookie.get("sign_in_number"),
        "notices": CONSENT_TEXTS[Purpose.TEXT_MESSAGES],
        "another": url_for("sign_in.sign_in", next=after, again="true" if actor.signed_in else None),
    }


@blueprint.post("/sign-in/code")
@form(_ENTRANCE, _Code, back="sign_in.code", limit="30/hour", self_contained=True)
def answer_code(_actor: Actor, body: dict[str, Any]) -> str:
    version = body["version"] if body["notices"] else None
    signed_in = service.sign_in_by_phone(cookie.get("sign_in_code"), body["code"], notices_version=version)
    after = cookie.get("sign_in_next", _HOME)
    remember(signed_in.token)
    return str(after)


@blueprint.post("/sign-out")
@form(Action.SESSION_END, _Nothing, back="pages.landing")
def sign_out(actor: Actor, body: dict[str, Any]) -> str:
    staff = actor.is_staff
    service.end_session(actor)
    forget()
    flash("已退出登录。", "success")
    return "/console/sign-in" if staff else "/"
