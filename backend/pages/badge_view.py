"""What the page of a scan says, from the plate, the unit's card, the token and the day alone; pure, so that the page can be kept."""

from datetime import date
from typing import Any

from backend.badges.queries import ScannedBadge
from backend.certification.rules import Standing

from . import structured_data
from .card_words import words

#: Standings of a certificate that is over.
_ENDED = {Standing.REVOKED, Standing.EXPIRED, Standing.CANCELLED}
#: So many penalties and warnings at most; the rest is one link away.
MOST_ENTRIES = 3


def badge_page_values(found: ScannedBadge, token: str, today: date) -> dict[str, Any]:
    """The variables of templates/pages/badge.html.

    found   the plate and its unit's card
    token   as it was scanned; the links of the page are made of it
    today   in Asia/Shanghai
    """
    card = words(found.shown.sections)
    certificate, record = card["certificate"], card["record"]
    ended = found.shown.standing in _ENDED
    unit_page = f"/units/{certificate['number']}"
    return {
        "standing": found.standing,
        "of_certificate": found.shown.standing,
        "plate": found.plate,
        "card": card,
        "entries": record["entries"][:MOST_ENTRIES],
        "more_entries": max(len(record["entries"]) - MOST_ENTRIES, 0),
        "ended": ended,
        "past": found.shown.past,
        "today": today,
        "links": {
            "rate": f"/b/{token}/rate",
            "complain": f"/b/{token}/complain",
            "not_this_shop": f"/b/{token}/not-this-shop",
            "unit": unit_page,
            "credential": f"{unit_page}/credential",
            "warnings": f"/warnings?county={card['unit']['county_code']}&category={card['unit']['category']}",
        },
        "structured": structured_data.of_unit(card, found.shown.standing, unit_page),
    }


def unknown_page_values(today: date) -> dict[str, Any]:
    """The variables of templates/pages/badge_unknown.html: a code that is not ours."""
    return {"links": {"report": "/fake-plaques/report"}, "today": today}
