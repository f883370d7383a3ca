"""Pages that need nobody's data: what this is, with the warnings of the day, how to complain, the mark, and what is done with personal data."""

from typing import Any

from flask import Blueprint

from backend.access.actor import Actor
from backend.accounts.consent_texts import CONSENT_TEXTS
from backend.certification.rules import Standing
from backend.consumer_warnings import queries as consumer_warnings
from backend.infrastructure import current
from backend.infrastructure.http import Public
from backend.infrastructure.web import page
from backend.kernel.clock_table import RULE_SETS
from backend.kernel.regulation import rule_set_for
from backend.merchants.rules import Category
from backend.personal_data.rules import CLASSES

blueprint = Blueprint("pages", __name__)

_INFORMATION = Public("general information for everybody")
#: The periods that a person who complains should know, in the order in which they run.
_PERIODS = ("M1", "M2", "M3", "C1", "C2", "C3")


@blueprint.get("/")
@page(_INFORMATION, "pages/landing.html")
def landing(_actor: Actor) -> dict[str, Any]:
    return {"categories": list(Category), "warnings": consumer_warnings.holding()}


@blueprint.get("/help")
@page(_INFORMATION, "pages/help.html")
def how_to_complain(_actor: Actor) -> dict[str, Any]:
    rules = rule_set_for(current.today(), RULE_SETS)
    return {"periods": [rules.clocks[code] for code in _PERIODS]}


@blueprint.get("/privacy")
@page(_INFORMATION, "pages/privacy.html")
def privacy(_actor: Actor) -> dict[str, Any]:
    return {"consent_texts": list(CONSENT_TEXTS.values()), "classes": list(CLASSES.values())}


@blueprint.get("/about-mark")
@page(_INFORMATION, "pages/about_mark.html")
def about_mark(_actor: Actor) -> dict[str, Any]:
    return {"standings": list(Standing)}
