"""A clone from the first tap to the voided plate, through HTTP on both databases; and what opens nothing."""

import io
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.access.actor import Role
from backend.authenticity import service, signals
from backend.authenticity.model import PlaceReport
from backend.badges import queries as badges
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.clock import FixedClock
from backend.merchants.rules import Category
from tests.authenticity.scanners import scan, tell, wrong
from tests.pages.town import Shop, Town
from tests.scene import Callers, both, picture

Notices = Callable[..., list[tuple[str, str]]]


def _cases(callers: Callers) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = callers.staff(Role.CITY_OFFICER).get("/clone-cases")["clone_cases"]
    return found


def test_a_clone_is_found_checked_and_voided(
    app: Flask, callers: Callers, shop: Shop, town: Town, notices: Notices
) -> None:
    officer, member, office = callers.staff(), callers.member(shop), callers.staff(Role.JOINT_OFFICE)
    serial = f"{shop.certificate_no}-01"
    scan(app, shop.token, 40)
    wrong(app, shop.token)
    wrong(app, shop.token)
    assert officer.get("/clone-cases")["clone_cases"] == []
    wrong(app, shop.token)
    (case,) = officer.get("/clone-cases")["clone_cases"]
    assert (case["state"], case["because"], case["serial"]) == ("opened", "taps", serial)
    assert case["evidence"]["misplaced"] == 3
    assert case["evidence"]["scans"] == 40
    assert notices(officer) == both("clone_suspected")
    wrong(app, shop.token)
    assert len(officer.get("/clone-cases")["clone_cases"]) == 1, "one open case for each plate"
    path = f"/clone-cases/{case['case_no']}"
    finding = {"text": "在蝉街 7 号发现同一编号的另一块牌，已收回。"}
    assert officer.refused(f"{path}/confirm", finding) == "not_possible_now", "nobody has been there yet"
    assert officer.post(f"{path}/check")["state"] == "checking"
    assert notices(member) == []
    assert officer.post(f"{path}/confirm", finding)["state"] == "confirmed"
    card = app.test_client().get(f"/api/v1/badges/{shop.token}").get_json()
    assert card["standing"] == "VOIDED"
    assert officer.get(f"/plates/{serial}")["void_reason"] == "cloned"
    assert notices(member) == both("plate_cloned")
    assert notices(office) == both("plate_to_replace")
    for _ in range(4):
        wrong(app, shop.token)
    assert len(_cases(callers)) == 1, "a voided plate says so by itself"


def test_a_plate_voided_meanwhile_is_confirmed_all_the_same(app: Flask, callers: Callers, shop: Shop) -> None:
    officer, serial = callers.staff(), f"{shop.certificate_no}-01"
    case = officer.post("/clone-cases", {"serial": serial}, 201)
    assert officer.refused("/clone-cases", {"serial": serial}) == "clone_case_under_way"
    officer.post(f"/plates/{serial}/void", {"reason": "lost"})
    officer.post(f"/clone-cases/{case['case_no']}/check")
    confirmed = officer.post(f"/clone-cases/{case['case_no']}/confirm", {"text": "另一块牌已经收回。"})
    assert (confirmed["state"], confirmed["because"]) == ("confirmed", "officer")
    assert officer.get(f"/plates/{serial}")["void_reason"] == "lost"
    assert officer.refused("/clone-cases", {"serial": serial}) == "plate_voided_already"


def test_one_prankster_opens_nothing_alone(app: Flask, callers: Callers, town: Town, shop: Shop) -> None:
    for _ in range(10):
        wrong(app, shop.token, address="203.0.113.7")
    for agent in ("Safari", "Chrome", "Firefox", "Edge"):
        wrong(app, shop.token, address="203.0.113.7", agent=agent)
    other = town.shop("江心海鲜")
    for last in range(10):
        wrong(app, other.token, address=f"2001:db8:1:2::{last}")
    assert _cases(callers) == []


def test_one_address_opens_nothing_until_twice_as_many(app: Flask, callers: Callers, shop: Shop) -> None:
    for number in range(5):
        wrong(app, shop.token, address="203.0.113.7", agent=f"phone {number}")
    assert _cases(callers) == []
    wrong(app, shop.token, address="203.0.113.7", agent="phone 6")
    assert len(_cases(callers)) == 1


