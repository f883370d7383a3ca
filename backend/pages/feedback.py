"""What somebody thinks of the program, on the web: the form for everybody, and one's own entries with their answers."""

from typing import Any

from flask import Blueprint, Response, flash, make_response, render_template, request, url_for

from backend.access.actor import NOBODY, Actor
from backend.access.policy import Action
from backend.feedback import queries, service
from backend.feedback.routes import LIMIT, SAYS
from backend.feedback.rules import Kind, page_of
from backend.feedback.schemas import FeedbackIn
from backend.infrastructure.fields import YesNo
from backend.infrastructure.paging import row_id
from backend.infrastructure.web import form, page

blueprint = Blueprint("feedback_pages", __name__)


class FeedbackForm(FeedbackIn):
    """What somebody signed in says, and whether their name belongs to it."""

    anonymous = YesNo(load_default=False)


@blueprint.get("/feedback")
@page(SAYS, "pages/feedback.html")
def write(actor: Actor) -> dict[str, Any]:
    return {
        "kinds": [(kind.value, kind.zh) for kind in Kind],
        "came_from": page_of(request.args.get("from") or request.form.get("page")),
        "signed_in": actor.signed_in,
    }


@blueprint.post("/feedback")
@form(SAYS, FeedbackForm, back="feedback_pages.write", idempotent=True, limit=LIMIT)
def send(actor: Actor, body: dict[str, Any]) -> str:
    named = actor.signed_in and not body.pop("anonymous")
    body.pop("anonymous", None)
    sent = service.send(actor if named else NOBODY, **body)
    if named:
        flash("收到了，谢谢您。有了答复会通知您。", "success")
        return url_for(".mine")
    flash(
        f"收到了，谢谢您。编号 {sent.feedback.number}，查询码 {sent.access_code}。"
        "查询码只显示这一次，请截图或抄下来：凭它在“查进度”里看答复。",
        "success",
    )
    return url_for(".write")


@blueprint.get("/my/feedback")
@page(Action.FEEDBACK_READ_OWN, "pages/my_feedback.html")
def mine(actor: Actor) -> dict[str, Any]:
    found = queries.mine(actor, request.args.get("before", type=row_id))
    return {"rows": found.items, "older": found.next}


def shown(number: str, code: str) -> Response:
    """The answer to what was said without a name, for `/progress`."""
    answer = make_response(render_template("pages/feedback_progress.html", said=queries.by_code(number, code)))
    answer.headers["Cache-Control"] = "no-store"
    return answer
