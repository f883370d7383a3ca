"""Brings checked rows of the register file into the database: entities, stations, members, units."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

import sqlalchemy as sa

from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.infrastructure.sealing import blind_index
from backend.kernel.errors import Conflict, InvalidInput
from backend.kernel.identifiers import county_name

from . import queries
from .model import LiaisonStation, ListedMember, Merchant, Unit
from .register_file import UnitFacts
from .rules import Category, public_contact

RowT = TypeVar("RowT", bound=UnitFacts)


@dataclass(frozen=True)
class Stored(Generic[RowT]):
    """A row's unit, and what the row changed: 'new', 'changed' or 'same'.

    shared   whether the entity's name or the station's phone changed, which other units show too
    """

    row: RowT
    unit: Unit
    change: str
    shared: bool = False


def store(rows: Sequence[RowT]) -> list[Stored[RowT]]:
    """Insert or update the units of these rows; the same row again changes nothing.

    rows   a batch; larger batches cost fewer queries
    """
    merchants, renamed = _merchants(rows)
    stations, rephoned = _stations(rows)
    _list_members(rows, stations)
    held = {
        (unit.merchant_id, unit.name, unit.county_code): unit
        for unit in session().scalars(
            sa.select(Unit).where(Unit.merchant_id.in_([merchant.id for merchant in merchants.values()]))
        )
    }
    stored = []
    for row in rows:
        shared = row.uscc in renamed or _station_key(row) in rephoned
        item = _store_unit(row, merchants[row.uscc], stations[_station_key(row)], held)
        stored.append(
            replace(item, shared=shared, change="changed" if shared and item.change == "same" else item.change)
        )
    return stored


def enter(facts: UnitFacts, *, enrolment_no: str) -> Unit:
    """Enter a unit that has no certificate yet, with a liaison station of its own.

    enrolment_no   of the request by which it comes in
    raises         Conflict already_registered for a code that the register knows, InvalidInput for a station's name that is taken
    """
    if queries.is_registered(facts.uscc):
        raise Conflict("already_registered", "这个信用代码已经在名录里，不能再收。")
    if queries.is_station(facts.county_code, facts.station_name):
        message = "本县（市、区）已有同名的维权联络站，请换一个名称。"
        raise InvalidInput("station_name_taken", message, fields={"station_name": [message]})
    (stored,) = store([facts])
    stored.unit.enrolment_no = enrolment_no
    session().flush()
    return stored.unit


def units_beside(stored: Sequence[Stored[RowT]]) -> Sequence[Unit]:
    """Other units of the entities and stations that these rows changed; they show the new name or phone from now on."""
    shared = [item.unit for item in stored if item.shared]
    if not shared:
        return []
    found = (
        session()
        .scalars(
            sa.select(Unit).where(
                Unit.merchant_id.in_({unit.merchant_id for unit in shared})
                | Unit.station_id.in_({unit.station_id for unit in shared}),
                Unit.id.not_in([item.unit.id for item in stored]),
            )
        )
        .all()
    )
    for unit in found:
        unit.search_text = _search_text(unit.name, unit.merchant, unit.category, unit.county_code, unit.address)
    return found


def promise(unit: Unit, commitments: Sequence[Mapping[str, object]]) -> None:
    """What the unit promises in public from now on; the caller refreshes its card.

    commitments   {"code": a Commitment, "days": … or None}
    """
    unit.commitments = [dict(one) for one in commitments]


def _search_text(name: str, merchant: Merchant, category: Category, county_code: str, address: str) -> str:
    """What the public search looks through: nothing that the public may not read."""
    shown = public_contact(
        merchant.uscc, category, merchant=merchant.name, address=address, county=county_name(county_code), phone=""
    )
    return f"{name} {shown.merchant} {shown.address}"[:500]


def _store_unit(
    row: RowT, merchant: Merchant, station: LiaisonStation, held: dict[tuple[str, str, str], Unit]
) -> Stored[RowT]:
    values = {
        "station_id": station.id,
        "category": row.category,
        "address": row.address,
        "lng": row.lng,
        "lat": row.lat,
        "phone": row.phone,
        "website": row.website,
        "opening_hours": row.opening_hours,
        "commitments": [{"code": commitment.value, "days": days} for commitment, days in row.commitments],
        "search_text": _search_text(row.unit_name, merchant, row.category, row.county_code, row.address),
    }
    key = (merchant.id, row.unit_name, row.county_code)
    unit = held.get(key)
    if unit is None:
        unit = Unit(
            merchant_id=merchant.id,
            name=row.unit_name,
            county_code=row.county_code,
            imported_at=current.now(),
            merchant=merchant,
            station=station,
            **values,
        )
        session().add(unit)
        held[key] = unit
        return Stored(row, unit, "new")
    changed = {name: value for name, value in values.items() if getattr(unit, name) != value}
    for name, value in changed.items():
        setattr(unit, name, value)
    if "station_id" in changed:
        unit.station = station
    return Stored(row, unit, "changed" if changed else "same")


def _merchants(rows: Sequence[UnitFacts]) -> tuple[dict[str, Merchant], set[str]]:
    """Code → entity, and the codes of those whose name changed."""
    renamed = set()
    codes = {row.uscc: row.merchant_name for row in rows}
    found = {
        merchant.uscc: merchant for merchant in session().scalars(sa.select(Merchant).where(Merchant.uscc.in_(codes)))
    }
    for code, name in codes.items():
        if code not in found:
            found[code] = Merchant(uscc=code, name=name)
            session().add(found[code])
        elif found[code].name != name:
            found[code].name = name
            renamed.add(code)
    session().flush()
    return found, renamed


def _station_key(row: UnitFacts) -> tuple[str, str]:
    return row.county_code, row.station_name


def _stations(rows: Sequence[UnitFacts]) -> tuple[dict[tuple[str, str], LiaisonStation], set[tuple[str, str]]]:
    """Key → station, and the keys of those whose phone changed."""
    rephoned = set()
    phones = {_station_key(row): row.station_phone for row in rows}
    found = {
        (station.county_code, station.name): station
        for station in session().scalars(
            sa.select(LiaisonStation).where(LiaisonStation.name.in_({name for _, name in phones}))
        )
    }
    for (county_code, name), phone in phones.items():
        station = found.get((county_code, name))
        if station is None:
            found[(county_code, name)] = LiaisonStation(name=name, phone=phone, county_code=county_code)
            session().add(found[(county_code, name)])
        elif station.phone != phone:
            station.phone = phone
            rephoned.add((county_code, name))
    session().flush()
    return found, rephoned


def _list_members(rows: Sequence[UnitFacts], stations: dict[tuple[str, str], LiaisonStation]) -> None:
    wanted = {
        (stations[_station_key(row)].id, blind_index("member-phone", member.phone)): member
        for row in rows
        for member in row.members
    }
    ids = {station_id for station_id, _ in wanted}
    known = {
        (listed.station_id, listed.phone_index): listed
        for listed in session().scalars(sa.select(ListedMember).where(ListedMember.station_id.in_(ids)))
    }
    for (station_id, index), member in wanted.items():
        if (station_id, index) not in known:
            session().add(ListedMember(station_id=station_id, phone_index=index, name=member.name, phone=member.phone))
