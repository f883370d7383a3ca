"""Removal proposals."""

from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.access.policy import Scope
from backend.casework.model import Case
from backend.certification.rules import Ground
from backend.infrastructure.database import Json, enum_column

from .clocks import CLOCKS
from .lifecycle import REMOVAL


class Removal(Case):
    """A proposal to revoke a unit's certificate. One at a time for each certificate.

    dossier   numbers that were true when it was proposed: complaints, ratings, unanswered requests
    """

    __tablename__ = "removal"
    __lifecycle__ = REMOVAL
    __clocks__ = CLOCKS
    __scope__: ClassVar[dict[Scope, str]] = {Scope.STATION: "station_id", Scope.COUNTY: "county_code"}
    __table_args__ = (
        sa.Index(
            "uq_removal_open",
            "certificate_id",
            unique=True,
            sqlite_where=sa.text("state IN ('awaiting_reply', 'awaiting_decision')"),
            postgresql_where=sa.text("state IN ('awaiting_reply', 'awaiting_decision')"),
        ),
    )

    case_no: Mapped[str] = mapped_column(sa.String(30), unique=True)
    certificate_id: Mapped[str] = mapped_column(sa.ForeignKey("certificate.id"), index=True)
    unit_id: Mapped[str] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    unit_name: Mapped[str] = mapped_column(sa.String(80))
    station_id: Mapped[str] = mapped_column(sa.ForeignKey("liaison_station.id"))
    ground: Mapped[Ground] = mapped_column(enum_column(Ground))
    statement: Mapped[str] = mapped_column(sa.Text)
    dossier: Mapped[Any] = mapped_column(Json)
    proposed_by: Mapped[str] = mapped_column(sa.ForeignKey("account.id"))
    reply_text: Mapped[str | None] = mapped_column(sa.Text)
    decided_by: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    decision_text: Mapped[str | None] = mapped_column(sa.Text)
