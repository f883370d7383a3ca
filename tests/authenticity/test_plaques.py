"""The plaque checker and reports of false plaques, over HTTP on both databases."""

import io
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from backend.access.actor import Role
from backend.authenticity import checking, service
from backend.authenticity.plaque_words import normal
from backend.badges import queries as badges
from backend.badges import service as badge_service
from backend.infrastructure.database import Base, db, unit_of_work
from backend.kernel.clock import FixedClock
from tests.pages.town import Shop, Town
from tests.scene import Callers, both, picture

KNOWN = {
    "title": "“第三届放心消费示范单位”铜牌",
    "words": ["第三届 放心消费示范单位", "某某品牌网"],
    "telling": "没有编号和二维码，说交钱就能挂。",
    "source": "温州市消费者权益保护委员会 2026 年 2 月提示",
    "price_fen": 298000,
}
REPORT = {
    "county_code": "330302",
    "place": "公园路 9 号一楼前台",
    "words": "第三届放心消费示范单位",
    "price_fen": 298000,
    "seller": "业务员濮阳静姝，电话 13957786420",
    "note": "说不用审核。",
}


def _counts(app: Flask) -> dict[str, int]:
    with app.app_context(), db.engine.connect() as connection:
        return {
            table.name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in Base.metadata.sorted_tables
        }


def _check(client: FlaskClient, words: str) -> Any:
    answer = client.post("/api/v1/plaque-checks", json={"words": words})
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def _photo(client: FlaskClient, content: bytes) -> Any:
    files = {"photo": (io.BytesIO(content), "牌.jpg")}
    return client.post("/api/v1/plaque-checks/photo", data=files, content_type="multipart/form-data")


def test_a_number_is_found_however_it_is_written(client: FlaskClient, shop: Shop) -> None:
    assert shop.certificate_no == "FXXF-330302-2026-00001"
    for typed, serial in (
        ("FXXF-330302-2026-00001", None),
        ("编号：ｆｘｘｆ－330302－2026－00001－01", "FXXF-330302-2026-00001-01"),
        ("fxxf330302202600001", None),
        ("FXXF 330302 2026 00001 01 号", "FXXF-330302-2026-00001-01"),
        ("放心消费单位，证书FXXF-330302-2026-00001，温州市", None),
    ):
        found = _check(client, typed)
        assert (found["verdict"], [unit["serial"] for unit in found["units"]]) == ("ours", [serial]), typed
    for typed in ("FXXF-330302-2026-0001", "FXXF-330302-2026-00001-02", "FXXF-330302-2026-00002", "2026", "00001"):
        assert _check(client, typed)["verdict"] == "not_ours", typed


def test_words_are_compared_without_punctuation_and_width() -> None:
    assert normal("“第三届”　放心消费·示范单位！") == "第三届放心消费示范单位"


def test_what_a_plaque_is(client: FlaskClient, callers: Callers, town: Town, shop: Shop) -> None:
    callers.staff(Role.COUNCIL).post("/known-fakes", KNOWN, 201)
    town.shop("江心海鲜")
    ours = _check(client, f"放心消费单位 {shop.certificate_no}-01")
    assert (ours["verdict"], ours["verdict_zh"]) == ("ours", "这个编号是我们发的")
    (unit,) = ours["units"]
    assert (unit["name"], unit["standing"], unit["serial"]) == ("瓯越电器", "VALID", f"{shop.certificate_no}-01")
    assert _check(client, shop.certificate_no.lower())["units"][0]["serial"] is None
    assert _check(client, shop.token)["verdict"] == "not_ours", "a token is no word on a plaque"
    named = _check(client, "江心海鲜")
    assert (named["verdict"], [one["name"] for one in named["units"]]) == ("name_only", ["江心海鲜"])
    fake = _check(client, "荣获 第三届“放心消费示范单位”称号")
    assert (fake["verdict"], [one["title"] for one in fake["fakes"]]) == ("known_fake", [KNOWN["title"]])
    copied = _check(client, f"第三届放心消费示范单位 {shop.certificate_no}")
    assert (copied["verdict"], copied["units"][0]["name"]) == ("known_fake", "瓯越电器")
    for typed in (f"{shop.certificate_no}-77", "FXXF-330302-2026-99999", "质量信得过单位", "%", "鞋"):
        assert _check(client, typed)["verdict"] == "not_ours", typed


def test_a_certificate_that_ended_is_ours_and_says_so(client: FlaskClient, callers: Callers, shop: Shop) -> None:
    callers.staff().post(f"/certificates/{shop.certificate_no}/suspend", {"ground": "G01"})
    assert _check(client, shop.certificate_no)["units"][0]["standing"] == "SUSPENDED"
    callers.staff().post(f"/plates/{shop.certificate_no}-01/void", {"reason": "cloned"})
    assert _check(client, f"{shop.certificate_no}-01")["units"][0]["standing"] == "SUSPENDED"


def test_a_photo_is_read_and_not_kept(app: Flask, client: FlaskClient, town: Town, shop: Shop) -> None:
    with app.app_context(), unit_of_work(read_only=True):
        artwork = badge_service.artwork_png(badges.plates_of_unit(shop.unit_id)[0])
    small = io.BytesIO()
    Image.open(io.BytesIO(artwork)).convert("RGB").resize((874, 1240)).save(small, "JPEG", quality=60)
    before = _counts(app)
    data = app.extensions["fangxin"].settings.data_dir
    files = sorted(path for path in data.rglob("*") if path.is_file())
    answer = _photo(client, small.getvalue())
    assert answer.status_code == 200
    assert (answer.get_json()["verdict"], answer.get_json()["units"][0]["name"]) == ("ours", "瓯越电器")
    assert _photo(client, picture()).get_json()["code"] == "nothing_to_check"
    assert _photo(client, b"no picture").get_json()["code"] == "photo_unreadable"
    assert _counts(app) == before
    assert sorted(path for path in data.rglob("*") if path.is_file()) == files


