"""The life of an application, and that of an objection during its public notice."""

from backend.kernel.transitions import Row, Table

from .clocks import PLAN

#: Four eyes: who examined first does not confirm.
SECOND = "复核人不能是初审人"
#: Who decides an objection has not examined the application.
UNINVOLVED = "处理异议的人不能是初审人或者复核人"

#: States in which the station writes.
WRITABLE = ("draft", "returned")

APPLICATION = Table(
    name="application",
    zh="认定申请",
    states={
        "draft": "草稿",
        "submitted": "已提交，等待初审",
        "returned": "退回补正",
        "examined": "已初审，等待复核",
        "recommended": "已推荐，等待公示",
        "public_notice": "公示中",
        "noticed": "公示期满，等待决定",
        "awarded": "已认定",
        "refused": "不予认定",
        "withdrawn": "单位已撤回",
        "lapsed": "逾期没有提交，已失效",
    },
    rows=(
        Row("begin", None, "draft", starts=("Q0",)),
        Row("submit", "draft", "submitted", stops=("Q0",), starts=("Q1",)),
        Row("lapse", "draft", "lapsed", stops=("Q0",), guard="Q0 expired", system=True),
        Row("ask_correction", "submitted", "returned", stops=("Q1",), starts=("Q3",)),
        Row("submit", "returned", "submitted", stops=("Q3",), starts=("Q1",)),
        Row("lapse", "returned", "lapsed", stops=("Q3",), guard="Q3 expired", system=True),
        Row("examine", "submitted", "examined", stops=("Q1",), starts=("Q2",)),
        Row("send_back", "examined", "submitted", stops=("Q2",), starts=("Q1",), guard=SECOND),
        Row("confirm", "examined", "recommended", stops=("Q2",), starts=("Q4",), guard=SECOND, article=PLAN),
        Row("refuse", "examined", "refused", stops=("Q2",), guard=SECOND),
        Row("publish", "recommended", "public_notice", stops=("Q4",), starts=("Q5",), article=PLAN),
        Row("decline", "recommended", "refused", stops=("Q4",)),
        Row(
            "end_notice",
            "public_notice",
            "noticed",
            stops=("Q5",),
            starts=("Q6",),
            guard="Q5 expired",
            system=True,
        ),
        Row("award", "noticed", "awarded", stops=("Q6",), article=PLAN),
        Row("decline", "noticed", "refused", stops=("Q6",)),
        Row("withdraw", "draft", "withdrawn", stops=("Q0",)),
        Row("withdraw", "submitted", "withdrawn", stops=("Q1",)),
        Row("withdraw", "returned", "withdrawn", stops=("Q3",)),
        Row("withdraw", "examined", "withdrawn", stops=("Q2",)),
        Row("withdraw", "recommended", "withdrawn", stops=("Q4",)),
        Row("withdraw", "public_notice", "withdrawn", stops=("Q5",)),
        Row("withdraw", "noticed", "withdrawn", stops=("Q6",)),
    ),
    closed=frozenset({"awarded", "refused", "withdrawn", "lapsed"}),
    withdraw="withdraw",
    alerts={
        "Q1": "提醒本县承办人和市级：初审超期",
        "Q2": "提醒本县承办人和市级：复核超期",
        "Q4": "提醒联席会议办公室：安排公示超期",
        "Q6": "提醒联席会议办公室：公示期满后没有按时决定",
    },
)

OBJECTION = Table(
    name="application_objection",
    zh="对公示的异议",
    states={
        "awaiting_answer": "等待单位答复",
        "awaiting_decision": "等待处理",
        "upheld": "异议成立",
        "rejected": "异议不成立",
        "ceased": "申请已经结束，不再处理",
    },
    rows=(
        Row("raise", None, "awaiting_answer", starts=("Q7",), article=PLAN),
        Row("answer", "awaiting_answer", "awaiting_decision", stops=("Q7",), starts=("Q8",)),
        Row(
            "close_answer",
            "awaiting_answer",
            "awaiting_decision",
            stops=("Q7",),
            starts=("Q8",),
            guard="Q7 expired",
            system=True,
        ),
        Row("uphold", "awaiting_decision", "upheld", stops=("Q8",), guard=UNINVOLVED),
        Row("reject", "awaiting_decision", "rejected", stops=("Q8",), guard=UNINVOLVED),
        Row("cease", "awaiting_answer", "ceased", stops=("Q7",), system=True),
        Row("cease", "awaiting_decision", "ceased", stops=("Q8",), system=True),
    ),
    closed=frozenset({"upheld", "rejected", "ceased"}),
    alerts={"Q8": "提醒本县承办人、市级和联席会议办公室：异议没有按时处理"},
)
