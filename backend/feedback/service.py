"""Saying something of the program, WeChat's look at it, and the answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.accounts import queries as accounts
from backend.infrastructure import audit, current
from backend.infrastructure.database import session, unit_of_work
from backend.infrastructure.jobs import enqueue
from backend.infrastructure.screening import suggested
from backend.infrastructure.wechat.client import Suggest
from backend.kernel.errors import NotPossibleNow
from backend.kernel.identifiers import access_hash, new_case_number, new_code
from backend.notifications import service as notifications

from . import queries
from .model import Feedback
from .rules import Kind, Screened, page_of

SCREEN = "screen_feedback"


@dataclass(frozen=True)
class Sent:
    """What was said. access_code: told once to who said it without a name, to read the answer by; None where there is an account"""

    feedback: Feedback
    access_code: str | None


def send(actor: Actor, *, kind: Kind, text: str, page: str | None = None) -> Sent:
    """Take what somebody says of the program; of nobody signed in it has no name, and the answer is read by an access code.

    page   the address or the mini-program's page where it was said; what names a case is not kept
    """
    code = None if actor.signed_in else new_code()
    said = Feedback(
        number=new_case_number("YJ", current.today()),
        account_id=actor.account_id,
        kind=kind,
        page=page_of(page),
        screened=Screened.WAITING if actor.signed_in else Screened.NOT_ASKED,
        sent_at=current.now(),
        access_hash=access_hash(code) if code else None,
    )
    said.text = text
    session().add(said)
    session().flush()
    if actor.signed_in:
        enqueue(SCREEN, {"feedback_id": said.id}, dedupe=f"{SCREEN}:{said.id}")
    return Sent(said, code)


def answer(actor: Actor, number: str, *, text: str) -> Feedback:
    """Answer it; who said it is told and reads the answer, or finds it by the access code.

    raises   NotFound, NotPossibleNow when it was answered
    """
    said = queries.to_answer(actor, number)
    if said.answered_at is not None:
        raise NotPossibleNow("feedback_answered", "这条意见已经答复过了，请刷新页面看答复。", state="answered")
    said.answer, said.answered_by, said.answered_at = text, actor.account_id, current.now()
    audit.record(actor, Action.FEEDBACK_ANSWER, "feedback", said.id, after={"answered": True})
    if said.account_id is not None:
        notifications.queue(
            said.account_id,
            "feedback_answered",
            {"case_no": said.number},
            event_key=f"feedback:{said.id}:answered",
            link="/my/feedback",
        )
    return said


def screen(payload: Mapping[str, Any]) -> None:
    """The worker's job: ask WeChat about the text with no transaction open, and note what staff should know before they read it."""
    with unit_of_work(read_only=True):
        said = session().get(Feedback, payload["feedback_id"])
        if said is None or said.account_id is None:
            return
        openid, text = accounts.openid_of(said.account_id), said.text or ""
    verdict = suggested(openid, text)
    with unit_of_work():
        said = session().get(Feedback, payload["feedback_id"], with_for_update=True)
        if said is not None:
            said.screened = Screened.PASSED if verdict is Suggest.PASS else Screened.DOUBTFUL
