"""Closing and moving notices."""

from datetime import date, timedelta
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.access.policy import Scope
from backend.casework.model import Case
from backend.infrastructure.database import enum_column

from .clocks import CLOCKS
from .lifecycle import CLOSING_NOTICE
from .rules import ClosingKind, Prepaid


class ClosingNotice(Case):
    """A unit's notice; one at a time.

    closing_on   the first day on which the unit is not there any more
    refund_by    until when everything that was prepaid is refunded; None when nothing was
    """

    __tablename__ = "closing_notice"
    __lifecycle__ = CLOSING_NOTICE
    __clocks__ = CLOCKS
    __scope__: ClassVar[dict[Scope, str]] = {Scope.STATION: "station_id", Scope.COUNTY: "county_code"}
    __table_args__ = (
        sa.Index(
            "uq_closing_notice_open",
            "unit_id",
            unique=True,
            sqlite_where=sa.text("state = 'announced'"),
            postgresql_where=sa.text("state = 'announced'"),
        ),
    )

    case_no: Mapped[str] = mapped_column(sa.String(30), unique=True)
    certificate_id: Mapped[str] = mapped_column(sa.ForeignKey("certificate.id"), index=True)
    unit_id: Mapped[str] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    unit_name: Mapped[str] = mapped_column(sa.String(80))
    station_id: Mapped[str] = mapped_column(sa.ForeignKey("liaison_station.id"))
    kind: Mapped[ClosingKind] = mapped_column(enum_column(ClosingKind))
    closing_on: Mapped[date]
    new_address: Mapped[str | None] = mapped_column(sa.String(120))
    prepaid: Mapped[Prepaid] = mapped_column(enum_column(Prepaid))
    refund_by: Mapped[date | None]
    announced_by: Mapped[str] = mapped_column(sa.ForeignKey("account.id"))

    @property
    def last_day(self) -> date:
        """The last day on which the unit is there, and on which the notice may be taken back."""
        return self.closing_on - timedelta(days=1)
