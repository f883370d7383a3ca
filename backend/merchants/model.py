"""Legal entities, their units, and the liaison stations (维权联络站) that answer for the units."""

from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.access.policy import Scope
from backend.infrastructure.database import Json, Model, UtcDateTime, enum_column
from backend.infrastructure.sealing import Sealed

from .rules import Category


class Merchant(Model):
    """A legal entity by its unified social credit code (统一社会信用代码, GB 32100)."""

    uscc: Mapped[str] = mapped_column(sa.String(18), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))


class LiaisonStation(Model):
    """Who answers a consumer first; one station may serve many units (a market, a chain)."""

    __table_args__ = (sa.UniqueConstraint("county_code", "name"),)
    __scope__: ClassVar[dict[Scope, str]] = {Scope.STATION: "id", Scope.COUNTY: "county_code"}

    name: Mapped[str] = mapped_column(sa.String(120))
    phone: Mapped[str] = mapped_column(sa.String(20))
    county_code: Mapped[str] = mapped_column(sa.String(6), index=True)


class ListedMember(Model):
    """A person whom the register names as a station's member; becomes a member by accepting an invitation."""

    __table_args__ = (sa.UniqueConstraint("station_id", "phone_index"),)

    station_id: Mapped[str] = mapped_column(sa.ForeignKey("liaison_station.id"), index=True)
    name_sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)
    phone_sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)
    phone_index: Mapped[bytes] = mapped_column(sa.LargeBinary(16))
    name = Sealed("name_sealed")
    phone = Sealed("phone_sealed")


class Unit(Model):
    """One place of business that can hold a certificate. Coordinates are GCJ-02 degrees.

    commitments   list of {"code": …, "days": … or None}, codes of rules.Commitment
    search_text   name, merchant and address, for the register search
    enrolment_no  of the request by which it came in before it had a certificate; None for units of the register file
    """

    __table_args__ = (
        sa.UniqueConstraint("merchant_id", "name", "county_code"),
        sa.Index("uq_unit_enrolment_no", "enrolment_no", unique=True),
    )
    __scope__: ClassVar[dict[Scope, str]] = {Scope.STATION: "station_id", Scope.COUNTY: "county_code"}

    merchant_id: Mapped[str] = mapped_column(sa.ForeignKey("merchant.id"), index=True)
    station_id: Mapped[str] = mapped_column(sa.ForeignKey("liaison_station.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    category: Mapped[Category] = mapped_column(enum_column(Category), index=True)
    county_code: Mapped[str] = mapped_column(sa.String(6), index=True)
    address: Mapped[str] = mapped_column(sa.String(200))
    lng: Mapped[float]
    lat: Mapped[float]
    phone: Mapped[str] = mapped_column(sa.String(20))
    website: Mapped[str | None] = mapped_column(sa.String(300))
    opening_hours: Mapped[str | None] = mapped_column(sa.String(80))
    commitments: Mapped[Any] = mapped_column(Json)
    search_text: Mapped[str] = mapped_column(sa.String(500))
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime())
    enrolment_no: Mapped[str | None] = mapped_column(sa.String(30))

    merchant: Mapped[Merchant] = relationship(lazy="joined", innerjoin=True)
    station: Mapped[LiaisonStation] = relationship(lazy="joined", innerjoin=True)
