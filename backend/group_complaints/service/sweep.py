"""Ends what members had time to answer. Run by the worker."""

from backend.access.actor import SYSTEM
from backend.casework import queries as cases
from backend.casework import service as casework
from backend.group_complaints.model import GroupProposal
from backend.infrastructure import current
from backend.infrastructure.database import session, unit_of_work

from .answering import tell_answered
from .membership import hold


def sweep() -> int:
    """One pass; opens its own units of work. returns how many matters ended"""
    with unit_of_work(read_only=True):
        due = cases.due_case_ids("group_proposal", "G1", current.now())
    for case_id in due:
        with unit_of_work():
            proposal = session().get_one(GroupProposal, case_id)
            group = hold(proposal.group_id)
            session().refresh(proposal)
            if proposal.state == "open":
                casework.apply(proposal, "close", SYSTEM)
                tell_answered(group, proposal)
    return len(due)
