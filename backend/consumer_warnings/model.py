"""Consumer warnings."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.infrastructure.database import Model, UtcDateTime

from .rules import Stage, stage, unpacked, whom


class ConsumerWarning(Model):
    """A warning, as it was published; only taking it back changes it.

    counties_packed, categories_packed   whom it is for (rules.packed); '' for all
    from_on, until_on                    the first and the last day on which it holds
    """

    number: Mapped[str] = mapped_column(sa.String(30), unique=True)
    title: Mapped[str] = mapped_column(sa.String(60))
    text: Mapped[str] = mapped_column(sa.Text)
    counties_packed: Mapped[str] = mapped_column(sa.String(120))
    categories_packed: Mapped[str] = mapped_column(sa.String(120))
    from_on: Mapped[date]
    until_on: Mapped[date] = mapped_column(index=True)
    published_at: Mapped[datetime] = mapped_column(UtcDateTime())
    published_by: Mapped[str] = mapped_column(sa.ForeignKey("account.id"))
    withdrawn_on: Mapped[date | None]
    withdrawn_why: Mapped[str | None] = mapped_column(sa.String(300))

    @property
    def counties(self) -> list[str]:
        """Codes; empty for the whole city."""
        return unpacked(self.counties_packed)

    @property
    def categories(self) -> list[str]:
        """Values of Category; empty for every kind of unit."""
        return unpacked(self.categories_packed)

    @property
    def whom(self) -> str:
        """Whom it is for, as people read it."""
        return whom(self.counties, self.categories)

    def stage_on(self, day: date) -> Stage:
        """Where it is on this day."""
        return stage(day, self.from_on, self.until_on, self.withdrawn_on)
