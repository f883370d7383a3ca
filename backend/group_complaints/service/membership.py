"""The group as its member meets it: the member's own dispute, then the group, both held until the unit of work ends.

A dispute is always held before its group, and nobody holds two disputes and a group: so nobody waits in a circle.
"""

from dataclasses import dataclass

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.complaints import queries as disputes
from backend.complaints.lifecycle import COMPLAINT, SETTLEMENT
from backend.complaints.model import Complaint, Settlement
from backend.group_complaints import queries
from backend.group_complaints.model import ComplaintGroup, GroupMember
from backend.group_complaints.queries import Standing
from backend.infrastructure.database import session
from backend.kernel.errors import NotFound


@dataclass(frozen=True)
class Mine:
    """The actor's dispute, its place in a group, and the group as it stands."""

    settlement: Settlement
    member: GroupMember
    standing: Standing

    @property
    def group(self) -> ComplaintGroup:
        """The group itself."""
        return self.standing.group


def mine(actor: Actor, action: Action, case_no: str) -> Mine:
    """raises NotFound, NotPermitted"""
    settlement = disputes.settlement(actor, action, case_no)
    member = queries.member_of(settlement.id)
    if member is None:
        raise NotFound("no_group", "这件诉求没有参加共同投诉。可以自己发起，也可以用别人给的加入码参加。")
    return Mine(settlement, member, queries.standing(hold(member.group_id)))


def hold(group_id: str) -> ComplaintGroup:
    """The group, so that of two steps at once one comes second."""
    return session().get_one(ComplaintGroup, group_id, with_for_update=True, populate_existing=True)


def is_over(settlement: Settlement) -> bool:
    """Whether a dispute is at an end, at the bureau if it went there."""
    complaint: Complaint | None = disputes.complaint_of(settlement.id)
    if complaint is not None:
        return complaint.state in COMPLAINT.closed
    return settlement.state in SETTLEMENT.closed