def test_a_code_that_leads_elsewhere_is_named_and_not_followed(app: Flask) -> None:
    with app.app_context(), unit_of_work(read_only=True):
        for code, host in (
            ("https://pay.example/b/1.7K3QX9C2M4TP.AbC_dEf-12", "pay.example"),
            ("weixin://wxpay/bizpayurl?pr=x", "wxpay"),
            ("第三届放心消费", "不是网址"),
            ("http://[bad", "不是网址"),
        ):
            found = checking.check(codes=[code])
            assert (found.verdict, found.foreign) == (checking.Verdict.NOT_OURS, [host])


def test_only_the_council_the_office_and_the_city_keep_the_list(callers: Callers, client: FlaskClient) -> None:
    for caller in (callers.staff(), callers.person("gu-ke"), callers.volunteer(), callers.staff(Role.OPERATOR)):
        assert caller.refused("/known-fakes", KNOWN, 403) == "action_not_permitted"
    office = callers.staff(Role.JOINT_OFFICE)
    assert office.refused("/known-fakes", {**KNOWN, "words": ["放心"]}, 422) == "word_too_short"
    number = office.post("/known-fakes", KNOWN, 201)["number"]
    assert [one["number"] for one in client.get("/api/v1/known-fakes").get_json()["known_fakes"]] == [number]
    callers.staff(Role.CITY_OFFICER).post(f"/known-fakes/{number}/withdraw")
    assert office.refused(f"/known-fakes/{number}/withdraw") == "known_fake_withdrawn"
    assert client.get("/api/v1/known-fakes").get_json()["known_fakes"] == []
    assert _check(client, "第三届放心消费示范单位")["verdict"] == "not_ours"


def test_a_report_reaches_enforcement_and_its_author_reads_the_outcome(
    app: Flask, callers: Callers, notices: Callable[..., list[tuple[str, str]]]
) -> None:
    officer, nobody = callers.staff(), callers.nobody()
    received = nobody.post("/fake-plaque-reports", REPORT, 201)
    number, code = received["case_no"], received["access_code"]
    assert notices(officer) == both("fake_reported")
    (shown,) = officer.get("/fake-plaque-reports")["fake_plaque_reports"]
    assert {name: shown[name] for name in REPORT} == REPORT
    stored = repr([list(row) for row in _rows(app, "fake_report")])
    assert "濮阳静姝" not in stored
    assert "公园路" not in stored
    assert "第三届" in stored, "the control: what is not sealed is found"
    look = {"case_no": number, "code": f"{code[:4]}-{code[4:].lower()}"}
    assert nobody.post("/fake-plaque-reports/progress", look)["state"] == "received"
    decided = officer.post(f"/fake-plaque-reports/{number}/hand-over", {"text": "已移交鹿城区综合执法队立案调查。"})
    assert decided["state"] == "handed_over"
    assert officer.refused(f"/fake-plaque-reports/{number}/close", {"text": "没有发现这样的牌。"}) == "not_possible_now"
    told = nobody.post("/fake-plaque-reports/progress", look)
    assert (told["state_zh"], told["decision_text"]) == ("已移交执法", "已移交鹿城区综合执法队立案调查。")
    assert set(told) == {"case_no", "state", "state_zh", "opened_at", "decision_text"}
    for wrong in ({**look, "code": "0000000000"}, {**look, "case_no": "JP20261123-0000013"}, {**look, "case_no": "x"}):
        assert nobody.refused("/fake-plaque-reports/progress", wrong, 404) == "progress_not_found"


def _rows(app: Flask, table: str) -> list[Any]:
    with app.app_context(), db.engine.connect() as connection:
        return list(connection.execute(sa.select(Base.metadata.tables[table])))


def test_a_report_is_read_by_the_countys_bureau_alone(callers: Callers, shop: Shop) -> None:
    number = callers.nobody().post("/fake-plaque-reports", REPORT, 201)["case_no"]
    path = f"/fake-plaque-reports/{number}"
    assert callers.staff(county="330382").get(path, 404)["code"] == "record_not_found"
    others = (Role.COUNCIL, Role.JOINT_OFFICE, Role.OPERATOR)
    for caller in (callers.member(shop), callers.person("gu-ke"), *map(callers.staff, others)):
        assert caller.get(path, 403)["code"] == "action_not_permitted"
    assert callers.staff(Role.CITY_OFFICER).get(path)["place"] == REPORT["place"]


def test_a_report_without_a_county_reaches_the_city(
    callers: Callers, notices: Callable[..., list[tuple[str, str]]]
) -> None:
    county, city = callers.staff(), callers.staff(Role.CITY_OFFICER)
    callers.nobody().post("/fake-plaque-reports", {"county_code": "330300", "place": "电话推销"}, 201)
    assert (notices(county), notices(city)) == ([], both("fake_reported"))
    assert county.get("/fake-plaque-reports")["fake_plaque_reports"] == []


def test_what_is_late_is_told(
    app: Flask, callers: Callers, clock: FixedClock, notices: Callable[..., list[tuple[str, str]]]
) -> None:
    city = callers.staff(Role.CITY_OFFICER)
    callers.nobody().post("/fake-plaque-reports", REPORT, 201)
    clock.advance(days=22)
    with app.app_context():
        assert service.sweep() == 1
    assert notices(city)[-2:] == both("deadline_missed")
