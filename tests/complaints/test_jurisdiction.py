"""Which bureau may handle a complaint, by §13; of two that may, the first receiver, by §14."""

import pytest

from backend.complaints.jurisdiction import ELSEWHERE, Competence, Places, Trade, competent, places_of, rightful, route
from backend.merchants.rules import Category

LUCHENG, RUIAN, YUEQING = "330302", "330381", "330382"
USCC_LUCHENG, USCC_HANGZHOU = "91330302MA2ABCDE7X", "91330110MA2ABCDE7X"


def _codes(places: Places) -> list[str]:
    return [one.code for one in competent(places)]


@pytest.mark.parametrize(
    ("places", "codes"),
    [
        (Places(Trade.PREMISES, place=LUCHENG, domicile=RUIAN), [LUCHENG, RUIAN]),
        (Places(Trade.PREMISES, place=LUCHENG, domicile=LUCHENG), [LUCHENG]),
        (Places(Trade.OWN_SITE, place=LUCHENG, domicile=RUIAN), [RUIAN]),
        (Places(Trade.PLATFORM, place=LUCHENG, domicile=ELSEWHERE), [ELSEWHERE]),
        (Places(Trade.ON_PLATFORM, place=YUEQING, domicile=RUIAN, platform=ELSEWHERE), [YUEQING, ELSEWHERE]),
        (Places(Trade.ON_PLATFORM, place=None, domicile=RUIAN, platform=ELSEWHERE), [ELSEWHERE]),
        (Places(Trade.OWN_SITE), []),
    ],
    ids=["shop", "shop-at-home", "own-site", "platform", "on-platform", "nobody-at-the-address", "nothing-known"],
)
def test_who_may_handle_it(places: Places, codes: list[str]) -> None:
    assert _codes(places) == codes


def test_of_two_that_may_the_first_receiver_handles_it() -> None:
    places = Places(Trade.PREMISES, place=LUCHENG, domicile=RUIAN)
    assert rightful(places, RUIAN) == [Competence(RUIAN, "住所地")]
    assert rightful(places, YUEQING) == competent(places), "the control: a first receiver that may not does not bind"


def test_both_reasons_are_said_of_one_place() -> None:
    (found,) = competent(Places(Trade.PREMISES, place=LUCHENG, domicile=LUCHENG))
    assert found.zh == "鹿城区（实际经营地、住所地）"


@pytest.mark.parametrize(
    ("category", "uscc", "website", "to"),
    [
        (Category.SHOP, USCC_HANGZHOU, None, YUEQING),
        (Category.ONLINE_SHOP, USCC_LUCHENG, "https://shop.example.cn/", LUCHENG),
        (Category.ONLINE_SHOP, USCC_HANGZHOU, "https://shop.example.cn/", YUEQING),
        (Category.ONLINE_SHOP, USCC_LUCHENG, "https://ouyue.taobao.com/", YUEQING),
        (Category.ONLINE_SHOP, USCC_LUCHENG, "https://nottaobao.com/", LUCHENG),
        (Category.ONLINE_SHOP, USCC_LUCHENG, None, YUEQING),
    ],
    ids=["shop", "own-site", "own-site-from-elsewhere", "on-platform", "not-that-platform", "no-address"],
)
def test_a_new_complaint_goes_to_the_nearest_that_may(
    category: Category, uscc: str, website: str | None, to: str
) -> None:
    assert route(places_of(category, YUEQING, uscc, website), YUEQING).code == to
