"""Reads of settlement requests and complaints, each for an actor and an action."""

import statistics
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from backend.access.actor import Actor, Role
from backend.access.policy import Action
from backend.accounts import queries as accounts
from backend.casework import queries as cases
from backend.casework.model import Deadline, DeadlineState
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.infrastructure.full_text import holds
from backend.infrastructure.paging import Page, newest_first
from backend.infrastructure.scoping import get_for, visible
from backend.kernel.errors import DomainError, NotFound
from backend.kernel.identifiers import read_case_number
from backend.merchants import queries as merchants

from .jurisdiction import Places, places_of
from .lifecycle import COMPLAINT, SETTLEMENT
from .model import Complaint, ComplaintMove, Evidence, IdentityView, Settlement
from .rules import Side

#: Why a complaint comes before the others: the station promised and did not do it. source: 浙江省实施〈消费者权益保护法〉办法 §31(3)
NOT_PERFORMED = "not_performed"
#: States in which an offer stands that the consumer accepted.
AGREED = ("agreed", "not_performed")
#: What is searched, and where; the migrations' index is on this expression and these rows alone.
SEARCHED = sa.literal_column("settlement.unit_name || ' ' || settlement.facts", sa.Text())
SEARCHABLE = sa.literal_column("settlement.state = 'escalated'", sa.Boolean())
#: What counts as settled: confirmed by the consumer and not opened again since. Decision 0019.
_SETTLED = sa.and_(Settlement.state == "performed", Settlement.reopened_at.is_(None))
#: States in which the liaison station has to do something.
STATION_TURN = ("awaiting_answer", "agreed", "not_performed")


def settlement(actor: Actor, action: Action, case_no: str) -> Settlement:
    """raises NotFound, NotPermitted, InvalidInput"""
    number = read_case_number(case_no)
    return get_for(Settlement, actor, action, Settlement.case_no, number, seen_by=Action.SETTLEMENT_READ)


def complaint(actor: Actor, action: Action, case_no: str) -> Complaint:
    """raises NotFound, NotPermitted, InvalidInput"""
    number = read_case_number(case_no)
    return get_for(Complaint, actor, action, Complaint.case_no, number, seen_by=Action.COMPLAINT_READ)


def settlements(actor: Actor, before: object = None, limit: int = 50, *, own: bool = False) -> Page[Settlement]:
    """A page of the settlement requests that the actor may read. own: only those that the actor brought"""
    found = sa.select(Settlement).where(visible(Settlement, actor, Action.SETTLEMENT_READ))
    if own:
        found = found.where(Settlement.consumer_id == actor.account_id)
    return newest_first(found, Settlement, before, limit)


def complaints(actor: Actor, before: object = None, limit: int = 50, *, own: bool = False) -> Page[Complaint]:
    """A page of the complaints that the actor may read. own: only those that the actor brought"""
    found = sa.select(Complaint).where(visible(Complaint, actor, Action.COMPLAINT_READ))
    if own:
        found = found.where(Complaint.consumer_id == actor.account_id)
    return newest_first(found, Complaint, before, limit)


def station_inbox(actor: Actor, limit: int = 200) -> Sequence[Settlement]:
    """Open requests to the stations that the actor is a member of.

    A promise that was not kept comes first, then where it is the station's turn; within that the longest overdue, then what is
    due next.
    """
    station_turn = sa.case((Settlement.state == "not_performed", 0), (Settlement.state.in_(STATION_TURN), 1), else_=2)
    open_request = sa.and_(
        visible(Settlement, actor, Action.SETTLEMENT_OFFER), Settlement.state.not_in(SETTLEMENT.closed)
    )
    running = sa.and_(
        Deadline.case_id == Settlement.id, Deadline.case_type == "settlement", Deadline.state != DeadlineState.STOPPED
    )
    nearest = sa.select(sa.func.min(Deadline.due_at)).where(running).correlate(Settlement).scalar_subquery()
    found = sa.select(Settlement).where(open_request).order_by(station_turn, nearest, Settlement.id).limit(limit)
    return session().scalars(found).all()


