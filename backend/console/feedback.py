"""What people say of the program: what waits for an answer, the oldest first, and what was answered."""

import json
from functools import cache
from pathlib import Path
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

_PROGRAM = Path(__file__).resolve().parents[2] / "miniprogram_stub" / "app"


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
        "pages": _page_titles(),
        "doubtful": Screened.DOUBTFUL,
        "most": MOST_WORDS,
    }


@blueprint.post("/answer")
@form(Action.FEEDBACK_ANSWER, FeedbackAnswerForm, back="console_feedback.waiting")
def answer(actor: Actor, body: dict[str, Any]) -> str:
    said = service.answer(actor, body["number"], text=body["text"])
    if said.account_id:
        flash("已答复，写的人会收到通知。", "success")
    elif said.access_hash:
        flash("已答复。这条是匿名的，写的人凭查询码来看。", "success")
    else:
        flash("已答复。这条是匿名的，没有查询码，写的人看不到答复。", "success")
    return url_for(".waiting")


@cache
def _page_titles() -> dict[str, str]:
    """Page of the mini-program → its title; empty where the program does not lie beside the server."""
    try:
        tabs = json.loads((_PROGRAM / "app.json").read_text(encoding="utf-8"))["tabBar"]["list"]
    except OSError:
        return {}
    titles = {tab["pagePath"]: tab["text"] for tab in tabs}
    for own in _PROGRAM.glob("pages/*/index.json"):
        title = json.loads(own.read_text(encoding="utf-8")).get("navigationBarTitleText")
        titles |= {f"pages/{own.parent.name}/index": title} if title else {}
    return titles
