"""Shops of the demonstration that ask to be entered in the register: two that wait, one declined, one entered and invited."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from backend.access.actor import Actor
from backend.enrolments import service
from backend.enrolments.rules import DeclineReason
from backend.merchants.rules import Category

from . import people
from .cast import HOUR
from .scene import Story, act

_LUCHENG = "330302"
#: Unified social credit code, licensed name, shop name, kind, address, contact.
_NOODLES = ("91330302MA2ENR0104", "温州市鹿城区望江面馆", "望江面馆", Category.RESTAURANT, "望江东路 66 号", "施建平")
_BOOKS = ("91330302MA2ENR0291", "温州松雨书店有限公司", "松雨书店", Category.SHOP, "信河街 108 号", "邵文静")
_TEA = ("91330302MA2ENR037U", "温州市鹿城区闲云茶行", "闲云茶行", Category.SHOP, "朔门街 21 号", "项立新")
_PHONES = ("91330302MA2ENR045N", "温州飞霞数码有限公司", "飞霞数码", Category.SHOP, "飞霞南路 9 号", "潘晓敏")


def stories(start: datetime, lucheng: Actor) -> Iterator[tuple[datetime, Story]]:
    """Each with the instant at which it begins; the present day is the hundredth after `start`."""
    lin = people.person("guke-lin")
    yield start + timedelta(days=94.2), _asked(people.person("guke-21"), _BOOKS)
    yield start + timedelta(days=99.1), _asked(people.person("guke-22"), _NOODLES)
    yield start + timedelta(days=90.2), _declined(people.person("guke-23"), lucheng)
    yield start + timedelta(days=97.2), _entered(lin, lucheng)


def _ask(owner: Actor, shop: tuple[str, str, str, Category, str, str]) -> str:
    uscc, merchant, name, category, street, contact = shop
    number: str = act(
        service.submit,
        owner,
        uscc=uscc,
        merchant_name=merchant,
        unit_name=name,
        category=category,
        county_code=_LUCHENG,
        address=f"温州市鹿城区{street}",
        website=None,
        contact=contact,
        phone="13857700009",
        agreed=True,
    ).case_no
    return number


def _asked(owner: Actor, shop: tuple[str, str, str, Category, str, str]) -> Story:
    _ask(owner, shop)
    yield HOUR


def _declined(owner: Actor, lucheng: Actor) -> Story:
    number = _ask(owner, _PHONES)
    yield 26 * HOUR
    text = "登记的住所在瑞安市，鹿城区没有门店。请选择实际经营的县（市、区）重新申请。"
    act(service.decline, lucheng, number, reason=DeclineReason.ELSEWHERE, text=text)


def _entered(owner: Actor, lucheng: Actor) -> Story:
    number = _ask(owner, _TEA)
    yield 30 * HOUR
    _, merchant, name, _, street, _ = _TEA
    act(
        service.accept,
        lucheng,
        number,
        merchant_name=merchant,
        unit_name=name,
        address=f"温州市鹿城区{street}",
        lng=120.652118,
        lat=28.021334,
        station_name=f"{name}维权联络站",
        station_phone="0577-88880021",
    )
