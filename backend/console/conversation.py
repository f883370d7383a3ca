"""What consumer and station said to each other before the case came to the bureau."""

from typing import Any

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.complaints import conversation, queries
from backend.infrastructure.web import page

from .doors import staff_blueprint

blueprint = staff_blueprint("console_conversation", "/complaints")


@blueprint.get("/<case_no>/messages")
@page(Action.COMPLAINT_ACCEPT, "console/conversation.html")
def transcript(actor: Actor, case_no: str) -> dict[str, Any]:
    complaint = queries.complaint(actor, Action.COMPLAINT_READ, case_no)
    return {"case": complaint, "lines": conversation.transcript(complaint.settlement_id)}
