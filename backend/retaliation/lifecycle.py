"""The life of a retaliation case: taken within the hour or sent upward, contact within a day, a finding within a week."""

from backend.kernel.transitions import Row, Table

NOT_INVOLVED = "接手的人没有办过这家单位的投诉、举报"

_TAKEN = ("in_hand", "contacted")

RETALIATION = Table(
    name="retaliation",
    zh="打击报复",
    states={
        "told": "等待接手",
        "escalated": "一小时没有人接手，已报市级和联席会议办公室",
        "in_hand": "已接手，正在联系本人",
        "contacted": "已联系本人，正在核实",
        "founded": "查实",
        "unfounded": "没有查实",
    },
    rows=(
        Row("tell", None, "told", starts=("P0", "P1", "P2")),
        Row("escalate", "told", "escalated", stops=("P0",), guard="P0 expired", system=True),
        Row("take", "told", "in_hand", stops=("P0",), guard=NOT_INVOLVED),
        Row("take", "escalated", "in_hand", guard=NOT_INVOLVED),
        *(Row("take", state, state, guard=NOT_INVOLVED) for state in _TAKEN),
        Row("note_contact", "in_hand", "contacted", stops=("P1",)),
        *(Row("protect", state, state) for state in _TAKEN),
        *(Row("hand_to_police", state, state, article="总局令第121号 第四十二条") for state in _TAKEN),
        Row("find_founded", "contacted", "founded", stops=("P2",)),
        Row("find_unfounded", "contacted", "unfounded", stops=("P2",)),
    ),
    closed=frozenset({"founded", "unfounded"}),
    alerts={
        "P1": "提醒接手人、市级和联席会议办公室：还没有联系反映打击报复的人",
        "P2": "提醒接手人、市级和联席会议办公室：打击报复还没有查实与否的决定",
    },
)
