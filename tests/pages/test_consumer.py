"""A consumer's way: the plate's page, the register, rating, a request, escalation, progress; all as a browser does it."""

import io
import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from backend.access.actor import Role
from backend.certification.rules import Ground
from backend.complaints import service as complaints
from backend.infrastructure import current
from backend.kernel.clock import FixedClock
from backend.supervision import service as supervision
from tests.pages.town import IDENTITY, Town, hidden

_ASKED = {
    "nature": "quality",
    "wanted": "return",
    "amount_fen": "128.50",
    "facts": "买的电饭煲用了三天就不通电，店里说要自己寄回厂家。",
}


def _filled(app: Flask, **more: str) -> dict[str, str]:
    with app.app_context():
        return {**_ASKED, "happened_on": current.today().isoformat(), "idempotency_key": "k-" + "1" * 20, **more}


def test_a_plate_opens_without_sign_in_or_cookie(town: Town, client: FlaskClient) -> None:
    shop = town.shop("瓯味面馆")
    answer = client.get(f"/b/{shop.token}")
    assert answer.status_code == 200
    assert shop.name in answer.text
    assert "证书有效" in answer.text
    assert "绝不要求付款" in answer.text
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("token", ["x", "1.7K3QX9C2M4TP.AbC_dEf-12", "%00", "1." + "A" * 500])
def test_a_foreign_code_is_said_to_be_foreign(client: FlaskClient, token: str) -> None:
    answer = client.get(f"/b/{token}")
    assert answer.status_code == 404
    assert "不是我们发的" in answer.text


def test_a_revoked_unit_is_red_at_the_next_look(town: Town, app: Flask, client: FlaskClient, clock: FixedClock) -> None:
    shop = town.shop("瓯味面馆")
    assert "证书有效" in client.get(f"/b/{shop.token}").text
    first, second = town.staff(Role.CITY_OFFICER), town.staff(Role.CITY_OFFICER)
    statement = "多次拒绝履行和解约定，经催告仍不改正。"
    proposed = town.act(
        supervision.propose, first, shop.certificate_no, ground=Ground.G08_NOT_PERFORMED, statement=statement
    )
    clock.advance(days=30)
    with app.app_context():
        supervision.sweep()
    town.act(supervision.decide, second, proposed.case_no, revoke=True, text="证据充分，决定撤销。")
    shown = client.get(f"/b/{shop.token}").text
    assert "证书有效" not in shown
    assert "摘牌" in shown
    assert shop.name in client.get("/units?standing=REVOKED").text


def test_the_register_is_searched_by_everybody(town: Town, client: FlaskClient) -> None:
    shop = town.shop("瓯味面馆")
    assert shop.name in client.get("/units", query_string={"q": shop.name[:3]}).text
    assert shop.name not in client.get("/units?q=没有这样的店").text
    assert shop.name in client.get(f"/units/{shop.certificate_no}").text
    assert client.get("/units/没有").status_code == 404
    for odd in ("?after=x", "?q=%00", "?category=%00&county=9&standing=zz", "?q=" + "长" * 500):
        assert client.get("/units" + odd).status_code == 200


def test_signing_in_by_wechat_leads_back(town: Town, client: FlaskClient) -> None:
    shop = town.shop("瓯味面馆")
    asked = client.get(f"/b/{shop.token}/complain")
    assert asked.status_code == 303
    assert asked.headers["Location"].startswith("/sign-in?next=")
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(asked.headers["Location"]).text)
    assert token
    away = client.post("/sign-in", data={"csrf_token": token[1], "next": "https://elsewhere.example/"})
    assert away.status_code == 303
    assert away.headers["Location"].startswith(town.double.base_url)
    assert client.get("/sign-in/wechat?code=x&state=stranger").status_code in {401, 303}


def test_a_rating_is_sent_shown_to_its_author_and_withdrawn(town: Town, app: Flask) -> None:
    shop, consumer = town.shop("瓯味面馆"), town.person("lin-xiao")
    at = f"/b/{shop.token}/rate"
    ticket = re.search(r'name="visit_ticket" value="([^"]+)"', consumer.get(at))
    assert ticket
    sent = {"visit_ticket": ticket[1], "text": "鱼丸很新鲜", "idempotency_key": "r-" + "2" * 20}
    assert "请" in consumer.refused(at, at, {**sent})
    shown = consumer.done(at, at, {**sent, "stars": "5", "idempotency_key": "r-" + "3" * 20})
    assert "鱼丸很新鲜" in shown
    number = re.search(r'action="(/my/ratings/[^"]+/withdraw)"', shown)
    assert number
    assert "您已撤回" in consumer.done("/my/ratings", number[1])


def test_a_request_is_sent_from_the_register(town: Town, app: Flask) -> None:
    """Who is at home with what they bought has no badge to scan."""
    shop, consumer = town.shop("瓯味面馆"), town.person("lin-xiao")
    unit = f"/units/{shop.certificate_no}"
    at = f"{unit}/complain"
    assert f'href="{at}"' in consumer.get(unit)
    assert "visit_ticket" not in consumer.get(at)
    assert "至少填写 10 个字" in consumer.refused(at, at, _filled(app, facts="太短"))
    shown = consumer.done(at, at, _filled(app, also_report="true", idempotency_key="k-" + "5" * 20))
    assert "已经送到联络站" in shown
    assert f'value="{shop.name}"' in shown, "the report that follows names the unit"
    for key in "67":
        consumer.done(at, at, _filled(app, idempotency_key="k-" + key * 20))
    shown = consumer.get(at)
    assert "办结一件，才能再提一件" in shown
    assert "提交诉求" not in shown
    consumer.get("/units/没有/complain", 404)


