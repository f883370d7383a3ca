"""Emergencies. Where, what and how to reach the person are sealed; no account is kept."""

from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.access.policy import Scope
from backend.casework.model import Case
from backend.infrastructure.database import UtcDateTime, enum_column
from backend.infrastructure.sealing import Sealed

from .clocks import EMERGENCY_CLOCKS
from .lifecycle import EMERGENCY
from .rules import Emergency


class EmergencyCase(Case):
    """One emergency (紧急情况). about_no: of the settlement request or report in which it was marked"""

    __tablename__ = "emergency"
    __lifecycle__ = EMERGENCY
    __clocks__ = EMERGENCY_CLOCKS
    __scope__: ClassVar[dict[Scope, str]] = {Scope.COUNTY: "county_code"}

    case_no: Mapped[str] = mapped_column(sa.String(30), unique=True)
    kind: Mapped[Emergency] = mapped_column(enum_column(Emergency))
    unit_id: Mapped[str | None] = mapped_column(sa.ForeignKey("unit.id"))
    unit_name: Mapped[str | None] = mapped_column(sa.String(80))
    about_no: Mapped[str | None] = mapped_column(sa.String(30))
    place_sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)
    what_sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)
    phone_sealed: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    officer_id: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    outcome: Mapped[str | None] = mapped_column(sa.Text)
    place = Sealed("place_sealed")
    what = Sealed("what_sealed")
    phone = Sealed("phone_sealed")
