"""What a member's consent does: the member's own step on the member's own case. source: Order 121 §12"""

from backend.access.actor import Actor
from backend.complaints import queries as disputes
from backend.complaints import service as complaints
from backend.complaints.model import Complaint, Settlement
from backend.complaints.service import Identity
from backend.group_complaints.model import GroupProposal
from backend.group_complaints.rules import Matter
from backend.kernel.errors import NotPossibleNow

from .membership import is_over


def carry_out(
    actor: Actor, proposal: GroupProposal, settlement: Settlement, identity: Identity | None, offer: str | None
) -> None:
    """Take the member's step; nothing is kept when it is refused.

    offer    as in complaints.service.accept_offer, where the matter is to accept or to decline

    raises   whatever the step of this matter raises: too early, no offer yet, identity missing
    """
    complaint = disputes.complaint_of(settlement.id)
    match proposal.matter:
        case Matter.ELECTION:
            return
        case Matter.ACCEPT_OFFER:
            complaints.accept_offer(actor, settlement.case_no, offer=offer)
        case Matter.DECLINE_OFFER:
            complaints.decline_offer(actor, settlement.case_no, offer=offer)
        case Matter.ESCALATE:
            complaints.escalate(actor, settlement.case_no, identity)
        case Matter.MEDIATE:
            complaints.answer_consent(actor, _at_bureau(complaint).case_no, agree=True)
        case Matter.AGREE:
            if _at_bureau(complaint).state != "in_mediation":
                raise NotPossibleNow("not_in_mediation", "您这一件还没有在调解，不能答复调解协议的条件。")
        case Matter.CHANGE:
            _change(actor, settlement, complaint, proposal.text or "")
        case Matter.WITHDRAW if complaint is not None:
            complaints.withdraw_complaint(actor, complaint.case_no)
        case Matter.WITHDRAW:
            complaints.withdraw_settlement(actor, settlement.case_no)


def _change(actor: Actor, settlement: Settlement, complaint: Complaint | None, text: str) -> None:
    """The station reads it in the conversation; the bureau reads it beside the case, with who consented."""
    if is_over(settlement):
        raise NotPossibleNow("dispute_over", "您这一件已经办结，不用再变更请求。", state=settlement.state)
    if complaint is None:
        complaints.say(actor, settlement.case_no, text=f"我同意变更请求：{text}")


def _at_bureau(complaint: Complaint | None) -> Complaint:
    if complaint is None:
        raise NotPossibleNow("not_at_bureau", "您这一件还没有转到市场监管部门，这件事现在和它没有关系。可以不答复。")
    return complaint
