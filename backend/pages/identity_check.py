"""A complainant proves who they are, on a phone, when the bureau asks."""

from typing import Any

from flask import Blueprint, flash, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.complaints import service
from backend.complaints.identity_schemas import IdentityAnswerIn
from backend.infrastructure.web import form

from .mediation import complaint_no

blueprint = Blueprint("identity_pages", __name__)


@blueprint.post("/my/cases/<case_no>/identity")
@form(Action.COMPLAINT_ANSWER_IDENTITY, IdentityAnswerIn, back="my.case", limit="20/hour")
def answer(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    service.answer_identity(actor, complaint_no(actor, case_no), **body)
    flash("已提供。号码加密保存，只有办理的人能看，看一次记一次。", "success")
    return url_for("my.case", case_no=case_no)
