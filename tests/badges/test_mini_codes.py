"""Mini-program codes: asked of WeChat at its pace, over restarts; what WeChat refuses waits or is said."""

import io
from collections import Counter
from datetime import timedelta

import pytest
import zxingcpp
from flask import Flask
from PIL import Image

from backend.access.actor import Role
from backend.badges import mini_codes
from backend.infrastructure import current, jobs, pacing
from backend.infrastructure.database import unit_of_work
from backend.infrastructure.lease_keeper import LeaseKeeper
from backend.kernel.clock import FixedClock
from tests.pages.town import Shop
from tests.scene import Caller, Callers
from wechat_double.server import Double

_PATH = "wxa/getwxacodeunlimit"


@pytest.fixture
def desk(callers: Callers) -> Caller:
    return callers.staff(Role.JOINT_OFFICE)


@pytest.fixture
def number(desk: Caller, shop: Shop, app: Flask) -> str:
    """An issued order of three plates."""
    body = {"certificate_no": shop.certificate_no, "placement": "table", "count": 3}
    order: str = desk.post("/plate-orders", body, 201)["number"]
    _turn(app)
    return order


def _turn(app: Flask) -> None:
    """Every job that is due now, without the periodic work beside it."""
    with app.app_context(), LeaseKeeper(app) as keeper:
        while jobs.run_next(jobs.work().table, keeper):
            continue


def _coded(desk: Caller, number: str) -> tuple[int, str | None]:
    found = desk.get(f"/plate-orders/{number}")
    return found["coded"], found["codes_fault"]


def _ask(desk: Caller, number: str, app: Flask) -> None:
    desk.post(f"/plate-orders/{number}/mini-codes")
    _turn(app)


def test_every_plate_of_an_order_gets_its_code(
    desk: Caller, number: str, app: Flask, shop: Shop, double: Double
) -> None:
    path = f"/plates/{shop.certificate_no}-02/mini-code"
    assert desk.get(path, 404)["code"] == "mini_code_missing"
    _ask(desk, number, app)
    assert _coded(desk, number) == (3, None)
    picture = Image.open(io.BytesIO(desk.get(path)))
    assert picture.size == (mini_codes.WIDTH, mini_codes.WIDTH)
    token = zxingcpp.read_barcodes(picture.convert("L"))[0].text.partition("?scene=")[2]
    found = app.test_client().get(f"/api/v1/badges/{token}").get_json()
    assert found["plate"]["serial"] == f"{shop.certificate_no}-02"
    asked = double.state.requests[_PATH]
    _ask(desk, number, app)
    assert double.state.requests[_PATH] == asked == 3, "what stands is not asked for again"


def test_a_spent_quota_is_waited_out(desk: Caller, number: str, app: Flask, double: Double, clock: FixedClock) -> None:
    double.state.mini_codes_a_minute = 2
    _ask(desk, number, app)
    assert _coded(desk, number) == (2, None)
    _turn(app)
    assert double.state.requests[_PATH] == 3, "nobody calls while the quota is spent"
    clock.advance(seconds=61)
    double.pass_time(61)
    _turn(app)
    assert _coded(desk, number) == (3, None)


def test_a_page_that_is_not_published_stops_the_work_and_says_so(
    desk: Caller, number: str, app: Flask, double: Double, clock: FixedClock
) -> None:
    double.state.published_pages = {"pages/home/index"}
    _ask(desk, number, app)
    assert _coded(desk, number) == (0, "41030")
    assert "请先发布" in mini_codes.fault_words("41030")
    clock.advance(minutes=20)
    _turn(app)
    assert double.state.requests[_PATH] == 1, "not tried again until somebody asks"
    double.state.published_pages = {mini_codes.PAGE}
    _ask(desk, number, app)
    assert _coded(desk, number) == (3, None)


def test_what_is_no_picture_of_the_asked_width_is_not_kept(
    desk: Caller, number: str, app: Flask, double: Double, clock: FixedClock
) -> None:
    double.fail(_PATH, 1, html=True)
    _ask(desk, number, app)
    assert _coded(desk, number) == (0, None)
    clock.advance(seconds=30)
    _turn(app)
    assert _coded(desk, number) == (3, None), "the job was tried again"


def test_a_killed_run_asks_for_the_rest(
    desk: Caller, number: str, app: Flask, double: Double, clock: FixedClock
) -> None:
    put, kept = app.extensions["fangxin"].storage.put, Counter[str]()

    def die_at_the_second(key: str, content: bytes) -> None:
        put(key, content)
        kept[key] += 1
        if sum(kept.values()) == 2:
            raise KeyboardInterrupt

    app.extensions["fangxin"].storage.put = die_at_the_second
    desk.post(f"/plate-orders/{number}/mini-codes")
    with pytest.raises(KeyboardInterrupt):
        _turn(app)
    clock.advance(minutes=2)
    _turn(app)
    assert _coded(desk, number) == (3, None)
    assert sorted(kept.values()) == [1, 2, 2], "one file a plate, also when it is asked for twice"


def test_who_may_ask_for_codes(callers: Callers, number: str, shop: Shop, desk: Caller) -> None:
    path = f"/plate-orders/{number}/mini-codes"
    member = callers.member(shop)
    assert member.refused(path, status=403) == "action_not_permitted"
    assert callers.nobody().refused(path, status=401)
    assert desk.refused("/plate-orders/DZ20261123-0000013/mini-codes", status=404)


def test_the_pace_is_kept_over_processes_and_restarts(app: Flask, clock: FixedClock) -> None:
    """Whoever asks, whenever: in no minute are more calls permitted than WeChat allows."""
    granted: list[tuple[float, int]] = []
    with app.app_context():
        for step in range(400):
            with unit_of_work():
                permit = pacing.take("codes", 50, timedelta(minutes=1) / 4500)
            if permit.count:
                granted.append((current.now().timestamp(), permit.count))
            clock.advance(seconds=(0.1, 0.3, 0.7, 0.05)[step % 4])
    spans = [sum(n for at, n in granted if begin <= at < begin + 60) for begin, _ in granted]
    assert max(spans) <= 4600
    assert sum(n for _, n in granted) > 4000, "the control: it is not slower than it need be"


def test_refusals_in_a_row_hold_back_longer(app: Flask, clock: FixedClock) -> None:
    minute = timedelta(minutes=1)
    with app.app_context(), unit_of_work():
        waits = [pacing.hold_back("codes", minute) - current.now() for _ in range(8)]
        assert waits[:3] == [minute, 2 * minute, 4 * minute]
        assert max(waits) == timedelta(hours=1)
        assert pacing.take("codes", 1, minute).count == 0
        clock.advance(hours=2)
        pacing.went_well("codes")
        assert pacing.hold_back("codes", minute) - current.now() == minute
