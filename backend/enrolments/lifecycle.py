"""The life of a request to be entered in the register."""

from backend.kernel.transitions import Row, Table

ENROLMENT = Table(
    name="enrolment",
    zh="入册申请",
    states={
        "submitted": "已提交，等待核实",
        "accepted": "已收进名录，可以加入联络站",
        "declined": "没有收进名录",
        "withdrawn": "已撤回",
    },
    rows=(
        Row("submit", None, "submitted", starts=("N1",)),
        Row("accept", "submitted", "accepted", stops=("N1",)),
        Row("decline", "submitted", "declined", stops=("N1",)),
        Row("withdraw", "submitted", "withdrawn", stops=("N1",)),
    ),
    closed=frozenset({"accepted", "declined", "withdrawn"}),
    withdraw="withdraw",
    alerts={"N1": "提醒本县承办人和市级：入册申请没有按时核实"},
)
