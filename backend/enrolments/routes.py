"""Requests to be entered in the register over JSON: the shop's, and the officers'."""

from typing import Any

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure.http import ApiBlueprint, Public, endpoint

from . import queries, schemas, service

blueprint = ApiBlueprint("enrolments", __name__, description="名录里没有的店：申请加入名录")
ASKS = Public("before anything is filled in, a shop learns whether it stands in the register already")
LIMIT = "10/hour"
CHECK_LIMIT = "30/hour"


@blueprint.get("/enrolments/check")
@endpoint(ASKS, query=schemas.UsccQuery, reply=schemas.UsccFreeOut, limit=CHECK_LIMIT)
def check(actor: Actor, query: dict[str, Any]) -> dict[str, str]:
    """这个信用代码的店能不能申请加入名录；已在名录里的答 409 already_registered，说明怎样加入它的联络站"""
    return {"uscc": queries.check_free(query["uscc"])}


@blueprint.post("/enrolments")
@endpoint(
    Action.ENROLMENT_SUBMIT,
    body=schemas.EnrolmentIn,
    reply=schemas.EnrolmentOut,
    status=201,
    idempotent=True,
    limit=LIMIT,
)
def submit(actor: Actor, body: dict[str, Any]) -> Any:
    """店主：申请加入名录"""
    return queries.shown(actor, service.submit(actor, **body))


@blueprint.get("/me/enrolments")
@endpoint(Action.ENROLMENT_SUBMIT, reply=schemas.MyEnrolmentsOut)
def mine(actor: Actor) -> dict[str, Any]:
    """我提交的入册申请，新的在前；收进名录的，附上加入联络站的邀请码"""
    return {"enrolments": queries.mine(actor)}


@blueprint.post("/enrolments/<case_no>/withdraw")
@endpoint(Action.ENROLMENT_WITHDRAW, reply=schemas.EnrolmentOut, idempotent=True)
def withdraw(actor: Actor, case_no: str) -> Any:
    """店主：撤回申请"""
    return queries.shown(actor, service.withdraw(actor, case_no))


@blueprint.get("/enrolments")
@endpoint(Action.ENROLMENT_ACCEPT, reply=schemas.EnrolmentsOut)
def in_hand(actor: Actor) -> dict[str, Any]:
    """承办人：等待核实的入册申请，先到期的在前"""
    return {"enrolments": queries.in_hand(actor)}


@blueprint.get("/enrolments/<case_no>")
@endpoint(Action.ENROLMENT_ACCEPT, reply=schemas.EnrolmentForOfficer)
def one(actor: Actor, case_no: str) -> Any:
    """承办人：一份入册申请"""
    return queries.shown(actor, queries.enrolment(actor, Action.ENROLMENT_ACCEPT, case_no))


@blueprint.post("/enrolments/<case_no>/accept")
@endpoint(Action.ENROLMENT_ACCEPT, body=schemas.EnrolmentAcceptIn, reply=schemas.EnrolmentForOfficer)
def accept(actor: Actor, case_no: str, body: dict[str, Any]) -> Any:
    """承办人：收进名录，建立联络站，邀请申请人加入"""
    return queries.shown(actor, service.accept(actor, case_no, **body))


@blueprint.post("/enrolments/<case_no>/invite")
@endpoint(Action.ENROLMENT_ACCEPT, reply=schemas.EnrolmentForOfficer, idempotent=True)
def invite_again(actor: Actor, case_no: str) -> Any:
    """承办人：邀请过期或者没收到的，换一个新的给申请人，旧的作废"""
    return queries.shown(actor, service.invite_again(actor, case_no))


@blueprint.post("/enrolments/<case_no>/decline")
@endpoint(Action.ENROLMENT_DECLINE, body=schemas.EnrolmentDeclineIn, reply=schemas.EnrolmentForOfficer)
def decline(actor: Actor, case_no: str, body: dict[str, Any]) -> Any:
    """承办人：不收进名录，写明理由"""
    return queries.shown(actor, service.decline(actor, case_no, **body))
