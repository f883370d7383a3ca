"""My plates, at the liaison station: seeing them, ordering, reporting one lost in one step."""

from collections.abc import Callable

import pytest

from tests.pages.town import Browser, Shop, Town
from tests.scene import shop, work

__all__ = ["shop", "work"]
PLATES = "/station/plates"


@pytest.fixture
def member(town: Town, shop: Shop) -> Browser:
    return town.member(shop)


def _unit(shop: Shop) -> str:
    return f"{PLATES}/unit/{shop.certificate_no}"


def test_a_station_with_one_unit_is_led_to_its_plates(member: Browser, shop: Shop) -> None:
    answer = member.client.get(PLATES)
    assert (answer.status_code, answer.headers["Location"]) == (303, _unit(shop))
    page = member.get(_unit(shop))
    assert f"序列号 {shop.certificate_no}-01" in page
    assert "在用" in page
    assert 'href="/station/plates"' in member.get("/station")


def test_a_station_with_several_units_chooses(member: Browser, shop: Shop, town: Town) -> None:
    other = town.shop("信河街茶楼")
    foreign = town.shop("南塘茶餐厅", station="南塘维权联络站")
    page = member.get(PLATES)
    assert "共 2 家单位" in page
    assert shop.name in page
    assert other.name in page
    assert foreign.name not in page
    member.get(_unit(foreign), 404)
    member.get(f"{PLATES}/{foreign.certificate_no}-01", 404)
    member.refused(_unit(shop), f"{PLATES}/{foreign.certificate_no}-01/loss", {"reason": "lost"}, 404)


def test_plates_are_ordered_by_name(member: Browser, shop: Shop, work: Callable[[], None]) -> None:
    form = {"form_scope": "order", "idempotency_key": "order-one", "placement": "table", "count": "2"}
    page = member.refused(_unit(shop), f"{_unit(shop)}/order", {**form, "labels": "8号桌\n"})
    assert "写了 1 个名称，订的是 2 块" in page
    page = member.done(_unit(shop), f"{_unit(shop)}/order", {**form, "labels": "8号桌\n\n9号桌\n"})
    assert "还有 2 块正在制作序列号" in page
    work()
    page = member.get(_unit(shop))
    assert "桌面（8号桌）" in page
    assert "桌面（9号桌）" in page
    assert "正在制作" not in page
    for kind, start in (("png", b"\x89PNG"), ("pdf", b"%PDF")):
        answer = member.client.get(f"{PLATES}/{shop.certificate_no}-02.{kind}")
        assert answer.data.startswith(start)
        name = f"{shop.certificate_no}-02.{kind}"
        assert answer.headers["Content-Disposition"] == f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}"


def test_a_lost_plate_is_reported_in_one_step(member: Browser, shop: Shop, work: Callable[[], None]) -> None:
    path = f"{PLATES}/{shop.certificate_no}-01"
    assert "同时订一块新牌" in member.get(path)
    form = {"idempotency_key": "loss-one", "reason": "lost", "replace": "true"}
    page = member.done(path, f"{path}/loss", form)
    assert "已经作废" in page
    assert "此牌已作废" in page
    assert "新牌已订" in page
    scanned = member.get(f"/b/{shop.token}")
    assert "这块牌已作废" in scanned
    assert "这块牌已报失" in scanned
    assert "2026年11月23日起" in scanned
    work()
    page = member.get(path)
    assert f"由新牌替换：{shop.certificate_no}-02" in page
    assert f'href="{PLATES}/{shop.certificate_no}-02"' in page
    assert "报告遗失" in page


def test_a_new_plate_may_be_asked_for_afterwards(member: Browser, shop: Shop) -> None:
    path = f"{PLATES}/{shop.certificate_no}-01"
    page = member.done(path, f"{path}/loss", {"idempotency_key": "loss-one", "reason": "damaged"})
    assert "还没有订新牌" in page
    form = {"idempotency_key": "loss-two", "reason": "damaged", "replace": "true"}
    assert "新牌已订" in member.done(path, f"{path}/loss", form)


def test_only_a_member_sees_plates(town: Town, shop: Shop) -> None:
    consumer = town.person("gu-ke")
    for path in (PLATES, _unit(shop), f"{PLATES}/{shop.certificate_no}-01", f"{PLATES}/{shop.certificate_no}-01.png"):
        consumer.get(path, 403)
