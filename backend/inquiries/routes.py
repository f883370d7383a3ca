"""Queries of the council over JSON."""

from typing import Any

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.casework import queries as cases
from backend.infrastructure.http import ApiBlueprint, Reply, endpoint

from . import queries, schemas, service
from .model import Inquiry

blueprint = ApiBlueprint("inquiries", __name__, description="消保委查询：行政机关五个工作日内答复")


@blueprint.get("/inquiries")
@endpoint(Action.INQUIRY_READ, reply=schemas.InquiriesOut)
def inquiries(actor: Actor) -> Reply:
    """消保委查询，超期和快到期的在前"""
    return Reply({"inquiries": [_told(one).data for one in queries.inquiries(actor)]}, dumped=True)


@blueprint.get("/inquiries/<case_no>")
@endpoint(Action.INQUIRY_READ, reply=schemas.InquiryOut)
def inquiry(actor: Actor, case_no: str) -> Reply:
    """一件查询"""
    return _told(queries.inquiry(actor, Action.INQUIRY_READ, case_no))


@blueprint.post("/inquiries")
@endpoint(Action.INQUIRY_ASK, body=schemas.InquiryIn, reply=schemas.InquiryOut, status=201, idempotent=True)
def ask(actor: Actor, body: dict[str, Any]) -> Reply:
    """消保委：向行政机关查询"""
    return _told(service.ask(actor, **body))


@blueprint.post("/inquiries/<case_no>/answer")
@endpoint(Action.INQUIRY_ANSWER, body=schemas.InquiryAnswerIn, reply=schemas.InquiryOut)
def answer(actor: Actor, case_no: str, body: dict[str, Any]) -> Reply:
    """被查询的单位：答复"""
    return _told(service.answer(actor, case_no, text=body["text"]))


@blueprint.post("/inquiries/<case_no>/withdraw")
@endpoint(Action.INQUIRY_WITHDRAW, reply=schemas.InquiryOut)
def withdraw(actor: Actor, case_no: str) -> Reply:
    """消保委：不用再答复"""
    return _told(service.withdraw(actor, case_no))


def _told(found: Inquiry) -> Reply:
    (deadline,) = cases.deadlines(found)
    due = deadline.due_at.isoformat() if deadline.stopped_at is None else None
    told = {"due_at": due, "late": deadline.breached_at is not None}
    return Reply({**schemas.InquiryOut(exclude=tuple(told)).dump(found), **told}, dumped=True)
