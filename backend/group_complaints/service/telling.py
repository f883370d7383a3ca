"""Notices to members of a group: each with the number of the member's own dispute, and nothing of the others."""

from collections.abc import Iterable

from backend.group_complaints.model import ComplaintGroup, GroupMember, GroupProposal
from backend.notifications import service as notifications
from backend.notifications.templates import Value


def tell(group: ComplaintGroup, members: Iterable[GroupMember], template: str, event: str, **params: Value) -> None:
    """One notice to each.

    event   what happened, unique to it, and what the notice is about: "group_proposal:<id>:asked"
    """
    for member in members:
        notifications.queue(
            member.account_id,
            template,
            {"case_no": member.settlement_no, "unit_name": group.unit_name, **params},
            event_key=f"{event}:{member.id}",
            link=f"/my/cases/{member.settlement_no}/group",
        )


def take_back_question(proposal: GroupProposal) -> None:
    """Nobody is waited for any more."""
    notifications.drop(f"group_proposal:{proposal.id}:asked:")
