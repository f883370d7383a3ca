"""The package for the national 12315 platform over JSON, what to do with it, and the number that comes back."""

from typing import Any

from flask import Response

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure.database import unit_of_work
from backend.infrastructure.fields import Input, Output, Text, fields
from backend.infrastructure.http import ApiBlueprint, endpoint

from . import service
from .package_answers import private_zip
from .schemas import RevealIn

blueprint = ApiBlueprint("package_12315", __name__, description="全国 12315 平台的材料包和编号")


class Number12315In(Input):
    """The platform's number."""

    EXAMPLE = {"number": "1330302002026112500001234"}
    number = Text(40, required=True)


class HandOverOut(Output):
    """What to do, in order, and the number once it was written down."""

    steps = fields.List(fields.String())
    number_12315 = fields.String(allow_none=True)
    number_12315_at = fields.AwareDateTime(allow_none=True)


@blueprint.get("/settlements/<case_no>/package")
@endpoint(Action.SETTLEMENT_PACKAGE, produces=("application/zip",), self_contained=True, limit="30/hour")
def package(actor: Actor, case_no: str) -> Response:
    """消费者：自己这件事的材料包（ZIP），到全国 12315 平台投诉时用"""
    with unit_of_work(read_only=True):
        made = service.own_package(actor, case_no)
    return private_zip(made)


@blueprint.get("/settlements/<case_no>/hand-over")
@endpoint(Action.SETTLEMENT_PACKAGE, reply=HandOverOut)
def steps_to_12315(actor: Actor, case_no: str) -> dict[str, Any]:
    """消费者：怎样到全国 12315 平台投诉"""
    return _steps(actor, case_no)


@blueprint.post("/settlements/<case_no>/number-12315")
@endpoint(Action.SETTLEMENT_NUMBER_12315, body=Number12315In, reply=HandOverOut)
def number_12315(actor: Actor, case_no: str, body: dict[str, Any]) -> dict[str, Any]:
    """消费者：记下全国 12315 平台给的编号"""
    service.keep_number_12315(actor, case_no, number=body["number"])
    return _steps(actor, case_no)


def _steps(actor: Actor, case_no: str) -> dict[str, Any]:
    settlement, told = service.hand_over_steps(actor, case_no)
    return {
        "steps": told.steps,
        "number_12315": settlement.number_12315,
        "number_12315_at": settlement.number_12315_at,
    }


@blueprint.post("/complaints/<case_no>/package")
@endpoint(Action.COMPLAINT_PACKAGE, body=RevealIn, produces=("application/zip",), limit="30/hour", self_contained=True)
def officers_package(actor: Actor, case_no: str, body: dict[str, Any]) -> Response:
    """承办人：一件投诉的材料包（ZIP），写有投诉人姓名（留痕，并告知投诉人）"""
    with unit_of_work():
        made = service.officers_package(actor, case_no, purpose=body["purpose"])
    return private_zip(made)
