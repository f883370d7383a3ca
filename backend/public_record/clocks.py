"""The clock of an objection to a public entry."""

from backend.kernel.regulation import DESIGN, ClockRule, Unit

CLOCKS = {
    "2026": {
        "O1": ClockRule(
            "O1", 5, Unit.WORKING_DAY, "核查公示异议", f"{DESIGN}（参照浙江省公共信用信息管理条例的五个工作日）"
        ),
    }
}
