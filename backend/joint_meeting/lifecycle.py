"""The life of a dispatch and of an assistance, as data."""

from backend.kernel.transitions import Row, Table

#: Guards of handing back; rules.MOST_RETURNS is the bound.
FEW, MANY = "此前退回不满两次", "此前已经退回两次"

DISPATCH = Table(
    name="dispatch",
    zh="联席会议交办",
    states={
        "proposed": "已提请，等待联席会议办公室决定",
        "sent": "已交牵头部门，等待接收",
        "returned": "已退回三次，等待联席会议办公室决定",
        "in_hand": "牵头部门办理中",
        "reported": "牵头部门已报结果，等待联席会议办公室核对",
        "closed": "已办结",
        "declined": "没有交办",
        "ceased": "投诉已办结，交办随之结束",
    },
    rows=(
        Row("propose", None, "proposed", starts=("J4",)),
        Row("send", "proposed", "sent", stops=("J4",), starts=("J1",)),
        Row("decline", "proposed", "declined", stops=("J4",)),
        Row("hand_back", "sent", "sent", stops=("J1",), starts=("J1",), guard=FEW),
        Row("bring_back", "sent", "returned", stops=("J1",), starts=("J4",), guard=MANY),
        Row("send", "returned", "sent", stops=("J4",), starts=("J1",)),
        Row("accept", "sent", "in_hand", stops=("J1",), starts=("J5",)),
        Row("report", "in_hand", "reported", stops=("J5",), starts=("J6",)),
        Row("ask_more", "reported", "in_hand", stops=("J6",), starts=("J5",)),
        Row("confirm", "reported", "closed", stops=("J6",)),
        Row("cease", "proposed", "ceased", stops=("J4",), system=True),
        Row("cease", "sent", "ceased", stops=("J1",), system=True),
        Row("cease", "returned", "ceased", stops=("J4",), system=True),
        Row("cease", "in_hand", "ceased", stops=("J5",), system=True),
    ),
    closed=frozenset({"closed", "declined", "ceased"}),
    alerts={
        "J1": "提醒牵头部门和联席会议办公室：没有接收也没有退回",
        "J4": "提醒联席会议办公室：还没有决定由谁牵头",
        "J5": "提醒牵头部门和联席会议办公室：到期没有报结果",
        "J6": "提醒联席会议办公室：还没有核对结果",
    },
)

ASSISTANCE = Table(
    name="assistance",
    zh="协办",
    states={"asked": "等待协办部门答复", "replied": "已答复", "released": "不用再答复"},
    rows=(
        Row("ask", None, "asked", starts=("J2",)),
        Row("reply", "asked", "replied", stops=("J2",)),
        Row("release", "asked", "released", stops=("J2",)),
    ),
    closed=frozenset({"replied", "released"}),
    alerts={"J2": "提醒协办部门、牵头部门和联席会议办公室，并在牵头部门的页面标明超期"},
)
