"""What people tell about plates, suspected clones, reports of false plaques, and the list of known ones.

Texts from people may name somebody, so they are sealed. No row holds an account, an address of the net or coordinates.
"""

from datetime import date, datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.access.policy import Scope
from backend.casework.model import Case
from backend.infrastructure.database import Json, Model, RowBase, UtcDateTime, enum_column
from backend.infrastructure.sealing import Sealed

from .clocks import CLONE_CASE_CLOCKS, FAKE_REPORT_CLOCKS
from .lifecycle import CLONE_CASE, FAKE_REPORT
from .rules import Because, Bucket, Cleared, What

_OPEN = sa.text("state IN ('opened', 'checking')")


class PlaceReport(Model):
    """One thing told about a plate at its place.

    what           None when only the distance was told
    repeated       the same phone had told something about the plate within a day: shown, not counted
    new_address    nobody at that address of the net had
    device_mark, address_mark   keyed digests under the salt of `salt_on`; emptied when the window is over
    """

    __scope__: ClassVar[dict[Scope, str]] = {Scope.COUNTY: "county_code"}
    __table_args__ = (sa.Index(None, "plate_id", "at"),)

    plate_id: Mapped[str] = mapped_column(sa.ForeignKey("plate.id"))
    county_code: Mapped[str] = mapped_column(sa.String(6), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime(), index=True)
    what: Mapped[What | None] = mapped_column(enum_column(What))
    bucket: Mapped[Bucket | None] = mapped_column(enum_column(Bucket))
    note_sealed: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    photo_key: Mapped[str | None] = mapped_column(sa.String(120))
    repeated: Mapped[bool]
    new_address: Mapped[bool]
    salt_on: Mapped[date]
    device_mark: Mapped[bytes | None] = mapped_column(sa.LargeBinary(16))
    address_mark: Mapped[bytes | None] = mapped_column(sa.LargeBinary(16))
    note = Sealed("note_sealed")


class TapperSalt(RowBase):
    """The random salt of one day's marks. Deleted the day after the next: then the marks fit nobody any more."""

    day: Mapped[date] = mapped_column(primary_key=True)
    salt: Mapped[bytes] = mapped_column(sa.LargeBinary(32))


class CloneCase(Case):
    """A suspected clone (疑似冒用) of one plate. One at a time for each plate.

    evidence   the counts that opened it (rules.Evidence)
    """

    __tablename__ = "clone_case"
    __lifecycle__ = CLONE_CASE
    __clocks__ = CLONE_CASE_CLOCKS
    __scope__: ClassVar[dict[Scope, str]] = {Scope.COUNTY: "county_code"}
    __table_args__ = (
        sa.Index("uq_clone_case_open", "plate_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    case_no: Mapped[str] = mapped_column(sa.String(30), unique=True)
    plate_id: Mapped[str] = mapped_column(sa.ForeignKey("plate.id"), index=True)
    serial: Mapped[str] = mapped_column(sa.String(30))
    unit_id: Mapped[str] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    unit_name: Mapped[str] = mapped_column(sa.String(80))
    because: Mapped[Because] = mapped_column(enum_column(Because))
    evidence: Mapped[Any] = mapped_column(Json)
    officer_id: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    cleared: Mapped[Cleared | None] = mapped_column(enum_column(Cleared))
    decision_text: Mapped[str | None] = mapped_column(sa.Text)


class FakeReport(Case):
    """A report of a false plaque (举报假牌): anonymous, looked up by number and access code, read by the bureau alone.

    county_code   the county where it hangs, or the city's code when the reporter does not know
    """

    __tablename__ = "fake_report"
    __lifecycle__ = FAKE_REPORT
    __clocks__ = FAKE_REPORT_CLOCKS
    __scope__: ClassVar[dict[Scope, str]] = {Scope.COUNTY: "county_code"}

    case_no: Mapped[str] = mapped_column(sa.String(30), unique=True)
    access_hash: Mapped[str] = mapped_column(sa.String(64))
    words: Mapped[str | None] = mapped_column(sa.String(200))
    price_fen: Mapped[int | None]
    place_sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)
    seller_sealed: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    note_sealed: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    photo_key: Mapped[str | None] = mapped_column(sa.String(120))
    officer_id: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    decision_text: Mapped[str | None] = mapped_column(sa.Text)
    place = Sealed("place_sealed")
    seller = Sealed("seller_sealed")
    note = Sealed("note_sealed")


class KnownFake(Model):
    """A kind of plaque that is known to be false, on the public list until it is withdrawn.

    words   normalised words, any of which on a plaque gives it away (plaque_words.normal)
    """

    number: Mapped[str] = mapped_column(sa.String(30), unique=True)
    title: Mapped[str] = mapped_column(sa.String(80))
    seller: Mapped[str | None] = mapped_column(sa.String(80))
    price_fen: Mapped[int | None]
    telling: Mapped[str] = mapped_column(sa.Text)
    source: Mapped[str] = mapped_column(sa.String(200))
    words: Mapped[Any] = mapped_column(Json)
    added_by: Mapped[str] = mapped_column(sa.ForeignKey("account.id"))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime())
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
