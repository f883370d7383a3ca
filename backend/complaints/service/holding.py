"""首问负责: the member of a station who takes a request first owns it; only the owner answers.

A colleague becomes the owner by taking what the owner hands over, or what was left by a member who is no more one.
"""

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.casework import service as casework
from backend.complaints import queries
from backend.complaints.model import Settlement
from backend.infrastructure import current
from backend.kernel.errors import NotPossibleNow

from .telling import take_back_notices, tell_station


def take(actor: Actor, case_no: str) -> Settlement:
    """Become the owner of a request; who owns it already keeps it. raises NotPossibleNow owned_by_colleague"""
    settlement = queries.settlement(actor, Action.SETTLEMENT_TAKE, case_no)
    take_up(actor, settlement)
    return settlement


def hand_over(actor: Actor, case_no: str) -> Settlement:
    """Ask the colleagues to take the request; nothing changes until one of them does. raises NotPossibleNow not_owner"""
    settlement = queries.settlement(actor, Action.SETTLEMENT_HAND_OVER, case_no)
    owner = queries.owners([settlement]).get(settlement.id)
    if owner is None or owner.account_id != actor.account_id:
        raise NotPossibleNow("not_owner", "这件诉求不是您在办，不能由您转给同事。", state=settlement.state)
    if settlement.handing_over_at is None:
        casework.apply(settlement, "hand_over", actor)
        settlement.handing_over_at = current.now()
        asked_at = f":{settlement.handing_over_at:%Y%m%d%H%M%S}"
        tell_station(settlement, "settlement_handed_over", but=actor.account_id, event=asked_at)
    return settlement


def take_up(actor: Actor, settlement: Settlement) -> None:
    """Make the actor the owner unless a colleague is. The caller holds the row, so that of two at once one comes second."""
    owner = queries.owners([settlement]).get(settlement.id)
    if owner is not None and owner.account_id == actor.account_id and settlement.handing_over_at is None:
        return
    if owner is not None and owner.account_id != actor.account_id and settlement.handing_over_at is None:
        raise NotPossibleNow(
            "owned_by_colleague",
            f"这件诉求由{owner.alias}在办（首问负责）。要换人，请对方先点“请同事接手”。",
            state=settlement.state,
        )
    casework.apply(settlement, "take", actor)
    settlement.owner_id, settlement.handing_over_at = actor.account_id, None
    take_back_notices(settlement, "deadline_missed", "settlement_handed_over")
