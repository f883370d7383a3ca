"""The package for the national 12315 platform on a phone, and the number that comes back."""

from typing import Any

from flask import Blueprint, Response, flash, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.complaints import service
from backend.complaints.package_answers import private_zip
from backend.complaints.package_routes import Number12315In
from backend.infrastructure.web import form, page

blueprint = Blueprint("package_pages", __name__, url_prefix="/my/cases")


@blueprint.get("/<case_no>/12315")
@page(Action.SETTLEMENT_PACKAGE, "pages/my_12315.html")
def hand_over(actor: Actor, case_no: str) -> dict[str, Any]:
    settlement, told = service.hand_over_steps(actor, case_no)
    return {"case": settlement, "steps": told.steps}


@blueprint.get("/<case_no>/12315/package")
@page(Action.SETTLEMENT_PACKAGE, "pages/my_12315.html")
def package(actor: Actor, case_no: str) -> Response:
    """The ZIP."""
    return private_zip(service.own_package(actor, case_no))


@blueprint.post("/<case_no>/12315")
@form(Action.SETTLEMENT_NUMBER_12315, Number12315In, back="package_pages.hand_over")
def keep_number(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.keep_number_12315(actor, case_no, number=body["number"])
    flash("编号记下了。", "success")
    return url_for("package_pages.hand_over", case_no=case_no)
