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
    """The card of a unit as `cards.shown` gives it: unit, certificate, record, and what there is of score, outcomes and photo."""
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
        if outcomes.get("median_days") is not None:
            card["outcomes"].append({"label": "解决用时中位数", "value": f"{outcomes['median_days']:g} 天"})
    if "photo" in sections:
        card["photo"] = sections["photo"]
    card["record"] = sections["record"]
    card["closing"] = sections.get("closing")
    return card
