"""Reads of requests for proof of identity."""

import sqlalchemy as sa

from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.kernel.wording import local_day

from .identity_model import IdentityRequest
from .rules import RefusalGround, TerminationGround


def newest_request(complaint_id: str) -> IdentityRequest | None:
    """The last request for proof of identity of a complaint."""
    statement = sa.select(IdentityRequest).filter_by(complaint_id=complaint_id)
    return session().scalars(statement.order_by(IdentityRequest.number.desc()).limit(1)).one_or_none()


def suggested_by(
    state: str | None, asked: IdentityRequest | None
) -> tuple[RefusalGround | TerminationGround, str] | None:
    """What an unanswered request speaks for once its last day is over; the officer decides. source: Order 121 §16(5)(6), §23(6)"""
    if asked is None or asked.answered_at is not None or asked.until >= current.today():
        return None
    fact = f"投诉人没有在 {local_day(asked.until)} 前提供身份证明材料"
    if state == "received":
        return RefusalGround.R16_6, f"{fact}（确实没有配合的，按 R16_6；只是没有提供材料的，按 R16_5）"
    return (TerminationGround.T23_6, fact) if state == "in_mediation" else None
