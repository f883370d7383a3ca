"""Consumer warnings for everybody: the list by place and kind, and one of them; past ones stay readable and say so."""

from typing import Any

from flask import Blueprint, request, url_for

from backend.access.actor import Actor
from backend.consumer_warnings import queries
from backend.consumer_warnings.routes import OPEN
from backend.infrastructure.paging import row_id
from backend.infrastructure.web import page
from backend.kernel.identifiers import COUNTIES
from backend.merchants.rules import Category

blueprint = Blueprint("warning_pages", __name__, url_prefix="/warnings")


@blueprint.get("")
@page(OPEN, "pages/warnings.html", limit="120/minute")
def warnings(_actor: Actor) -> dict[str, Any]:
    county = request.args.get("county") if request.args.get("county") in COUNTIES else None
    category = request.args.get("category") if request.args.get("category") in set(Category) else None
    now = request.args.get("now") == "true"
    found = queries.published(
        county=county,
        category=Category(category) if category else None,
        only_now=now,
        before=request.args.get("before", type=row_id),
    )
    kept: dict[str, Any] = {"county": county, "category": category, "now": "true" if now else None}
    return {
        "rows": found.warnings,
        "next": url_for(".warnings", **kept, before=found.next) if found.next else None,
        "counties": list(COUNTIES.items()),
        "categories": [(one.value, one.zh) for one in Category],
        **kept,
    }


@blueprint.get("/<number>")
@page(OPEN, "pages/warning.html", limit="120/minute")
def warning(_actor: Actor, number: str) -> dict[str, Any]:
    return {"shown": queries.published_one(number)}
