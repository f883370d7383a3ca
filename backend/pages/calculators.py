"""The two calculators as pages, and the settlement request that a result writes.

A result is written into a request by its facts in the address of the form, from which it is computed again: nothing is kept.
"""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for
from marshmallow import EXCLUDE, ValidationError

from backend.access.actor import Actor
from backend.badges import queries as badges
from backend.calculators import service
from backend.calculators.rules.prepaid import Card, Cause, Prepayment, refund
from backend.calculators.rules.returns import Channel, Condition, Goods
from backend.calculators.schemas import PrepaidFacts, PrepaidIn, ReturnIn
from backend.infrastructure.database import unit_of_work
from backend.infrastructure.fields import Text
from backend.infrastructure.http import Public
from backend.infrastructure.web import form, page
from backend.kernel.errors import DomainError

from .money import Yuan

blueprint = Blueprint("calculator_pages", __name__)

_PUBLIC = Public("computing what the law gives needs no name, and nothing is kept")


class PrepaidForm(PrepaidFacts):
    """A prepayment typed in yuan; `token` or `number` is of the unit that the person came from."""

    paid_fen = Yuan(required=True)
    bonus_fen = Yuan(load_default=0)
    used_fen = Yuan(load_default=0)
    used_list_fen = Yuan(load_default=None)
    token = Text(60, load_default=None)
    number = Text(40, load_default=None)


@blueprint.get("/prepaid-refund")
@page(_PUBLIC, "pages/prepaid_refund.html", limit="60/minute")
def prepaid(_actor: Actor) -> dict[str, Any]:
    return {**_unit_asked(), "cards": _choices(Card), "causes": _choices(Cause)}


@blueprint.post("/prepaid-refund")
@form(_PUBLIC, PrepaidForm, back="calculator_pages.prepaid", limit="60/minute", self_contained=True)
def prepaid_result(_actor: Actor, body: dict[str, Any]) -> Response:
    unit_is = _which(body.pop("token"), body.pop("number"))
    found = refund(Prepayment(**body))
    asked = _asked("prepaid", PrepaidIn().dump(body))
    return _shown("pages/prepaid_refunded.html", unit_is, asked, found=found)


@blueprint.get("/return-right")
@page(_PUBLIC, "pages/return_right.html", limit="60/minute")
def returning(_actor: Actor) -> dict[str, Any]:
    choices = {"channels": _choices(Channel), "goods": _choices(Goods), "conditions": _choices(Condition)}
    return {**_unit_asked(), **choices}


@blueprint.post("/return-right")
@form(_PUBLIC, ReturnIn, back="calculator_pages.returning", limit="60/minute", self_contained=True)
def returning_result(_actor: Actor, body: dict[str, Any]) -> Response:
    unit_is = _which(body["token"], body["number"])
    with unit_of_work(read_only=True):
        found = service.return_right(**body)
    asked = _asked("return", {**ReturnIn().dump(body), "token": None, "number": None})
    return _shown("pages/return_rights.html", unit_is, asked, found=found)


def settlement_draft(asked: Mapping[str, str], unit_is: Mapping[str, str]) -> dict[str, Any]:
    """What a settlement request says when it is opened from a result; empty values when it is not.

    asked    the form's address: `from` and the calculator's facts; whatever does not add up is left out
    unit_is  whose request it is: `token` of the badge or `number` of the certificate
    returns  nature, wanted, amount (yuan as typed), facts
    """
    values = {name: value for name, value in asked.items() if name != "from"}
    try:
        if asked.get("from") == "prepaid":
            return _prepaid_draft(PrepaidIn(unknown=EXCLUDE).load(values))
        if asked.get("from") == "return":
            return _return_draft({**ReturnIn(unknown=EXCLUDE).load(values), **unit_is})
    except (ValidationError, DomainError):
        pass
    return {"nature": None, "wanted": [], "amount": None, "facts": None}


def _prepaid_draft(facts: dict[str, Any]) -> dict[str, Any]:
    found = refund(Prepayment(**facts))
    steps = "\n".join(f"{line.words}（{line.article}）" for line in found.lines)
    amount = f"{found.refund_fen // 100}.{found.refund_fen % 100:02d}"
    text = f"我要求退还预付款 {amount} 元。计算如下：\n{steps}\n（请在这里补充：什么时候办的卡、为什么要退）"
    return {"nature": "prepaid", "wanted": ["refund"], "amount": amount, "facts": text}


def _return_draft(facts: dict[str, Any]) -> dict[str, Any]:
    found = service.return_right(**facts)
    grounds = [
        f"{right.name}：{line.words}（{line.article}）" for right in found.rights if right.open for line in right.lines
    ]
    text = "\n".join(["我要求退货退款。依据如下：", *grounds, "（请在这里补充：买了什么、花了多少钱、为什么要退）"])
    return {"nature": "after_sales", "wanted": ["return"], "amount": None, "facts": text}


def _unit_asked() -> dict[str, Any]:
    """The unit in the address, so that the result can become a request to it; empty when there is no such unit."""
    token, number = request.values.get("token"), request.values.get("number")
    try:
        found = badges.addressed(token) if token else badges.registered(number) if number else None
    except DomainError:
        found = None
    return {"unit_is": _which(token, number) if found else {}, "unit_name": found.name if found else None}


def _which(token: str | None, number: str | None) -> dict[str, str]:
    """Of which unit the result is, as the addresses name it; empty for any shop."""
    if token:
        return {"token": token}
    return {"number": number} if number else {}


def _asked(kind: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: str(value).lower() if isinstance(value, bool) else value for name, value in facts.items() if value}
    return {"from": kind, **kept}


def _shown(template: str, unit_is: dict[str, str], asked: dict[str, Any], **values: Any) -> Response:
    form = "complaint.complain" if "token" in unit_is else "complaint.complain_from_register"
    to_request = url_for(form, **{**unit_is, **asked}) if unit_is else None
    answer = make_response(render_template(template, unit_is=unit_is, to_request=to_request, **values))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _choices(options: Any) -> list[tuple[str, str]]:
    return [(one.value, one.zh) for one in options]
