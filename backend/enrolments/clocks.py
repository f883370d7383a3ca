"""How long an officer has for a request. No text gives a length."""

from backend.kernel.regulation import ClockRule, Unit

LOCAL = "本地规定"
CLOCKS = {"2026": {"N1": ClockRule("N1", 5, Unit.WORKING_DAY, "核实入册申请", LOCAL)}}
