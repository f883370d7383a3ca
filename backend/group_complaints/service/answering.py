"""A member answers what was laid before the group; a consent is carried out at once, on that member's case alone."""

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.casework import service as casework
from backend.complaints.service import Identity
from backend.group_complaints import queries
from backend.group_complaints.lifecycle import ELECTED
from backend.group_complaints.model import ComplaintGroup, GroupAnswer, GroupMember, GroupProposal
from backend.group_complaints.queries import Standing
from backend.group_complaints.rules import Matter, elected
from backend.infrastructure import audit, current
from backend.infrastructure.database import session
from backend.infrastructure.insertion import insert_once
from backend.kernel.errors import Conflict, NotFound, NotPossibleNow

from .consent import carry_out
from .membership import mine
from .telling import take_back_question, tell


def answer(
    actor: Actor, case_no: str, number: int, *, agree: bool, identity: Identity | None = None, offer: str | None = None
) -> tuple[ComplaintGroup, GroupProposal]:
    """Answer once and for good; who does not agree goes on with their own case as it is.

    An election that holds already can still be agreed to: that member is represented from then on.
    identity   for going to the bureau, unless it was given before; no other member reads it
    offer      stamp of the member's own offer that the member saw, for accepting or declining it
    raises     NotFound; NotPossibleNow answer_over; Conflict answered_already; and what the step itself raises
    source     Order 121 §12
    """
    found = mine(actor, Action.GROUP_ANSWER, case_no)
    proposal = next((one for one in found.standing.proposals if one.number == number), None)
    if proposal is None:
        raise NotFound("no_such_proposal", "没有这个事项，请刷新页面再看。")
    if not can_be_answered(found.standing, proposal):
        raise NotPossibleNow(
            "answer_over",
            "这件事的答复已经结束。您那一件照旧办理，要做什么可以在您自己的诉求里做。",
            state=proposal.state,
        )
    if not keep_answer(proposal, found.member, agreed=agree):
        raise Conflict("answered_already", "您已经答复过这件事了，答复不能改。要做什么可以在您自己的诉求里做。")
    audit.record(
        actor,
        Action.GROUP_ANSWER.value,
        "group_proposal",
        proposal.id,
        chain=found.group.county_code,
        ground=proposal.matter.value,
        after={"member": found.member.id, "agreed": agree},
    )
    if agree:
        carry_out(actor, proposal, found.settlement, identity, offer)
    if proposal.state == "open":
        advance(actor, found.group, proposal)
    return found.group, proposal


def can_be_answered(standing: Standing, proposal: GroupProposal) -> bool:
    """Whether answers are still taken: within the period, or to the election that holds."""
    if proposal.state == "open":
        return proposal.answer_by > current.now()
    return proposal is standing.election


def keep_answer(proposal: GroupProposal, member: GroupMember, *, agreed: bool) -> bool:
    """returns whether it is the member's first"""
    values = {"proposal_id": proposal.id, "member_id": member.id, "agreed": agreed, "at": current.now()}
    return insert_once(GroupAnswer, values)


def advance(actor: Actor, group: ComplaintGroup, proposal: GroupProposal) -> None:
    """End what no more answer can change: an election that holds, anything answered by everybody whom it can still concern."""
    session().flush()
    now = queries.standing(group)
    agreed, members = now.who(proposal, agreed=True), {one.id for one in now.members}
    chosen = {one.id for one in now.at(proposal.candidates)}
    if (
        proposal.matter is Matter.ELECTION
        and len(chosen) == len(proposal.candidates)
        and elected(agreed, chosen, members)
    ):
        casework.apply(proposal, "come_into_force", actor, facts={ELECTED: True})
        tell(group, now.members, "group_represented", f"group_proposal:{proposal.id}:in_force")
    elif agreed | now.who(proposal, agreed=False) | queries.over(now.members) >= members:
        casework.apply(proposal, "complete", actor)
        tell_answered(group, proposal)


def tell_answered(group: ComplaintGroup, proposal: GroupProposal) -> None:
    """Who laid it hears that the answers are in."""
    take_back_question(proposal)
    layer = session().get_one(GroupMember, proposal.laid_by)
    if layer.left_at is None:
        tell(group, [layer], "group_answered", f"group_proposal:{proposal.id}:answered")
