"""Official forms on a phone: each party takes home what is addressed to it."""

from flask import Blueprint, Response

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.complaints import service
from backend.documents.answers import private_pdf
from backend.infrastructure.web import page

blueprint = Blueprint("papers_pages", __name__)


@blueprint.get("/my/cases/<case_no>/documents/<reference>/pdf")
@page(Action.COMPLAINT_DOCUMENT_READ, "pages/my_case.html")
def consumers(actor: Actor, case_no: str, reference: str) -> Response:
    """A form of a complaint, as PDF, to its complainant."""
    return private_pdf(service.own_paper(actor, case_no, reference))


@blueprint.get("/station/<case_no>/documents/<reference>/pdf")
@page(Action.COMPLAINT_DOCUMENT_READ, "pages/station_case.html")
def stations(actor: Actor, case_no: str, reference: str) -> Response:
    """A form of a complaint, as PDF, to the liaison station of the unit that it is about."""
    return private_pdf(service.own_paper(actor, case_no, reference))
