"""The open register (名录): what anybody may read of every certified unit, and of those that ended within three years.

The shape follows the open data of the UK's Food Hygiene Rating Scheme: every unit with its standing, dates, scores and place. Pages
go by a cursor over (time of the last change, unit), so that a copy is kept fresh by asking for what changed since.
"""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from backend.badges.model import Card
from backend.badges.rules import closing_on, record_on
from backend.certification import queries as certificates
from backend.certification.model import Certificate
from backend.certification.rules import Ground, Standing
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.kernel.errors import InvalidInput, NotFound
from backend.merchants import queries as merchants
from backend.merchants.model import Unit
from backend.merchants.rules import Category, Commitment

#: Sections of the card that the register tells; the photo has an address of its own.
_SECTIONS = ("unit", "score", "outcomes", "record", "closing")


@dataclass(frozen=True)
class Asked:
    """What is asked of the register; None is everything.

    promise         units that promised this
    certified       only units whose certificate is not over, also while it is rectified or suspended
    changed_since   aware instant: units whose card changed then or later
    after           cursor of the page before
    """

    category: Category | None = None
    county: str | None = None
    standing: Standing | None = None
    promise: Commitment | None = None
    certified: bool = False
    q: str = ""
    changed_since: datetime | None = None
    after: str | None = None
    limit: int = 100


@dataclass(frozen=True)
class Found:
    """One page of the register.

    etag    changes when anything on the page does
    after   cursor of the next page, None on the last
    """

    rows: Sequence[Mapping[str, Any]]
    etag: str
    after: str | None


def page(asked: Asked) -> Found:
    """One page, what changed longest ago first. raises InvalidInput for a cursor that is none of ours"""
    today = current.today()
    statement = rows_of(asked, today)
    if asked.changed_since is not None:
        statement = statement.where(Card.changed_at >= asked.changed_since)
    if asked.after is not None:
        changed_at, unit_id = _read(asked.after)
        later = sa.and_(Card.changed_at == changed_at, Card.unit_id > unit_id)
        statement = statement.where(sa.or_(Card.changed_at > changed_at, later))
    rows = session().execute(statement.order_by(Card.changed_at, Card.unit_id).limit(asked.limit + 1)).all()
    kept = rows[: asked.limit]
    after = _cursor(kept[-1].changed_at, kept[-1].unit_id) if len(rows) > asked.limit else None
    tag = "|".join([today.isoformat(), str(after), *(f"{row.unit_id}-{row.revision}" for row in kept)])
    return Found(
        [entry_of_row(row, today) for row in kept],
        hashlib.sha256(tag.encode()).hexdigest()[:32],
        after,
    )


def rows_of(asked: Asked, today: date) -> sa.Select[Any]:
    """A query for what the register has of the units that are asked for, in no order; `entry_of_row` reads a row."""
    statement = (
        sa.select(Card.unit_id, Card.revision, Card.changed_at, Certificate)
        .add_columns(*(Card.sections[name] for name in _SECTIONS))
        .join(Certificate, Certificate.unit_id == Card.unit_id)
        .join(Unit, Unit.id == Card.unit_id)
        .where(certificates.stands_for_its_unit(today))
    )
    if asked.category is not None:
        statement = statement.where(Unit.category == asked.category)
    if asked.county is not None:
        statement = statement.where(Unit.county_code == asked.county)
    if asked.standing is not None:
        statement = statement.where(certificates.with_standing(asked.standing, today))
    if asked.promise is not None:
        statement = statement.where(merchants.promising(asked.promise))
    if asked.certified:
        statement = statement.where(certificates.not_over(today))
    return statement.where(merchants.holding(asked.q, certificates.units_numbered(asked.q)))


def entry_of_row(row: Any, today: date) -> dict[str, Any]:
    """A unit as `register_schemas.RegisterUnitOut` shows it, from a row of `rows_of` (its first columns)."""
    return _entry(row[3], row.changed_at, dict(zip(_SECTIONS, row[4 : 4 + len(_SECTIONS)], strict=True)), today)


def one(number: str) -> tuple[Mapping[str, Any], str]:
    """A unit by the number of any certificate that it held, with its tag. raises NotFound"""
    today = current.today()
    asked_for = certificates.by_number(number)
    certificate = certificates.newest_of_unit(asked_for.unit_id) or asked_for
    card = session().get(Card, asked_for.unit_id)
    if card is None or not certificates.findable(asked_for.unit_id, today):
        raise NotFound("unit_not_in_register", "名录里没有这家单位。证书结束满三年的单位不再列入名录。")
    return _entry(certificate, card.changed_at, card.sections, today), f"{today.isoformat()}-{card.revision}"


def _entry(certificate: Certificate, changed_at: datetime, sections: Mapping[str, Any], today: date) -> dict[str, Any]:
    unit, score, record = sections["unit"], sections.get("score") or {}, sections.get("record") or {}
    found = certificate.standing_on(today)
    public = record_on(record, today)
    return {
        **{name: unit[name] for name in _OF_UNIT},
        "number": certificate.number,
        "standing": found.value,
        "standing_zh": found.zh,
        "standing_on": certificate.reason_on or (certificate.valid_until if found is Standing.EXPIRED else None),
        "reason": Ground(certificate.ground).zh if certificate.ground else None,
        "issued_on": certificate.issued_on,
        "valid_until": certificate.valid_until,
        "score": {"count": score.get("count", 0), "mean": score.get("mean")},
        "outcomes": sections.get("outcomes") or {},
        "grades": public["grades"],
        "entries": public["entries"],
        "reply": public["reply"],
        "kitchen": public["kitchen"],
        "closing": closing_on(sections.get("closing"), certificate.state or "", today),
        "page": f"/units/{certificate.number}",
        "changed_at": changed_at,
    }


_OF_UNIT = (
    "name", "category", "category_zh", "county_code", "county", "address", "lng", "lat", "phone", "website", "opening_hours",
    "merchant", "commitments",
)  # fmt: skip


def _cursor(changed_at: datetime, unit_id: str) -> str:
    return base64.urlsafe_b64encode(f"{changed_at.isoformat()} {unit_id}".encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[datetime, str]:
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        instant, _, unit_id = text.partition(" ")
        changed_at = datetime.fromisoformat(instant)
        if changed_at.tzinfo is None or not 2000 <= changed_at.year <= 2200 or str(UUID(unit_id)) != unit_id:
            raise ValueError
    except ValueError:
        raise InvalidInput("cursor_unknown", "翻页标记不对，请从第一页重新开始。") from None
    return changed_at, unit_id
