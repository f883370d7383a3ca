"""How often a lead may hand back, and how far off a last day may be set. Pure."""

from datetime import date, timedelta

#: After these returns to a named department the office decides. source: F14 of the domain reference; ours
MOST_RETURNS = 2
MOST_ASSISTANTS = 8
_FARTHEST = timedelta(days=60)


def is_last_day(day: date, today: date) -> bool:
    """Whether the office may set this day as the last one: from tomorrow on, within sixty days."""
    return today < day <= today + _FARTHEST
