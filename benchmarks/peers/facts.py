"""What does not depend on a framework: from the rows that a peer read to the card that it answers. Pure."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from backend.certification.rules import Ground, Standing, standing
from backend.kernel.identifiers import COUNTIES
from backend.merchants.rules import Category, Commitment
from backend.ratings.rules import LEAST_SHOWN, METHOD

#: A rating's weight by its proof; halved every so many days; and what a unit without ratings starts from.
WEIGHTS, HALF_LIFE_DAYS = {"purchase": 1.0, "visit": 0.6}, 180.0
_PRIOR_WEIGHT, _PRIOR_SUM = 10.0, 40.0
_WENZHOU = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Today's date in Wenzhou."""
    return datetime.now(_WENZHOU).date()


def card(
    badge: Any, certificate: Any, commitments: Iterable[Any], ratings: Mapping[str, Any], complaints: Mapping[str, Any]
) -> dict[str, Any]:
    """The card of rows with these attributes.

    ratings      one … five: how many with so many stars; weight, weighted: sums of weights and of weights times stars, or None
    complaints   received, unanswered, settled, escalated, waiting
    """
    found = standing(certificate.state, certificate.valid_until, today())
    if badge.voided_at is not None and found in {Standing.VALID, Standing.RECTIFY}:
        found = Standing.VOIDED
    unit = badge.unit
    return {
        "standing": found.value,
        "standing_zh": found.zh,
        "unit": {
            "name": unit.name,
            "category": unit.category,
            "category_zh": Category(unit.category).zh,
            "county_code": unit.county_code,
            "county": COUNTIES[unit.county_code],
            "address": unit.address,
            "lng": unit.lng,
            "lat": unit.lat,
            "phone": unit.phone,
            "website": unit.website,
            "opening_hours": unit.opening_hours,
            "merchant": unit.merchant.name,
            "station": unit.station.name,
            "station_phone": unit.station.phone,
            "commitments": [{"code": row.code, "text": Commitment(row.code).text(row.days)} for row in commitments],
        },
        "certificate": {
            "number": certificate.number,
            "issued_on": certificate.issued_on,
            "valid_until": certificate.valid_until,
            "reason": Ground(certificate.ground).zh if certificate.ground else None,
            "reason_on": certificate.reason_on,
        },
        "score": _score(ratings),
        "outcomes": _outcomes(complaints),
        "plate": {"serial": badge.serial, "placement": badge.placement},
    }


def _score(ratings: Mapping[str, Any]) -> dict[str, Any]:
    spread = [ratings[stars] for stars in ("one", "two", "three", "four", "five")]
    count = sum(spread)
    mean = (_PRIOR_SUM + (ratings["weighted"] or 0)) / (_PRIOR_WEIGHT + (ratings["weight"] or 0))
    return {
        "count": count,
        "mean": round(mean, 1) if count >= LEAST_SHOWN else None,
        "spread": spread,
        "method": METHOD,
    }


def _outcomes(complaints: Mapping[str, Any]) -> dict[str, int]:
    received, unanswered = complaints["received"], complaints["unanswered"]
    return {
        "received": received,
        "answered_in_time": max(received - unanswered - complaints["waiting"], 0),
        "unanswered": unanswered,
        "settled": complaints["settled"],
        "escalated": complaints["escalated"],
    }
