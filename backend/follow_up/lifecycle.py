"""The life of a reopening (重新办理): a new stage of a dispute with clocks of its own; what was late before stays late."""

from backend.kernel.transitions import Row, Table

#: Whoever closed it does not judge whether it was closed well.
SOMEONE_ELSE = "不是原来的承办人"

REOPENING = Table(
    name="reopening",
    zh="重新办理",
    states={
        "opened": "等待承办人接手",
        "in_hand": "已接手，正在办理",
        "solved": "已解决",
        "unsolved": "没有解决，已说明其他途径",
        "withdrawn": "已撤回",
    },
    rows=(
        Row("open", None, "opened", starts=("F1",), article="总局令第121号 第二十六条"),
        Row("take", "opened", "in_hand", stops=("F1",), starts=("F2",), guard=SOMEONE_ELSE),
        Row("close_solved", "in_hand", "solved", stops=("F2",)),
        Row("close_unsolved", "in_hand", "unsolved", stops=("F2",), article="消费者权益保护法 第三十九条"),
        Row("withdraw", "opened", "withdrawn", stops=("F1",)),
        Row("withdraw", "in_hand", "withdrawn", stops=("F2",)),
    ),
    closed=frozenset({"solved", "unsolved", "withdrawn"}),
    withdraw="withdraw",
    alerts={
        "F1": "提醒县级和市级：重新办理没有人接手",
        "F2": "提醒承办人和市级：重新办理已超期",
    },
)
