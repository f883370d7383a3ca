"""Clocks of reports: verifying a clue (核查线索), by rule set."""

from backend.kernel.clock_table import RULE_SETS

REPORT_CLOCKS = {rules.code: {code: rules.clocks[code] for code in ("C4", "C4E")} for rules in RULE_SETS}
