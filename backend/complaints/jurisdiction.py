"""Which bureau may handle a complaint, and when one may hand it on. Pure. source: Order 121 §13, §14

A complaint goes to a county's bureau by the respondent's actual place of business or domicile; for a platform's operator and an
own shop on the net by its domicile; for a trader on a platform by the address shown there or by the platform's domicile, and by the
latter alone where the address is missing or nobody is reached there. Of two that may, the first receiver handles it.
"""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from backend.kernel.identifiers import COUNTIES
from backend.merchants.rules import Category

#: A place that is known to lie outside Wenzhou: no bureau of ours.
ELSEWHERE = "elsewhere"
#: Returns after which the joint-meeting office says who handles it. source: F14 of the domain reference; ours
MOST_RETURNS = 2
#: Of platforms that trade all over the country; the operators of all of them are registered outside Wenzhou.
PLATFORM_HOSTS = (
    "taobao.com", "tmall.com", "1688.com", "jd.com", "yangkeduo.com", "pinduoduo.com", "jinritemai.com", "douyin.com",
    "kwaixiaodian.com", "xiaohongshu.com", "weidian.com", "meituan.com", "ele.me",
)  # fmt: skip
_BY_PLACE, _BY_DOMICILE = "实际经营地", "住所地"
ARTICLE_13, ARTICLE_14, ARTICLE_33 = "总局令第121号 第十三条", "总局令第121号 第十四条", "总局令第121号 第三十三条"


class Trade(StrEnum):
    """How the respondent trades, as §13 divides it."""

    PREMISES = "premises"
    OWN_SITE = "own_site"
    PLATFORM = "platform"
    ON_PLATFORM = "on_platform"

    @property
    def zh(self) -> str:
        """In people's words."""
        return {
            "premises": "有实体门店或场所",
            "own_site": "自建网站、公众号等自己的网店",
            "platform": "电子商务平台本身",
            "on_platform": "开在电子商务平台里的网店",
        }[self.value]


@dataclass(frozen=True)
class Places:
    """What is known of where the respondent is: a county's code, ELSEWHERE, or None for not known.

    place      actual place of business; of a trader on a platform the address shown there, None when nobody is reached at it
    domicile   where it is registered
    platform   where the platform's operator is registered
    """

    trade: Trade
    place: str | None = None
    domicile: str | None = None
    platform: str | None = None


@dataclass(frozen=True)
class Competence:
    """A county (or ELSEWHERE) whose bureau may handle it, and why."""

    code: str
    because: str

    @property
    def zh(self) -> str:
        """The county's name with the reason."""
        return f"{COUNTIES.get(self.code, '温州以外')}（{self.because}）"


def competent(places: Places) -> list[Competence]:
    """Whose bureaus may handle it, the nearest to the consumer first; empty when nothing that counts is known."""
    named = {
        Trade.PREMISES: ((places.place, _BY_PLACE), (places.domicile, _BY_DOMICILE)),
        Trade.OWN_SITE: ((places.domicile, _BY_DOMICILE),),
        Trade.PLATFORM: ((places.domicile, _BY_DOMICILE),),
        Trade.ON_PLATFORM: ((places.place, "平台公示的经营地"), (places.platform, "平台住所地")),
    }[places.trade]
    found: dict[str, str] = {}
    for code, because in named:
        if code is not None:
            found[code] = f"{found[code]}、{because}" if code in found else because
    return [Competence(code, because) for code, because in found.items()]


def rightful(places: Places, first_receiver: str) -> list[Competence]:
    """Who is to handle it: the first receiver if it may (§14), else any that may."""
    found = competent(places)
    return [one for one in found if one.code == first_receiver] or found


def places_of(category: Category, county_code: str, uscc: str, website: str | None) -> Places:
    """What the register tells of a unit: its county, and the county in which the merchant was registered.

    uscc      the third to eighth place of the social credit code name the registering authority's area (GB 32100)
    website   an online shop at a platform's address trades on that platform; one without an address is taken to do so too,
              at the address that its register row gives
    """
    domicile = uscc[2:8] if uscc[2:8] in COUNTIES else None
    if category is not Category.ONLINE_SHOP:
        return Places(Trade.PREMISES, county_code, domicile)
    host = urlsplit(website or "").hostname or ""
    on_platform = any(host == known or host.endswith(f".{known}") for known in PLATFORM_HOSTS)
    if on_platform or not host:
        return Places(Trade.ON_PLATFORM, county_code, domicile, ELSEWHERE if on_platform else None)
    return Places(Trade.OWN_SITE, county_code, domicile)


def route(places: Places, county_code: str) -> Competence:
    """Where a new complaint goes: the nearest bureau of Wenzhou that may handle it; the unit's own county when none is known."""
    ours = [one for one in competent(places) if one.code in COUNTIES]
    return ours[0] if ours else Competence(county_code, "名录登记的所在地")