def test_a_day_later_nothing_is_left_of_it(app: Flask, callers: Callers, shop: Shop, clock: FixedClock) -> None:
    wrong(app, shop.token, address="203.0.113.1")
    wrong(app, shop.token, address="203.0.113.2")
    clock.advance(hours=13)  # another day in Wenzhou, another salt
    wrong(app, shop.token, address="203.0.113.1")
    assert _cases(callers) == [], "the same phone, over midnight"
    clock.advance(hours=12)
    wrong(app, shop.token, address="203.0.113.3")
    assert _cases(callers) == []
    wrong(app, shop.token, address="203.0.113.4")
    wrong(app, shop.token, address="203.0.113.5")
    assert len(_cases(callers)) == 1, "the control"


def test_what_opens_a_case(app: Flask, callers: Callers, town: Town) -> None:
    names = {"other_address": "江心海鲜", "covered": "南塘茶餐厅", "branch": "五马糕点", "missing": "瓯越电器"}
    for what, name in names.items():
        token = town.shop(name).token
        for _ in range(3):
            assert tell(app, token, {"what": what}).status_code == 201
    opened = {case["unit_name"]: case["because"] for case in _cases(callers)}
    assert opened == {"江心海鲜": "taps", "南塘茶餐厅": "covered"}


def test_three_phones_far_away_open_a_case_and_near_ones_do_not(app: Flask, callers: Callers, town: Town) -> None:
    near, far = town.shop("瓯越电器"), town.shop("江心海鲜")
    for _ in range(4):
        assert tell(app, near.token, {"bucket": "near"}, path="distance").status_code == 204
        assert tell(app, near.token, {"what": "other_shop", "bucket": "near"}).status_code == 201
        assert tell(app, far.token, {"bucket": "far"}, path="distance").status_code == 204
    assert [(case["unit_name"], case["because"]) for case in _cases(callers)] == [("江心海鲜", "far")]


def test_distances_are_not_asked_where_they_say_nothing(app: Flask, callers: Callers, town: Town) -> None:
    scenic = town.shop("雁荡山景区游客中心", category=Category.SCENIC_AREA)
    refused = tell(app, scenic.token, {"bucket": "far"}, path="distance")
    assert (refused.status_code, refused.get_json()["code"]) == (409, "distance_says_nothing")
    for _ in range(3):
        tell(app, scenic.token, {"what": "branch", "bucket": "far"})
    assert _cases(callers) == []


def test_a_busy_plate_needs_more(app: Flask, callers: Callers, shop: Shop) -> None:
    scan(app, shop.token, 600)
    for _ in range(3):
        wrong(app, shop.token)
    assert _cases(callers) == []
    wrong(app, shop.token)
    assert _cases(callers)[0]["evidence"]["scans"] == 600


def test_a_dismissed_case_is_not_opened_by_what_was_told_before(
    app: Flask, callers: Callers, shop: Shop, clock: FixedClock
) -> None:
    for _ in range(3):
        wrong(app, shop.token)
    officer = callers.staff()
    path = f"/clone-cases/{_cases(callers)[0]['case_no']}"
    dismissal = {"ground": "branches_mixed_up", "text": "同一商场的两家分店，牌没有挂错。"}
    dismissed = officer.post(f"{path}/dismiss", dismissal)
    assert (dismissed["state"], dismissed["cleared"]) == ("dismissed", "branches_mixed_up")
    assert officer.refused(f"{path}/check") == "not_possible_now"
    clock.advance(minutes=5)
    for _ in range(4):
        wrong(app, shop.token)
    assert len(_cases(callers)) == 1, "after a dismissal three are not enough"
    wrong(app, shop.token)
    newer, older = _cases(callers)
    assert (newer["state"], newer["evidence"]["misplaced"], newer["evidence"]["dismissed"]) == ("opened", 5, 1)
    assert older["state"] == "dismissed"


def test_officers_reach_their_county_and_nobody_else_reaches_anything(app: Flask, callers: Callers, shop: Shop) -> None:
    for _ in range(3):
        wrong(app, shop.token)
    (case,) = _cases(callers)
    path = f"/clone-cases/{case['case_no']}"
    stranger = callers.staff(county="330382")
    assert stranger.get("/clone-cases")["clone_cases"] == []
    assert stranger.post(f"{path}/check", status=404)["code"] == "record_not_found"
    assert callers.staff(Role.JOINT_OFFICE).get(path)["case_no"] == case["case_no"]
    assert callers.staff(Role.JOINT_OFFICE).refused(f"{path}/check", status=403) == "action_not_permitted"
    for caller in (callers.member(shop), callers.person("gu-ke"), callers.volunteer(), callers.staff(Role.COUNCIL)):
        assert caller.get(path, 403)["code"] == "action_not_permitted"
        assert caller.get("/clone-cases", 403)["code"] == "action_not_permitted"
    assert callers.nobody().get(path, 401)["code"] == "sign_in_needed"


