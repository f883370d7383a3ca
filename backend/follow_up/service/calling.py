"""Calling back (回访): the draw, what the officer heard, and what the inbox's question brought."""

import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa

from backend.access.actor import SYSTEM, Actor
from backend.access.policy import Action
from backend.complaints.model import Complaint, Settlement
from backend.follow_up import queries, rules
from backend.follow_up.model import AsksNot, CallBack, CallBackDraw
from backend.follow_up.rules import COMPLAINT_ENDS, MESSAGE_WAITS, SETTLEMENT_ENDS, Because, Result, Way
from backend.infrastructure import audit, current
from backend.infrastructure.database import new_id, session, take_turns, unit_of_work
from backend.infrastructure.insertion import insert_once
from backend.kernel.clock import local_instant
from backend.kernel.errors import Conflict, NotPermitted
from backend.kernel.identifiers import COUNTIES
from backend.notifications import service as notifications

from .reopening import open_again

_Closed = tuple[Settlement, Complaint | None]


def draw() -> int:
    """Draw in every county from what was closed in the last whole week; once a week. Opens its own units of work.

    returns   how many disputes are to be called back
    """
    today = current.today()
    to_at = local_instant(today - timedelta(days=today.weekday()))
    return sum(_draw(county, to_at - timedelta(weeks=1), to_at) for county in COUNTIES)


def record(actor: Actor, case_no: str, *, result: Result, note: str) -> CallBack:
    """Write down what was heard. What is not true opens the dispute again.

    raises   NotFound, NotPermitted for whoever handled it, Conflict when somebody recorded it already
    """
    found = queries.call_back(actor, case_no)
    if found.handled_by is not None and found.handled_by == actor.account_id:
        raise NotPermitted("handled_it_yourself", "这件投诉由您承办，回访要由别的同事来做。")
    _settle(found, actor, result, note)
    return found


def take_answer(settlement_id: str, *, solved: bool) -> None:
    """What the consumer answered in the inbox counts, if the dispute was drawn to be asked there. In the caller's unit of work."""
    found = (
        session()
        .scalars(sa.select(CallBack).filter_by(settlement_id=settlement_id, result=None, way=Way.MESSAGE))
        .one_or_none()
    )
    if found is not None:
        note = "消费者在站内回答"
        _settle(found, SYSTEM, Result.TRUE if solved else Result.NOT_TRUE, note)


def sweep_messages() -> int:
    """Note that nobody answered in the inbox for two weeks. Opens its own unit of work. returns how many"""
    with unit_of_work():
        waiting = sa.select(CallBack).where(
            CallBack.result.is_(None),
            CallBack.way == Way.MESSAGE,
            CallBack.drawn_at < current.now() - MESSAGE_WAITS,
        )
        found = session().scalars(waiting.limit(200).with_for_update()).all()
        for one in found:
            _settle(one, SYSTEM, Result.UNREACHED, "十四天没有回答")
    return len(found)


def _draw(county: str, from_at: datetime, to_at: datetime) -> int:
    with unit_of_work(read_only=True):
        done = sa.select(CallBackDraw.id).filter_by(county_code=county, from_at=from_at)
        if session().scalar(done) is not None:
            return 0
    with unit_of_work():
        take_turns(f"call_back_draw:{county}")
        closed = {
            settlement.case_no: (settlement, complaint) for settlement, complaint in _frame(county, from_at, to_at)
        }
        seed, now = secrets.token_hex(16), current.now()
        values = {
            "id": new_id(),
            "county_code": county,
            "from_at": from_at,
            "to_at": to_at,
            "seed": seed,
            "frame_size": len(closed),
            "frame_sha256": rules.digest(list(closed)),
            "drawn_at": now,
        }
        if not insert_once(CallBackDraw, values):
            return 0
        chosen = rules.drawn(list(closed), seed)
        for number in chosen:
            _call(closed[number], str(values["id"]), now)
        return len(chosen)


def _frame(county: str, from_at: datetime, to_at: datetime) -> list[_Closed]:
    by_bureau = (
        sa.select(Settlement, Complaint)
        .join(Complaint, Complaint.settlement_id == Settlement.id)
        .where(
            Complaint.county_code == county,
            Complaint.state.in_(COMPLAINT_ENDS),
            Complaint.state_since >= from_at,
            Complaint.state_since < to_at,
        )
    )
    by_parties = sa.select(Settlement).where(
        Settlement.county_code == county,
        Settlement.state.in_(SETTLEMENT_ENDS),
        Settlement.state_since >= from_at,
        Settlement.state_since < to_at,
        # Who wants no questions gets none; by phone the bureau may call whoever complained to it.
        ~sa.exists().where(AsksNot.account_id == Settlement.consumer_id),
    )
    found: list[_Closed] = [(settlement, complaint) for settlement, complaint in session().execute(by_bureau)]
    return found + [(settlement, None) for settlement in session().scalars(by_parties)]


def _call(closed: _Closed, draw_id: str, now: datetime) -> None:
    settlement, complaint = closed
    way = Way.PHONE if complaint is not None else Way.MESSAGE
    made = insert_once(
        CallBack,
        {
            "id": new_id(),
            "draw_id": draw_id,
            "settlement_id": settlement.id,
            "case_no": settlement.case_no,
            "complaint_no": complaint.case_no if complaint else None,
            "unit_name": settlement.unit_name,
            "county_code": complaint.county_code if complaint else settlement.county_code,
            "ended_as": str((complaint or settlement).state),
            "way": way,
            "handled_by": complaint.officer_id if complaint else None,
            "drawn_at": now,
        },
    )
    if made and way is Way.MESSAGE:
        notifications.queue(
            settlement.consumer_id,
            "call_back_drawn",
            {"case_no": settlement.case_no, "unit_name": settlement.unit_name},
            event_key=f"settlement:{settlement.id}:call_back",
            link=f"/my/cases/{settlement.case_no}",
        )


def _settle(found: CallBack, actor: Actor, result: Result, note: str) -> None:
    if found.result is not None:
        raise Conflict("called_back_already", "这件事已经登记过回访结果。")
    found.result, found.note, found.called_at = result, note, current.now()
    found.called_by = actor.account_id
    notifications.drop(f"settlement:{found.settlement_id}:call_back")
    audit.record(
        actor,
        Action.CALL_BACK_RECORD.value,
        "call_back",
        found.id,
        chain=found.county_code,
        after={"result": result.value},
    )
    if result is Result.NOT_TRUE:
        settlement = session().get_one(Settlement, found.settlement_id, with_for_update=True)
        open_again(settlement, Because.CALL_BACK, note)
