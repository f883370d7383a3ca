"""Clocks of a reopening. They are ours: no text says how long; the first is as long as a decision on a complaint."""

from backend.kernel.regulation import DESIGN, ClockRule, Unit

REOPENING_CLOCKS = {
    "2026": {
        "F1": ClockRule("F1", 7, Unit.WORKING_DAY, "接手重新办理", DESIGN),
        "F2": ClockRule("F2", 30, Unit.NATURAL_DAY, "办结重新办理", DESIGN),
    }
}