def test_what_is_late_is_told(app: Flask, callers: Callers, shop: Shop, clock: FixedClock, notices: Notices) -> None:
    officer = callers.staff()
    officer.post("/clone-cases", {"serial": f"{shop.certificate_no}-01"}, 201)
    clock.advance(days=2)
    with app.app_context():
        assert service.sweep() == 0
    clock.advance(days=1)
    with app.app_context():
        assert service.sweep() == 1
        assert service.sweep() == 0
    assert notices(officer) == both("clone_suspected", "deadline_missed")


def test_signals_without_a_case_are_shown(app: Flask, callers: Callers, shop: Shop, town: Town) -> None:
    busy = town.shop("江心海鲜")
    scan(app, busy.token, 35)
    wrong(app, shop.token)
    actor = town.staff(Role.CITY_OFFICER)
    with app.app_context(), unit_of_work(read_only=True):
        first, second = signals.watched(actor)
        hours = signals.hours(badges.by_token(busy.token).plate.id, second.unusual[0][0])
    assert (first.unit_name, first.unusual) == ("瓯越电器", [])
    assert (second.unit_name, [scans for _, scans in second.unusual]) == ("江心海鲜", [35])
    assert [hour.scans for hour in hours if hour.scans] == [35]
    callers.staff().post("/clone-cases", {"serial": f"{busy.certificate_no}-01"}, 201)
    with app.app_context(), unit_of_work(read_only=True):
        assert [one.unit_name for one in signals.watched(actor)] == ["瓯越电器"]


@pytest.mark.parametrize("about", ["place", "false plaque"])
def test_a_photo_is_added_over_json_once(
    app: Flask, callers: Callers, shop: Shop, clock: FixedClock, about: str
) -> None:
    nobody = callers.nobody()

    def ticket_of() -> str:
        if about == "place":
            return str(tell(app, shop.token, {"what": "other_shop"}).get_json()["photo_ticket"])
        return str(
            nobody.post("/fake-plaque-reports", {"county_code": "330302", "place": "公园路 9 号前台"}, 201)[
                "photo_ticket"
            ]
        )

    ticket = ticket_of()

    def send(ticket: str, status: int) -> Any:
        files = {"ticket": ticket, "photo": (io.BytesIO(picture()), "门头.jpg")}
        answer = nobody.api("POST", "/report-photos", data=files, content_type="multipart/form-data")
        assert answer.status_code == status, answer.text
        return answer.get_json()

    assert len(send(ticket, 201)["sha256"]) == 64
    assert send(ticket, 409)["code"] == "photo_there_already"
    assert send(ticket[:-2] + "xx", 422)["code"] == "photo_ticket_invalid"
    other = ticket_of()
    clock.advance(minutes=61)
    assert send(other, 422)["code"] == "photo_ticket_invalid"


def test_a_code_that_is_not_ours_is_unknown(app: Flask) -> None:
    for path, body in (("not-this-shop", {"what": "other_shop"}), ("distance", {"bucket": "far"})):
        answer = tell(app, "1.7K3QX9C2M4TP.AbC_dEf-12", body, path=path)
        assert (answer.status_code, answer.get_json()["code"]) == (404, "UNKNOWN")


def test_many_who_tap_at_once_open_one_case_and_are_all_counted(app: Flask, callers: Callers, shop: Shop) -> None:
    together = 12
    ready = threading.Barrier(together, timeout=30)

    def tap(_number: int) -> int:
        ready.wait()
        return tell(app, shop.token, {"what": "other_shop"}).status_code

    with ThreadPoolExecutor(together) as pool:
        assert list(pool.map(tap, range(together))) == [201] * together
    (case,) = _cases(callers)
    assert case["evidence"]["misplaced"] == 3, "the third one opened it, whoever it was"
    with app.app_context(), unit_of_work(read_only=True):
        kept = session().execute(sa.select(PlaceReport.repeated, PlaceReport.new_address)).all()
    assert [tuple(row) for row in kept] == [(False, True)] * together
