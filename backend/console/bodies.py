"""The bodies that handle disputes, and the numbers by which complainants reach them."""

from typing import Any

from flask import flash, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.bodies import queries, service
from backend.bodies.rules import BODIES, BUREAUS, CITY_BUREAU, DEPARTMENTS, OFFICE
from backend.bodies.schemas import BodyContactIn
from backend.infrastructure.fields import Text
from backend.infrastructure.web import form, page

from .doors import staff_blueprint

blueprint = staff_blueprint("console_bodies", "/bodies")
_PARTS = (
    ("市场监督管理局", [CITY_BUREAU.code, *BUREAUS]),
    ("联席会议", [OFFICE.code, *DEPARTMENTS]),
)


class _ContactForm(BodyContactIn):
    code = Text(20, required=True)


@blueprint.get("")
@page(Action.BODY_CONTACT_SET, "console/bodies.html")
def bodies(actor: Actor) -> dict[str, Any]:
    return {
        "parts": [(title, queries.all_reached(codes)) for title, codes in _PARTS],
        "choices": [(body.code, body.name) for body in BODIES.values()],
    }


@blueprint.post("")
@form(Action.BODY_CONTACT_SET, _ContactForm, back="console_bodies.bodies")
def set_contact(actor: Actor, body: dict[str, Any]) -> str:
    service.set_contact(actor, **body)
    flash("已保存，投诉人从现在起看到这个电话。", "success")
    return url_for(".bodies")
