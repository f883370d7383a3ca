"""What people in the demonstration say."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.complaints.rules import Nature, Request
from backend.merchants.rules import Category


@dataclass(frozen=True)
class Dispute:
    """What a consumer asks for, and why; `at` are the kinds of units where it can happen. Amount in fen."""

    nature: Nature
    wanted: list[Request]
    amount_fen: int
    facts: str
    at: frozenset[Category]


RATINGS = (
    (5, "东西新鲜，价格写得清清楚楚，找零也仔细。"),
    (5, "退货很爽快，没有多问一句。"),
    (4, "环境干净，就是周末人多要排队。"),
    (4, "店员讲解耐心，买错尺码当场就换了。"),
    (5, "老店了，味道没变，分量足。"),
    (3, "东西还可以，停车不方便。"),
    (2, "标价和结账价不一样，说了才改过来。"),
    (4, "发票开得快，联络站电话就贴在柜台上。"),
    (1, "买回去两天就坏，第一次去还不肯认。"),
    (5, ""),
    (3, "服务一般，等了半个多小时。"),
    (5, "带外地朋友来，扫码看了证书，心里踏实。"),
)
_GOODS = frozenset({Category.SHOP, Category.MARKET, Category.ONLINE_SHOP})
_SHOPS_WITH_CARDS = frozenset(Category) - {Category.MARKET}


def _only(category: Category) -> frozenset[Category]:
    return frozenset({category})


DISPUTES = (
    Dispute(
        Nature.QUALITY,
        [Request.RETURN, Request.REFUND],
        26900,
        "买的东西用了三天就坏了，找店里说要自己寄回厂家，不肯退换。",
        _GOODS,
    ),
    Dispute(
        Nature.PRICE,
        [Request.REFUND],
        8600,
        "菜单上写清蒸鱼每斤 58 元，结账按 88 元算，服务员说是时价，但是菜单没有写。",
        _only(Category.RESTAURANT),
    ),
    Dispute(
        Nature.AFTER_SALES,
        [Request.REPAIR],
        45900,
        "保修期内坏了，送修一个多月没有消息，打电话总说在等配件。",
        _GOODS,
    ),
    Dispute(
        Nature.SAFETY,
        [Request.COMPENSATE],
        15800,
        "吃完凉菜当晚一家三口拉肚子，有医院的病历和收费单，店里只肯退菜钱。",
        _only(Category.RESTAURANT),
    ),
    Dispute(
        Nature.PREPAID,
        [Request.REFUND],
        120000,
        "办了 2000 元的会员卡，用了四次店就换了老板，新老板不认卡里剩下的钱。",
        _SHOPS_WITH_CARDS,
    ),
    Dispute(
        Nature.FALSE_ADVERTISING,
        [Request.RETURN, Request.COMPENSATE],
        39800,
        "店里说这款面霜是进口的，回家看标签是贴牌的，没有中文备案号。",
        _only(Category.COSMETICS),
    ),
    Dispute(
        Nature.CONTRACT,
        [Request.REFUND],
        50000,
        "订了十月二日的包厢，交了 500 元定金，到店说包厢给了别人，只肯改天。",
        _only(Category.RESTAURANT),
    ),
    Dispute(
        Nature.MEASURE,
        [Request.MAKE_UP],
        5200,
        "说好两斤，回家一称只有一斤六两，摊主说是损耗，复秤还是不够。",
        _only(Category.MARKET),
    ),
    Dispute(
        Nature.COUNTERFEIT,
        [Request.RETURN, Request.COMPENSATE],
        68000,
        "当名牌买的，拿到专柜鉴定说不是正品，店里说是工厂尾单，不肯退钱。",
        _GOODS,
    ),
    Dispute(
        Nature.PRICE,
        [Request.REFUND],
        24000,
        "门票写明含观光车，到了又要另外买票，工作人员说上个月起不含了，售票处没有写。",
        _only(Category.SCENIC_AREA),
    ),
    Dispute(
        Nature.OTHER,
        [Request.APOLOGISE],
        0,
        "停车场出口收费和公示牌不一样，问保安，态度很凶，希望店里给个说法。",
        frozenset(Category) - {Category.ONLINE_SHOP, Category.COSMETICS},
    ),
)
CHECKLIST = ("价格标得清楚", "能当场开发票", "看得到联络站电话", "退换货承诺能兑现", "店员知道放心消费承诺")


def fitting(among: Sequence[Dispute], number: int, category: Category) -> Dispute:
    """The one of this number, counted round and round, or the next one after it that can happen in such a unit."""
    first = number % len(among)
    return next(one for one in (*among[first:], *among[:first]) if category in one.at)
