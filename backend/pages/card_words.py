"""A card's sections as the public pages draw them; pure."""

from collections.abc import Mapping
from typing import Any

_OUTCOMES = (
    ("received", "收到诉求"),
    ("answered_in_time", "按时答复"),
    ("settled", "消费者确认解决"),
    ("unanswered", "逾期未答复"),
    ("escalated", "转市场监管部门"),
)


def words(sections: Mapping[str, Any]) -> dict[str, Any]:
    """The card of a unit: unit, certificate, score, outcomes and facts; what is empty is left out."""
    score, outcomes = sections.get("score"), sections.get("outcomes")
    card: dict[str, Any] = {"unit": sections["unit"], "certificate": sections["certificate"]}
    if score and score.get("count"):
        spread = score.get("spread", [0] * 5)
        counts = {str(stars): people for stars, people in enumerate(spread, start=1)}
        card["score"] = {"count": score["count"], "mean": score.get("mean"), "counts": counts}
    if outcomes and outcomes.get("received"):
        card["outcomes"] = [
            {"label": label, "value": f"{outcomes[key]} 件"} for key, label in _OUTCOMES if key in outcomes
        ]
    card["facts"] = sections.get("facts", {}).get("lines", [])
    return card
