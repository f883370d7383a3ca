"""Limits of subscribe-message fields, and how a value is made to fit rather than refused."""

import re

_MOST = {
    "thing": 20,
    "number": 32,
    "letter": 32,
    "symbol": 5,
    "character_string": 32,
    "phone_number": 17,
    "car_number": 8,
    "name": 10,
    "phrase": 5,
}
_KIND = re.compile(r"([a-z_]+?)\d+")


def fitted(field: str, value: str) -> str:
    """The value within its field's limit, cut with an ellipsis where that is allowed.

    field    such as "thing1"
    raises   ValueError for a field name that WeChat does not know, or Chinese in a character_string
    """
    matched = _KIND.fullmatch(field)
    kind = matched[1] if matched else ""
    if kind in {"time", "date", "amount", "enum"}:
        return value
    if kind not in _MOST:
        raise ValueError(f"unknown template field {field}")
    if kind == "character_string" and not value.isascii():
        raise ValueError("a character_string takes no Chinese")
    return value if len(value) <= _MOST[kind] else f"{value[: _MOST[kind] - 1]}…"
