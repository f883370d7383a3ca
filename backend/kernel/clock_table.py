"""The statutory and design periods of disputes, by rule set. A case keeps the set of its day of receipt."""

from datetime import date

from .regulation import CONSUMER_LAW, DESIGN, ORDER_121, REGULATION_778, ZHEJIANG_RULES, ClockRule, RuleSet, Unit

_HOUR, _WORKING, _NATURAL = Unit.HOUR, Unit.WORKING_DAY, Unit.NATURAL_DAY

_COMMON = (
    ClockRule("M0", 24, _HOUR, "联络站确认收到", DESIGN),
    ClockRule("M1", 96, _HOUR, "联络站答复和解诉求", f"{DESIGN}（参照杭州“一键和解”）"),
    ClockRule("M2", 5, _NATURAL, "五日不答复视为故意拖延", f"{ZHEJIANG_RULES} 第三十一条"),
    ClockRule("M3", 3, _NATURAL, "履行约定", f"{ZHEJIANG_RULES} 第三十一条"),
    ClockRule("M4", 10, _WORKING, "在线消费纠纷和解", "12315 平台规则"),
    ClockRule("M5", 5, _NATURAL, "预付款退款", f"{ZHEJIANG_RULES} 第十一条"),
    ClockRule("M6", 7, _NATURAL, "远程购物退款", f"{CONSUMER_LAW} 第二十五条"),
    ClockRule("M7", 15, _NATURAL, "全国“故意拖延”界线", "侵害消费者权益行为处罚办法 第八条至第十条"),
    ClockRule("M8", 2, _NATURAL, "消费者说没有履行后，做到或者重新提出方案", "本市自定"),
    ClockRule("C4", 15, _WORKING, "核查线索", f"{ORDER_121} 第二十七条"),
    ClockRule("C4E", 15, _WORKING, "延长后核查线索", f"{ORDER_121} 第二十七条"),
    ClockRule("C5", 7, _WORKING, "管辖权争议", f"{ORDER_121} 第三十三条"),
    ClockRule("K1", 5, _WORKING, "消保委决定是否受理", f"{ZHEJIANG_RULES} 第三十二条"),
    ClockRule("K2", 10, _WORKING, "消保委调解", f"{ZHEJIANG_RULES} 第三十二条"),
    ClockRule("K3", 5, _WORKING, "行政部门答复消保委", f"{ZHEJIANG_RULES} 第三十二条"),
    ClockRule("J1", 2, _WORKING, "牵头部门接收", DESIGN),
    ClockRule("J2", 5, _WORKING, "协办部门答复", DESIGN),
    ClockRule("J3", 2, _WORKING, "接收或者退回转来的投诉", DESIGN),
    ClockRule("J4", 2, _WORKING, "指定承办单位", DESIGN),
    ClockRule("J5", 15, _WORKING, "牵头部门办理并报结果", DESIGN),
    ClockRule("J6", 2, _WORKING, "联席会议办公室核对结果", DESIGN),
    ClockRule("A1", 21, _NATURAL, "对标牌决定提出申诉", DESIGN, window=True),
)
_ORDER_20 = "总局令第20号"


def _set(code: str, in_force_from: date, *own: ClockRule) -> RuleSet:
    return RuleSet(code, in_force_from, {rule.code: rule for rule in (*_COMMON, *own)})


#: Order 20 until 2026-04-14, Order 121 from 2026-04-15. The choice by day of receipt is ours (no transition rule was published).
RULE_SETS = (
    _set(
        "order20",
        date(2020, 1, 1),
        ClockRule("C1", 7, _WORKING, "决定是否受理", f"{_ORDER_20} 第十四条"),
        ClockRule("C2", 45, _WORKING, "调解", f"{_ORDER_20} 第二十一条", pausable=True),
        ClockRule("C3", 7, _WORKING, "送达终止调解通知", f"{_ORDER_20} 第二十一条"),
    ),
    _set(
        "order121",
        date(2026, 4, 15),
        ClockRule("C1", 7, _WORKING, "决定是否受理", f"{ORDER_121} 第十五条"),
        ClockRule("C2", 60, _NATURAL, "调解", f"{ORDER_121} 第二十三条；{REGULATION_778} 第四十六条", pausable=True),
        ClockRule("C3", 7, _WORKING, "送达终止调解通知", f"{ORDER_121} 第二十三条"),
    ),
)
