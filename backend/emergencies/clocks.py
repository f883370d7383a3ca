"""Clocks of emergencies; lengths are local policy."""

from backend.kernel.regulation import DESIGN, ClockRule, Unit

EMERGENCY_CLOCKS = {
    "2026": {
        "U1": ClockRule("U1", 10, Unit.MINUTE, "有人接手", DESIGN),
        "U2": ClockRule("U2", 10, Unit.MINUTE, "市级或联席会议办公室接手", DESIGN),
        "U3": ClockRule("U3", 24, Unit.HOUR, "写明处置情况", DESIGN),
    }
}
