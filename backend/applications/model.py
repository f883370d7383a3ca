"""Applications and objections to them."""

from datetime import date, datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.access.policy import Scope
from backend.casework.model import Case
from backend.infrastructure.database import Json, Model, UtcDateTime, enum_column
from backend.merchants.rules import Category

from .clocks import CLOCKS, OBJECTION_CLOCKS
from .lifecycle import APPLICATION, OBJECTION
from .rules import Kind, PhotoKind, RefusalReason

_OPEN = sa.text("state IN ('draft', 'submitted', 'returned', 'examined', 'recommended', 'public_notice', 'noticed')")


class Application(Case):
    """A unit's application; one at a time.

    number            of a certificate of the unit, or of the request by which it came into the register, with which it was begun
    form              {"uscc", "trading_since" (ISO or None), "statement", "checks" {code: bool or None}, "commitments" [{"code", "days"}]}
    revision          counts the savings of the form
    photos_added      counts its photos, those removed again too: the position of the newest
    finding           what the first examiner proposes: True to certify
    notice_until      the last day of the public notice
    awarded_until     the last valid day of the certificate that was awarded or renewed
    """

    __lifecycle__ = APPLICATION
    __clocks__ = CLOCKS
    __scope__: ClassVar[dict[Scope, str]] = {Scope.STATION: "station_id", Scope.COUNTY: "county_code"}
    __table_args__ = (
        sa.Index("uq_application_open", "unit_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        sa.Index(None, "state"),
    )

    case_no: Mapped[str] = mapped_column(sa.String(30), unique=True)
    kind: Mapped[Kind] = mapped_column(enum_column(Kind))
    unit_id: Mapped[str] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    unit_name: Mapped[str] = mapped_column(sa.String(80))
    category: Mapped[Category] = mapped_column(enum_column(Category))
    station_id: Mapped[str] = mapped_column(sa.ForeignKey("liaison_station.id"), index=True)
    number: Mapped[str] = mapped_column(sa.String(40))
    form: Mapped[Any] = mapped_column(Json)
    revision: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime())
    photos_added: Mapped[int] = mapped_column(default=0)
    correction: Mapped[str | None] = mapped_column(sa.Text)
    finding: Mapped[bool | None]
    examined_by: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    examined_text: Mapped[str | None] = mapped_column(sa.Text)
    confirmed_by: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    confirmed_text: Mapped[str | None] = mapped_column(sa.Text)
    notice_from: Mapped[date | None]
    notice_until: Mapped[date | None]
    reason: Mapped[RefusalReason | None] = mapped_column(enum_column(RefusalReason))
    decision_text: Mapped[str | None] = mapped_column(sa.Text)
    remedy: Mapped[str | None] = mapped_column(sa.Text)
    awarded_no: Mapped[str | None] = mapped_column(sa.String(40))
    awarded_until: Mapped[date | None]


class ApplicationPhoto(Model):
    """A photo beside an application: the business licence, the premises. Re-encoded, nothing but pixels; never public.

    position   counts within the application and is not given twice
    sha256     of the bytes that were uploaded
    """

    __table_args__ = (sa.UniqueConstraint("application_id", "position"),)

    application_id: Mapped[str] = mapped_column(sa.ForeignKey("application.id"))
    position: Mapped[int]
    kind: Mapped[PhotoKind] = mapped_column(enum_column(PhotoKind))
    object_key: Mapped[str] = mapped_column(sa.String(120), unique=True)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    width: Mapped[int]
    height: Mapped[int]
    added_at: Mapped[datetime] = mapped_column(UtcDateTime())


class ApplicationObjection(Case):
    """What somebody has against an application under public notice. Nothing is kept of who said it.

    answer          of the unit
    decision_text   public, as the outcome
    """

    __lifecycle__ = OBJECTION
    __clocks__ = OBJECTION_CLOCKS
    __scope__: ClassVar[dict[Scope, str]] = {Scope.STATION: "station_id", Scope.COUNTY: "county_code"}

    case_no: Mapped[str] = mapped_column(sa.String(30), unique=True)
    application_id: Mapped[str] = mapped_column(sa.ForeignKey("application.id"), index=True)
    unit_name: Mapped[str] = mapped_column(sa.String(80))
    station_id: Mapped[str] = mapped_column(sa.ForeignKey("liaison_station.id"), index=True)
    text: Mapped[str] = mapped_column(sa.Text)
    answer_text: Mapped[str | None] = mapped_column(sa.Text)
    decided_by: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    decision_text: Mapped[str | None] = mapped_column(sa.Text)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
