"""The lives of a suspected clone and of a report of a false plaque. Nothing is confirmed that nobody went to see."""

from backend.kernel.transitions import Row, Table

CLONE_CASE = Table(
    name="clone_case",
    zh="疑似冒用",
    states={
        "opened": "等待到场核查",
        "checking": "正在核查",
        "confirmed": "确认被冒用，标牌已作废",
        "dismissed": "没有冒用，已了结",
    },
    rows=(
        Row("open", None, "opened", starts=("S1",)),
        Row("check", "opened", "checking", stops=("S1",), starts=("S2",)),
        Row("dismiss", "opened", "dismissed", stops=("S1",)),
        Row("confirm", "checking", "confirmed", stops=("S2",)),
        Row("dismiss", "checking", "dismissed", stops=("S2",)),
    ),
    closed=frozenset({"confirmed", "dismissed"}),
    alerts={"S1": "提醒本县承办人和市级：到场核查已超期", "S2": "提醒本县承办人和市级：核查结论已超期"},
)

FAKE_REPORT = Table(
    name="fake_report",
    zh="假牌举报",
    states={
        "received": "已收到，等待核查",
        "handed_over": "已移交执法",
        "no_grounds": "核查后没有发现问题",
    },
    rows=(
        Row("receive", None, "received", starts=("E1",), article="总局令第121号 第二十八条"),
        Row("hand_over", "received", "handed_over", stops=("E1",)),
        Row("close", "received", "no_grounds", stops=("E1",)),
    ),
    closed=frozenset({"handed_over", "no_grounds"}),
    alerts={"E1": "提醒本县承办人和市级：假牌举报核查已超期"},
)
