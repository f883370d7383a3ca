"""Delegated mediation over JSON: the bureau delegates and takes back, the council decides, mediates and reports."""

from typing import Any

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.casework import queries as cases
from backend.infrastructure.http import ApiBlueprint, Reply, endpoint

from . import delegation_schemas as own
from . import delegations, schemas, service
from .answers import complaint_for
from .delegation_model import Delegation

blueprint = ApiBlueprint("delegations", __name__, description="委托消费者权益保护委员会调解")


def _told(held: Delegation) -> Reply:
    open_one = next(iter(cases.open_deadlines(held)), None)
    told = {**own.DelegationOut().dump(held), "due_at": open_one.due_at.isoformat() if open_one else None}
    return Reply(told, dumped=True)


@blueprint.post("/complaints/<case_no>/delegate")
@endpoint(Action.COMPLAINT_DELEGATE, body=own.DelegateIn, reply=own.DelegationOut)
def delegate(actor: Actor, case_no: str, body: dict[str, Any]) -> Reply:
    """委托消费者权益保护委员会调解"""
    return _told(service.delegate(actor, case_no, text=body["text"]))


@blueprint.post("/complaints/<case_no>/take-back")
@endpoint(Action.COMPLAINT_TAKE_BACK, reply=schemas.ComplaintForOfficer)
def take_back_delegation(actor: Actor, case_no: str) -> Reply:
    """收回委托"""
    return complaint_for(actor, service.take_back(actor, case_no))


@blueprint.get("/delegations")
@endpoint(Action.DELEGATION_READ, reply=own.DelegationsOut)
def desk(actor: Actor) -> Reply:
    """委托调解，快到期的在前"""
    return Reply({"delegations": [_told(held).data for held, _ in delegations.desk(actor)]}, dumped=True)


@blueprint.get("/delegations/<case_no>")
@endpoint(Action.DELEGATION_READ, reply=own.DelegationOut)
def delegation(actor: Actor, case_no: str) -> Reply:
    """一件委托调解"""
    return _told(delegations.delegation(actor, Action.DELEGATION_READ, case_no))


@blueprint.post("/delegations/<case_no>/take-on")
@endpoint(Action.DELEGATION_TAKE_ON, reply=own.DelegationOut)
def take_on(actor: Actor, case_no: str) -> Reply:
    """消保委：接受委托"""
    return _told(service.take_on(actor, case_no))


@blueprint.post("/delegations/<case_no>/decline")
@endpoint(Action.DELEGATION_DECLINE, body=own.DelegationReasonIn, reply=own.DelegationOut)
def decline_delegation(actor: Actor, case_no: str, body: dict[str, Any]) -> Reply:
    """消保委：不接受委托"""
    return _told(service.decline_delegation(actor, case_no, text=body["text"]))


@blueprint.post("/delegations/<case_no>/report-agreement")
@endpoint(Action.DELEGATION_REPORT_AGREEMENT, body=own.DelegationResultIn, reply=own.DelegationOut)
def report_agreement(actor: Actor, case_no: str, body: dict[str, Any]) -> Reply:
    """消保委：调解成功，告知市场监管部门"""
    return _told(service.report_agreement(actor, case_no, **body))


@blueprint.post("/delegations/<case_no>/report-failure")
@endpoint(Action.DELEGATION_REPORT_FAILURE, body=own.DelegationReasonIn, reply=own.DelegationOut)
def report_failure(actor: Actor, case_no: str, body: dict[str, Any]) -> Reply:
    """消保委：没有调解成功，告知市场监管部门"""
    return _told(service.report_failure(actor, case_no, text=body["text"]))


@blueprint.post("/delegations/<case_no>/identity")
@endpoint(Action.DELEGATION_IDENTITY_REVEAL, body=schemas.RevealIn, reply=own.DelegatedIdentityOut, limit="60/hour")
def delegated_identity(actor: Actor, case_no: str, body: dict[str, Any]) -> Reply:
    """消保委：查看投诉人联系方式（留痕，并告知投诉人）"""
    found = service.delegated_identity(actor, case_no, purpose=body["purpose"])
    return Reply(
        {"name": found.name, "phone": found.phone, "address": found.address}, headers={"Cache-Control": "no-store"}
    )
