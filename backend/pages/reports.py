"""Published reports of experience reviews, open to everybody, with the method by which anyone can check the draw."""

from typing import Any

from flask import Blueprint

from backend.access.actor import Actor
from backend.experience_reviews import queries
from backend.experience_reviews.rules import SECOND_VISITS
from backend.infrastructure.http import Public
from backend.infrastructure.web import page

blueprint = Blueprint("reports", __name__, url_prefix="/reports")

_PUBLISHED = Public("published reports are public")


@blueprint.get("")
@page(_PUBLISHED, "pages/reports.html")
def reports(_actor: Actor) -> dict[str, Any]:
    return {"campaigns": queries.published()}


@blueprint.get("/<number>")
@page(_PUBLISHED, "pages/report.html")
def report(_actor: Actor, number: str) -> dict[str, Any]:
    campaign = queries.published_one(number)
    return {"campaign": campaign, "results": campaign.results, "second_share": f"{SECOND_VISITS:.0%}"}
