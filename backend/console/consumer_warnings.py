"""Consumer warnings at the council: every warning with its stage, publishing one, taking one back."""

from typing import Any

from flask import flash, url_for
from marshmallow import post_load, validate

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.consumer_warnings import queries, service
from backend.consumer_warnings.rules import Stage, last_day
from backend.consumer_warnings.schemas import WarningWithdrawIn, WarningWords
from backend.infrastructure import current
from backend.infrastructure.fields import Text, fields
from backend.infrastructure.web import form, page
from backend.kernel.identifiers import COUNTIES
from backend.merchants.rules import Category

from .doors import staff_blueprint

blueprint = staff_blueprint("console_consumer_warnings", "/consumer-warnings")
#: Nothing ticked is a slip, so that everywhere has a box of its own.
_ALL = "all"


def _boxes(codes: list[str]) -> Any:
    chosen = fields.String(validate=validate.OneOf([_ALL, *codes], error="请从给出的选项中选一个。"))
    return fields.List(chosen, required=True, validate=validate.Length(1, len(codes) + 1, error="请至少选一项。"))


class ConsumerWarningForm(WarningWords):
    """A new warning; whom it is for is ticked."""

    counties = _boxes([*COUNTIES])
    categories = _boxes([one.value for one in Category])

    @post_load
    def _unbox(self, values: dict[str, Any], **_options: Any) -> dict[str, Any]:
        counties = [] if _ALL in values["counties"] else values["counties"]
        categories = [] if _ALL in values["categories"] else [Category(code) for code in values["categories"]]
        return {**values, "counties": counties, "categories": categories}


class WithdrawForm(WarningWithdrawIn):
    """Which warning is taken back, and why."""

    number = Text(40, required=True)


@blueprint.get("")
@page(Action.CONSUMER_WARNING_PUBLISH, "console/consumer_warnings.html")
def warnings(_actor: Actor) -> dict[str, Any]:
    today = current.today()
    return {
        "rows": queries.every(),
        "standing": {Stage.SOON, Stage.HOLDS},
        "counties": [(_ALL, "全市"), *COUNTIES.items()],
        "categories": [(_ALL, "各类商家"), *((one.value, one.zh) for one in Category)],
        "today": today,
        "last": last_day(today),
    }


@blueprint.post("")
@form(Action.CONSUMER_WARNING_PUBLISH, ConsumerWarningForm, back="console_consumer_warnings.warnings", idempotent=True)
def publish(actor: Actor, body: dict[str, Any]) -> str:
    warning = service.publish(actor, **body)
    soon = warning.from_on > current.today()
    told = "到了开始的那一天公开" if soon else "已公开"
    flash(f"{told}，收藏了有关单位的人会收到消息。", "success")
    return url_for(".warnings")


@blueprint.post("/withdraw")
@form(Action.CONSUMER_WARNING_WITHDRAW, WithdrawForm, back="console_consumer_warnings.warnings")
def withdraw(actor: Actor, body: dict[str, Any]) -> str:
    service.withdraw(actor, body["number"], why=body["why"])
    flash("已撤回。网页上注明撤回和理由，没有读过的消息不再显示。", "success")
    return url_for(".warnings")
