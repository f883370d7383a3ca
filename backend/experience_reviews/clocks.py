"""Clocks of campaigns and visits; the 72 hours are the council's rule for fresh memories, the rest local policy."""

from backend.kernel.regulation import DESIGN, ClockRule, Unit

CAMPAIGN_CLOCKS = {
    "2026": {
        "E1": ClockRule("E1", 60, Unit.NATURAL_DAY, "抽取体验单位", DESIGN),
        "E2": ClockRule("E2", 30, Unit.NATURAL_DAY, "完成体验", DESIGN),
        "E3": ClockRule("E3", 30, Unit.NATURAL_DAY, "公布报告", DESIGN),
    }
}
VISIT_CLOCKS = {
    "2026": {
        "V1": ClockRule("V1", 14, Unit.NATURAL_DAY, "到店体验", DESIGN),
        "V2": ClockRule("V2", 72, Unit.HOUR, "提交体验表", DESIGN),
    }
}
