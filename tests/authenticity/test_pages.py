"""The pages: telling with one tap and a photo, the checker, a report with its receipt, and the officers' desks."""

import io
import re
from html import unescape

import pytest
from flask import Flask

from backend.access.actor import Role
from backend.infrastructure.rate_limit import limiter
from tests.authenticity.scanners import scan, wrong
from tests.console.office import Office
from tests.pages.town import Browser, Shop, Town
from tests.scene import picture

_LINK = re.compile(r'href="(/api/v1/report-photos/[^"]+)"')
_KEY = {"idempotency_key": "page-key-0001"}


@pytest.fixture
def passer_by(office: Office) -> Browser:
    """Somebody who did not sign in."""
    limiter.reset()
    return office.nobody()


def _tell(browser: Browser, shop: Shop, fields: dict[str, object], address: str) -> str:
    path = f"/b/{shop.token}/not-this-shop"
    sent = {"csrf_token": browser.csrf(path), "form_scope": "tell", **fields}
    answer = browser.client.post(
        path, data=sent, content_type="multipart/form-data", environ_base={"REMOTE_ADDR": address}
    )
    assert answer.status_code == 303, answer.text
    return browser.get(answer.headers["Location"])


def test_one_tap_tells_and_officers_alone_see_the_photo(
    app: Flask, shop: Shop, town: Town, office: Office, passer_by: Browser
) -> None:
    badge = passer_by.get(f"/b/{shop.token}")
    assert f"/b/{shop.token}/not-this-shop" in badge
    asked = passer_by.get(f"/b/{shop.token}/not-this-shop")
    assert "五马街 1 号" in asked
    assert asked.count('name="what"') == 4, "no sister branch, no button for it"
    noted = {"what": "other_shop", "note": "这里是一家奶茶店。", "photo": (io.BytesIO(picture()), "门头.jpg"), **_KEY}
    assert "已经收到" in _tell(passer_by, shop, noted, "203.0.113.1")
    again = {"what": "other_shop", "note": "这里是一家奶茶店。", "photo": (io.BytesIO(picture()), "门头.jpg"), **_KEY}
    assert "已经收到" in _tell(passer_by, shop, again, "203.0.113.1"), "the same form again"
    for number in (2, 3):
        _tell(
            passer_by,
            shop,
            {"what": "other_address", "idempotency_key": f"page-key-{number:04}"},
            f"203.0.113.{number}",
        )
    officer, member = office.at_desk(Role.COUNTY_OFFICER), town.member(shop)
    queue = officer.get("/console/clones")
    (number,) = set(re.findall(r"MY\d{8}-\w{7}", queue))
    page = officer.get(f"/console/clones/{number}")
    assert "这里是一家奶茶店。" in page
    assert "反映（3 条）" in page
    (photo, *_) = _LINK.findall(page)
    shown = officer.client.get(photo)
    assert (shown.status_code, shown.content_type, shown.headers["Cache-Control"]) == (200, "image/jpeg", "no-store")
    assert b"Exif" not in shown.data
    for stranger in (member, passer_by, office.at_desk(Role.CITY_OFFICER)):
        assert stranger.client.get(photo).status_code == 404
    assert member.client.get(f"/console/clones/{number}").status_code == 403
    assert "奶茶店" not in member.get("/station")


def test_a_chain_s_customers_can_say_so(town: Town, passer_by: Browser) -> None:
    first, second = town.shop("五马糕点"), town.shop("五马糕点南塘店")
    asked = passer_by.get(f"/b/{first.token}/not-this-shop")
    assert "同一品牌的另一家分店" in asked
    assert second.name in asked


def test_what_is_refused_comes_back_and_tells_nothing(
    app: Flask, shop: Shop, office: Office, passer_by: Browser
) -> None:
    path = f"/b/{shop.token}/not-this-shop"
    for fields in ({}, {"what": "bored"}, {"what": "other_shop", "note": "长" * 301}):
        assert "哪里不对" in passer_by.refused(path, path, fields)
    broken = {"csrf_token": passer_by.csrf(path), "what": "other_shop", "photo": (io.BytesIO(b"no photo"), "x.jpg")}
    answer = passer_by.client.post(path, data=broken, content_type="multipart/form-data")
    assert (answer.status_code, "不是能打开的照片" in unescape(answer.text)) == (422, True)
    assert passer_by.client.get("/b/1.7K3QX9C2M4TP.AbC_dEf-12/not-this-shop").status_code == 404
    assert "没有线索" in office.at_desk(Role.COUNTY_OFFICER).get("/console/clones")


