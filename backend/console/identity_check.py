"""An officer asks a complainant for proof of identity."""

from typing import Any

from flask import flash, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.complaints import service
from backend.complaints.identity_schemas import IdentityAskIn
from backend.infrastructure.web import form

from .doors import staff_blueprint

blueprint = staff_blueprint("console_identity_check", "/complaints")


@blueprint.post("/<case_no>/ask-identity")
@form(Action.COMPLAINT_ASK_IDENTITY, IdentityAskIn, back="console_complaints.case")
def ask_identity(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    complaint = service.ask_identity(actor, case_no, **body)
    flash("已请投诉人提供身份证明，通知书已经生成，请当面送达或者邮寄。", "success")
    return url_for("console_complaints.case", case_no=complaint.case_no)
