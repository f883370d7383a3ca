"""The life of a unit's objection (异议) to what is published about it. While it is open the public reads that the unit objects."""

from backend.kernel.transitions import Row, Table

#: Who published an entry may find an objection right, but not wrong.
OTHER_EYES = "驳回人不能是公示人"
OBJECTION = Table(
    name="objection",
    zh="公示异议",
    states={
        "received": "已收到，正在核查",
        "upheld": "异议成立",
        "rejected": "异议不成立",
        "withdrawn": "单位已撤回",
        "closed": "公示已结束，不再核查",
    },
    rows=(
        Row("raise", None, "received", starts=("O1",)),
        Row("uphold", "received", "upheld", stops=("O1",)),
        Row("reject", "received", "rejected", stops=("O1",), guard=OTHER_EYES),
        Row("withdraw", "received", "withdrawn", stops=("O1",)),
        Row("close", "received", "closed", stops=("O1",), system=True),
    ),
    closed=frozenset({"upheld", "rejected", "withdrawn", "closed"}),
    alerts={"O1": "提醒本县承办人和市级：公示异议核查已超期"},
)
