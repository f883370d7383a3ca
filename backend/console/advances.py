"""Paying first, as the bureau watches it: payments, recoveries, and who hosts whom."""

from typing import Any

from flask import flash, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.compensation import queries, service
from backend.compensation.schemas import HostIn
from backend.infrastructure.fields import Text
from backend.infrastructure.web import form, page

from .doors import staff_blueprint

blueprint = staff_blueprint("console_advances", "/advances")


class HostForm(HostIn):
    """The stall beside its host."""

    number = Text(40, required=True)


@blueprint.get("")
@page(Action.HOST_SET, "console/advances.html")
def overview(actor: Actor) -> dict[str, Any]:
    return {
        "advances": [
            {"case": one, "state_zh": _state(one), "voucher": service.voucher_link(actor, one)}
            for one in queries.advances(actor)
        ],
        "recoveries": [{"case": one, "state_zh": _state(one)} for one in queries.recoveries(actor)],
    }


@blueprint.post("/host")
@form(Action.HOST_SET, HostForm, back="console_advances.overview")
def host(actor: Actor, body: dict[str, Any]) -> str:
    service.set_host(actor, body["number"], host=body["host"])
    flash("已登记。经营户离场时，消费者可以请主办方先行赔付。", "success")
    return url_for(".overview")


def _state(case: Any) -> str:
    words: str = case.__lifecycle__.states[case.state]
    return words
