"""The life of a query of the council: asked, answered, or taken back."""

from backend.kernel.transitions import Row, Table

_ARTICLE = "浙江省实施〈消费者权益保护法〉办法 第三十二条"

INQUIRY = Table(
    name="inquiry",
    zh="消保委查询",
    states={"asked": "等待答复", "answered": "已答复", "withdrawn": "消保委已撤回"},
    rows=(
        Row("ask", None, "asked", starts=("K3",), article=_ARTICLE),
        Row("answer", "asked", "answered", stops=("K3",), article=_ARTICLE),
        Row("withdraw", "asked", "withdrawn", stops=("K3",)),
    ),
    closed=frozenset({"answered", "withdrawn"}),
    alerts={"K3": "提醒被查询单位、消保委和市级：查询已超期没有答复"},
)
