"""Official forms (官方文书) as they were issued, and how they were served (送达)."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.infrastructure.database import AppendOnly, Model, UtcDateTime, enum_column
from backend.infrastructure.sealing import Sealed

from .rules import Addressee, ServingWay


class IssuedPaper(Model):
    """One form as it was issued; its words are sealed, since most name the complainant.

    form     1 to 10, as in the annex of Order 121
    party    whom it is addressed to, and who alone of the two parties reads it
    part     from 1; sets apart several forms of one kind, such as calls to meet
    sha256   of the text (documents.service.Document.text), by which a copy is checked
    """

    __table_args__ = (sa.UniqueConstraint("complaint_id", "form", "party", "part"),)

    complaint_id: Mapped[str] = mapped_column(sa.ForeignKey("complaint.id"))
    form: Mapped[int]
    party: Mapped[Addressee] = mapped_column(enum_column(Addressee))
    part: Mapped[int]
    document_no: Mapped[str] = mapped_column(sa.String(80))
    dated: Mapped[date]
    text_sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime())
    issued_by: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    text = Sealed("text_sealed")


class PaperServing(AppendOnly):
    """A form reached its addressee: when, how, noted by whom; the system notes itself what it shows and tells."""

    paper_id: Mapped[str] = mapped_column(sa.Uuid(as_uuid=False), index=True)
    way: Mapped[ServingWay] = mapped_column(enum_column(ServingWay))
    served_on: Mapped[date]
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime())
    noted_by: Mapped[str | None] = mapped_column(sa.Uuid(as_uuid=False))
