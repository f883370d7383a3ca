"""Places in the status lists, and the editions of the register's file."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.infrastructure.database import AppendOnly, Model, UtcDateTime


class StatusPlace(AppendOnly):
    """Which bit of which list speaks of a certificate, in the lists of every purpose; drawn at random, never given to another."""

    __table_args__ = (sa.UniqueConstraint("list_number", "position"),)

    certificate_id: Mapped[str] = mapped_column(sa.ForeignKey("certificate.id"), unique=True)
    list_number: Mapped[int]
    position: Mapped[int]


class RegisterEdition(Model):
    """One day's register as a file.

    storage_key   of the file
    signature     compact JWS over the file's SHA-256 (editions)
    units         how many certificates stand in it
    """

    made_at: Mapped[datetime] = mapped_column(UtcDateTime(), index=True)
    storage_key: Mapped[str] = mapped_column(sa.String(120))
    signature: Mapped[str] = mapped_column(sa.Text)
    units: Mapped[int]
