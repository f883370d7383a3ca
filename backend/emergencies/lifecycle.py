"""The life of an emergency: somebody takes it over within minutes, or it goes to the city and the joint-meeting office."""

from backend.kernel.transitions import Row, Table

EMERGENCY = Table(
    name="emergency",
    zh="紧急情况",
    states={
        "raised": "等待接手",
        "escalated": "十分钟没有人接手，已报市级和联席会议办公室",
        "acknowledged": "已接手，正在处置",
        "closed": "已处置",
    },
    rows=(
        Row("raise", None, "raised", starts=("U1",)),
        Row("escalate", "raised", "escalated", stops=("U1",), starts=("U2",), guard="U1 expired", system=True),
        Row("acknowledge", "raised", "acknowledged", stops=("U1",), starts=("U3",)),
        Row("acknowledge", "escalated", "acknowledged", stops=("U2",), starts=("U3",)),
        Row("close", "acknowledged", "closed", stops=("U3",)),
    ),
    closed=frozenset({"closed"}),
    alerts={
        "U2": "再次提醒市级和联席会议办公室：紧急情况还没有人接手",
        "U3": "提醒接手人和市级：紧急情况还没有写明处置情况",
    },
)
