"""Publishing a warning, taking it back, and telling in pieces who keeps a unit that it is for."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.favourites import queries as favourites
from backend.infrastructure import audit, current
from backend.infrastructure.database import session, unit_of_work
from backend.infrastructure.jobs import PIECE, enqueue, go_on
from backend.kernel.clock import local_instant
from backend.kernel.errors import InvalidInput, NotPossibleNow
from backend.kernel.identifiers import new_case_number
from backend.merchants.rules import Category
from backend.notifications import queries as inboxes
from backend.notifications import service as notifications

from . import queries
from .model import ConsumerWarning
from .rules import Stage, last_day, packed

TELL, TAKE_BACK = "tell_of_warning", "take_warning_back"
#: When those who keep a unit are told of a warning that begins later.
_MORNING = 8


def publish(
    actor: Actor,
    *,
    title: str,
    text: str,
    counties: Sequence[str],
    categories: Sequence[Category],
    from_on: date,
    until_on: date,
) -> ConsumerWarning:
    """Publish a warning; who keeps a unit that it is for is told by a job, on the first day.

    counties, categories   whom it is for; empty for the whole city, for every kind of unit
    raises                 InvalidInput for days that are past, in the wrong order or too far
    """
    today = current.today()
    wrong: dict[str, list[str]] = {}
    if from_on < today:
        wrong["from_on"] = ["不能早于今天。"]
    if not max(from_on, today) <= until_on <= last_day(from_on):
        wrong["until_on"] = ["不能早于开始的那一天，最长一年。"]
    if wrong:
        raise InvalidInput("warning_days_invalid", "日期有问题，请按提示修改。", fields=wrong)
    warning = ConsumerWarning(
        number=new_case_number("JS", today),
        title=title,
        text=text,
        counties_packed=packed(sorted(set(counties))),
        categories_packed=packed(sorted({one.value for one in categories})),
        from_on=from_on,
        until_on=until_on,
        published_at=current.now(),
        published_by=str(actor.account_id),
    )
    session().add(warning)
    session().flush()
    audit.record(actor, Action.CONSUMER_WARNING_PUBLISH, "consumer_warning", warning.id, after=_said(warning))
    begins = local_instant(from_on, _MORNING) if from_on > today else None
    enqueue(TELL, {"warning_id": warning.id}, dedupe=f"{TELL}:{warning.id}", due_at=begins)
    return warning


def withdraw(actor: Actor, number: str, *, why: str) -> ConsumerWarning:
    """Take a warning back before its last day; it stays readable with the reason. raises NotFound, NotPossibleNow"""
    warning = queries.get(number)
    stage = warning.stage_on(current.today())
    if stage in {Stage.WITHDRAWN, Stage.EXPIRED}:
        raise NotPossibleNow("warning_over", f"这条警示{stage.zh}，不用再撤回。", state=stage.value)
    warning.withdrawn_on, warning.withdrawn_why = current.today(), why
    audit.record(actor, Action.CONSUMER_WARNING_WITHDRAW, "consumer_warning", warning.id, after=_said(warning))
    enqueue(TAKE_BACK, {"warning_id": warning.id}, dedupe=f"{TAKE_BACK}:{warning.id}")
    return warning


def tell(payload: Mapping[str, Any]) -> None:
    """The worker's job: tell a piece of those who keep a unit that the warning is for, and promise the next piece."""
    with unit_of_work():
        warning = session().get(ConsumerWarning, payload["warning_id"], with_for_update=True)
        if warning is None or warning.stage_on(current.today()) is not Stage.HOLDS:
            return
        people = favourites.keepers_among(warning.counties, warning.categories, payload.get("after"), PIECE)
        for person in people:
            notifications.queue(
                person,
                "consumer_warning_published",
                {"title": warning.title, "whom": warning.whom},
                event_key=_published(warning.id),
                link=f"/warnings/{warning.number}",
            )
        go_on(TELL, payload, people)


def take_back(payload: Mapping[str, Any]) -> None:
    """The worker's job: what a piece of the people was told of a warning that was taken back, and did not read, leaves their inboxes."""
    with unit_of_work():
        event = _published(payload["warning_id"])
        people = inboxes.told(event, payload.get("after"), PIECE)
        notifications.drop(event, people)
        go_on(TAKE_BACK, payload, people)


def _published(warning_id: str) -> str:
    return f"consumer_warning:{warning_id}:published"


def _said(warning: ConsumerWarning) -> dict[str, str | None]:
    return {"number": warning.number, "whom": warning.whom, "withdrawn_why": warning.withdrawn_why}
