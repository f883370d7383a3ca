"""Plates at the console: ordering for many, progress, files for the printer, codes, and single plates."""

import csv
import io
import zipfile
from collections.abc import Callable

import pytest
from flask import Flask

from backend.access.actor import Role
from backend.infrastructure import jobs
from backend.infrastructure.lease_keeper import LeaseKeeper
from backend.kernel.clock import FixedClock
from tests.console.office import Office
from tests.pages.town import Browser, Shop, Town
from tests.scene import work
from wechat_double.server import Double

__all__ = ["work"]
PLATES = "/console/plates"


@pytest.fixture
def desk(office: Office, shop: Shop) -> Browser:
    return office.at_desk(Role.JOINT_OFFICE)


def _order(desk: Browser, **changed: str) -> str:
    """Order plates for many. returns the order's page"""
    form = {"idempotency_key": "order-many", "placement": "counter", "per_unit": "1", "only_missing": "true"}
    answer = desk.post(f"{PLATES}/new", f"{PLATES}/new", {**form, **changed})
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def test_an_order_for_many_is_followed_to_its_files(
    desk: Browser, town: Town, shop: Shop, work: Callable[[], None]
) -> None:
    odd = town.shop("=CMD茶楼")
    page = desk.get(_order(desk))
    assert "正在发放" in page
    assert "鹿城区" not in page
    assert "全市各类单位，2 家" in page
    work()
    path = _order(desk, idempotency_key="order-many")
    page = desk.get(path)
    assert "可以送印" in page
    assert page.count("2 / 2") >= 2
    answer = desk.client.get(f"{path}/1.zip")
    assert answer.content_type == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == sorted(
            ["清单.csv", f"{shop.certificate_no}-02.png", f"{odd.certificate_no}-02.png"]
        )
        assert archive.read(f"{shop.certificate_no}-02.png").startswith(b"\x89PNG")
        rows = list(csv.DictReader(io.StringIO(archive.read("清单.csv").decode("utf-8-sig"))))
    assert {row["单位"] for row in rows} == {shop.name, "'=CMD茶楼"}, "no formulas"
    assert all(row["码里的网址"].startswith("http://localhost/b/") for row in rows)
    desk.get(f"{path}/2.zip", 404)
    assert "已送交印制" in desk.done(path, f"{path}/sent", {"form_scope": "sent"})
    assert path.rpartition("/")[2] in desk.get(PLATES)


def test_an_order_without_a_unit_is_refused(desk: Browser) -> None:
    form = {"idempotency_key": "order-none", "placement": "door", "per_unit": "1", "only_missing": "true"}
    assert "没有符合条件的单位" in desk.refused(f"{PLATES}/new", f"{PLATES}/new", form)
    everybody = {name: value for name, value in form.items() if name != "only_missing"}
    assert desk.post(f"{PLATES}/new", f"{PLATES}/new", everybody).status_code == 303, "the control: every unit"


def test_codes_are_asked_for_and_a_refusal_is_said(
    desk: Browser, app: Flask, double: Double, shop: Shop, clock: FixedClock
) -> None:
    def turn() -> None:
        with app.app_context(), LeaseKeeper(app) as keeper:
            while jobs.run_next(jobs.work().table, keeper):
                continue

    path = _order(desk)
    turn()
    double.state.published_pages = set()
    desk.done(path, f"{path}/mini-codes", {"form_scope": "codes"})
    turn()
    page = desk.get(path)
    assert "请先发布含有这个页面的小程序版本" in page
    assert "重新生成" in page
    double.state.published_pages = None
    clock.advance(seconds=1)
    desk.done(path, f"{path}/mini-codes", {"form_scope": "codes"})
    turn()
    assert "重新生成" not in desk.get(path)
    answer = desk.client.get(f"{PLATES}/{shop.certificate_no}-02/mini-code")
    assert (answer.content_type, answer.data[:4]) == ("image/png", b"\x89PNG")
    assert "小程序码" in desk.get(f"{PLATES}/{shop.certificate_no}-02")


def test_a_units_plates_are_ordered_and_reported_at_its_page(
    desk: Browser, shop: Shop, work: Callable[[], None]
) -> None:
    unit = f"/console/units/{shop.certificate_no}"
    form = {"form_scope": "order_plates", "idempotency_key": "order-unit", "placement": "table", "count": "1"}
    refused = desk.refused(unit, f"{PLATES}/units/{shop.certificate_no}/order", {**form, "labels": "一\n二"})
    assert "订的是 1 块" in refused
    page = desk.done(unit, f"{PLATES}/units/{shop.certificate_no}/order", {**form, "labels": "8号桌"})
    assert "瓯越电器：桌面标牌" in page
    work()
    assert "8号桌" in desk.get(unit)
    plate = f"{PLATES}/{shop.certificate_no}-02"
    page = desk.done(plate, f"{plate}/loss", {"idempotency_key": "loss-one", "reason": "damaged", "replace": "true"})
    assert "此牌已作废" in page
    assert "补发订单" in page
    assert "报告损坏" in page


def test_officers_see_and_report_but_do_not_order(office: Office, shop: Shop, desk: Browser) -> None:
    officer = office.at_desk(Role.COUNTY_OFFICER)
    assert "为多家单位订制" not in officer.get(PLATES)
    officer.get(f"{PLATES}/new", 403)
    assert "登记，马上作废" in officer.get(f"{PLATES}/{shop.certificate_no}-01")
    office.at_desk(Role.COUNTY_OFFICER, county="330382").get(f"{PLATES}/{shop.certificate_no}-01", 404)
    assert "订制标牌" not in officer.get(f"/console/units/{shop.certificate_no}")
    assert "订制标牌" in desk.get(f"/console/units/{shop.certificate_no}"), "the control"
    operator = office.at_desk(Role.OPERATOR)
    assert "您的身份只能查看" in operator.get(f"{PLATES}/{shop.certificate_no}-01")