@dataclass(frozen=True)
class Owner:
    """The member of a station who has taken a request, as colleagues read of them."""

    account_id: str
    alias: str


def owners(found: Sequence[Settlement]) -> dict[str, Owner]:
    """Request id → its owner. A member who left the station owns nothing: the next one to take it does."""
    stations = {one.station_id for one in found if one.owner_id is not None}
    members = {station: set(accounts.holders(Role.STATION_MEMBER, station_id=station)) for station in stations}
    held = {one.id: one.owner_id for one in found if one.owner_id in members.get(one.station_id, ())}
    aliases = accounts.aliases({owner for owner in held.values() if owner is not None})
    return {
        case_id: Owner(owner, f"同事（代号 {aliases[owner].split('·')[-1]}）")
        for case_id, owner in held.items()
        if owner is not None
    }


def station_archive(actor: Actor, page: int, size: int) -> tuple[Sequence[Settlement], int]:
    """One page of the closed requests to the actor's stations, the last closed one first, and how many there are.

    page   from 1
    """
    mine = sa.and_(visible(Settlement, actor, Action.SETTLEMENT_OFFER), Settlement.state.in_(SETTLEMENT.closed))
    total = session().scalar(sa.select(sa.func.count()).select_from(Settlement).where(mine)) or 0
    newest = sa.select(Settlement).where(mine).order_by(Settlement.state_since.desc(), Settlement.id.desc())
    return session().scalars(newest.limit(size).offset((page - 1) * size)).all(), total


@dataclass(frozen=True)
class Queue:
    """A page of the bureau's complaints, each with its open deadline if it has one.

    total     how many there are on all pages
    overdue   how many of them are overdue
    """

    rows: Sequence[tuple[Complaint, Deadline | None]]
    total: int
    overdue: int


def officers_queue(
    actor: Actor, *, officer_id: str | None = None, states: Collection[str] = (), page: int = 1, size: int = 20
) -> Queue:
    """Open complaints that the actor handles: a promise not kept first, then the longest overdue, what is due next, paused ones.

    officer_id   only those of one officer
    states       only those in one of these open states; in any of them when empty
    page         from 1
    """
    statement = (
        sa.select(Complaint, Deadline)
        .outerjoin(
            Deadline,
            sa.and_(
                Deadline.case_type == Complaint.__tablename__,
                Deadline.case_id == Complaint.id,
                Deadline.state != DeadlineState.STOPPED,
            ),
        )
        .where(visible(Complaint, actor, Action.COMPLAINT_ACCEPT))
    )
    if officer_id is not None:
        statement = statement.where(Complaint.officer_id == officer_id)
    statement = statement.where(Complaint.state.in_(states or COMPLAINT.open))
    late = sa.and_(Deadline.state == DeadlineState.RUNNING, Deadline.due_at < current.now())
    counts = statement.with_only_columns(sa.func.count(), sa.func.sum(sa.case((late, 1), else_=0)))
    total, overdue = session().execute(counts).one()
    running = Deadline.state == DeadlineState.RUNNING
    urgent = sa.and_(running, Complaint.escalated_because == NOT_PERFORMED)
    turn = sa.case((urgent, 0), (running, 1), (Deadline.state == DeadlineState.HELD, 2), else_=3)
    ordered = statement.order_by(turn, Deadline.due_at, Complaint.id.desc()).limit(size).offset((page - 1) * size)
    rows = [(complaint, deadline) for complaint, deadline in session().execute(ordered)]
    return Queue(rows, total, int(overdue or 0))


