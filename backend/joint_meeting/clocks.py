"""Which clocks a dispatch and an assistance run by; lengths and sources in kernel.clock_table. The office may set another last day."""

from backend.kernel.clock_table import RULE_SETS

DISPATCH_CLOCKS = {rules.code: {code: rules.clocks[code] for code in ("J1", "J4", "J5", "J6")} for rules in RULE_SETS}
ASSISTANCE_CLOCKS = {rules.code: {"J2": rules.clocks["J2"]} for rules in RULE_SETS}
