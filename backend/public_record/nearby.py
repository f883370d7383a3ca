"""Certified units around a place, the nearest first. The place is known to a hundred metres, used for one answer and kept nowhere.

A precise position is sensitive personal data; a hundred metres are enough to put shops in order. source: 个人信息保护法 §6, §28
"""

import base64
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from backend.badges.model import Card
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.kernel.errors import InvalidInput
from backend.merchants.model import Unit

from .register import Asked, entry_of_row, rows_of

#: Metres of a degree of latitude, on the mean sphere (6,371,008.8 m).
METRES = 111_195.08


@dataclass(frozen=True)
class Around:
    """A page of units around a place.

    units   as the register has them, with `distance_m`
    after   cursor of the next page, None on the last
    """

    units: Sequence[Mapping[str, Any]]
    after: str | None


def around(lng_e3: int, lat_e3: int, asked: Asked, within_m: int | None = None) -> Around:
    """Units whose certificate is not over and whose place is public, the nearest first.

    lng_e3, lat_e3   GCJ-02, thousandths of a degree (about 100 m); a flat map through the place is used, which is out by less than 1 % within Wenzhou
    raises           InvalidInput for a cursor that is none of ours
    """
    lng, lat, today = lng_e3 / 1000, lat_e3 / 1000, current.today()
    east = (Unit.lng - lng) * (METRES * math.cos(math.radians(lat)))
    north = (Unit.lat - lat) * METRES
    squared = (east * east + north * north).label("squared")
    # A home's place is not on the card; without this its distance would tell it.
    located = Card.sections["unit"]["lng"].as_float().is_not(None)
    statement = rows_of(replace(asked, certified=True), today).add_columns(squared).where(located)
    if within_m is not None:
        height = within_m / METRES
        statement = statement.where(Unit.lat.between(lat - height, lat + height), squared <= float(within_m**2))
    if asked.after is not None:
        far, unit_id = _read(asked.after)
        statement = statement.where(sa.or_(squared > far, sa.and_(squared == far, Card.unit_id > unit_id)))
    rows = session().execute(statement.order_by(squared, Card.unit_id).limit(asked.limit + 1)).all()
    kept = rows[: asked.limit]
    return Around(
        [{**entry_of_row(row, today), "distance_m": round(math.sqrt(row.squared))} for row in kept],
        _cursor(kept[-1].squared, kept[-1].unit_id) if len(rows) > asked.limit else None,
    )


def _cursor(squared: float, unit_id: str) -> str:
    return base64.urlsafe_b64encode(f"{squared!r} {unit_id}".encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[float, str]:
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        number, _, unit_id = text.partition(" ")
        squared = float(number)
        if not 0 <= squared < math.inf or str(UUID(unit_id)) != unit_id:
            raise ValueError
    except ValueError:
        raise InvalidInput("cursor_unknown", "翻页标记不对，请从第一页重新开始。") from None
    return squared, unit_id
