"""What a person can see, put right and have forgotten; with nothing left of it in any cell, and a look before that finds it all."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.complaints.model import Complainant
from backend.infrastructure import idempotency
from backend.infrastructure.database import db, session, unit_of_work
from backend.infrastructure.settings import Settings
from backend.kernel.clock import FixedClock
from backend.kernel.wording import GONE
from backend.personal_data import service
from tests.calling import Caller
from tests.pages.town import Shop, Town
from tests.personal_data.cells import left
from tests.scene import IDENTITY, Callers, picture, request_body, take_offer
from wechat_double.credentials import MINI_APP_ID
from wechat_double.server import Double

Work = Callable[[], None]
ERASE, CORRECT, EXPORT = "/me/data/erasure", "/me/data/corrections", "/me/data/export"
SURE = {"confirm": "注销"}
FACTS = "鹊桥路口买的电饭煲三天就不通电，我叫闻人清越，电话 13900001111。"
WORDS = "闻人清越推荐这家店的海鲜面。"
TEXTED = "15957755555"
PLANTED = [
    "闻人清越",
    "13900001111",
    "鹊桥路口",
    IDENTITY["name"],
    IDENTITY["phone"],
    IDENTITY["address"],
    "13857712345",
]


def again(callers: Callers, name: str = "gu-ke") -> Caller:
    """The same person after a fresh sign-in."""
    return callers.person(name)


@pytest.fixture
def traces(callers: Callers, shop: Shop, double: Double, clock: FixedClock) -> str:
    """A consumer with a settled dispute, its photo and identity, a rating, a phone, notices. returns the dispute's number"""
    consumer, member = callers.person("gu-ke"), callers.member(shop)
    number: str = consumer.post(
        "/settlements", request_body(shop, facts=FACTS, identity=IDENTITY, file_for_me=True), 201
    )["case_no"]
    photo = {"photo": (io.BytesIO(picture()), "a.jpg"), "for_station": "true"}
    answer = consumer.api(
        "POST", f"/settlements/{number}/photos", consumer.token, data=photo, content_type="multipart/form-data"
    )
    assert answer.status_code == 201, answer.text
    member.post(
        f"/settlements/{number}/offer", {"kind": "refund", "amount_fen": 12850, "text": "请闻人清越来店里退款。"}
    )
    take_offer(consumer, number)
    consumer.post(f"/settlements/{number}/confirm-performed")
    scan = consumer.post("/scans", {"token": shop.token})
    rated = {"visit_ticket": scan["visit_ticket"], "stars": 5, "text": WORDS}
    consumer.post("/ratings", rated, 201)
    consumer.post("/me/notice-phone/wechat", {"code": double.phone_code(TEXTED), "version": "2026-11"})
    clock.advance(minutes=11)
    return number


def test_a_fresh_sign_in_is_asked_for(callers: Callers, traces: str, clock: FixedClock) -> None:
    consumer = again(callers)
    clock.advance(minutes=10)
    for path, body in ((EXPORT, None), (CORRECT, {"case_no": traces, **IDENTITY}), (ERASE, SURE)):
        assert consumer.refused(path, body) == "fresh_sign_in_needed"
    again(callers).post(EXPORT)


def test_what_can_be_done_is_told_and_identities_only_after_a_fresh_sign_in(
    callers: Callers, shop: Shop, traces: str, clock: FixedClock
) -> None:
    found = again(callers).get("/me/data")
    assert (found["fresh"], found["running"]) == (True, [])
    assert found["identities"] == [{"case_no": traces, "unit_name": shop.name, **IDENTITY}]
    assert all(one["why"] and one["source"] and one["until"] for one in found["kept"])
    assert len(found["kept"]) == 2, "consents and the record of acts"
    consumer = again(callers)
    running = consumer.post("/settlements", request_body(shop), 201)["case_no"]
    clock.advance(minutes=10)
    found = consumer.get("/me/data")
    assert (found["fresh"], found["identities"], found["running"]) == (False, [], [running])


def test_the_export_holds_everything_of_one_person_and_nothing_of_another(
    callers: Callers, shop: Shop, traces: str, town: Town
) -> None:
    other = callers.person("lu-ren")
    other.post("/settlements", request_body(shop, facts="路人甲的另一件事，和别人没有关系。"), 201)
    found = again(callers).post(EXPORT)
    (dispute,) = found["诉求和投诉"]
    assert (dispute["编号"], dispute["事情经过"]) == (traces, FACTS)
    assert dispute["身份"] == {"姓名": IDENTITY["name"], "电话": IDENTITY["phone"], "地址": IDENTITY["address"]}
    assert len(dispute["照片"]) == 1
    assert found["评价"][0]["评语"] == WORDS
    assert found["账号"]["短信提醒号码"] == TEXTED
    assert [one["事项"] for one in found["账号"]["同意"]] == ["短信提醒"]
    assert found["消息"][0]["标题"] == "商家给出了和解方案"
    assert {one["内容"] for one in found["没有列出的"]} >= {"举报"}
    assert "路人甲" not in str(found)
    assert "路人甲" in str(other.post(EXPORT)), "the control"


