"""Reads of units: the public register search and single units."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure.database import session
from backend.infrastructure.scoping import visible
from backend.kernel.errors import NotFound

from .model import LiaisonStation, Merchant, Unit
from .rules import Category, Commitment

PAGE = 20


@dataclass(frozen=True)
class Page:
    """A page of units. `after` is the cursor of the next page, None on the last."""

    units: Sequence[Unit]
    total: int
    after: str | None


def search(
    words: str = "",
    category: Category | None = None,
    county_code: str | None = None,
    after: str | None = None,
    among: sa.Select[str] | None = None,
    promise: Commitment | None = None,
    numbered: Collection[str] = (),
) -> Page:
    """Units whose name, merchant or address holds every word, oldest first. Open to everybody: units only, no persons.

    after      cursor of the page before
    among      ids of units; others are left out
    numbered   ids of units that the words mean by a number
    """
    statement = sa.select(Unit) if among is None else sa.select(Unit).where(Unit.id.in_(among))
    if promise is not None:
        statement = statement.where(promising(promise))
    return _search(statement, words, category, county_code, after, numbered)


def search_for(
    actor: Actor,
    words: str = "",
    category: Category | None = None,
    county_code: str | None = None,
    after: str | None = None,
    numbered: Collection[str] = (),
) -> Page:
    """As `search`, among the units that the actor oversees."""
    seen = sa.select(Unit).where(visible(Unit, actor, Action.UNIT_READ))
    return _search(seen, words, category, county_code, after, numbered)


def _search(
    statement: sa.Select[Unit],
    words: str,
    category: Category | None,
    county_code: str | None,
    after: str | None,
    numbered: Collection[str],
) -> Page:
    statement = statement.where(holding(words, numbered))
    if category is not None:
        statement = statement.where(Unit.category == category)
    if county_code is not None:
        statement = statement.where(Unit.county_code == county_code)
    total = (
        session().scalar(sa.select(sa.func.count()).select_from(statement.with_only_columns(Unit.id).subquery())) or 0
    )
    if after is not None:
        statement = statement.where(Unit.id > after)
    found = session().scalars(statement.order_by(Unit.id).limit(PAGE + 1)).all()
    return Page(found[:PAGE], total, found[PAGE - 1].id if len(found) > PAGE else None)


def holding(words: str, numbered: Collection[str] = ()) -> sa.ColumnElement[bool]:
    """The condition that a unit's name, merchant and address hold every word, at most five, or that it is one of those `numbered`."""
    found: list[sa.ColumnElement[bool]] = []
    for word in words.split()[:5]:
        escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        found.append(Unit.search_text.like(f"%{escaped}%", escape="\\"))
    every = sa.and_(sa.true(), *found)
    return sa.or_(every, Unit.id.in_(numbered)) if numbered else every


def promising(promise: Commitment) -> sa.ColumnElement[bool]:
    """The condition that a unit made this promise."""
    return sa.cast(Unit.commitments, sa.Text).contains(f'"{promise.value}"', autoescape=True)


def unit(unit_id: str) -> Unit:
    """raises NotFound"""
    found = session().get(Unit, unit_id)
    if found is None:
        raise NotFound("unit_not_found", "没有这家单位。")
    return found


def is_registered(uscc: str) -> bool:
    """Whether the register knows the legal entity with this code."""
    return session().scalar(sa.select(Merchant.id).where(Merchant.uscc == uscc)) is not None


def is_station(county_code: str, name: str) -> bool:
    """Whether a liaison station of this name stands in the county."""
    same = LiaisonStation.county_code == county_code, LiaisonStation.name == name
    return session().scalar(sa.select(LiaisonStation.id).where(*same)) is not None


def station_for(actor: Actor, action: Action, station_id: str) -> LiaisonStation:
    """The station, if the actor may do this for it. raises NotFound"""
    statement = sa.select(LiaisonStation).where(LiaisonStation.id == station_id, visible(LiaisonStation, actor, action))
    found = session().scalars(statement).one_or_none()
    if found is None:
        raise NotFound("station_not_found", "没有这个联络站，或不在您的辖区。")
    return found


def stations_of(actor: Actor) -> Sequence[LiaisonStation]:
    """The stations that the actor is a member of or oversees, by name, at most 200."""
    statement = sa.select(LiaisonStation).where(visible(LiaisonStation, actor, Action.UNIT_READ))
    return session().scalars(statement.order_by(LiaisonStation.name).limit(200)).all()


def stations(station_ids: Collection[str]) -> dict[str, LiaisonStation]:
    """Stations by id, for rows that the caller may read."""
    found = session().scalars(sa.select(LiaisonStation).where(LiaisonStation.id.in_(station_ids)))
    return {station.id: station for station in found}


def categories(unit_ids: Collection[str]) -> dict[str, Category]:
    """Unit id → its kind."""
    rows = session().execute(sa.select(Unit.id, Unit.category).where(Unit.id.in_(unit_ids))).all()
    return {unit_id: category for unit_id, category in rows}  # noqa: C416 - typed rows


def counts_by_category() -> dict[Category, int]:
    """How many units of each kind stand in the register."""
    rows = session().execute(sa.select(Unit.category, sa.func.count()).group_by(Unit.category)).all()
    return {category: count for category, count in rows}  # noqa: C416 - typed rows


def units_of_stations(members: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    """Pairs (account, unit) from pairs (account, station)."""
    rows = (
        session()
        .execute(
            sa.select(Unit.station_id, Unit.id).where(Unit.station_id.in_({station_id for _, station_id in members}))
        )
        .all()
    )
    return [
        (account_id, unit_id)
        for account_id, station in members
        for station_id, unit_id in rows
        if station_id == station
    ]
