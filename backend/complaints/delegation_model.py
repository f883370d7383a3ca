"""Delegated mediation (委托调解): the bureau's complaint in the hands of the consumer council for a while."""

from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.access.policy import Scope
from backend.casework.model import Case
from backend.infrastructure.database import enum_column

from .clocks import DELEGATION_CLOCKS
from .lifecycle import DELEGATION
from .rules import Closing


class Delegation(Case):
    """One delegation of a complaint to the consumer council (消保委); its result comes back to the bureau, which decides.

    A council cannot delegate it further: a delegation is opened from a complaint alone, by the bureau alone.
    result_text   what was agreed, or why it was not accepted or came to nothing
    closing       what stands of an agreement
    source        Order 121 §19; 浙江省实施〈消费者权益保护法〉办法 §32
    """

    __tablename__ = "delegation"
    __lifecycle__ = DELEGATION
    __clocks__ = DELEGATION_CLOCKS
    __scope__: ClassVar[dict[Scope, str]] = {Scope.COUNTY: "county_code"}
    __table_args__ = (sa.Index(None, "state", "state_since"),)

    case_no: Mapped[str] = mapped_column(sa.String(30), unique=True)
    complaint_id: Mapped[str] = mapped_column(sa.ForeignKey("complaint.id"), index=True)
    complaint_no: Mapped[str] = mapped_column(sa.String(30))
    unit_name: Mapped[str] = mapped_column(sa.String(80))
    alias: Mapped[str] = mapped_column(sa.String(40))
    asked_by: Mapped[str] = mapped_column(sa.ForeignKey("account.id"))
    request_text: Mapped[str] = mapped_column(sa.String(500))
    mediator_id: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    result_text: Mapped[str | None] = mapped_column(sa.Text)
    closing: Mapped[Closing | None] = mapped_column(enum_column(Closing))
