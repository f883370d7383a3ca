"""Clocks of a removal proposal; lengths are local policy."""

from backend.kernel.regulation import DESIGN, ClockRule, Unit

CLOCKS = {
    "2026": {
        "P1": ClockRule("P1", 5, Unit.WORKING_DAY, "单位陈述申辩", DESIGN, window=True),
        "P2": ClockRule("P2", 10, Unit.WORKING_DAY, "作出决定", DESIGN),
    }
}
