"""Clocks of suspected clones and of reports of false plaques; lengths are local policy."""

from backend.kernel.regulation import DESIGN, ORDER_121, ClockRule, Unit

CLONE_CASE_CLOCKS = {
    "2026": {
        "S1": ClockRule("S1", 2, Unit.WORKING_DAY, "到场核查", DESIGN),
        "S2": ClockRule("S2", 5, Unit.WORKING_DAY, "写明核查结论", DESIGN),
    }
}
FAKE_REPORT_CLOCKS = {
    "2026": {
        "E1": ClockRule(
            "E1", 15, Unit.WORKING_DAY, "核查并决定是否移交执法", f"{DESIGN}（参照{ORDER_121} 第二十七条的核查期限）"
        ),
    }
}
