"""The medians of a category; counts of units, and nobody's name."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.infrastructure.database import RowBase, UtcDateTime, enum_column
from backend.merchants.rules import Category


class CategoryMedian(RowBase):
    """How the middle unit of a category does over a period. None: fewer than five units have the figure.

    days             length of the period, back from `counted_at`
    answer_minutes   from a request to the first answer
    *_percent        0 to 100
    """

    category: Mapped[Category] = mapped_column(enum_column(Category), primary_key=True)
    days: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    answer_minutes: Mapped[float | None] = mapped_column(sa.Float)
    settled_percent: Mapped[float | None] = mapped_column(sa.Float)
    performed_percent: Mapped[float | None] = mapped_column(sa.Float)
    counted_at: Mapped[datetime] = mapped_column(UtcDateTime())
