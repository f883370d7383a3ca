"""Whether a good may be returned, by every rule that can give the right: the law's seven days, the shop's promise, a defect.

source   消费者权益保护法 §24–25; 实施条例 (国令第778号) §12, §18–19; 浙江办法 §31
The day of receipt is not counted; a last day on a public holiday moves (the calendar rolls it).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from backend.kernel.regulation import CONSUMER_LAW, REGULATION_778, ZHEJIANG_RULES
from backend.kernel.wording import local_day

from .lines import Line

_SEVEN_DAYS = 7
LastDay = Callable[[date, int], date]


class Channel(StrEnum):
    """How a good was bought."""

    REMOTE = "remote"
    SHOP = "shop"

    @property
    def zh(self) -> str:
        """As people say it."""
        return {"remote": "网络、电视、电话、邮购", "shop": "在店里当面买"}[self.value]


class Goods(StrEnum):
    """Kinds that the no-reason return of remote sales excepts. source: 消费者权益保护法 §25"""

    ORDINARY = "ordinary"
    CUSTOM = "custom"
    PERISHABLE = "perishable"
    DIGITAL = "digital"
    PRESS = "press"
    CONFIRMED = "confirmed"

    @property
    def zh(self) -> str:
        """As people say it."""
        return {
            "ordinary": "都不是，普通商品",
            "custom": "为我定做的",
            "perishable": "鲜活、容易腐坏的",
            "digital": "已下载或拆封的音像制品、软件等数字化商品",
            "press": "已交付的报纸、期刊",
            "confirmed": "性质不宜退，而且购买时我逐次确认过",
        }[self.value]


class Condition(StrEnum):
    """In what state the good is."""

    INTACT = "intact"
    TRIED = "tried"
    USED = "used"

    @property
    def zh(self) -> str:
        """As people say it."""
        return {
            "intact": "完好，没有打开或只看过",
            "tried": "打开查验、合理调试过，不影响品质和外观",
            "used": "已使用，品质、功能或外观受了影响",
        }[self.value]


@dataclass(frozen=True)
class Bought:
    """What is known of a purchase.

    shop_days     days that this unit promises for goods bought on the spot; None without such a promise
    online_days   the same for goods bought on line
    """

    channel: Channel
    goods: Goods
    condition: Condition
    received_on: date
    defective: bool = False
    shop_days: int | None = None
    online_days: int | None = None


@dataclass(frozen=True)
class Right:
    """One way to return the good. `open` says whether it stands on the day asked; `last_on` its last day, if it has one."""

    name: str
    open: bool
    last_on: date | None
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Returns:
    """Whether some right is open, the rights, and what holds for each."""

    allowed: bool
    rights: tuple[Right, ...]
    notes: tuple[Line, ...]


def returns(bought: Bought, today: date, last_day: LastDay) -> Returns:
    """Every right to return, judged on `today`.

    last_day   (day of receipt, days) → the last day of the period, holidays considered
    """
    rights = [_by_law(bought, today, last_day), _by_promise(bought, today, last_day)]
    if bought.defective:
        rights.insert(0, _for_defect(bought, today, last_day))
    found = tuple(right for right in rights if right is not None)
    return Returns(any(right.open for right in found), found, _NOTES)


def _by_law(bought: Bought, today: date, last_day: LastDay) -> Right:
    name, article = "法定七日无理由退货", f"{CONSUMER_LAW} 第二十五条"
    if bought.channel is Channel.SHOP:
        words = "当面买的东西，法律没有规定七日无理由退货，看商家的承诺。"
        return Right(name, open=False, last_on=None, lines=(Line(words, article),))
    if bought.goods is not Goods.ORDINARY:
        lines = [Line(f"属于例外：{bought.goods.zh}，不适用七日无理由退货。", article)]
        if bought.goods is Goods.CONFIRMED:
            words = "要您在购买时确认过才算；商家默认勾选的不算确认，没有确认的照样能退。"
            lines.append(Line(words, f"{REGULATION_778} 第十九条"))
        return Right(name, open=False, last_on=None, lines=tuple(lines))
    last = last_day(bought.received_on, _SEVEN_DAYS)
    intact = _intact(bought)
    words = f"收货的第二天起算七天，最后一天是 {local_day(last)}，不用说理由。"
    return Right(
        name,
        open=today <= last and bought.condition is not Condition.USED,
        last_on=last,
        lines=(Line(words, article), intact),
    )


def _by_promise(bought: Bought, today: date, last_day: LastDay) -> Right | None:
    shop = bought.channel is Channel.SHOP
    days = bought.shop_days if shop else bought.online_days
    if days is None:
        return None
    last = last_day(bought.received_on, days)
    lines = (
        Line(
            f"这家单位公开承诺{'线下' if shop else '网购'} {days} 天无理由退货，最后一天是 {local_day(last)}；承诺对商家有约束力。",
            f"{REGULATION_778} 第十二条",
        ),
        Line("退货的条件以商家公开的承诺为准；商品一般要完好。", f"{REGULATION_778} 第十二条"),
    )
    return Right(
        "商家承诺的无理由退货", open=today <= last and bought.condition is not Condition.USED, last_on=last, lines=lines
    )


def _for_defect(bought: Bought, today: date, last_day: LastDay) -> Right:
    last = last_day(bought.received_on, _SEVEN_DAYS)
    article = f"{CONSUMER_LAW} 第二十四条"
    first = Line(f"商品不合格，没有国家规定和约定的，{local_day(last)} 以前可以退货；退货运费由商家出。", article)
    if today <= last:
        return Right("质量不合格退货", open=True, last_on=last, lines=(first,))
    words = "七日已过：符合法定解除合同条件的仍可退货，不符合的可以要求更换、修理。"
    return Right("质量不合格退货", open=False, last_on=last, lines=(first, Line(words, article)))


def _intact(bought: Bought) -> Line:
    article = f"{REGULATION_778} 第十九条"
    if bought.condition is Condition.USED:
        return Line("退回的商品应当完好；品质、功能或外观已受影响的，商家可以不退。", article)
    return Line("为查验打开包装、合理调试而不影响品质、功能和外观的，商家应当退。", article)


_NOTES = (
    Line(
        "网购无理由退货：商家收到退货之日起七日内退款；运费由您承担，另有约定的按约定。", f"{CONSUMER_LAW} 第二十五条"
    ),
    Line("退款按您付款凭证上的实际价格退。", f"{REGULATION_778} 第十八条"),
    Line("您提出要求后五日内不答复，或者答应后三日内不办的，视为故意拖延。", f"{ZHEJIANG_RULES} 第三十一条"),
)
