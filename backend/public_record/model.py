"""Photos, catering grades, penalties and warnings with what is objected to them, replies, kitchens to watch."""

from datetime import date, datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from backend.access.policy import Scope
from backend.casework.model import Case
from backend.infrastructure.database import AppendOnly, Model, UtcDateTime, enum_column

from .clocks import CLOCKS
from .lifecycle import OBJECTION
from .rules import EntryKind, GradeKind, GradeLevel, Showing


class Submission(Model):
    """What a station sends for the public and an officer looks at first: photo, reply or link.

    refusal   why it is not shown
    """

    __abstract__ = True
    __scope__: ClassVar[dict[Scope, str]] = {Scope.COUNTY: "county_code"}
    number: Mapped[str] = mapped_column(sa.String(30), unique=True)
    unit_id: Mapped[str] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    county_code: Mapped[str] = mapped_column(sa.String(6))
    showing: Mapped[Showing] = mapped_column(enum_column(Showing))
    sent_by: Mapped[str] = mapped_column(sa.ForeignKey("account.id"))
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime())
    decided_by: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    refusal: Mapped[str | None] = mapped_column(sa.String(200))
    version: Mapped[int] = mapped_column()

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805  (a declared attribute's receiver is the class)
        return {"version_id_col": cls.version}


class ShopPhoto(Submission):
    """A photo of the shop front. At most one of a unit waits, at most one is shown.

    object_key      storage key of the cleaned JPEG
    thumbnail_key   storage key of the small one that travels in the badge page
    """

    __table_args__ = (
        sa.Index(
            "uq_shop_photo_waiting",
            "unit_id",
            unique=True,
            sqlite_where=sa.text("showing = 'waiting'"),
            postgresql_where=sa.text("showing = 'waiting'"),
        ),
        sa.Index(
            "uq_shop_photo_shown",
            "unit_id",
            unique=True,
            sqlite_where=sa.text("showing = 'shown'"),
            postgresql_where=sa.text("showing = 'shown'"),
        ),
    )

    object_key: Mapped[str] = mapped_column(sa.String(120))
    thumbnail_key: Mapped[str] = mapped_column(sa.String(120))
    width: Mapped[int]
    height: Mapped[int]


class CateringGrade(AppendOnly):
    """One grade that a restaurant was given. Never changed: a later row of the same kind takes its place."""

    unit_id: Mapped[str] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    kind: Mapped[GradeKind] = mapped_column(enum_column(GradeKind))
    level: Mapped[GradeLevel] = mapped_column(enum_column(GradeLevel))
    graded_on: Mapped[date]
    source: Mapped[str] = mapped_column(sa.String(120))
    recorded_by: Mapped[str] = mapped_column(sa.ForeignKey("account.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime())


class PublicEntry(Model):
    """A penalty or a warning on a unit's record.

    decided_on     day of the decision or of the warning
    shown_until    last day of the publicity period
    corrected_on   when an objection changed the text
    withdrawn_on   taken down before that; its reason stays in its place
    ended_at       when the card stopped holding it, because the period was over
    """

    __scope__: ClassVar[dict[Scope, str]] = {Scope.COUNTY: "county_code"}
    __table_args__ = (sa.Index(None, "unit_id", "decided_on"), sa.Index(None, "ended_at", "shown_until"))

    number: Mapped[str] = mapped_column(sa.String(30), unique=True)
    unit_id: Mapped[str] = mapped_column(sa.ForeignKey("unit.id"))
    county_code: Mapped[str] = mapped_column(sa.String(6))
    kind: Mapped[EntryKind] = mapped_column(enum_column(EntryKind))
    text: Mapped[str] = mapped_column(sa.Text)
    decided_on: Mapped[date]
    source_url: Mapped[str] = mapped_column(sa.String(300))
    shown_until: Mapped[date]
    entered_by: Mapped[str] = mapped_column(sa.ForeignKey("account.id"))
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime())
    corrected_on: Mapped[date | None]
    withdrawn_on: Mapped[date | None]
    withdrawn_by: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    withdraw_reason: Mapped[str | None] = mapped_column(sa.String(200))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}

    def is_shown(self, day: date) -> bool:
        """Whether it stands on the record that day: not withdrawn, its period not over."""
        return self.withdrawn_on is None and self.shown_until >= day


class UnitReply(Submission):
    """What a unit says in public about an entry, or about the ratings it got.

    about     number of the entry; empty for the ratings
    """

    __table_args__ = (
        sa.Index(
            "uq_unit_reply_waiting",
            "unit_id",
            "about",
            unique=True,
            sqlite_where=sa.text("showing = 'waiting'"),
            postgresql_where=sa.text("showing = 'waiting'"),
        ),
        sa.Index(
            "uq_unit_reply_shown",
            "unit_id",
            "about",
            unique=True,
            sqlite_where=sa.text("showing = 'shown'"),
            postgresql_where=sa.text("showing = 'shown'"),
        ),
    )

    about: Mapped[str] = mapped_column(sa.String(30))
    text: Mapped[str] = mapped_column(sa.Text)


class Objection(Case):
    """What a unit objects to a public entry. One at a time for each entry; for the bureau alone, not for the public.

    decision_text   why it was found wrong, or what was done; read by the station as well
    replaced_text   what the entry said before it was corrected
    """

    __tablename__ = "objection"
    __lifecycle__ = OBJECTION
    __clocks__ = CLOCKS
    __scope__: ClassVar[dict[Scope, str]] = {Scope.STATION: "station_id", Scope.COUNTY: "county_code"}
    __table_args__ = (
        sa.Index(
            "uq_objection_open",
            "entry_id",
            unique=True,
            sqlite_where=sa.text("state = 'received'"),
            postgresql_where=sa.text("state = 'received'"),
        ),
    )

    case_no: Mapped[str] = mapped_column(sa.String(30), unique=True)
    entry_id: Mapped[str] = mapped_column(sa.ForeignKey("public_entry.id"), index=True)
    unit_id: Mapped[str] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    unit_name: Mapped[str] = mapped_column(sa.String(80))
    station_id: Mapped[str] = mapped_column(sa.ForeignKey("liaison_station.id"))
    text: Mapped[str] = mapped_column(sa.Text)
    raised_by: Mapped[str] = mapped_column(sa.ForeignKey("account.id"))
    decided_by: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    decision_text: Mapped[str | None] = mapped_column(sa.Text)
    replaced_text: Mapped[str | None] = mapped_column(sa.Text)


class KitchenLink(Submission):
    """Where the kitchen of a restaurant can be watched (阳光厨房). At most one of a unit waits, at most one is shown."""

    __table_args__ = (
        sa.Index(
            "uq_kitchen_link_waiting",
            "unit_id",
            unique=True,
            sqlite_where=sa.text("showing = 'waiting'"),
            postgresql_where=sa.text("showing = 'waiting'"),
        ),
        sa.Index(
            "uq_kitchen_link_shown",
            "unit_id",
            unique=True,
            sqlite_where=sa.text("showing = 'shown'"),
            postgresql_where=sa.text("showing = 'shown'"),
        ),
    )

    url: Mapped[str] = mapped_column(sa.String(300))
