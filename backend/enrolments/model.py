"""Requests to be entered in the register."""

from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.access.policy import Scope
from backend.casework.model import Case
from backend.infrastructure.database import UtcDateTime, enum_column
from backend.infrastructure.sealing import Sealed
from backend.merchants.rules import Category

from .clocks import CLOCKS
from .lifecycle import ENROLMENT
from .rules import DeclineReason

_OPEN = sa.text("state = 'submitted'")


class Enrolment(Case):
    """A shop's request; one at a time for a unified social credit code.

    merchant_name      as the business licence has it; the shop's own name may be another
    phone_proved       whether the account answered a code at this phone
    invitation         code of the invitation for who asked; theirs alone to read, gone when the request is forgotten
    unit_id            the unit that it became
    """

    __lifecycle__ = ENROLMENT
    __clocks__ = CLOCKS
    __scope__: ClassVar[dict[Scope, str]] = {Scope.OWN: "account_id", Scope.COUNTY: "county_code"}
    __table_args__ = (
        sa.Index("uq_enrolment_open", "uscc", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        sa.Index(None, "state"),
    )

    case_no: Mapped[str] = mapped_column(sa.String(30), unique=True)
    account_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id"), index=True)
    uscc: Mapped[str] = mapped_column(sa.String(18))
    merchant_name: Mapped[str] = mapped_column(sa.String(120))
    unit_name: Mapped[str] = mapped_column(sa.String(80))
    category: Mapped[Category] = mapped_column(enum_column(Category))
    address: Mapped[str] = mapped_column(sa.String(200))
    website: Mapped[str | None] = mapped_column(sa.String(300))
    contact_sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)
    phone_sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)
    phone_proved: Mapped[bool]
    invitation_sealed: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    reason: Mapped[DeclineReason | None] = mapped_column(enum_column(DeclineReason))
    decision_text: Mapped[str | None] = mapped_column(sa.Text)
    decided_by: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    unit_id: Mapped[str | None] = mapped_column(sa.ForeignKey("unit.id"))
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    contact = Sealed("contact_sealed")
    phone = Sealed("phone_sealed")
    invitation = Sealed("invitation_sealed")
