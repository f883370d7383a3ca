"""The life of a closing or moving notice. The day decides: nobody suspends by hand for it."""

from backend.kernel.transitions import Row, Table

from .clocks import BASIS

CLOSING_NOTICE = Table(
    name="closing_notice",
    zh="停业、迁址公告",
    states={
        "announced": "已公告",
        "withdrawn": "单位已撤回",
        "carried_out": "日期已到，证书已暂停",
        "ceased": "日期已到，证书此前已不在有效状态",
    },
    rows=(
        Row("announce", None, "announced", starts=("N1",), article=BASIS),
        Row("withdraw", "announced", "withdrawn", stops=("N1",)),
        Row("carry_out", "announced", "carried_out", stops=("N1",), guard="N1 expired", system=True),
        Row("cease", "announced", "ceased", stops=("N1",), guard="N1 expired", system=True),
    ),
    closed=frozenset({"withdrawn", "carried_out", "ceased"}),
)