def test_a_request_that_is_not_answered_goes_to_the_bureau(town: Town, app: Flask, clock: FixedClock) -> None:
    shop, consumer = town.shop("瓯味面馆"), town.person("lin-xiao")
    at = f"/b/{shop.token}/complain"
    refused = consumer.refused(at, at, _filled(app, facts="太短"))
    assert "至少填写 10 个字" in refused
    assert 'value="128.50"' in refused
    shown = consumer.done(at, at, _filled(app, idempotency_key="k-" + "4" * 20))
    found = re.search(r"编号 (HJ\w+-\w+)，查询码 ([\w-]+)", shown)
    assert found
    number, code = found.groups()
    case = f"/my/cases/{number}"
    assert "依据" in shown
    assert "答复期限还没到" in shown
    early = consumer.post(case, f"{case}/escalate", {"idempotency_key": "e-" + "1" * 20})
    assert early.status_code == 409
    clock.advance(hours=97)
    with app.app_context():
        complaints.sweep()
    partly = {"name": IDENTITY.name, "idempotency_key": "e-" + "2" * 20}
    consumer.refused(case, f"{case}/escalate", partly)
    nowhere = {"name": IDENTITY.name, "phone": IDENTITY.phone, "idempotency_key": "e-" + "4" * 20}
    assert "投诉必须填写。" in consumer.refused(case, f"{case}/escalate", nowhere)
    whole = {"name": IDENTITY.name, "phone": IDENTITY.phone, "address": IDENTITY.address}
    shown = consumer.done(case, f"{case}/escalate", {**whole, "idempotency_key": "e-" + "3" * 20})
    assert "已转市场监管部门" in shown
    assert IDENTITY.phone not in shown
    assert "谁查看过您的身份" not in shown
    lodged = re.search(r"投诉编号 (TS\w+-\w+)", shown)
    assert lodged
    town.act(complaints.reveal_identity, town.staff(Role.CITY_OFFICER), lodged[1], purpose="电话联系，核实事实")
    assert "谁查看过您的身份" in consumer.get(case)
    assert shop.name in consumer.get("/my")
    stranger = town.person("stranger")
    stranger.get(case, 404)
    answer = stranger.post("/progress", "/progress", {"case_no": number.lower(), "code": code})
    assert answer.status_code == 200
    assert stranger.post("/progress", "/progress", {"case_no": lodged[1], "code": code}).text == answer.text
    assert "不在这里查" in stranger.refused("/progress", "/progress", {"case_no": "GD2026", "code": code}, status=404)
    page = unescape(answer.text)
    assert "投诉送到市场监管部门" in page
    assert _ASKED["facts"] not in page
    for wrong in ({"code": "AAAAA-AAAAA"}, {"case_no": "HJ20261123-0000013"}, {"case_no": "HJ2026"}):
        again = stranger.refused("/progress", "/progress", {"case_no": number, "code": code, **wrong}, status=404)
        assert "编号或查询码不对" in again
        assert all(f'value="{typed}"' in again for typed in wrong.values()), "what was typed stands there still"


def test_a_request_says_what_is_wanted(town: Town, app: Flask) -> None:
    shop, consumer = town.shop("瓯味面馆"), town.person("lin-xiao")
    at = f"/b/{shop.token}/complain"
    nothing = {name: value for name, value in _filled(app).items() if name != "wanted"}
    page = consumer.refused(at, at, nothing)
    assert "您要求怎样解决：请至少选择一项要求。" in page
    assert shop.name not in consumer.get("/my")


def test_an_offer_is_accepted_and_confirmed(town: Town) -> None:
    shop, consumer = town.shop("瓯味面馆"), town.person("lin-xiao")
    number = town.offered(shop, town.member(shop), consumer)
    case = f"/my/cases/{number}"
    assert "带小票来店里" in consumer.get(case)
    consumer.done(case, f"{case}/accept", {"offer": hidden(consumer.get(case), "offer")})
    assert "办结" in consumer.done(case, f"{case}/confirm")


def test_a_photo_is_added_without_its_place(town: Town) -> None:
    shop, consumer = town.shop("瓯味面馆"), town.person("lin-xiao")
    number = town.request(shop, consumer)
    case = f"/my/cases/{number}"
    picture = io.BytesIO()
    Image.new("RGB", (320, 240), "teal").save(picture, "JPEG")
    picture.seek(0)
    sent = {"csrf_token": consumer.csrf(case), "photo": (picture, "小票.jpg")}
    answer = consumer.client.post(f"{case}/photos", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 303, answer.text
    link = re.search(r'src="(/api/v1/evidence/[^"]+)"', consumer.get(case))
    assert link
    assert consumer.client.get(link[1]).content_type == "image/jpeg"
    sent = {"csrf_token": consumer.csrf(case), "photo": (io.BytesIO(b"no picture"), "x.jpg")}
    refused = consumer.client.post(f"{case}/photos", data=sent, content_type="multipart/form-data")
    assert refused.status_code == 422
    assert "照片" in unescape(refused.text)


def test_signing_out_ends_the_session(town: Town) -> None:
    consumer = town.person("lin-xiao")
    consumer.done("/my", "/sign-out")
    assert consumer.client.get("/my").status_code == 303
