"""Clocks of retaliation. No text gives a length: they are the city's own (本市自定) and stand here as data, by rule set."""

from backend.kernel.regulation import ClockRule, Unit

_LOCAL = "本市自定"

RETALIATION_CLOCKS = {
    "2026": {
        "P0": ClockRule("P0", 60, Unit.MINUTE, "有人接手", _LOCAL),
        "P1": ClockRule("P1", 24, Unit.HOUR, "第一次联系本人", _LOCAL),
        "P2": ClockRule("P2", 7, Unit.NATURAL_DAY, "决定是否查实", _LOCAL),
    }
}
