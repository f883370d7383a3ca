"""Plates, cards and scans."""

from datetime import date, datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.access.policy import Scope
from backend.infrastructure import audit
from backend.infrastructure.database import AppendOnly, Json, Model, RowBase, Sequence, UtcDateTime, enum_column
from backend.merchants.rules import Category

from .rules import Deed, Placement, Unknown, VoidReason


class Plate(Model):
    """One printed copy of the badge. Its token is `key_id`.`token_id`.MAC; the MAC is computed, never stored.

    label          what stands beside the serial, such as 8号桌
    artwork_key    object storage key of the proved PNG; None until it is drawn
    order_id       the order that it was issued for; None when it came with the register
    replaces_id    the lost or damaged plate in whose place it hangs
    mini_code_key  object storage key of its mini-program code (小程序码); None until WeChat made one
    """

    __scope__: ClassVar[dict[Scope, str]] = {Scope.STATION: "station_id", Scope.COUNTY: "county_code"}
    __table_args__ = (sa.Index(None, "order_id", "id"),)

    unit_id: Mapped[str] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    station_id: Mapped[str] = mapped_column(sa.ForeignKey("liaison_station.id"), index=True)
    county_code: Mapped[str] = mapped_column(sa.String(6), index=True)
    serial: Mapped[str] = mapped_column(sa.String(30), unique=True)
    key_id: Mapped[str] = mapped_column(sa.String(1))
    token_id: Mapped[str] = mapped_column(sa.String(12), unique=True)
    placement: Mapped[Placement] = mapped_column(enum_column(Placement))
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime())
    voided_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    void_reason: Mapped[str | None] = mapped_column(sa.String(40))
    artwork_key: Mapped[str | None] = mapped_column(sa.String(120))
    label: Mapped[str | None] = mapped_column(sa.String(20))
    order_id: Mapped[str | None] = mapped_column(sa.ForeignKey("plate_order.id"))
    replaces_id: Mapped[str | None] = mapped_column(sa.ForeignKey("plate.id"), index=True)
    mini_code_key: Mapped[str | None] = mapped_column(sa.String(120))

    @property
    def void_words(self) -> str | None:
        """Why it is void, as the public reads it; None while it is not."""
        return VoidReason(self.void_reason).zh if self.void_reason else None


class Card(RowBase):
    """What a scan shows of a unit: one row, read by key. `revision` grows with every change.

    sections   name → JSON object, each written by the package that knows it
    version    the number of the change, over all cards (`freshness`)
    """

    __table_args__ = (sa.Index(None, "changed_at", "unit_id"),)

    unit_id: Mapped[str] = mapped_column(
        sa.Uuid(as_uuid=False), sa.ForeignKey("unit.id"), primary_key=True, autoincrement=False
    )
    sections: Mapped[Any] = mapped_column(Json)
    revision: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime())
    version: Mapped[int] = mapped_column(sa.BigInteger, default=0, index=True)


class CardVersion(RowBase):
    """One row: the number of the latest change of any card."""

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    value: Mapped[int] = mapped_column(sa.BigInteger)


class Scan(RowBase):
    """One scan of one plate. No person stands in it: a scan tied to a person would be a location track (PIPL §28)."""

    sequence: Mapped[int] = mapped_column(Sequence, primary_key=True, autoincrement=True)
    plate_id: Mapped[str] = mapped_column(sa.Uuid(as_uuid=False), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime(), index=True)


class ScanFile(RowBase):
    """A file of noted scans and how many of its bytes were loaded, so that no scan is counted twice after a crash."""

    name: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    bytes: Mapped[int] = mapped_column(sa.BigInteger)
    at: Mapped[datetime] = mapped_column(UtcDateTime())


class UnknownCodes(RowBase):
    """How often codes that are not ours were scanned on a day. Nothing of a code is kept."""

    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[Unknown] = mapped_column(enum_column(Unknown), primary_key=True)
    times: Mapped[int] = mapped_column(sa.BigInteger)


class PlateOrder(Model):
    """Plates that were asked for (订制): for one unit, or for many that are named by county and kind.

    station_id, county_code   of the unit, or of the units that the order is about; None when it is about more
    plates        how many were asked for; `issued` of them exist, `left_out` never will, for want of a certificate
    replaces_id   the plate that this order replaces; a plate is replaced once
    codes_fault   why no mini-program codes are made at present; a name out of mini_codes.FAULTS
    """

    __scope__: ClassVar[dict[Scope, str]] = {Scope.STATION: "station_id", Scope.COUNTY: "county_code"}

    number: Mapped[str] = mapped_column(sa.String(30), unique=True)
    unit_id: Mapped[str | None] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    station_id: Mapped[str | None] = mapped_column(sa.ForeignKey("liaison_station.id"), index=True)
    county_code: Mapped[str | None] = mapped_column(sa.String(6), index=True)
    category: Mapped[Category | None] = mapped_column(enum_column(Category))
    placement: Mapped[Placement] = mapped_column(enum_column(Placement))
    units: Mapped[int]
    plates: Mapped[int]
    issued: Mapped[int] = mapped_column(default=0)
    left_out: Mapped[int] = mapped_column(default=0)
    replaces_id: Mapped[str | None] = mapped_column(sa.Uuid(as_uuid=False), unique=True)
    ordered_at: Mapped[datetime] = mapped_column(UtcDateTime())
    ordered_by: Mapped[str | None] = mapped_column(sa.Uuid(as_uuid=False))
    ordered_by_kind: Mapped[str] = mapped_column(sa.String(40))
    ordered_by_alias: Mapped[str] = mapped_column(sa.String(60))
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    codes_asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    codes_fault: Mapped[str | None] = mapped_column(sa.String(40))

    @property
    def chain(self) -> str:
        """The audit chain in which its deeds stand."""
        return self.county_code or audit.CITY_CHAIN


class PlateOrderLine(RowBase):
    """What an order brings to one unit. It is issued as a whole, or left out as a whole.

    labels     one text a plate, or an empty list
    done_at    when its plates were issued, or it was left out
    """

    __table_args__ = (
        sa.Index(
            "ix_plate_order_line_waiting",
            "order_id",
            "unit_id",
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        ),
    )

    order_id: Mapped[str] = mapped_column(sa.ForeignKey("plate_order.id"), primary_key=True)
    unit_id: Mapped[str] = mapped_column(sa.ForeignKey("unit.id"), primary_key=True, index=True)
    plates: Mapped[int]
    labels: Mapped[Any] = mapped_column(Json)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class PlateEvent(AppendOnly):
    """One thing that happened to one plate: when, and by whom, who is known here by role and alias alone.

    detail   an order's number, another plate's serial, or a reason to void
    """

    plate_id: Mapped[str] = mapped_column(sa.ForeignKey("plate.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime())
    actor_kind: Mapped[str] = mapped_column(sa.String(40))
    actor_alias: Mapped[str] = mapped_column(sa.String(60))
    deed: Mapped[Deed] = mapped_column(enum_column(Deed))
    detail: Mapped[str | None] = mapped_column(sa.String(60))