def test_a_wrong_identity_is_put_right_and_the_wrong_one_is_gone(app: Flask, callers: Callers, traces: str) -> None:
    right = {"name": "欧阳晶华", "phone": "13957700000", "address": "温州市瓯海区新桥街道 9 号"}
    consumer = again(callers)
    assert left(app, [IDENTITY["name"]]) == [IDENTITY["name"]], "the control"
    assert consumer.post(CORRECT, {"case_no": traces, **right}) == {"case_no": traces}
    assert left(app, [*IDENTITY.values()]) == []
    assert consumer.post(EXPORT)["诉求和投诉"][0]["身份"]["姓名"] == "欧阳晶华"
    assert callers.person("lu-ren").refused(CORRECT, {"case_no": traces, **right}, 404) == "record_not_found"
    assert consumer.refused(CORRECT, {"case_no": traces, **right, "phone": "1"}, 422) == "phone_invalid"


def test_what_no_bureau_handled_is_forgotten_to_the_last_cell(
    app: Flask,
    callers: Callers,
    shop: Shop,
    traces: str,
    double: Double,
    settings: Settings,
    work: Work,
    clock: FixedClock,
) -> None:
    work()
    openid = double.state.openid(MINI_APP_ID, "gu-ke")
    planted = [*PLANTED, openid]
    assert left(app, planted) == planted, "the control: all of it can be found"
    photos = list((settings.data_dir / "objects" / "evidence").rglob("*.jpg"))
    assert len(photos) == 1, "the control"
    member = again(callers, "zhan-wang")
    seen = member.get(f"/settlements/{traces}")
    consumer = again(callers)
    assert consumer.refused(ERASE, {"confirm": "删除"}, 422) == "invalid_input"
    kept = consumer.post(ERASE, SURE)["kept"]
    assert [one["what"][:6] for one in kept] == ["您同意或撤回", "操作记录：哪"]
    assert left(app, planted) == []
    clock.advance(minutes=1)
    work()
    assert not any(photo.exists() for photo in photos)
    if settings.sqlite:
        _check_files(app, Path(settings.database_url.removeprefix("sqlite:///")), planted)
    # The session is over; the same WeChat person is a new one here.
    assert consumer.api("GET", "/me", consumer.token).status_code == 401
    assert again(callers).get("/settlements")["settlements"] == []
    # The station sees the alias and what it did itself; nothing says that anybody asked.
    after = again(callers, "zhan-wang").get(f"/settlements/{traces}")
    assert (after["alias"], after["state"], after["amount_fen"]) == (seen["alias"], "performed", seen["amount_fen"])
    assert [word for word in ("注销", "删除", "本人", "撤回") if word in str(after)] == []


def test_what_the_bureau_handled_stays_with_its_reason_until_its_period_is_over(
    app: Flask, callers: Callers, shop: Shop, clock: FixedClock
) -> None:
    consumer, member, officer = callers.person("gu-ke"), callers.member(shop), callers.staff()
    number = consumer.post("/settlements", request_body(shop, facts=FACTS, identity=IDENTITY), 201)["case_no"]
    member.post(f"/settlements/{number}/refuse", {"text": "不是我们卖的。"})
    complaint = consumer.post(f"/settlements/{number}/escalate", None, 201)["case_no"]
    assert consumer.refused(ERASE, SURE) == "case_running"
    officer.post(f"/complaints/{complaint}/refuse", {"ground": "R16_3", "text": "不能证明存在消费者权益争议。"})
    consumer = again(callers)
    kept = consumer.post(ERASE, SURE)["kept"]
    assert kept[0]["what"].startswith("市场监管部门办理过的投诉")
    assert "个人信息保护法" in kept[0]["source"]
    values = [IDENTITY["name"], IDENTITY["phone"], "鹊桥路口"]
    assert left(app, values) == values
    from backend.background import RETENTION

    def after(days: int) -> str | None:
        clock.advance(days=days)
        with app.app_context():
            service.retain(RETENTION, really=True)
            with unit_of_work():
                idempotency.purge()
            with unit_of_work(read_only=True):
                return session().scalars(sa.select(Complainant)).one().phone

    assert after(179) == IDENTITY["phone"], "the control"
    assert after(2) == GONE
    assert left(app, values) == values, "the file is whole until its period is over"
    after(915)
    assert left(app, values) == []


def test_erasure_is_all_or_nothing(app: Flask, callers: Callers, traces: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last step fails: nothing is forgotten."""

    def fail(account_id: str) -> None:
        raise RuntimeError("boom")

    consumer = again(callers)
    monkeypatch.setattr("backend.accounts.personal.erase", fail)
    assert consumer.api("POST", ERASE, consumer.token, json=SURE).status_code == 500
    assert left(app, PLANTED) == PLANTED
    assert consumer.get("/me")["alias"]


def test_the_page_says_what_stays_and_hides_the_identity_until_one_signed_in_again(
    town: Town, traces: str, clock: FixedClock
) -> None:
    browser = town.person("gu-ke")
    page = browser.get("/my/data")
    assert IDENTITY["name"] in page
    answer = browser.post("/my/data", "/my/data/export")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert traces in answer.text
    clock.advance(minutes=10)
    page = browser.get("/my/data")
    assert IDENTITY["name"] not in page
    assert "重新登录" in page
    browser.refused("/my", "/my/data/erase", SURE, 409)
    browser = town.person("gu-ke")
    assert "账号已注销" in browser.done("/my/data", "/my/data/erase", SURE)


def _check_files(app: Flask, file: Path, planted: list[str]) -> None:
    """Nothing of it in the database's own file either, once its log is folded in."""
    with app.app_context():
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        content = b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))
        with unit_of_work(read_only=True):
            control = session().scalar(sa.text("SELECT alias FROM settlement LIMIT 1"))
    assert str(control).encode() in content, "the control: what stands there is found"
    assert [value for value in planted if value.encode() in content] == []
