"""A station's figures over JSON."""

from typing import Any

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure.http import ApiBlueprint, endpoint

from . import queries, schemas
from .rules import FORMULAS

blueprint = ApiBlueprint("station_figures", __name__, description="联络站：本站统计")


@blueprint.get("/station/figures")
@endpoint(Action.FIGURES_READ, query=schemas.FiguresQuery, reply=schemas.FiguresOut)
def figures(actor: Actor, query: dict[str, Any]) -> dict[str, Any]:
    """联络站：答复用时、和解率、确认做到率、主要问题，和同类中位数对比"""
    days = query["days"]
    return {
        "days": days,
        "since": queries.since(days),
        "categories": queries.figures(actor, days),
        "formulas": FORMULAS,
    }
