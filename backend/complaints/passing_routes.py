"""A complaint between bureaus, over JSON."""

from typing import Any

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure.database import session
from backend.infrastructure.http import ApiBlueprint, Reply, endpoint

from . import passing_schemas, schemas, service, views
from .model import Complaint, Settlement

blueprint = ApiBlueprint("complaints_between_bureaus", __name__, description="投诉的转办、权限争议和指定")


def _for_officer(actor: Actor, complaint: Complaint) -> Reply:
    settlement = session().get_one(Settlement, complaint.settlement_id)
    view = views.complaint_view(actor, complaint, settlement)
    return Reply(schemas.ComplaintForOfficer().dump(view), dumped=True)


@blueprint.post("/complaints/<case_no>/pass-on")
@endpoint(Action.COMPLAINT_PASS_ON, body=passing_schemas.PassOnIn, reply=schemas.ComplaintPassed)
def pass_on(actor: Actor, case_no: str, body: dict[str, Any]) -> Complaint:
    """退回，转给有权处理的单位；第三次退回由联席会议办公室指定"""
    return service.pass_on(actor, case_no, **body)


@blueprint.post("/complaints/<case_no>/take-over")
@endpoint(Action.COMPLAINT_TAKE_OVER, reply=schemas.ComplaintForOfficer)
def take_over(actor: Actor, case_no: str) -> Reply:
    """接收转来的投诉"""
    return _for_officer(actor, service.take_over(actor, case_no))


@blueprint.post("/complaints/<case_no>/contest")
@endpoint(Action.COMPLAINT_CONTEST, body=passing_schemas.ContestIn, reply=schemas.ComplaintForOfficer)
def contest(actor: Actor, case_no: str, body: dict[str, Any]) -> Reply:
    """处理权限有争议，报请市级决定"""
    return _for_officer(actor, service.contest(actor, case_no, **body))


@blueprint.post("/complaints/<case_no>/decide-power")
@endpoint(Action.COMPLAINT_DECIDE_POWER, body=passing_schemas.AssignIn, reply=schemas.ComplaintPassed)
def decide_power(actor: Actor, case_no: str, body: dict[str, Any]) -> Complaint:
    """市级：决定由谁处理"""
    return service.decide_power(actor, case_no, **body)


@blueprint.post("/complaints/<case_no>/assign")
@endpoint(Action.COMPLAINT_ASSIGN, body=passing_schemas.AssignIn, reply=schemas.ComplaintPassed)
def assign(actor: Actor, case_no: str, body: dict[str, Any]) -> Complaint:
    """联席会议办公室：指定承办单位"""
    return service.assign(actor, case_no, **body)
