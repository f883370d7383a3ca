"""Advance payments, recoveries, the ledger, caps, and who hosts whom."""

from datetime import date, datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.access.policy import Scope
from backend.casework.model import Case
from backend.infrastructure.database import AppendOnly, Model, UtcDateTime, enum_column

from .clocks import ADVANCE_CLOCKS, RECOVERY_CLOCKS
from .lifecycle import ADVANCE, RECOVERY
from .rules import Account, Act, Because

_NOT_DECLINED = sa.text("state <> 'declined'")


class HostedUnit(Model):
    """A unit trades in the place of a host (a market, a scenic area), as an officer noted."""

    unit_id: Mapped[str] = mapped_column(sa.ForeignKey("unit.id"), unique=True)
    host_unit_id: Mapped[str] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    set_by: Mapped[str] = mapped_column(sa.ForeignKey("account.id"))
    set_at: Mapped[datetime] = mapped_column(UtcDateTime())


class FundCap(AppendOnly):
    """The most that a station decided to pay first, per case and per local day; the newest row of a station holds."""

    station_id: Mapped[str] = mapped_column(sa.Uuid(as_uuid=False), index=True)
    per_case_fen: Mapped[int]
    per_day_fen: Mapped[int]
    set_by: Mapped[str] = mapped_column(sa.Uuid(as_uuid=False))
    set_at: Mapped[datetime] = mapped_column(UtcDateTime())


class AdvancePayment(Case):
    """A consumer's wish to be paid first, and what became of it. The payer knows the consumer by `alias` alone.

    payer_station_id   the unit's own station, or the host's where the stall left
    host_unit_id       the host that pays for the stall; None where the unit's own station pays
    reference_masked   the last four characters of the bank's reference
    """

    __tablename__ = "advance_payment"
    __lifecycle__ = ADVANCE
    __clocks__ = ADVANCE_CLOCKS
    __scope__: ClassVar[dict[Scope, str]] = {
        Scope.OWN: "consumer_id",
        Scope.STATION: "payer_station_id",
        Scope.COUNTY: "county_code",
    }
    __table_args__ = (
        sa.Index(
            "uq_advance_payment_settlement",
            "settlement_id",
            unique=True,
            sqlite_where=_NOT_DECLINED,
            postgresql_where=_NOT_DECLINED,
        ),
        sa.Index(None, "payer_station_id", "decided_on"),
        sa.CheckConstraint("amount_fen > 0", name="amount_is_positive"),
    )

    case_no: Mapped[str] = mapped_column(sa.String(30), unique=True)
    settlement_id: Mapped[str] = mapped_column(sa.ForeignKey("settlement.id"))
    settlement_no: Mapped[str] = mapped_column(sa.String(30))
    consumer_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id"), index=True)
    alias: Mapped[str] = mapped_column(sa.String(40))
    unit_id: Mapped[str] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    unit_name: Mapped[str] = mapped_column(sa.String(80))
    payer_station_id: Mapped[str] = mapped_column(sa.ForeignKey("liaison_station.id"))
    host_unit_id: Mapped[str | None] = mapped_column(sa.ForeignKey("unit.id"))
    because: Mapped[Because] = mapped_column(enum_column(Because))
    amount_fen: Mapped[int]
    decided_by: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    decided_on: Mapped[date | None]
    decision_text: Mapped[str | None] = mapped_column(sa.Text)
    reference_masked: Mapped[str | None] = mapped_column(sa.String(8))
    voucher_key: Mapped[str | None] = mapped_column(sa.String(120))
    voucher_sha256: Mapped[str | None] = mapped_column(sa.String(64))


class Recovery(Case):
    """What a host is to get back from the stall for which it paid. `amount_fen` is that of the payment."""

    __tablename__ = "recovery"
    __lifecycle__ = RECOVERY
    __clocks__ = RECOVERY_CLOCKS
    __scope__: ClassVar[dict[Scope, str]] = {Scope.STATION: "payer_station_id", Scope.COUNTY: "county_code"}

    case_no: Mapped[str] = mapped_column(sa.String(30), unique=True)
    payment_id: Mapped[str] = mapped_column(sa.ForeignKey("advance_payment.id"), unique=True)
    unit_id: Mapped[str] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    unit_name: Mapped[str] = mapped_column(sa.String(80))
    payer_station_id: Mapped[str] = mapped_column(sa.ForeignKey("liaison_station.id"), index=True)
    amount_fen: Mapped[int]
    result_text: Mapped[str | None] = mapped_column(sa.Text)


class LedgerEntry(AppendOnly):
    """One side of a double entry. The constraint lets no act be booked twice, so nobody is paid twice."""

    __table_args__ = (sa.UniqueConstraint("payment_id", "act", "account"),)

    payment_id: Mapped[str] = mapped_column(sa.Uuid(as_uuid=False))
    act: Mapped[Act] = mapped_column(enum_column(Act))
    account: Mapped[Account] = mapped_column(enum_column(Account))
    amount_fen: Mapped[int]
    booked_by: Mapped[str] = mapped_column(sa.Uuid(as_uuid=False))
    at: Mapped[datetime] = mapped_column(UtcDateTime())
