"""Official forms of a complaint over JSON: taken home by whom they are addressed to, printed and served by the officer."""

from typing import Any

from flask import Response

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.documents.answers import private_pdf
from backend.documents.schemas import PaperDataOut
from backend.infrastructure.database import unit_of_work
from backend.infrastructure.http import ApiBlueprint, Reply, endpoint

from . import service
from .answers import complaint_for
from .paper_schemas import ServedBothIn, ServingIn
from .schemas import ComplaintForOfficer, RevealIn

blueprint = ApiBlueprint("papers", __name__, description="投诉的官方文书和送达")


@blueprint.get("/complaints/<case_no>/documents/<reference>")
@endpoint(Action.COMPLAINT_DOCUMENT_READ, reply=PaperDataOut)
def document(actor: Actor, case_no: str, reference: str) -> Reply:
    """投诉人或者联络站：给自己的一份官方文书的数据"""
    return Reply(service.own_paper(actor, case_no, reference).data(), headers={"Cache-Control": "no-store"})


@blueprint.get("/complaints/<case_no>/documents/<reference>/pdf")
@endpoint(Action.COMPLAINT_DOCUMENT_READ, produces=("application/pdf",))
def document_file(actor: Actor, case_no: str, reference: str) -> Response:
    """投诉人或者联络站：给自己的一份官方文书的 PDF"""
    return private_pdf(service.own_paper(actor, case_no, reference))


@blueprint.post("/complaints/<case_no>/documents/<reference>")
@endpoint(Action.IDENTITY_REVEAL, body=RevealIn, produces=("application/pdf",), limit="60/hour", self_contained=True)
def officers_document(actor: Actor, case_no: str, reference: str, body: dict[str, Any]) -> Response:
    """一份官方文书的 PDF，写有投诉人姓名（留痕，并告知投诉人）"""
    with unit_of_work():
        filled = service.officers_paper(actor, case_no, reference, purpose=body["purpose"])
    return private_pdf(filled)


@blueprint.post("/complaints/<case_no>/documents/<reference>/servings")
@endpoint(Action.COMPLAINT_NOTE_SERVING, body=ServingIn, reply=ComplaintForOfficer)
def note_serving(actor: Actor, case_no: str, reference: str, body: dict[str, Any]) -> Reply:
    """记下一份文书怎样、哪天送达"""
    return complaint_for(actor, service.note_serving(actor, case_no, reference, **body))


@blueprint.post("/complaints/<case_no>/serve-notice")
@endpoint(Action.COMPLAINT_SERVE_NOTICE, body=ServedBothIn, reply=ComplaintForOfficer)
def serve_notice(actor: Actor, case_no: str, body: dict[str, Any]) -> Reply:
    """终止通知已送达双方"""
    return complaint_for(actor, service.serve_notice(actor, case_no, **body))
