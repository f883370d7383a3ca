"""The form of an application as a browser sends it: flat names, read into the form that the API knows."""

from collections.abc import Mapping
from typing import Any

from backend.applications.rules import CODES
from backend.applications.schemas import ApplicationWords, Days, FormOut, Revision
from backend.infrastructure.fields import Choice, Whole, YesNo, fields
from backend.merchants.rules import DUTIES, Commitment

#: Promises that name a number of days.
DATED = tuple(promise for promise in Commitment if promise.takes_days)
#: What is suggested to who makes one.
_USUAL_DAYS = 7
_PARTS = {
    "uscc": "统一社会信用代码",
    "trading_since": "开业日期",
    "commitments": "承诺",
    "checks": "自查",
    "statement": "做法和成效",
}


def check_name(code: str) -> str:
    """Form field of a question of the self-check; what is wrong with it comes under this name."""
    return f"checks.{code}"


def days_name(promise: Commitment) -> str:
    """Form field of a promise's days; what is wrong with them comes under this name."""
    return f"days.{promise.value}"


#: All that the form's page brings, but the files; a dotted name is loaded into a mapping. `remove`: positions of photos; `hand_in`: which of the buttons was pressed.
FillingForm = ApplicationWords.from_dict(
    {
        "seen": Revision(required=True),
        "commitments": fields.List(Choice(Commitment), load_default=list),
        **{days_name(promise): Days() for promise in DATED},
        **{check_name(code): YesNo() for code in sorted(CODES)},
        "remove": fields.List(Whole(0, 1_000_000), load_default=list),
        "is_true": YesNo(load_default=False),
        "hand_in": YesNo(load_default=False),
    },
    name="FillingForm",
)


def form_of(body: Mapping[str, Any]) -> dict[str, Any]:
    """The application's form (`ApplicationForm`, loaded) out of what the page brought."""
    promised, days = dict.fromkeys(body["commitments"]), body.get("days", {})
    return {
        **{name: body[name] for name in ("uscc", "trading_since", "statement")},
        "checks": body.get("checks", {}),
        "commitments": [{"code": one, "days": days.get(one.value)} for one in promised],
    }


def differing(form: Mapping[str, Any], stored: Mapping[str, Any]) -> str:
    """In what a form (`form_of`) differs from the one that is stored, in words."""
    typed = FormOut().dump(form)
    return "、".join(words for name, words in _PARTS.items() if typed[name] != stored[name])


def choices(form: Mapping[str, Any]) -> dict[str, Any]:
    """What the page offers beside the stored form: the promises, those that are made, and the days of each."""
    made = {one["code"]: one["days"] for one in form["commitments"]}
    return {
        "promises": [(one.value, f"{one.zh}（必须承诺）" if one in DUTIES else one.zh) for one in Commitment],
        "made": list(made),
        "dated": [(days_name(one), one.zh, made.get(one.value, _USUAL_DAYS)) for one in DATED],
    }
