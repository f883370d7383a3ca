"""Puts the sample's rows together from word lists, with a fixed seed, so that the same call gives the same file."""

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from backend.kernel.identifiers import COUNTIES, make_uscc
from backend.merchants.register_file.rows import Member, UnitRow
from backend.merchants.rules import DUTIES, PLAN_TARGETS, Category, Commitment

from . import words

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SHARE_2017 = 1 / 3
#: So many brands use the names of two, then of three characters up.
_SPENT = (380, 12_000)
#: Weight of a county for scenic areas: the mountains and islands have more.
_SCENIC = {"330324": 14, "330328": 10, "330329": 10, "330305": 8, "330382": 9}


def sample_rows(
    today: date, *, times: int = 1, targets: Mapping[Category, int] = PLAN_TARGETS, seed: int = 2017
) -> Iterator[UnitRow]:
    """Rows in the order of their certificate numbers, `times` the plan's numbers in all.

    today   decides which certificates are still valid: all but about one in forty
    """
    chance = random.Random(seed)  # noqa: S311  (a sample, not a secret)
    kinds = [category for category, count in targets.items() for _ in range(count * times)]
    chance.shuffle(kinds)
    counties = _spread(kinds, chance)
    made: set[str] = set()
    chains: list[UnitRow] = []
    for number, (category, county) in enumerate(zip(kinds, counties, strict=True), 1):
        shared = chance.random() < 0.12 and category in {Category.SHOP, Category.RESTAURANT, Category.COSMETICS}
        parent = _parent(chains, category, county, chance) if shared else None
        row = _row(number, len(kinds), category, county, parent, today, made, chance)
        if parent is None and category not in {Category.MARKET, Category.SCENIC_AREA}:
            chains.append(row)
        yield row


def _spread(kinds: list[Category], chance: random.Random) -> list[str]:
    """A county for each unit; every county gets at least one of every kind that has twelve."""
    counties, seen = [], {category: list(words.PLACES) for category in Category}
    for category in kinds:
        if seen[category]:
            counties.append(seen[category].pop(0))
        else:
            weights = [
                _SCENIC.get(code, 3) if category is Category.SCENIC_AREA else words.PLACES[code][0] for code in COUNTIES
            ]
            counties.append(chance.choices(list(COUNTIES), weights)[0])
    return counties


def _parent(chains: list[UnitRow], category: Category, county: str, chance: random.Random) -> UnitRow | None:
    same = [row for row in chains[-400:] if row.category is category and row.county_code == county]
    return chance.choice(same) if same else None


def _row(
    number: int,
    total: int,
    category: Category,
    county: str,
    parent: UnitRow | None,
    today: date,
    made: set[str],
    chance: random.Random,
) -> UnitRow:
    _weight, lng, lat, townships, streets = words.PLACES[county]
    township, street = chance.choice(townships), chance.choice(streets)
    house = chance.randint(1, 399)
    if parent is None:
        brand = _brand(made, chance)
        name = f"{brand}{chance.choice(words.TAIL[category])}"
        merchant = f"{COUNTIES[county][:2]}{brand}{chance.choice(words.MERCHANT_TAIL[category])}"
        uscc = make_uscc(f"91{county}", f"MA2T{_serial(number)}")
        station, station_phone, members = f"{name}维权联络站", _landline(chance), _members(chance)
    else:
        name = f"{parent.unit_name}（{street}{house}号店）"
        merchant, uscc = parent.merchant_name, parent.uscc
        station, station_phone, members = parent.station_name, parent.station_phone, parent.members
    issued, until = _dates(number, total, today, chance)
    return UnitRow(
        row=number + 1,
        certificate_no=f"温放心{issued.year}-{number:05d}",
        merchant_name=merchant,
        uscc=uscc,
        unit_name=name,
        category=category,
        county_code=county,
        address=f"温州市{COUNTIES[county]}{township}{street}{house}号",
        lng=round(lng + chance.gauss(0, 0.012), 6),
        lat=round(lat + chance.gauss(0, 0.01), 6),
        phone=_landline(chance),
        website=f"https://shop{number:05d}.example.com/" if category is Category.ONLINE_SHOP else None,
        opening_hours=chance.choice(words.HOURS),
        station_name=station,
        station_phone=station_phone,
        members=members,
        commitments=_commitments(category, chance),
        issued_on=issued,
        valid_until=until,
    )


def _brand(made: set[str], chance: random.Random) -> str:
    while True:
        brand = chance.choice(words.FIRST) + chance.choice(words.SECOND)
        for spent in _SPENT:
            if len(made) > spent:
                brand += chance.choice(words.SECOND + words.FIRST)
        if brand not in made:
            made.add(brand)
            return brand


def _serial(number: int) -> str:
    """Four characters of the organisation code from a running number."""
    digits = ""
    for _ in range(4):
        number, place = divmod(number, 31)
        digits = _ALPHABET[place] + digits
    return digits


def _landline(chance: random.Random) -> str:
    return f"0577-5550{chance.randint(1000, 9999)}"


def _members(chance: random.Random) -> tuple[Member, ...]:
    found: dict[str, Member] = {}
    for _ in range(chance.choice((1, 1, 2, 3))):
        phone = f"1990577{chance.randint(0, 9999):04d}"
        found[phone] = Member(chance.choice(words.SURNAMES) + chance.choice(words.GIVEN), phone)
    return tuple(found.values())


def _commitments(category: Category, chance: random.Random) -> tuple[tuple[Commitment, int | None], ...]:
    found: list[tuple[Commitment, int | None]] = [(duty, None) for duty in DUTIES]
    if category in {Category.SHOP, Category.COSMETICS, Category.MARKET} and chance.random() < 0.8:
        found.append((Commitment.NO_REASON_RETURN, chance.choice((7, 7, 7, 15, 30))))
    if category is Category.ONLINE_SHOP:
        found.append((Commitment.ONLINE_RETURN, chance.choice((7, 7, 15))))
    if category is Category.RESTAURANT and chance.random() < 0.7:
        found.append((Commitment.OPEN_KITCHEN, None))
    if category in {Category.COSMETICS, Category.ONLINE_SHOP} and chance.random() < 0.6:
        found.append((Commitment.GENUINE, None))
    if chance.random() < 0.7:
        found.append((Commitment.CLEAR_PRICE, None))
    return tuple(found)


def _dates(number: int, total: int, today: date, chance: random.Random) -> tuple[date, date]:
    """Awarded along the plan (a third in 2017, all by 2020), renewed since; about one in forty has run out."""
    share = number / total
    year = 2017 if share <= _SHARE_2017 else min(2020, 2018 + int((share - _SHARE_2017) / ((1 - _SHARE_2017) / 3)))
    issued = date(year, 9 if year == 2017 else 3, 1) + timedelta(days=chance.randint(0, 110))
    left = chance.randint(-200, -1) if chance.random() < 0.025 else chance.randint(60, 900)
    return issued, today + timedelta(days=left)
