"""What the consumer council of the demonstration warns of: two warnings hold, one is past."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from backend.access.actor import Actor
from backend.consumer_warnings import service
from backend.infrastructure import current
from backend.merchants.rules import Category

from .scene import Story, act

_ICE = (
    "进入高温天，部分散装冰饮、凉皮菌落总数超标。\n\n请看店家是不是现做现卖、有没有冷藏；吃了拉肚子的，留好小票和剩下的食物，"
    "先就医，再拨打 12315。"
)
_CARDS = (
    "年底充值、办卡优惠多，预付卡的投诉里常见的是：商家停业、转让以后余额不退。\n\n"
    "办卡前：看商家有没有停业公告，问清余额怎么退，写进合同；少充、短充。\n"
    "商家停业、迁址，应当提前三十天公告并退款。退不到的，扫店里的放心码投诉，或者拨打 12315。"
)
_CRABS = (
    "近期有摊位和餐饮店把外地冰鲜梭子蟹当作本地活蟹卖。\n\n"
    "点单前请店家写明产地和重量，当面过秤；结账时留好小票。发现不符的，可以要求退一赔三，不足五百元的按五百元赔。"
)


def stories(start: datetime, council: Actor) -> Iterator[tuple[datetime, Story]]:
    """Each with the instant at which it begins; the present day is the hundredth after `start`."""
    cold, sea = [Category.RESTAURANT, Category.MARKET], [Category.RESTAURANT, Category.MARKET]
    yield start + timedelta(days=5), _warned(council, "高温天慎买散装冰饮、凉皮", _ICE, [], cold, days=60)
    yield start + timedelta(days=88), _warned(council, "年底充值办卡，先问清余额怎么退", _CARDS, [], [], days=60)
    places = ["330302", "330303", "330305"]
    yield start + timedelta(days=96), _warned(council, "梭子蟹以次充好，点单前写明产地", _CRABS, places, sea, days=45)


def _warned(council: Actor, title: str, text: str, counties: list[str], kinds: list[Category], *, days: int) -> Story:
    today = current.today()
    period: dict[str, Any] = {"from_on": today, "until_on": today + timedelta(days=days)}
    act(service.publish, council, title=title, text=text, counties=counties, categories=kinds, **period)
    yield timedelta(hours=1)
