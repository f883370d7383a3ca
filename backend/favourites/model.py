"""Which units a person keeps."""

from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.access.policy import Scope
from backend.infrastructure.database import Model, UtcDateTime


class KeptUnit(Model):
    """One unit that one person keeps; gone when the person takes it out or closes the account."""

    __table_args__ = (sa.UniqueConstraint("account_id", "unit_id"),)
    __scope__: ClassVar[dict[Scope, str]] = {Scope.OWN: "account_id"}

    account_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id"))
    unit_id: Mapped[str] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime())
