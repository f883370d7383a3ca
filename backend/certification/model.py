"""The certificate."""

from datetime import date
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.access.policy import Scope
from backend.casework.model import Case

from .clocks import CLOCKS
from .lifecycle import CERTIFICATE
from .rules import Standing, standing


class Certificate(Case):
    """A unit's certificate. A unit holds at most one that is not closed.

    ground, reason_on   why and since when the present state holds; shown to the public when it is not good news
    """

    __lifecycle__ = CERTIFICATE
    __clocks__ = CLOCKS
    __scope__: ClassVar[dict[Scope, str]] = {Scope.STATION: "station_id", Scope.COUNTY: "county_code"}
    __table_args__ = (
        sa.Index(None, "state"),
        sa.Index(
            "uq_certificate_open",
            "unit_id",
            unique=True,
            sqlite_where=sa.text("state IN ('certified', 'rectifying', 'suspended')"),
            postgresql_where=sa.text("state IN ('certified', 'rectifying', 'suspended')"),
        ),
    )

    unit_id: Mapped[str] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    station_id: Mapped[str] = mapped_column(sa.ForeignKey("liaison_station.id"), index=True)
    number: Mapped[str] = mapped_column(sa.String(40), unique=True)
    issued_on: Mapped[date]
    valid_until: Mapped[date]
    ground: Mapped[str | None] = mapped_column(sa.String(10))
    reason_on: Mapped[date | None]

    def standing_on(self, day: date) -> Standing:
        """What the public sees of it on a day."""
        return standing(self.state or "", self.valid_until, day)
