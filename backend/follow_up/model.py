"""Questionnaires and who wants none; draws and call-backs; reopenings."""

from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.access.policy import Scope
from backend.casework.model import Case
from backend.infrastructure.database import Model, RowBase, UtcDateTime, enum_column
from backend.infrastructure.sealing import Sealed

from .clocks import REOPENING_CLOCKS
from .lifecycle import REOPENING
from .rules import Answer, Because, Result, Way


class Questionnaire(Model):
    """One question about one closed dispute. `answer` may be changed while the question stands.

    case_no   of the settlement request, by which the consumer knows the dispute
    ended_as  the state in which the dispute was closed
    """

    __scope__: ClassVar[dict[Scope, str]] = {Scope.OWN: "consumer_id"}

    settlement_id: Mapped[str] = mapped_column(sa.ForeignKey("settlement.id"), unique=True)
    case_no: Mapped[str] = mapped_column(sa.String(30), unique=True)
    consumer_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id"), index=True)
    unit_id: Mapped[str] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    unit_name: Mapped[str] = mapped_column(sa.String(80))
    county_code: Mapped[str] = mapped_column(sa.String(6))
    ended_as: Mapped[str] = mapped_column(sa.String(40))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime())
    answer: Mapped[Answer | None] = mapped_column(enum_column(Answer))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class AsksNot(RowBase):
    """This person does not want to be asked."""

    __tablename__ = "asks_not"

    account_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id"), primary_key=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime())


class CallBackDraw(Model):
    """One week's draw in one county. Seed and digest of the list make it reproducible; the seed is made after the list is closed.

    frame_size   how many disputes were closed in the week
    frame_sha256 rules.digest of their numbers
    """

    __scope__: ClassVar[dict[Scope, str]] = {Scope.COUNTY: "county_code"}
    __table_args__ = (sa.UniqueConstraint("county_code", "from_at"),)

    county_code: Mapped[str] = mapped_column(sa.String(6))
    from_at: Mapped[datetime] = mapped_column(UtcDateTime())
    to_at: Mapped[datetime] = mapped_column(UtcDateTime())
    seed: Mapped[str] = mapped_column(sa.String(64))
    frame_size: Mapped[int]
    frame_sha256: Mapped[str] = mapped_column(sa.String(64))
    drawn_at: Mapped[datetime] = mapped_column(UtcDateTime())


class CallBack(Model):
    """One closed dispute that was drawn to be called back (回访).

    case_no      of the settlement request
    complaint_no of the complaint that it became, by which the officer reaches the consumer; None: asked in the inbox
    handled_by   the officer who handled the complaint, who may not judge it
    """

    __scope__: ClassVar[dict[Scope, str]] = {Scope.COUNTY: "county_code"}

    draw_id: Mapped[str] = mapped_column(sa.ForeignKey("call_back_draw.id"), index=True)
    settlement_id: Mapped[str] = mapped_column(sa.ForeignKey("settlement.id"), unique=True)
    case_no: Mapped[str] = mapped_column(sa.String(30), unique=True)
    complaint_no: Mapped[str | None] = mapped_column(sa.String(30))
    unit_name: Mapped[str] = mapped_column(sa.String(80))
    county_code: Mapped[str] = mapped_column(sa.String(6), index=True)
    ended_as: Mapped[str] = mapped_column(sa.String(40))
    way: Mapped[Way] = mapped_column(enum_column(Way))
    handled_by: Mapped[str | None] = mapped_column(sa.Uuid(as_uuid=False))
    drawn_at: Mapped[datetime] = mapped_column(UtcDateTime())
    result: Mapped[Result | None] = mapped_column(enum_column(Result))
    note: Mapped[str | None] = mapped_column(sa.String(500))
    called_by: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    called_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class Reopening(Case):
    """A new stage of a closed dispute: once for each dispute, with clocks of its own.

    settlement_no   by which the consumer knows the dispute
    handled_by      the officer who handled the complaint, who may not take the reopening
    what            what is not solved, in the consumer's or the caller's words; sealed, since it may name somebody
    """

    __tablename__ = "reopening"
    __lifecycle__ = REOPENING
    __clocks__ = REOPENING_CLOCKS
    __scope__: ClassVar[dict[Scope, str]] = {Scope.OWN: "consumer_id", Scope.COUNTY: "county_code"}

    case_no: Mapped[str] = mapped_column(sa.String(30), unique=True)
    settlement_id: Mapped[str] = mapped_column(sa.ForeignKey("settlement.id"), unique=True)
    settlement_no: Mapped[str] = mapped_column(sa.String(30), index=True)
    complaint_no: Mapped[str | None] = mapped_column(sa.String(30))
    consumer_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id"), index=True)
    unit_id: Mapped[str] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    unit_name: Mapped[str] = mapped_column(sa.String(80))
    because: Mapped[Because] = mapped_column(enum_column(Because))
    handled_by: Mapped[str | None] = mapped_column(sa.Uuid(as_uuid=False))
    officer_id: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    what_sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)
    outcome: Mapped[str | None] = mapped_column(sa.Text)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    what = Sealed("what_sealed")
