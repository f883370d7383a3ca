"""Reads of groups: always by a dispute that the reader may read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.certification import queries as certificates
from backend.complaints import queries as disputes
from backend.complaints.lifecycle import COMPLAINT, SETTLEMENT
from backend.complaints.model import Complaint, Settlement
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.infrastructure.scoping import visible
from backend.kernel.errors import NotFound, NotPossibleNow
from backend.kernel.identifiers import read_case_number, read_code

from .model import ComplaintGroup, GroupAnswer, GroupMember, GroupProposal
from .rules import Matter


@dataclass(frozen=True)
class Standing:
    """A group as it stands.

    members     who has not left, in the order of joining
    proposals   the newest first
    answers     proposal id → member id → answer
    """

    group: ComplaintGroup
    members: Sequence[GroupMember]
    proposals: Sequence[GroupProposal]
    answers: dict[str, dict[str, bool]]

    @cached_property
    def election(self) -> GroupProposal | None:
        """The newest election that holds; None as well when all whom it elected have left."""
        held = (one for one in self.proposals if one.matter is Matter.ELECTION and one.state == "in_force")
        newest = next(held, None)
        return newest if newest is not None and self.at(newest.candidates) else None

    @cached_property
    def representatives(self) -> list[GroupMember]:
        """Who was elected and has not left."""
        return self.at(self.election.candidates) if self.election else []

    @cached_property
    def represented(self) -> set[str]:
        """Ids of the members who agreed to the election that holds."""
        return self.who(self.election, agreed=True) if self.election else set()

    def at(self, positions: Collection[int]) -> list[GroupMember]:
        """The members at these positions who have not left."""
        return [one for one in self.members if one.position in positions]

    def who(self, proposal: GroupProposal, *, agreed: bool) -> set[str]:
        """Ids of the members, not those who left, who answered so."""
        given = self.answers.get(proposal.id, {})
        return {one.id for one in self.members if given.get(one.id) is agreed}

    def open(self, *, election: bool) -> GroupProposal | None:
        """The election, or the other matter, that waits for answers."""
        waiting = (one for one in self.proposals if one.state == "open")
        return next((one for one in waiting if (one.matter is Matter.ELECTION) is election), None)


def standing(group: ComplaintGroup) -> Standing:
    """Everything about a group that is kept beside it."""
    members = sa.select(GroupMember).filter_by(group_id=group.id, left_at=None).order_by(GroupMember.position)
    proposals = sa.select(GroupProposal).filter_by(group_id=group.id).order_by(GroupProposal.number.desc())
    given = (
        sa.select(GroupAnswer.proposal_id, GroupAnswer.member_id, GroupAnswer.agreed)
        .join(GroupProposal, GroupProposal.id == GroupAnswer.proposal_id)
        .where(GroupProposal.group_id == group.id)
    )
    answers: dict[str, dict[str, bool]] = {}
    for proposal_id, member_id, agreed in session().execute(given):
        answers.setdefault(proposal_id, {})[member_id] = agreed
    return Standing(group, session().scalars(members).all(), session().scalars(proposals).all(), answers)


def over(members: Collection[GroupMember]) -> set[str]:
    """Ids of the members whose dispute is at an end, at the bureau if it went there: nobody waits for their answer."""
    ended = sa.or_(
        sa.and_(Complaint.id.is_(None), Settlement.state.in_(SETTLEMENT.closed)), Complaint.state.in_(COMPLAINT.closed)
    )
    found = (
        sa.select(Settlement.id)
        .outerjoin(Complaint, Complaint.settlement_id == Settlement.id)
        .where(Settlement.id.in_([one.settlement_id for one in members]), ended)
    )
    closed = set(session().scalars(found))
    return {one.id for one in members if one.settlement_id in closed}


def member_of(settlement_id: str) -> GroupMember | None:
    """Whose dispute this is in a group; None while it is in none."""
    return session().scalars(sa.select(GroupMember).filter_by(settlement_id=settlement_id, left_at=None)).one_or_none()


def group_of(settlement_id: str) -> ComplaintGroup | None:
    """The group that a dispute is in."""
    member = member_of(settlement_id)
    return session().get_one(ComplaintGroup, member.group_id) if member else None


def of_settlement(actor: Actor, case_no: str, action: Action = Action.GROUP_READ) -> tuple[Settlement, Standing]:
    """The group of a request that the actor may read, with the request. raises NotFound no_group"""
    settlement = disputes.settlement(actor, action, case_no)
    group = group_of(settlement.id)
    if group is None:
        raise NotFound("no_group", "这件诉求没有参加共同投诉。可以自己发起，也可以用别人给的加入码参加。")
    return settlement, standing(group)


def of_complaint(actor: Actor, action: Action, case_no: str) -> Standing:
    """The group of a complaint on which the actor may take this step; holds no row. raises NotFound no_group"""
    known = sa.select(Complaint.settlement_id).where(visible(Complaint, actor, action))
    settlement_id = session().scalar(known.where(Complaint.case_no == read_case_number(case_no)))
    group = group_of(settlement_id) if settlement_id is not None else None
    if group is None:
        raise NotFound("no_group", "这件投诉不是共同投诉，请单独办理。")
    return standing(group)


def complaint_numbers(found: Standing) -> dict[str, str]:
    """Member id → number of the complaint that the member's request became; the others are absent."""
    numbers = disputes.complaint_numbers([one.settlement_id for one in found.members])
    return {one.id: numbers[one.settlement_id] for one in found.members if one.settlement_id in numbers}


