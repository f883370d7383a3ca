"""The number for text messages (短信提醒): for people who come by WeChat; the console has the same page for staff."""

from typing import Any

from flask import Blueprint, flash, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.accounts import queries, service
from backend.accounts.schemas import NoticePhoneIn, PhoneCodeIn
from backend.infrastructure.fields import Input
from backend.infrastructure.web import form, page

_SENT = "验证码已经发出，一分钟内会收到。"
_ON = "短信提醒已开通。微信消息送不到的时候，我们发短信。"
_OFF = "短信提醒已停用，号码已经删除。"


class _Button(Input):
    pass


def add_pages(blueprint: Blueprint, template: str) -> None:
    """Give a blueprint the three steps and the page that shows them, at the place where the blueprint stands."""
    here = f"{blueprint.name}.shown"

    @page(Action.NOTICE_PHONE_SET, template)
    def shown(actor: Actor) -> dict[str, Any]:
        return {"mine": queries.notice_phone(actor)}

    @form(Action.NOTICE_PHONE_SET, NoticePhoneIn, back=here, limit="10/hour")
    def ask(actor: Actor, body: dict[str, Any]) -> str:
        service.ask_phone_code(actor, body["phone"], version=body["version"])
        flash(_SENT, "success")
        return url_for(here)

    @form(Action.NOTICE_PHONE_SET, PhoneCodeIn, back=here, limit="30/hour", self_contained=True)
    def confirm(actor: Actor, body: dict[str, Any]) -> str:
        service.confirm_phone(actor, body["code"])
        flash(_ON, "success")
        return url_for(here)

    @form(Action.NOTICE_PHONE_SET, _Button, back=here)
    def stop(actor: Actor, body: dict[str, Any]) -> str:
        service.forget_phone(actor)
        flash(_OFF, "success")
        return url_for(here)

    blueprint.get("")(shown)
    blueprint.post("")(ask)
    blueprint.post("/confirm")(confirm)
    blueprint.post("/stop")(stop)


blueprint = Blueprint("phone", __name__, url_prefix="/my/phone")
add_pages(blueprint, "pages/phone.html")
