"""Where liaison stations are late: which request, with what, how long, and whom to call."""

from typing import Any

from flask import request, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.complaints import lateness, queries
from backend.infrastructure.web import page
from backend.kernel.identifiers import county_name
from backend.merchants import queries as merchants
from backend.pages.case_steps import clocks

from .doors import staff_blueprint

blueprint = staff_blueprint("console_stations", "/stations")

_PAGE, _LAST_PAGE = 20, 10_000


@blueprint.get("")
@page(Action.SETTLEMENT_WATCH, "console/stations.html")
def overdue(actor: Actor) -> dict[str, Any]:
    at = min(max(request.args.get("page", 1, type=int), 1), _LAST_PAGE)
    found, total = lateness.overdue_at_stations(actor, at, _PAGE)
    owners = queries.owners([row for row, _ in found])
    stations = merchants.stations({row.station_id for row, _ in found})
    return {
        "rows": [
            {
                "case": row,
                "state_zh": row.__lifecycle__.states[row.state or ""],
                "county": county_name(row.county_code),
                "station": stations[row.station_id],
                "taken": row.id in owners,
                "clocks": clocks(row, passed),
            }
            for row, passed in found
        ],
        "total": total,
        "page": at,
        "pages": max(1, -(-total // _PAGE)),
        "address": lambda other: url_for(".overdue", page=other),
    }
