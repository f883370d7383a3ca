"""Tables and reads of the two peers on SQLAlchemy: one runs these statements in threads, the other awaits them."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, joinedload, mapped_column, relationship

from benchmarks.peers import facts


class Base(DeclarativeBase):
    """Declarative base."""


class Merchant(Base):
    __tablename__ = "merchant"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Station(Base):
    __tablename__ = "station"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    phone: Mapped[str]


class Unit(Base):
    __tablename__ = "unit"
    id: Mapped[int] = mapped_column(primary_key=True)
    merchant_id: Mapped[int] = mapped_column(sa.ForeignKey("merchant.id"))
    station_id: Mapped[int] = mapped_column(sa.ForeignKey("station.id"))
    name: Mapped[str]
    category: Mapped[str]
    county_code: Mapped[str]
    address: Mapped[str]
    lng: Mapped[float]
    lat: Mapped[float]
    phone: Mapped[str]
    website: Mapped[str | None]
    opening_hours: Mapped[str | None]
    merchant: Mapped[Merchant] = relationship()
    station: Mapped[Station] = relationship()


class Commitment(Base):
    __tablename__ = "commitment"
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    position: Mapped[int]
    code: Mapped[str]
    days: Mapped[int | None]


class Certificate(Base):
    __tablename__ = "certificate"
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    number: Mapped[str]
    state: Mapped[str]
    issued_on: Mapped[date]
    valid_until: Mapped[date]
    ground: Mapped[str | None]
    reason_on: Mapped[date | None]


class Badge(Base):
    __tablename__ = "badge"
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    token: Mapped[str]
    serial: Mapped[str]
    placement: Mapped[str]
    voided_at: Mapped[datetime | None] = mapped_column(sa.DateTime(timezone=True))
    unit: Mapped[Unit] = relationship()


class Rating(Base):
    __tablename__ = "rating"
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    stars: Mapped[int] = mapped_column(sa.SmallInteger)
    proof: Mapped[str]
    rated_on: Mapped[date]


class Complaint(Base):
    __tablename__ = "complaint"
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    state: Mapped[str]
    unanswered: Mapped[bool]


class Scan(Base):
    __tablename__ = "scan"
    id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True)
    badge_id: Mapped[int] = mapped_column(sa.ForeignKey("badge.id"))
    at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))


def badge_of(token: str) -> sa.Select[tuple[Badge]]:
    """The badge with its unit, merchant and station: one read."""
    unit = joinedload(Badge.unit, innerjoin=True)
    return (
        sa.select(Badge)
        .where(Badge.token == token)
        .options(unit.joinedload(Unit.merchant, innerjoin=True), unit.joinedload(Unit.station, innerjoin=True))
    )


def certificate_of(unit_id: int) -> sa.Select[tuple[Certificate]]:
    """The newest certificate."""
    return sa.select(Certificate).where(Certificate.unit_id == unit_id).order_by(Certificate.issued_on.desc()).limit(1)


def commitments_of(unit_id: int) -> sa.Select[tuple[Commitment]]:
    """The promises in their order."""
    return sa.select(Commitment).where(Commitment.unit_id == unit_id).order_by(Commitment.position)


def ratings_of(unit_id: int) -> sa.Select[tuple[int, ...]]:
    """Numbers by stars and the weighted sums."""
    age = sa.func.greatest(sa.literal(facts.today()) - Rating.rated_on, 0)
    weight = sa.case(facts.WEIGHTS, value=Rating.proof) * sa.func.power(0.5, age / facts.HALF_LIFE_DAYS)
    counts = [
        sa.func.count().filter(Rating.stars == stars).label(name)
        for stars, name in enumerate(("one", "two", "three", "four", "five"), start=1)
    ]
    sums = (sa.func.sum(weight).label("weight"), sa.func.sum(weight * Rating.stars).label("weighted"))
    return sa.select(*counts, *(sa.cast(total, sa.Double).label(total.name) for total in sums)).where(
        Rating.unit_id == unit_id
    )


def complaints_of(unit_id: int) -> sa.Select[tuple[int, ...]]:
    """Numbers by outcome."""
    by_state = {"settled": "performed", "escalated": "escalated", "waiting": "awaiting_answer"}
    return sa.select(
        sa.func.count().label("received"),
        sa.func.count().filter(Complaint.unanswered).label("unanswered"),
        *(sa.func.count().filter(Complaint.state == state).label(name) for name, state in by_state.items()),
    ).where(Complaint.unit_id == unit_id)