def test_the_desk_opens_checks_and_dismisses(app: Flask, shop: Shop, office: Office) -> None:
    scan(app, shop.token, 31)
    wrong(app, shop.token)
    officer = office.at_desk(Role.COUNTY_OFFICER)
    queue = officer.get("/console/clones")
    assert "这里是另一家店 1 人" in queue
    assert "一小时 31 次" in queue
    serial = f"{shop.certificate_no}-01"
    opened = officer.done("/console/clones", "/console/clones/open", {"serial": serial, "idempotency_key": "open-0001"})
    (number,) = set(re.findall(r"MY\d{8}-\w{7}", opened))
    path = f"/console/clones/{number}"
    assert "您是承办人" in officer.done(path, f"{path}/check")
    text = {"ground": "nothing_found", "text": "到登记地址和周边查看，牌在原处。"}
    assert "标牌照常有效" in officer.done(path, f"{path}/dismiss", text)
    assert "没有发现冒用" in officer.get(path)


def test_a_report_gives_a_receipt_and_the_desk_answers(
    app: Flask, shop: Shop, office: Office, passer_by: Browser
) -> None:
    fields = {
        "county_code": "330302",
        "place": "公园路 9 号一楼前台",
        "words": "诚信示范单位",
        "price_fen": "2,980",
        "seller": "业务员濮阳静姝",
        "idempotency_key": "report-0001",
    }
    first = passer_by.post("/fake-plaques/report", "/fake-plaques/report", fields)
    assert first.status_code == 200
    assert first.headers["Cache-Control"] == "no-store"
    number, code = re.findall(r"<dd>(JP\d{8}-\w{7}|\w{10})</dd>", first.text)
    repeated = passer_by.post("/fake-plaques/report", "/fake-plaques/report", fields)
    assert code in repeated.text, "the same form again gives the same receipt"
    officer = office.at_desk(Role.COUNTY_OFFICER)
    assert officer.get("/console/fake-plaques").count(f">{number}<") == 1
    path = f"/console/fake-plaques/{number}"
    page = officer.get(path)
    assert all(words in page for words in ("公园路 9 号", "业务员濮阳静姝", "2,980 元"))
    officer.done(path, f"{path}/hand-over", {"text": "已移交综合执法队立案调查。"})
    shown = passer_by.post("/progress", "/progress", {"case_no": number.lower(), "code": code})
    assert "已移交综合执法队立案调查。" in shown.text
    assert "濮阳静姝" not in shown.text
    assert passer_by.post("/progress", "/progress", {"case_no": number, "code": "0" * 10}).status_code == 404


def test_the_checker_answers_and_the_list_is_kept_at_the_console(
    shop: Shop, office: Office, passer_by: Browser
) -> None:
    council = office.at_desk(Role.COUNCIL)
    known = {
        "title": "“第三届放心消费示范单位”铜牌",
        "words": "第三届放心消费示范单位\n品牌推广中心",
        "telling": "没有编号和二维码。",
        "source": "消费者权益保护委员会提示",
        "price_fen": "2980",
        "idempotency_key": "known-0001",
    }
    listed = council.done("/console/known-fakes", "/console/known-fakes/add", known)
    (number,) = set(re.findall(r"JM\d{8}-\w{7}", listed))
    assert "2,980 元" in passer_by.get("/plaques")
    for words, verdict in (
        ("第三届放心消费示范单位", "这是已知的假牌"),
        (shop.certificate_no, "这个编号是我们发的"),
        ("全国诚信品牌", "不是我们发的"),
        (shop.name, "还要核对牌上的编号"),
    ):
        assert verdict in unescape(passer_by.post("/plaques", "/plaques", {"words": words}).text), words
    assert "请填写牌上的字" in passer_by.refused("/plaques", "/plaques", {})
    blank = {"csrf_token": passer_by.csrf("/plaques"), "photo": (io.BytesIO(picture()), "牌.jpg")}
    unread = passer_by.client.post("/plaques", data=blank, content_type="multipart/form-data")
    assert "照片里没有看到二维码" in unread.text
    council.done("/console/known-fakes", "/console/known-fakes/withdraw", {"number": number})
    assert "名单里现在没有" in passer_by.get("/plaques")
    assert office.at_desk(Role.COUNTY_OFFICER).client.get("/console/known-fakes").status_code == 403
