"""Dispatches, the departments asked to assist, and how a dispatch went from one department to another."""

from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.access.policy import Scope
from backend.casework.model import Case
from backend.infrastructure.database import AppendOnly, UtcDateTime

from .clocks import ASSISTANCE_CLOCKS, DISPATCH_CLOCKS
from .lifecycle import ASSISTANCE, DISPATCH


class Dispatch(Case):
    """A complaint that one department leads.

    complaint_no   one dispatch for a complaint; `consumer_id` is its author's
    lead_code      the department that leads or is asked to; None while it is only proposed
    asked          what the office wants done, told to the lead and the assistants
    returns        how often a department handed it back to another
    assigned       the office decided after three returns; then it is not handed back
    """

    __tablename__ = "dispatch"
    __lifecycle__ = DISPATCH
    __clocks__ = DISPATCH_CLOCKS
    __scope__: ClassVar[dict[Scope, str]] = {
        Scope.OWN: "consumer_id",
        Scope.COUNTY: "county_code",
        Scope.DEPARTMENT: "lead_code",
    }
    __table_args__ = (sa.Index(None, "lead_code", "state"),)

    case_no: Mapped[str] = mapped_column(sa.String(30), unique=True)
    complaint_id: Mapped[str] = mapped_column(sa.ForeignKey("complaint.id"), unique=True)
    complaint_no: Mapped[str] = mapped_column(sa.String(30), unique=True)
    consumer_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id"), index=True)
    unit_name: Mapped[str] = mapped_column(sa.String(80))
    lead_code: Mapped[str | None] = mapped_column(sa.String(20))
    proposed_by: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    why: Mapped[str] = mapped_column(sa.Text)
    asked: Mapped[str | None] = mapped_column(sa.Text)
    returns: Mapped[int] = mapped_column(default=0)
    assigned: Mapped[bool] = mapped_column(default=False)
    officer_id: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    result: Mapped[str | None] = mapped_column(sa.Text)


class Assistance(Case):
    """One question to one department that assists."""

    __tablename__ = "assistance"
    __lifecycle__ = ASSISTANCE
    __clocks__ = ASSISTANCE_CLOCKS
    __scope__: ClassVar[dict[Scope, str]] = {Scope.DEPARTMENT: "department_code"}
    __table_args__ = (sa.UniqueConstraint("dispatch_id", "department_code"),)

    case_no: Mapped[str] = mapped_column(sa.String(30), unique=True)
    dispatch_id: Mapped[str] = mapped_column(sa.ForeignKey("dispatch.id"), index=True)
    department_code: Mapped[str] = mapped_column(sa.String(20), index=True)
    unit_name: Mapped[str] = mapped_column(sa.String(80))
    question: Mapped[str] = mapped_column(sa.Text)
    asked_by: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    officer_id: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    reply: Mapped[str | None] = mapped_column(sa.Text)


class DispatchMove(AppendOnly):
    """The lead was named or named another: from whom to whom, and why. The complainant reads it.

    A trigger lets the reason be emptied, when it need not be kept any longer, and nothing else be changed.
    """

    dispatch_id: Mapped[str] = mapped_column(sa.Uuid(as_uuid=False), index=True)
    step: Mapped[str] = mapped_column(sa.String(40))
    from_body: Mapped[str] = mapped_column(sa.String(20))
    to_body: Mapped[str] = mapped_column(sa.String(20))
    reason: Mapped[str] = mapped_column(sa.String(500))
    by_id: Mapped[str | None] = mapped_column(sa.Uuid(as_uuid=False))
    at: Mapped[datetime] = mapped_column(UtcDateTime())
