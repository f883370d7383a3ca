"""The clock of a query (K3), by rule set; length and source in kernel.clock_table."""

from backend.kernel.clock_table import RULE_SETS

INQUIRY_CLOCKS = {rules.code: {"K3": rules.clocks["K3"]} for rules in RULE_SETS}
