"""A complaint's official forms at the bureau: printed with a purpose, and how each was served."""

from typing import Any

from flask import Response, flash, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.complaints import queries, service
from backend.complaints.package_answers import private_zip
from backend.complaints.paper_schemas import ServedBothIn, ServingIn
from backend.complaints.rules import ANY_WAY, Addressee, ServingWay
from backend.complaints.schemas import RevealIn
from backend.documents.answers import private_pdf
from backend.infrastructure.database import unit_of_work
from backend.infrastructure.web import form, page

from .doors import staff_blueprint

blueprint = staff_blueprint("console_papers", "/complaints")
_BY_HAND = (ServingWay.LETTER, ServingWay.IN_PERSON)


@blueprint.get("/<case_no>/documents/<reference>")
@page(Action.IDENTITY_REVEAL, "console/paper.html")
def paper(actor: Actor, case_no: str, reference: str) -> dict[str, Any]:
    """Where an officer says why a form is printed, and how it was served."""
    complaint = queries.complaint(actor, Action.IDENTITY_REVEAL, case_no)
    shown = service.paper(complaint, reference)
    ways = tuple(ServingWay) if shown.number in ANY_WAY else _BY_HAND
    return {
        "case": complaint,
        "paper": shown,
        "names_somebody": shown.party is Addressee.CONSUMER,
        "ways": [(way.value, way.zh) for way in ways],
    }


@blueprint.post("/<case_no>/documents/<reference>")
@form(Action.IDENTITY_REVEAL, RevealIn, back="console_papers.paper", limit="60/hour", self_contained=True)
def print_paper(actor: Actor, case_no: str, reference: str, body: dict[str, Any]) -> Response:
    """A form as PDF; where it names the complainant the look is noted."""
    with unit_of_work():
        filled = service.officers_paper(actor, case_no, reference, purpose=body["purpose"])
    return private_pdf(filled)


@blueprint.post("/<case_no>/documents/<reference>/servings")
@form(Action.COMPLAINT_NOTE_SERVING, ServingIn, back="console_papers.paper")
def note_serving(actor: Actor, case_no: str, reference: str, body: dict[str, Any]) -> str:
    service.note_serving(actor, case_no, reference, **body)
    flash("已记下送达。收件的一方也能看到。", "success")
    return url_for("console_papers.paper", case_no=case_no, reference=reference)


@blueprint.post("/<case_no>/package")
@form(Action.COMPLAINT_PACKAGE, RevealIn, back="console_complaints.case", limit="30/hour", self_contained=True)
def package(actor: Actor, case_no: str, body: dict[str, Any]) -> Response:
    """The package for the national 12315 platform; the look at the identity is noted."""
    with unit_of_work():
        made = service.officers_package(actor, case_no, purpose=body["purpose"])
    return private_zip(made)


@blueprint.post("/<case_no>/serve-notice")
@form(Action.COMPLAINT_SERVE_NOTICE, ServedBothIn, back="console_complaints.case")
def serve_notice(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    complaint = service.serve_notice(actor, case_no, **body)
    flash("已记下送达，这件投诉办结。", "success")
    return url_for("console_complaints.case", case_no=complaint.case_no)
