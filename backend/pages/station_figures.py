"""The station's own figures on a page: how soon it answers, what comes of it, beside the median of its category."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, request

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure.web import page
from backend.kernel.clock import span
from backend.station_figures import queries
from backend.station_figures.queries import CategoryFigures
from backend.station_figures.rules import FORMULAS, PERIODS

blueprint = Blueprint("station_figures_pages", __name__, url_prefix="/station/figures")

_NOTHING, _HIDDEN = "还没有", "不显示"


@blueprint.get("")
@page(Action.FIGURES_READ, "pages/station_figures.html")
def figures(actor: Actor) -> dict[str, Any]:
    asked = request.args.get("days", type=int)
    days = asked if asked in PERIODS else PERIODS[0]
    return {
        "days": days,
        "periods": [(one, "最近一年" if one == PERIODS[-1] else f"最近 {one} 天") for one in PERIODS],
        "groups": [{"figures": one, "rows": _rows(one)} for one in queries.figures(actor, days)],
        "formulas": FORMULAS,
    }


def _rows(found: CategoryFigures) -> list[tuple[str, str, str]]:
    """What, ours, the category's median."""
    median = found.median
    return [
        ("答复用时", _time(found.answer_minutes), _time(median.answer_minutes if median else None, _HIDDEN)),
        (
            "和解率",
            _percent(found.counts.settled_percent),
            _percent(median.settled_percent if median else None, _HIDDEN),
        ),
        (
            "确认做到率",
            _percent(found.counts.performed_percent),
            _percent(median.performed_percent if median else None, _HIDDEN),
        ),
    ]


def _time(minutes: float | None, absent: str = _NOTHING) -> str:
    return absent if minutes is None else span(timedelta(minutes=minutes))


def _percent(percent: float | None, absent: str = _NOTHING) -> str:
    return absent if percent is None else f"{percent:g}%"