def officers_archive(
    actor: Actor,
    *,
    officer_id: str | None = None,
    states: Collection[str] = (),
    words: str = "",
    before: object = None,
    limit: int = 20,
) -> Page[Complaint]:
    """Complaints that the actor handles or handled, the newest first.

    officer_id   only those of one officer
    states       only those in one of these states; all when empty
    words        only those that hold all of them in the unit's name or in what happened
    """
    statement = sa.select(Complaint).where(visible(Complaint, actor, Action.COMPLAINT_ACCEPT))
    if officer_id is not None:
        statement = statement.where(Complaint.officer_id == officer_id)
    if states:
        statement = statement.where(Complaint.state.in_(states))
    if words.split():
        told = sa.select(Settlement.id).where(SEARCHABLE, holds(SEARCHED, words))
        statement = statement.where(Complaint.settlement_id.in_(told))
    return newest_first(statement, Complaint, before, limit)


def complaint_of(settlement_id: str) -> Complaint | None:
    """The complaint that a settlement request was escalated to."""
    return session().scalars(sa.select(Complaint).filter_by(settlement_id=settlement_id)).one_or_none()


def complaint_numbers(settlement_ids: Collection[str]) -> dict[str, str]:
    """Request id → the number of the complaint that it became; the others are absent."""
    rows = sa.select(Complaint.settlement_id, Complaint.case_no).where(Complaint.settlement_id.in_(settlement_ids))
    return {row[0]: row[1] for row in session().execute(rows)}


def moves(complaint_id: str) -> Sequence[ComplaintMove]:
    """Where a complaint went, the first move first."""
    statement = sa.select(ComplaintMove).filter_by(complaint_id=complaint_id)
    return session().scalars(statement.order_by(ComplaintMove.sequence)).all()


def known_places(unit_id: str) -> Places:
    """What the register tells of where a unit's merchant is, for deciding who handles a complaint."""
    unit = merchants.unit(unit_id)
    return places_of(unit.category, unit.county_code, unit.merchant.uscc, unit.website)


def at_office(actor: Actor) -> Sequence[Complaint]:
    """Complaints that wait for the joint-meeting office to say who handles them, the longest waiting first."""
    statement = sa.select(Complaint).where(visible(Complaint, actor, Action.COMPLAINT_ASSIGN))
    return session().scalars(statement.where(Complaint.state == "unassigned").order_by(Complaint.state_since)).all()


def brought_to_office(actor: Actor, case_no: str) -> Complaint:
    """A complaint that was brought to the office, whether or not it is assigned by now. raises NotFound, InvalidInput"""
    number = read_case_number(case_no)
    found = get_for(
        Complaint, actor, Action.COMPLAINT_ASSIGN, Complaint.case_no, number, seen_by=Action.COMPLAINT_ASSIGN
    )
    if not any(move.step == "pass_to_office" for move in moves(found.id)):
        raise NotFound("record_not_found", "没有找到这条记录，请核对编号。")
    return found


def by_access_code(case_no: str, code: str) -> Settlement:
    """The request of this number, or that became the complaint of this number, for who knows the request's access code.

    raises   NotFound, the same for a wrong number or code
    """
    with suppress(DomainError):
        became = sa.select(Settlement.case_no).join(Complaint, Complaint.settlement_id == Settlement.id)
        case_no = session().scalar(became.where(Complaint.case_no == read_case_number(case_no))) or case_no
    return cases.by_access_code(Settlement, case_no, code)


def through_officer(settlement_ids: Collection[str]) -> set[str]:
    """Ids of those of these requests whose consumer hears the station through an officer alone."""
    shielded = sa.select(Settlement.id).where(
        Settlement.id.in_(settlement_ids), Settlement.through_officer_at.is_not(None)
    )
    return set(session().scalars(shielded))


def evidence(settlement_id: str, side: Side | None = None) -> Sequence[Evidence]:
    """The photos and PDFs of a dispute in their order; those of one side when it is given."""
    found = sa.select(Evidence).filter_by(settlement_id=settlement_id).order_by(Evidence.position)
    return session().scalars(found if side is None else found.where(Evidence.side == side)).all()


