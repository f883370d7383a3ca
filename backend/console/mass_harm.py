"""Clusters of complaints, as counts, for the council, the joint-meeting office and the bureau."""

from typing import Any

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure.web import page
from backend.kernel.identifiers import county_name
from backend.mass_harm import queries
from backend.mass_harm.rules import LEAST, WINDOW

from .doors import staff_blueprint

blueprint = staff_blueprint("console_mass_harm", "/mass-harm")


@blueprint.get("")
@page(Action.MASS_HARM_READ, "console/mass_harm.html")
def clusters(actor: Actor) -> dict[str, Any]:
    found = queries.clusters(actor)
    return {
        "rows": [{"cluster": one, "county": county_name(one.county_code)} for one in found],
        "least": LEAST,
        "days": WINDOW.days,
    }
