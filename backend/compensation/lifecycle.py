"""The lives of an advance payment and of the recovery that follows when a host paid for a stall that left."""

from backend.kernel.transitions import Row, Table

ADVANCE = Table(
    name="advance_payment",
    zh="先行赔付",
    states={
        "requested": "等待决定",
        "approved": "已同意，等待付款",
        "paid": "已赔付",
        "declined": "没有同意",
    },
    rows=(
        Row("request", None, "requested", starts=("PF1",), article="总局令第121号 第六条"),
        Row("approve", "requested", "approved", stops=("PF1",), starts=("PF2",)),
        Row("decline", "requested", "declined", stops=("PF1",)),
        Row("pay", "approved", "paid", stops=("PF2",)),
    ),
    closed=frozenset({"paid", "declined"}),
    alerts={
        "PF1": "提醒付款方和本县市场监管人员：还没有决定",
        "PF2": "提醒付款方和本县市场监管人员：还没有付款",
    },
)

RECOVERY = Table(
    name="recovery",
    zh="追偿",
    states={"owed": "正在追偿", "recovered": "已追回", "written_off": "已核销"},
    rows=(
        Row("open", None, "owed", starts=("PF3",), article="浙江省商品交易市场管理条例 第二十三条"),
        Row("recover", "owed", "recovered", stops=("PF3",)),
        Row("write_off", "owed", "written_off", stops=("PF3",)),
    ),
    closed=frozenset({"recovered", "written_off"}),
    alerts={"PF3": "提醒付款方和本县市场监管人员：追偿还没有结果"},
)
