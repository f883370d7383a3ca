"""The public record at the console and on the station's phone: sent, looked at, shown; entered, taken down."""

import io
from html import unescape

import pytest

from backend.access.actor import Role
from backend.infrastructure.database import new_id
from backend.merchants.rules import Category
from tests.console.office import Office
from tests.pages.town import Browser, Shop, Town
from tests.scene import picture


@pytest.fixture
def eatery(town: Town) -> Shop:
    return town.shop("江心海鲜", category=Category.RESTAURANT)


def _key() -> dict[str, str]:
    return {"idempotency_key": new_id()}


def _send(browser: Browser, page: str, path: str, content: bytes | None) -> str:
    photo = {} if content is None else {"photo": (io.BytesIO(content), "店面.jpg")}
    sent = {"csrf_token": browser.csrf(page), **photo}
    answer = browser.client.post(path, data=sent, content_type="multipart/form-data")
    if answer.status_code == 303:
        return browser.get(answer.headers["Location"])
    return unescape(answer.text)


def test_a_stations_photo_and_reply_go_through_the_officers_queue(town: Town, office: Office, eatery: Shop) -> None:
    member, officer = town.member(eatery), office.at_desk(Role.COUNTY_OFFICER)
    page, badge = f"/station/units/{eatery.certificate_no}", f"/b/{eatery.token}"
    assert eatery.name in member.get("/station/units")
    assert "请选择一张照片" in _send(member, page, f"{page}/photo", None)
    assert "工作人员看过以后公开" in _send(member, page, f"{page}/photo", picture(size=(640, 480)))
    words = "排队的问题正在解决。"
    member.done(page, f"{page}/reply", {"form_scope": "reply-ratings", "text": words, "about": "", **_key()})
    assert "等待审核" in member.get(page)
    assert "data:image/jpeg" not in member.get(badge)
    queue = officer.get("/console/public-record")
    assert words in queue
    photo = queue.split("photos/")[1].split(".jpg")[0]
    assert officer.client.get(f"/console/public-record/photos/{photo}.jpg").content_type == "image/jpeg"
    officer.done("/console/public-record", "/console/public-record/photos", {"number": photo, "show": "true"})
    reply = queue.split("编号 HY")[1].split("，")[0]
    values = {"number": f"HY{reply}", "show": "false", "form_scope": "refuse"}
    assert "不公开要写明理由" in officer.refused("/console/public-record", "/console/public-record/replies", values)
    officer.done("/console/public-record", "/console/public-record/replies", values | {"reason": "请写清楚怎样解决。"})
    assert "data:image/jpeg" in member.get(badge)
    assert words not in member.get(badge)
    assert "请写清楚怎样解决。" in member.get(page)
    member.get("/console/public-record", 403)


def test_an_officer_enters_and_takes_down(town: Town, office: Office, eatery: Shop) -> None:
    officer = office.at_desk(Role.COUNTY_OFFICER)
    page, badge = f"/console/units/{eatery.certificate_no}/record", f"/b/{eatery.token}"
    assert "公示信息" in officer.get(f"/console/units/{eatery.certificate_no}")
    assert "店面照片已公开" in _send(officer, page, f"{page}/photo", picture(size=(640, 480)))
    grade = {"kind": "year", "level": "excellent", "graded_on": "2026-10-12", "source": "鹿城区市场监管局", **_key()}
    officer.done(page, f"{page}/grade", grade)
    entry = {"kind": "penalty", "text": "后厨地面积水，责令改正。", "decided_on": "2026-11-20"}
    entry |= {"source_url": "ftp://x", "shown_until": "2027-02-20", **_key()}
    assert "以 https:// 开头" in officer.refused(page, f"{page}/entry", entry)
    shown = officer.done(page, f"{page}/entry", entry | {"source_url": "https://scjgj.example.gov.cn/9"})
    number = shown.split('name="entry" value="')[1].split('"')[0]
    for words in ("A 级（优秀）", "后厨地面积水", "data:image/jpeg"):
        assert words in officer.get(badge)
    officer.done(page, f"{page}/withdraw", {"entry": number, "reason": "处罚决定经行政复议撤销。"})
    assert "后厨地面积水" not in officer.get(badge)


def test_the_council_sees_no_form_that_is_not_its_own(office: Office, eatery: Shop) -> None:
    council = office.at_desk(Role.COUNCIL)
    page = council.get(f"/console/units/{eatery.certificate_no}/record")
    assert "消费警示" in page
    assert "换一张店面照片" not in page
    assert 'value="penalty"' not in page
    assert 'value="warning"' in page


def test_a_station_sees_its_own_units_alone(town: Town, eatery: Shop) -> None:
    other = town.member(town.shop("鹿城书店", station="南塘联络站"), "zhan-li")
    assert eatery.name not in other.get("/station/units")
    other.get(f"/station/units/{eatery.certificate_no}", 404)
