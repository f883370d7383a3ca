"""What waits to be deleted outside the database."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.infrastructure.database import RowBase, UtcDateTime


class DoomedObject(RowBase):
    """A file whose row is gone: written in the transaction that forgot it, deleted after it."""

    __tablename__ = "doomed_object"

    object_key: Mapped[str] = mapped_column(sa.String(120), primary_key=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime())