def identity_views(complaint_id: str) -> Sequence[IdentityView]:
    """Who looked at the complainant's identity, the first one first."""
    statement = sa.select(IdentityView).filter_by(complaint_id=complaint_id).order_by(IdentityView.sequence)
    return session().scalars(statement).all()


def by_number(case_no: str) -> Settlement:
    """The settlement request of this number, for who may know of it already. raises NotFound"""
    found = session().scalars(sa.select(Settlement).filter_by(case_no=case_no)).one_or_none()
    if found is None:
        raise NotFound("record_not_found", "没有找到这条记录，请核对编号。")
    return found


def officers_of(unit_id: str) -> set[str]:
    """Accounts of officers who are or were in charge of, or mediated, a complaint about a unit."""
    rows = session().execute(sa.select(Complaint.officer_id, Complaint.mediator_id).filter_by(unit_id=unit_id))
    return {account for row in rows for account in row if account is not None}


def outcome_counts(unit_id: str) -> dict[str, Any]:
    """Numbers for the unit's card: received, answered in time, settled as confirmed by the consumer, unanswered, escalated.

    A request that was opened again after its close is received and settled no more.

    median_days   from the request to the consumer's confirmation, to a tenth of a day; None while none is settled
    """
    row = (
        session()
        .execute(
            sa.select(
                sa.func.count(),
                sa.func.sum(sa.case((Settlement.unanswered, 1), else_=0)),
                sa.func.sum(sa.case((_SETTLED, 1), else_=0)),
                sa.func.sum(sa.case((Settlement.state == "escalated", 1), else_=0)),
                sa.func.sum(sa.case((Settlement.state == "awaiting_answer", 1), else_=0)),
            ).where(Settlement.unit_id == unit_id)
        )
        .one()
    )
    received, unanswered, settled, escalated, waiting = (int(value or 0) for value in row)
    return {
        "received": received,
        "answered_in_time": max(received - unanswered - waiting, 0),
        "unanswered": unanswered,
        "settled": settled,
        "escalated": escalated,
        "median_days": _median_days(unit_id) if settled else None,
    }


def _median_days(unit_id: str) -> float:
    rows = session().execute(
        sa.select(Settlement.opened_at, Settlement.state_since).where(Settlement.unit_id == unit_id, _SETTLED)
    )
    return round(statistics.median((ended - opened) / timedelta(days=1) for opened, ended in rows), 1)


def units_disputed_by(account_ids: Sequence[str], since: datetime) -> Sequence[tuple[str, str]]:
    """Pairs (account, unit) with a dispute opened since then, for the volunteers' conflict rule."""
    rows = session().execute(
        sa.select(Settlement.consumer_id, Settlement.unit_id).where(
            Settlement.consumer_id.in_(account_ids), Settlement.opened_at >= since
        )
    )
    return [(account_id, unit_id) for account_id, unit_id in rows]


def crowds(since: datetime, least: int) -> list[dict[str, Any]]:
    """Units of which at least so many different people complained in one respect since then, requests taken back left out.

    returns   unit_id, unit_name, county_code, nature, nature_zh, people, first_at, last_at
    """
    people = sa.func.count(sa.distinct(Settlement.consumer_id))
    grouped = (Settlement.unit_id, Settlement.county_code, Settlement.nature)
    statement = (
        sa.select(*grouped, sa.func.max(Settlement.unit_name), people)
        .add_columns(sa.func.min(Settlement.opened_at), sa.func.max(Settlement.opened_at))
        .where(Settlement.opened_at >= since, Settlement.state != "withdrawn")
        .group_by(*grouped)
        .having(people >= least)
    )
    names = ("unit_id", "county_code", "nature", "unit_name", "people", "first_at", "last_at")
    found = [dict(zip(names, row, strict=True)) for row in session().execute(statement)]
    return [{**one, "nature": one["nature"].value, "nature_zh": one["nature"].zh} for one in found]