def by_code(code: str) -> ComplaintGroup:
    """The group that a code opens. raises NotFound group_code_wrong; NotPossibleNow group_code_over"""
    typed = read_code(code)
    known = typed.isascii() and typed.isalnum()  # no database is asked about anything else
    group = session().scalars(sa.select(ComplaintGroup).filter_by(code=typed)).one_or_none() if known else None
    if group is None:
        raise NotFound("group_code_wrong", "加入码不对，或者已经换过。请向给您码的人要新的。")
    if group.code_until <= current.now():
        raise NotPossibleNow("group_code_over", "这个加入码已经过期，请向给您码的人要新的。")
    return group


def certificate_no(group: ComplaintGroup) -> str:
    """The number of the unit's newest certificate, by which others ask the same unit."""
    return certificates.newest_of_units([group.unit_id])[group.unit_id].number


def sizes(settlement_ids: Collection[str]) -> dict[str, tuple[str, int]]:
    """Request id → number of its group and how many are in it; those in no group are absent."""
    mine, all_of_them = aliased(GroupMember), aliased(GroupMember)
    counted = (
        sa.select(mine.settlement_id, ComplaintGroup.number, sa.func.count())
        .join(ComplaintGroup, ComplaintGroup.id == mine.group_id)
        .join(all_of_them, all_of_them.group_id == mine.group_id)
        .where(mine.settlement_id.in_(settlement_ids), mine.left_at.is_(None), all_of_them.left_at.is_(None))
        .group_by(mine.settlement_id, ComplaintGroup.number)
    )
    return {row[0]: (row[1], int(row[2])) for row in session().execute(counted)}


def crowds(since: datetime, least: int) -> list[dict[str, Any]]:
    """Groups in which at least so many people asked since then, each counted once; as `complaints.queries.crowds`.

    Members may have named the matter differently; the group is one cause.
    """
    people = sa.func.count(sa.distinct(GroupMember.account_id))
    kept = (ComplaintGroup.unit_id, ComplaintGroup.unit_name, ComplaintGroup.county_code, ComplaintGroup.nature)
    statement = (
        sa.select(*kept, people, sa.func.min(Settlement.opened_at), sa.func.max(Settlement.opened_at))
        .join(GroupMember, GroupMember.group_id == ComplaintGroup.id)
        .join(Settlement, Settlement.id == GroupMember.settlement_id)
        .where(GroupMember.left_at.is_(None), Settlement.opened_at >= since, Settlement.state != "withdrawn")
        .group_by(ComplaintGroup.id, *kept)
        .having(people >= least)
    )
    names = ("unit_id", "unit_name", "county_code", "nature", "people", "first_at", "last_at")
    found: list[dict[str, Any]] = [dict(zip(names, row, strict=True)) for row in session().execute(statement)]
    return [{**one, "nature": one["nature"].value, "nature_zh": one["nature"].zh} for one in found]
