"""Campaigns and visits."""

from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.access.policy import Scope
from backend.casework.model import Case
from backend.infrastructure.database import Json, UtcDateTime, enum_column
from backend.merchants.rules import Category

from .clocks import CAMPAIGN_CLOCKS, VISIT_CLOCKS
from .lifecycle import CAMPAIGN, VISIT


class Campaign(Case):
    """A round of reviews of one category. `seed` and the lists behind it make the draw reproducible."""

    __tablename__ = "campaign"
    __lifecycle__ = CAMPAIGN
    __clocks__ = CAMPAIGN_CLOCKS
    __scope__: ClassVar[dict[Scope, str]] = {Scope.COUNTY: "county_code"}

    number: Mapped[str] = mapped_column(sa.String(30), unique=True)
    title: Mapped[str] = mapped_column(sa.String(80))
    category: Mapped[Category] = mapped_column(enum_column(Category))
    sample_size: Mapped[int]
    checklist: Mapped[Any] = mapped_column(Json)
    created_by: Mapped[str] = mapped_column(sa.ForeignKey("account.id"))
    seed: Mapped[str | None] = mapped_column(sa.String(64))
    frame_size: Mapped[int | None]
    summary: Mapped[str | None] = mapped_column(sa.Text)
    results: Mapped[Any] = mapped_column(Json, nullable=True)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class Visit(Case):
    """One volunteer's visit to one unit; bound to a scan of the unit's plate when it starts, locked when it is submitted."""

    __tablename__ = "visit"
    __lifecycle__ = VISIT
    __clocks__ = VISIT_CLOCKS
    __scope__: ClassVar[dict[Scope, str]] = {Scope.ASSIGNED: "volunteer_id"}
    __table_args__ = (sa.UniqueConstraint("campaign_id", "unit_id", "volunteer_id"),)

    number: Mapped[str] = mapped_column(sa.String(30), unique=True)
    campaign_id: Mapped[str] = mapped_column(sa.ForeignKey("campaign.id"), index=True)
    unit_id: Mapped[str] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    volunteer_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id"), index=True)
    second: Mapped[bool]
    plate_id: Mapped[str | None] = mapped_column(sa.ForeignKey("plate.id"))
    visited_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    answers: Mapped[Any] = mapped_column(Json, nullable=True)
    remark: Mapped[str | None] = mapped_column(sa.Text)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
