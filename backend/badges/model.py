"""Plates, cards and scans."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.access.policy import Scope
from backend.infrastructure.database import Json, Model, RowBase, Sequence, UtcDateTime, enum_column


class Placement(StrEnum):
    """Where a plate hangs."""

    DOOR = "door"
    COUNTER = "counter"
    TABLE = "table"
    ONLINE_SHOP = "online_shop"


class Plate(Model):
    """One printed copy of the badge. Its token is `key_id`.`token_id`.MAC; the MAC is computed, never stored.

    artwork_key   object storage key of the proved PNG; None until it is drawn
    """

    __scope__: ClassVar[dict[Scope, str]] = {Scope.STATION: "station_id", Scope.COUNTY: "county_code"}

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


class Card(RowBase):
    """What a scan shows of a unit: one row, read by key. `revision` grows with every change.

    sections   name → JSON object, each written by the package that knows it
    """

    unit_id: Mapped[str] = mapped_column(
        sa.Uuid(as_uuid=False), sa.ForeignKey("unit.id"), primary_key=True, autoincrement=False
    )
    sections: Mapped[Any] = mapped_column(Json)
    revision: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime())


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
