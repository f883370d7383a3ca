"""Showing, correcting and forgetting what is kept of a person."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.accounts import personal as accounts
from backend.accounts import queries as people
from backend.compensation import personal as compensation
from backend.complaints import personal as complaints
from backend.complaints.model import Settlement
from backend.enrolments import personal as enrolments
from backend.experience_reviews import personal as experience_reviews
from backend.favourites import personal as favourites
from backend.feedback import personal as feedback
from backend.follow_up import personal as follow_up
from backend.group_complaints import personal as groups
from backend.infrastructure import audit, current, idempotency
from backend.infrastructure.database import session, unit_of_work
from backend.infrastructure.insertion import insert_once
from backend.joint_meeting import personal as joint_meeting
from backend.kernel.errors import NotPossibleNow
from backend.notifications import personal as notices
from backend.ratings import personal as ratings

from .model import DoomedObject
from .rules import CLASSES, EXCEPTIONS, LEFT_OUT

#: Forgets up to a batch of what is older; gives how many, or the keys of the files that went with it.
Forget = Callable[..., list[str] | int]
_BATCH = 200


def export(actor: Actor) -> dict[str, Any]:
    """Everything that is kept of the actor, ready for JSON. raises NotPossibleNow without a fresh sign-in

    source   个人信息保护法 §45
    """
    accounts.check_fresh(actor)
    account_id = str(actor.account_id)
    audit.record(actor, Action.DATA_EXPORT.value, "account", account_id)
    found = {
        "导出时间": current.now(),
        "账号": accounts.export(account_id),
        "诉求和投诉": complaints.export(account_id),
        "共同投诉": groups.export(account_id),
        "联席会议交办": joint_meeting.export(account_id),
        "先行赔付": compensation.export(account_id),
        "评价": ratings.export(account_id),
        "收藏的单位": favourites.export(account_id),
        "意见建议": feedback.export(account_id),
        "申请加入名录": enrolments.export(account_id),
        "体验任务": experience_reviews.export(account_id),
        "回访": follow_up.export(account_id),
        "消息": notices.export(account_id),
        "没有列出的": [{"内容": what, "原因": why} for what, why in LEFT_OUT],
    }
    return {name: _plain(value) for name, value in found.items()}


def overview(actor: Actor) -> dict[str, Any]:
    """What the actor can do with their own data, as `schemas.MyDataOut`; identities after a fresh sign-in alone."""
    account_id, fresh = str(actor.account_id), accounts.is_fresh(actor)
    held = complaints.identities(account_id) if fresh else ()
    return {
        "fresh": fresh,
        "identities": [
            {
                "case_no": settlement.case_no,
                "unit_name": settlement.unit_name,
                "name": found.name,
                "phone": found.phone,
                "address": found.address,
            }
            for settlement, found in held
        ],
        "running": running(account_id),
        "kept": [EXCEPTIONS[code] for code in exceptions(account_id)],
    }


def running(account_id: str) -> list[str]:
    """Numbers of what is under way for this person, because of which the account cannot be closed."""
    return [
        *complaints.running(account_id),
        *compensation.running(account_id),
        *follow_up.running(account_id),
        *enrolments.running(account_id),
    ]


def correct(actor: Actor, case_no: str, *, name: str, phone: str, address: str) -> Settlement:
    """Put right the identity given for one dispute. source: 个人信息保护法 §46. raises as complaints.personal.correct"""
    accounts.check_fresh(actor)
    return complaints.correct(actor, case_no, name=name, phone=phone, address=address)


def erase(actor: Actor) -> list[str]:
    """Close the account and forget what is kept of its person, all or nothing; the alias and the counts stay.

    returns   codes of `rules.EXCEPTIONS` that apply to this person
    raises    NotPossibleNow without a fresh sign-in, while something is under way, and for staff
    source    个人信息保护法 §47
    """
    accounts.check_fresh(actor)
    account_id = str(actor.account_id)
    people.hold(account_id)
    busy = running(account_id)
    if busy:
        raise NotPossibleNow(
            "case_running",
            f"您还有在办的事：{'、'.join(busy)}。请等办结，或者先撤回，再注销账号。不想等的，可以拨打 12315。",
        )
    kept = exceptions(account_id)
    disputes = complaints.erase(account_id)
    ratings.erase(account_id)
    favourites.erase(account_id)
    feedback.erase(account_id)
    enrolments.erase(account_id)
    follow_up.erase(account_id)
    groups.erase(account_id)
    notices.erase(account_id)
    for told in (account_id, *sorted(disputes.others)):  # what a station was answered holds the person's words too
        idempotency.forget(told)
    _doom(disputes.object_keys)
    counted = {"disputes": disputes.forgotten, "kept": len(disputes.kept)}
    audit.record(actor, Action.DATA_ERASE.value, "account", account_id, after=counted)
    accounts.erase(account_id)
    return kept


def exceptions(account_id: str) -> list[str]:
    """Codes of what would be kept of this person."""
    applies = {
        "complaint": complaints.handled(account_id) > 0,
        "advance": compensation.count(account_id) > 0,
        "hidden_rating": ratings.hidden(account_id) > 0,
        "consent": True,
        "audit": True,
    }
    return [code for code, holds in applies.items() if holds]


def retain(handlers: Mapping[str, Forget], *, really: bool) -> dict[str, int]:
    """Forget what is over, class by class; opens its own units of work, so that a killed job goes on where it was.

    handlers   for every nightly class of `rules.CLASSES`
    really     False: count only
    returns    class → how many were forgotten, or would be
    """
    return {code: _retain(handlers[code], CLASSES[code].period, really) for code in CLASSES if CLASSES[code].nightly}


def delete_doomed() -> int:
    """Delete the files whose rows are gone. returns how many. A file that is already gone is no error."""
    with unit_of_work(read_only=True):
        keys = session().scalars(sa.select(DoomedObject.object_key).limit(1000)).all()
    storage = current.runtime().storage
    for key in keys:
        storage.delete(key)
    if keys:
        with unit_of_work():
            session().execute(sa.delete(DoomedObject).where(DoomedObject.object_key.in_(keys)))
    return len(keys)


def _retain(forget: Forget, period: Any, really: bool) -> int:
    before, total = current.now() - period, 0
    if not really:
        with unit_of_work(read_only=True):
            return _count(forget(before, 1_000_000, really=False))
    while True:
        with unit_of_work():
            found = forget(before, _BATCH, really=False)
            if not _count(found):
                return total
            done = forget(before, _BATCH, really=True)
            _doom(done if isinstance(done, list) else ())
        total += _count(found)


def _count(found: list[str] | int) -> int:
    return found if isinstance(found, int) else len(found)


def _doom(keys: Iterable[str]) -> None:
    for key in keys:
        insert_once(DoomedObject, {"object_key": key, "since": current.now()})


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date | datetime) else value
