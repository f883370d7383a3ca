"""What people say of the program: what waits for an answer, the oldest first, and what was answered."""

from typing import Any

from flask import flash, request, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.accounts import queries as accounts
from backend.feedback import queries, service
from backend.feedback.rules import MOST_WORDS, Screened
from backend.feedback.schemas import FeedbackAnswerIn
from backend.infrastructure.fields import Text
from backend.infrastructure.paging import row_id
from backend.infrastructure.web import form, page

from .doors import staff_blueprint

blueprint = staff_blueprint("console_feedback", "/feedback")


class FeedbackAnswerForm(FeedbackAnswerIn):
    """Which entry is answered, and what."""

    number = Text(40, required=True)


@blueprint.get("")
@page(Action.FEEDBACK_ANSWER, "console/feedback.html")
def waiting(actor: Actor) -> dict[str, Any]:
    over = queries.answered(actor, request.args.get("before", type=row_id), 20)
    return {
        "rows": queries.waiting(actor),
        "answered": over.items,
        "older": over.next,
        "names": accounts.staff_names({said.answered_by for said in over.items}),
        "doubtful": Screened.DOUBTFUL,
        "most": MOST_WORDS,
    }


@blueprint.post("/answer")
@form(Action.FEEDBACK_ANSWER, FeedbackAnswerForm, back="console_feedback.waiting")
def answer(actor: Actor, body: dict[str, Any]) -> str:
    said = service.answer(actor, body["number"], text=body["text"])
    flash("已答复，写的人会收到通知。" if said.account_id else "已答复。这条是匿名的，写的人凭查询码来看。", "success")
    return url_for(".waiting")
