"""Clocks of applications and of objections to them. No text gives their lengths; seven days of public notice are common practice."""

from backend.kernel.regulation import DESIGN, ClockRule, Unit

PLAN = "温政办〔2017〕54号 二（一）"
CLOCKS = {
    "2026": {
        "Q0": ClockRule("Q0", 180, Unit.NATURAL_DAY, "草稿保留", DESIGN, window=True),
        "Q1": ClockRule("Q1", 10, Unit.WORKING_DAY, "初审", DESIGN),
        "Q2": ClockRule("Q2", 5, Unit.WORKING_DAY, "复核", DESIGN),
        "Q3": ClockRule("Q3", 15, Unit.WORKING_DAY, "单位补正", DESIGN, window=True),
        "Q4": ClockRule("Q4", 10, Unit.WORKING_DAY, "安排公示", DESIGN),
        "Q5": ClockRule("Q5", 7, Unit.NATURAL_DAY, "公示", f"{PLAN}；公示天数由本系统规定", window=True),
        "Q6": ClockRule("Q6", 10, Unit.WORKING_DAY, "公示期满后作出决定", DESIGN),
    }
}
OBJECTION_CLOCKS = {
    "2026": {
        "Q7": ClockRule("Q7", 5, Unit.WORKING_DAY, "单位答复异议", DESIGN, window=True),
        "Q8": ClockRule("Q8", 10, Unit.WORKING_DAY, "处理异议", DESIGN),
    }
}
