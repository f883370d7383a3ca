"""The life of what is laid before the members of a group: an election of representatives, or a matter to consent to."""

from backend.kernel.transitions import Row, Table

ELECTED = "候选的代表人都愿意，半数以上成员同意"

PROPOSAL = Table(
    name="group_proposal",
    zh="提请共同投诉成员答复的事项",
    states={
        "open": "等成员答复",
        "in_force": "推选已生效",
        "closed": "答复已结束",
        "taken_back": "已收回",
    },
    rows=(
        Row("lay", None, "open", starts=("G1",), article="总局令第121号 第十二条"),
        Row("come_into_force", "open", "in_force", stops=("G1",), guard=ELECTED, article="总局令第121号 第十二条"),
        Row("complete", "open", "closed", stops=("G1",)),
        Row("close", "open", "closed", stops=("G1",), guard="G1 expired", system=True),
        Row("take_back", "open", "taken_back", stops=("G1",)),
    ),
    closed=frozenset({"in_force", "closed", "taken_back"}),
)
