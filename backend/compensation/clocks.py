"""Clocks of paying first; to perform what was promised is law, the others are local policy."""

from backend.kernel.regulation import DESIGN, ZHEJIANG_RULES, ClockRule, Unit

RULES = "2026"
ADVANCE_CLOCKS = {
    RULES: {
        "PF1": ClockRule("PF1", 2, Unit.WORKING_DAY, "决定是否先行赔付", DESIGN),
        "PF2": ClockRule("PF2", 3, Unit.NATURAL_DAY, "付款", f"{ZHEJIANG_RULES} 第三十一条"),
    }
}
RECOVERY_CLOCKS = {RULES: {"PF3": ClockRule("PF3", 30, Unit.NATURAL_DAY, "向离场经营户追偿", DESIGN)}}
