"""How long members have to answer. Ours (本市自定); the operator sets another length by FANGXIN_GROUP_ANSWER_DAYS."""

from backend.kernel.regulation import DESIGN, ClockRule, Unit

GROUP_PROPOSAL_CLOCKS = {
    "2026": {
        "G1": ClockRule("G1", 3, Unit.NATURAL_DAY, "答复共同投诉的事项", f"{DESIGN}（本市自定，可以调整）", window=True)
    }
}
