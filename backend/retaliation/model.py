"""Cases of retaliation, what was written in them, and the steps that protect somebody. No row holds the person's account."""

from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.access.policy import Scope
from backend.casework.model import Case
from backend.infrastructure.database import AppendOnly, Json, Model, UtcDateTime, enum_column
from backend.infrastructure.sealing import Sealed

from .clocks import RETALIATION_CLOCKS
from .lifecycle import RETALIATION
from .rules import Measure, Origin, Protection


class Retaliation(Case):
    """One case of retaliation (打击报复), at the county whose bureau has the dispute or the report.

    access_hash   of the code with which the person follows it
    about_no      of the settlement request or report
    acts          list of rules.Act codes
    in_danger     the person said that the danger is present; 110 was named to them first
    measure, measure_no   what followed for the certificate, and the proposal's number
    """

    __tablename__ = "retaliation"
    __lifecycle__ = RETALIATION
    __clocks__ = RETALIATION_CLOCKS
    __scope__: ClassVar[dict[Scope, str]] = {Scope.COUNTY: "county_code"}

    case_no: Mapped[str] = mapped_column(sa.String(30), unique=True)
    access_hash: Mapped[str | None] = mapped_column(sa.String(64))
    origin: Mapped[Origin] = mapped_column(enum_column(Origin))
    about_no: Mapped[str] = mapped_column(sa.String(30), index=True)
    unit_id: Mapped[str | None] = mapped_column(sa.ForeignKey("unit.id"))
    unit_name: Mapped[str] = mapped_column(sa.String(120))
    acts: Mapped[Any] = mapped_column(Json)
    in_danger: Mapped[bool]
    what_sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)
    phone_sealed: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    officer_id: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    police_body: Mapped[str | None] = mapped_column(sa.String(120))
    police_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    outcome_sealed: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    measure: Mapped[Measure | None] = mapped_column(enum_column(Measure))
    measure_no: Mapped[str | None] = mapped_column(sa.String(30))
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    what = Sealed("what_sealed")
    phone = Sealed("phone_sealed")
    outcome = Sealed("outcome_sealed")


class RetaliationNote(Model):
    """What was written in a case. officer_id: None for the person; for_person: whether the access code shows it"""

    retaliation_id: Mapped[str] = mapped_column(sa.ForeignKey("retaliation.id"), index=True)
    officer_id: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    for_person: Mapped[bool]
    at: Mapped[datetime] = mapped_column(UtcDateTime())
    text_sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)
    text = Sealed("text_sealed")


class RetaliationProtection(AppendOnly):
    """A protective step that was taken: which (a code of rules.Protection), by whom, when."""

    retaliation_id: Mapped[str] = mapped_column(sa.Uuid(as_uuid=False), index=True)
    step: Mapped[str] = mapped_column(sa.String(40))
    officer_id: Mapped[str] = mapped_column(sa.Uuid(as_uuid=False))
    at: Mapped[datetime] = mapped_column(UtcDateTime())

    @property
    def step_zh(self) -> str:
        """The step in words."""
        return Protection(self.step).zh
