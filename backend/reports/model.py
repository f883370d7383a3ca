"""Reports, their photos and forms, the questions of officers with the answers, and who looked at a reporter's contact.

What people typed and how they can be reached is sealed. No row holds an account of a reporter.
"""

from datetime import date, datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.access.policy import Scope
from backend.casework.model import Case
from backend.infrastructure.database import AppendOnly, Model, UtcDateTime, enum_column
from backend.infrastructure.sealing import Sealed

from .clocks import REPORT_CLOCKS
from .lifecycle import REPORT
from .rules import Source, Suspicion


class Report(Case):
    """A report (举报) at the bureau of the county where it happened; at the city's when the county is not known.

    access_hash    of the code with which the reporter follows it; None for a clue that an officer found
    linked_no      the settlement request or complaint that it belongs to, when the reporter said so or an officer found it there
    name, phone    how the reporter can be reached, when they left it
    *_index        blind indexes of phone, reported party and facts, by which reports of one person and matter are found
    contact_locked_at  since when nobody may look at name and phone (package retaliation)
    into_id        the earlier report that this one was merged into or repeats
    """

    __tablename__ = "report"
    __lifecycle__ = REPORT
    __clocks__ = REPORT_CLOCKS
    __scope__: ClassVar[dict[Scope, str]] = {Scope.COUNTY: "county_code"}

    case_no: Mapped[str] = mapped_column(sa.String(30), unique=True)
    access_hash: Mapped[str | None] = mapped_column(sa.String(64))
    source: Mapped[Source] = mapped_column(enum_column(Source))
    linked_no: Mapped[str | None] = mapped_column(sa.String(30), index=True)
    unit_id: Mapped[str | None] = mapped_column(sa.ForeignKey("unit.id"))
    target_name: Mapped[str] = mapped_column(sa.String(120))
    target_address: Mapped[str | None] = mapped_column(sa.String(200))
    target_index: Mapped[bytes] = mapped_column(sa.LargeBinary(16), index=True)
    suspicion: Mapped[Suspicion] = mapped_column(enum_column(Suspicion))
    happened_on: Mapped[date | None]
    place_sealed: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    facts_sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)
    facts_index: Mapped[bytes] = mapped_column(sa.LargeBinary(16))
    name_sealed: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    phone_sealed: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    phone_index: Mapped[bytes | None] = mapped_column(sa.LargeBinary(16))
    officer_id: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    extension_by: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    extension_reason: Mapped[str | None] = mapped_column(sa.String(1000))
    decision_text: Mapped[str | None] = mapped_column(sa.Text)
    transferred_to: Mapped[str | None] = mapped_column(sa.String(120))
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    contact_locked_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    into_id: Mapped[str | None] = mapped_column(sa.ForeignKey("report.id"))
    place = Sealed("place_sealed")
    facts = Sealed("facts_sealed")
    name = Sealed("name_sealed")
    phone = Sealed("phone_sealed")

    @property
    def anonymous(self) -> bool:
        """Whether the reporter left no way to be reached."""
        return self.name_sealed is None and self.phone_sealed is None


class ReportPhoto(Model):
    """A photo of a report, re-encoded, under keys of their own. sha256: of the bytes that were uploaded"""

    __table_args__ = (sa.UniqueConstraint("report_id", "position"),)

    report_id: Mapped[str] = mapped_column(sa.ForeignKey("report.id"))
    position: Mapped[int]
    object_key: Mapped[str] = mapped_column(sa.String(120), unique=True)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime())


class ReportMessage(Model):
    """A question of an officer, or what the reporter said through the code. officer_id: None for the reporter"""

    report_id: Mapped[str] = mapped_column(sa.ForeignKey("report.id"), index=True)
    officer_id: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime())
    text_sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)
    text = Sealed("text_sealed")


class ReportPaper(Model):
    """An official form of a report as it was issued: the forwarding (form 3), or what the reporter is told (form 10).

    sha256   of the text (documents.service.Document.text), by which a copy is checked
    """

    __table_args__ = (sa.UniqueConstraint("report_id", "form"),)

    report_id: Mapped[str] = mapped_column(sa.ForeignKey("report.id"))
    form: Mapped[int]
    dated: Mapped[date]
    text_sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime())
    issued_by: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    text = Sealed("text_sealed")


class ReporterView(AppendOnly):
    """An officer looked at how a reporter can be reached: who, when, for what purpose. source: PIPL §51, Order 121 §37"""

    report_id: Mapped[str] = mapped_column(sa.Uuid(as_uuid=False), index=True)
    officer_id: Mapped[str] = mapped_column(sa.Uuid(as_uuid=False))
    at: Mapped[datetime] = mapped_column(UtcDateTime())
    purpose: Mapped[str] = mapped_column(sa.String(200))
