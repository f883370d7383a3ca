"""Queries of the council to a body, with the answer."""

from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.access.policy import Scope
from backend.casework.model import Case
from backend.infrastructure.database import UtcDateTime

from .clocks import INQUIRY_CLOCKS
from .lifecycle import INQUIRY


class Inquiry(Case):
    """One query (消保委查询).

    body_code     of the body that is asked; county_code and department_code say whose members answer for it
    about_no      of the complaint or delegation that it is about, as the council wrote it
    reminded_at   when the body was told that the last moment is near
    """

    __tablename__ = "inquiry"
    __lifecycle__ = INQUIRY
    __clocks__ = INQUIRY_CLOCKS
    __scope__: ClassVar[dict[Scope, str]] = {Scope.COUNTY: "county_code", Scope.DEPARTMENT: "department_code"}

    case_no: Mapped[str] = mapped_column(sa.String(30), unique=True)
    body_code: Mapped[str] = mapped_column(sa.String(20), index=True)
    department_code: Mapped[str | None] = mapped_column(sa.String(20))
    about_no: Mapped[str | None] = mapped_column(sa.String(40))
    subject: Mapped[str] = mapped_column(sa.String(80))
    question: Mapped[str] = mapped_column(sa.Text)
    asked_by: Mapped[str] = mapped_column(sa.ForeignKey("account.id"))
    answer: Mapped[str | None] = mapped_column(sa.Text)
    answered_by: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
