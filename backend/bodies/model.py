"""How a body is reached, as the office last entered it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.infrastructure.database import RowBase, UtcDateTime


class BodyContact(RowBase):
    """Telephone and address of one body; a body without a row is reached by its line. Public, of offices, of no person."""

    code: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    phone: Mapped[str] = mapped_column(sa.String(20))
    address: Mapped[str | None] = mapped_column(sa.String(200))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime())
