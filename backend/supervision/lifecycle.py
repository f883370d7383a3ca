"""The life of a removal proposal. Silence of the merchant is noted when its time has run out; it never decides by itself."""

from backend.kernel.transitions import Row, Table

REMOVAL = Table(
    name="removal",
    zh="摘牌提案",
    states={
        "awaiting_reply": "等待单位陈述申辩",
        "awaiting_decision": "等待另一名承办人决定",
        "revoked": "决定撤销",
        "kept": "决定不撤销",
        "withdrawn": "提案已撤回",
    },
    rows=(
        Row("propose", None, "awaiting_reply", starts=("P1",)),
        Row("reply", "awaiting_reply", "awaiting_decision", stops=("P1",), starts=("P2",)),
        Row(
            "close_reply",
            "awaiting_reply",
            "awaiting_decision",
            stops=("P1",),
            starts=("P2",),
            guard="P1 expired",
            system=True,
        ),
        Row("decide_revoke", "awaiting_decision", "revoked", stops=("P2",), guard="决定人不能是提案人"),
        Row("decide_keep", "awaiting_decision", "kept", stops=("P2",), guard="决定人不能是提案人"),
        Row("withdraw", "awaiting_reply", "withdrawn", stops=("P1",)),
        Row("withdraw", "awaiting_decision", "withdrawn", stops=("P2",)),
    ),
    closed=frozenset({"revoked", "kept", "withdrawn"}),
    alerts={"P2": "提醒本县其他承办人和市级：提案等待决定已超期"},
)
FOUR_EYES = "决定人不能是提案人"
