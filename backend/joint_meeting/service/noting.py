"""How the lead went from one department to another is written down."""

from backend.access.actor import Actor
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.joint_meeting.model import Dispatch, DispatchMove


def note(actor: Actor, case: Dispatch, step: str, sender: str, target: str, reason: str) -> None:
    """One move with its reason, which the complainant reads."""
    session().add(
        DispatchMove(
            dispatch_id=case.id,
            step=step,
            from_body=sender,
            to_body=target,
            reason=reason,
            by_id=actor.account_id,
            at=current.now(),
        )
    )
