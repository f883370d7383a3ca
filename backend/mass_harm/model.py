"""Clusters of complaints: counts, and nobody's name."""

from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.access.policy import Scope
from backend.infrastructure.database import Model, UtcDateTime


class Cluster(Model):
    """One cluster. people: the most that were counted in any thirty days; seen_at: when it was last large enough"""

    __tablename__ = "mass_harm"
    __scope__: ClassVar[dict[Scope, str]] = {Scope.COUNTY: "county_code"}
    __table_args__ = (sa.Index(None, "unit_id", "nature"),)

    unit_id: Mapped[str] = mapped_column(sa.ForeignKey("unit.id"))
    unit_name: Mapped[str] = mapped_column(sa.String(80))
    county_code: Mapped[str] = mapped_column(sa.String(6))
    nature: Mapped[str] = mapped_column(sa.String(40))
    nature_zh: Mapped[str] = mapped_column(sa.String(40))
    people: Mapped[int]
    first_at: Mapped[datetime] = mapped_column(UtcDateTime())
    last_at: Mapped[datetime] = mapped_column(UtcDateTime())
    noticed_at: Mapped[datetime] = mapped_column(UtcDateTime())
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime())
