"""Which clocks a settlement request and a complaint run by, for each rule set; lengths and sources in kernel.clock_table."""

from backend.kernel.clock_table import RULE_SETS
from backend.kernel.regulation import ClockRule, Unit

_DESIGN = {
    "D1": ClockRule("D1", 15, Unit.NATURAL_DAY, zh="消费者选择是否接受方案", basis="本系统规定", window=True),
    "D2": ClockRule("D2", 30, Unit.NATURAL_DAY, zh="消费者选择是否转市场监管部门", basis="本系统规定", window=True),
}
SETTLEMENT_CLOCKS = {
    rules.code: {**{code: rules.clocks[code] for code in ("M0", "M1", "M2", "M3", "M8")}, **_DESIGN}
    for rules in RULE_SETS
}
COMPLAINT_CLOCKS = {
    rules.code: {code: rules.clocks[code] for code in ("C1", "C2", "C3", "C5", "J3", "J4")} for rules in RULE_SETS
}
DELEGATION_CLOCKS = {rules.code: {code: rules.clocks[code] for code in ("K1", "K2")} for rules in RULE_SETS}
