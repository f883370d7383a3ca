"""What groups keep of a person: their place, their words, their answers. Shown; forgotten with the disputes of all members.

The words were written for every member, and members whom a bureau handled need them as part of the file; so a member who closes the
account takes along what they wrote only where no member's dispute came to a bureau.
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from backend.complaints.lifecycle import COMPLAINT, SETTLEMENT
from backend.complaints.model import Complaint, Settlement
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.kernel.wording import GONE

from .lifecycle import PROPOSAL
from .model import ComplaintGroup, GroupAnswer, GroupMember, GroupProposal


def export(account_id: str) -> list[dict[str, Any]]:
    """Groups that the person is or was in, what they wrote and how they answered, the oldest first."""
    mine = (
        sa.select(GroupMember, ComplaintGroup)
        .join(ComplaintGroup, ComplaintGroup.id == GroupMember.group_id)
        .where(GroupMember.account_id == account_id)
        .order_by(GroupMember.id)
    )
    return [_exported(member, group) for member, group in session().execute(mine)]


def erase(account_id: str) -> None:
    """What the person wrote, in groups of which no dispute came to a bureau."""
    handled = (
        sa.select(GroupMember.group_id)
        .join(Complaint, Complaint.settlement_id == GroupMember.settlement_id)
        .scalar_subquery()
    )
    mine = sa.select(GroupMember).where(GroupMember.account_id == account_id, GroupMember.group_id.not_in(handled))
    for member in session().scalars(mine).all():
        if member.position == 1:
            session().get_one(ComplaintGroup, member.group_id).about = GONE
        for proposal in session().scalars(sa.select(GroupProposal).filter_by(laid_by=member.id)):
            proposal.text = GONE


def forget_over(before: datetime, batch: int, *, really: bool) -> int:
    """Forget what was written in up to a batch of groups all of whose disputes ended before. returns how many"""
    ended = sa.or_(
        sa.and_(Settlement.state != "escalated", *_ended(Settlement, SETTLEMENT.closed, before)),
        sa.and_(*_ended(Complaint, COMPLAINT.closed, before)),
    )
    goes_on = (
        sa.select(GroupMember.id)
        .join(Settlement, Settlement.id == GroupMember.settlement_id)
        .outerjoin(Complaint, Complaint.settlement_id == Settlement.id)
        .where(GroupMember.group_id == ComplaintGroup.id, sa.not_(sa.func.coalesce(ended, sa.false())))
    )
    over = sa.select(ComplaintGroup).where(ComplaintGroup.erased_at.is_(None), ~goes_on.exists())
    found = session().scalars(over.limit(batch)).all()
    for group in found if really else ():
        group.about, group.erased_at = GONE, current.now()
        for proposal in session().scalars(sa.select(GroupProposal).filter_by(group_id=group.id)):
            proposal.text = GONE
    return len(found)


def _ended(
    model: type[Settlement | Complaint], closed: frozenset[str], before: datetime
) -> tuple[sa.ColumnElement[bool], ...]:
    return model.state.in_(closed), model.state_since < before


def _exported(member: GroupMember, group: ComplaintGroup) -> dict[str, Any]:
    laid = sa.select(GroupProposal).filter_by(laid_by=member.id).order_by(GroupProposal.number)
    given = (
        sa.select(GroupProposal.number, GroupProposal.matter, GroupAnswer.agreed, GroupAnswer.at)
        .join(GroupAnswer, GroupAnswer.proposal_id == GroupProposal.id)
        .where(GroupAnswer.member_id == member.id)
        .order_by(GroupAnswer.sequence)
    )
    return {
        "共同投诉": group.number,
        "单位": group.unit_name,
        "您的诉求": member.settlement_no,
        "别人看到的称呼": member.alias,
        "加入时间": member.joined_at,
        "退出时间": member.left_at,
        "您写的共同点": group.about if member.position == 1 else None,
        "您提请的事项": [
            {"序号": one.number, "事项": one.matter.zh, "内容": one.text, "状态": PROPOSAL.states[one.state or ""]}
            for one in session().scalars(laid)
        ],
        "您的答复": [
            {"序号": number, "事项": matter.zh, "同意": agreed, "时间": at}
            for number, matter, agreed, at in session().execute(given)
        ],
    }
