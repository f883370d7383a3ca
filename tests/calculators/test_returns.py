"""The return helper: the law's seven days and their exceptions, the unit's promise, a defect."""

from datetime import date, timedelta

import pytest

from backend.calculators.rules.returns import Bought, Channel, Condition, Goods, Returns, returns

DAY = date(2026, 11, 2)


def judged(day: int, channel: Channel = Channel.REMOTE, goods: Goods = Goods.ORDINARY, **more: object) -> Returns:
    """What stands `day` days after receipt; without holidays."""
    condition = more.pop("condition", Condition.TRIED)
    bought = Bought(channel, goods, condition, DAY, **more)  # type: ignore[arg-type]
    return returns(bought, DAY + timedelta(days=day), lambda start, days: start + timedelta(days=days))


@pytest.mark.parametrize(("day", "allowed"), [(0, True), (7, True), (8, False)])
def test_seven_days_after_a_remote_sale(day: int, allowed: bool) -> None:
    assert judged(day).allowed is allowed


@pytest.mark.parametrize("goods", [one for one in Goods if one is not Goods.ORDINARY])
def test_the_law_excepts_some_goods(goods: Goods) -> None:
    found = judged(1, goods=goods)
    assert not found.allowed
    assert "第二十五条" in found.rights[0].lines[0].article


@pytest.mark.parametrize(("condition", "allowed"), [("intact", True), ("tried", True), ("used", False)])
def test_opening_and_trying_is_no_reason_to_refuse(condition: str, allowed: bool) -> None:
    assert judged(1, condition=Condition(condition)).allowed is allowed


@pytest.mark.parametrize(("day", "allowed"), [(15, True), (16, False)])
def test_a_shops_promise_binds_it(day: int, allowed: bool) -> None:
    found = judged(day, Channel.SHOP, shop_days=15)
    assert found.allowed is allowed
    assert "15 天" in found.rights[1].lines[0].words
    assert "第十二条" in found.rights[1].lines[0].article
    assert not judged(day, Channel.SHOP).allowed, "without a promise nothing binds"


def test_an_online_promise_outlasts_the_law_and_is_not_a_shops() -> None:
    assert judged(12, online_days=15).allowed
    assert not judged(12, shop_days=15).allowed


@pytest.mark.parametrize(("day", "allowed"), [(7, True), (8, False)])
def test_a_defect_may_be_returned_whatever_the_channel(day: int, allowed: bool) -> None:
    for channel in Channel:
        found = judged(day, channel, Goods.CUSTOM, defective=True, condition=Condition.USED)
        assert found.allowed is allowed
        assert "第二十四条" in found.rights[0].lines[0].article


def test_every_line_has_its_article() -> None:
    for goods in Goods:
        for channel in Channel:
            found = judged(9, channel, goods, defective=True, shop_days=7, online_days=7)
            lines = [line for right in found.rights for line in right.lines]
            assert all(line.article for line in (*lines, *found.notes))
