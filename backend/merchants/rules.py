"""Categories, commitments and coordinate bounds: what the plan and the register ask of a unit."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from backend.kernel.identifiers import is_mobile, is_sole_trader

_CATEGORY_ZH = {
    "market": "市场",
    "shop": "商店",
    "online_shop": "网店",
    "restaurant": "餐饮店",
    "scenic_area": "景区",
    "cosmetics": "化妆品经营单位",
}


class Category(StrEnum):
    """The six kinds of certified units. source: 温政办〔2017〕54号 二（一）"""

    MARKET = "market"
    SHOP = "shop"
    ONLINE_SHOP = "online_shop"
    RESTAURANT = "restaurant"
    SCENIC_AREA = "scenic_area"
    COSMETICS = "cosmetics"

    @property
    def zh(self) -> str:
        """The plan's word."""
        return _CATEGORY_ZH[self.value]


#: How many units of each kind the plan asks for; 3,000 in all.
PLAN_TARGETS = {
    Category.MARKET: 110,
    Category.SHOP: 690,
    Category.ONLINE_SHOP: 690,
    Category.RESTAURANT: 850,
    Category.SCENIC_AREA: 60,
    Category.COSMETICS: 600,
}

_COMMITMENT_ZH = {
    "first_contact": "首问负责：第一个接待您的人负责到底",
    "pay_first": "先行赔付：责任清楚的先赔给您",
    "liaison_station": "设有维权联络站，专人答复",
    "green_channel": "消费纠纷走绿色通道，快速处理",
    "no_reason_return": "线下购物 {days} 天无理由退货",
    "online_return": "网购 {days} 天无理由退货",
    "clear_price": "明码标价，不收没有标明的费用",
    "genuine": "正品保证，假货赔付",
    "open_kitchen": "阳光厨房，后厨看得见",
    "cooling_off": "预付卡 {days} 天冷静期，可以退",
}


class Commitment(StrEnum):
    """A promise shown on the badge page; binding on the unit (实施条例 §12)."""

    FIRST_CONTACT = "first_contact"
    PAY_FIRST = "pay_first"
    LIAISON_STATION = "liaison_station"
    GREEN_CHANNEL = "green_channel"
    NO_REASON_RETURN = "no_reason_return"
    ONLINE_RETURN = "online_return"
    CLEAR_PRICE = "clear_price"
    GENUINE = "genuine"
    OPEN_KITCHEN = "open_kitchen"
    COOLING_OFF = "cooling_off"

    @property
    def takes_days(self) -> bool:
        """Whether the promise names a number of days."""
        return "{days}" in _COMMITMENT_ZH[self.value]

    @property
    def zh(self) -> str:
        """The short name, as written in the register file."""
        return _SHORT_ZH[self.value]

    def text(self, days: int | None) -> str:
        """The promise as people read it."""
        return _COMMITMENT_ZH[self.value].format(days=days)


_SHORT_ZH = {
    "first_contact": "首问负责",
    "pay_first": "先行赔付",
    "liaison_station": "维权联络站",
    "green_channel": "绿色通道",
    "no_reason_return": "无理由退货",
    "online_return": "网购退货",
    "clear_price": "明码标价",
    "genuine": "正品保证",
    "open_kitchen": "阳光厨房",
    "cooling_off": "预付冷静期",
}
#: The four duties of the plan; a unit without them cannot be certified.
DUTIES = (Commitment.FIRST_CONTACT, Commitment.PAY_FIRST, Commitment.LIAISON_STATION, Commitment.GREEN_CHANNEL)

_A_PERSONS_NAME = 4


@dataclass(frozen=True)
class PublicContact:
    """What everybody may read of who trades and where."""

    merchant: str
    address: str
    phone: str | None
    located: bool


def public_contact(
    uscc: str, category: Category, *, merchant: str, address: str, county: str, phone: str
) -> PublicContact:
    """Names and addresses as the public may read them: those of companies as they are.

    A sole trader is a person. A mobile number is that person's own; an online shop's address is as a rule a home, so the county
    stands for it and no place is given; a trade name that is nothing but a person's name is left out. What a customer
    stands in front of, a shop's address and land line, is public. source: 个人信息保护法 §6, 消费者权益保护法实施条例 §13
    """
    if not is_sole_trader(uscc):
        return PublicContact(merchant, address, phone, located=True)
    at_home = category is Category.ONLINE_SHOP
    return PublicContact(
        merchant="个体工商户" if len(merchant) <= _A_PERSONS_NAME else merchant,
        address=county if at_home else address,
        phone=None if is_mobile(phone) else phone,
        located=not at_home,
    )


#: Wenzhou with its islands, GCJ-02 degrees.
LNG_RANGE = (119.5, 121.5)
LAT_RANGE = (27.0, 28.7)

#: What is said of a web address that is none.
WEB_ADDRESS_WANTED = "请填写以 https:// 或 http:// 开头的完整地址。"


def is_web_address(text: str) -> bool:
    """Whether this is the whole address of a shop on the web."""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and "." in host and not any(char.isspace() for char in text)
