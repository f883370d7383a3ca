"""Applying for a certificate on the web: saved as far as it is filled in, by two people at once, handed in when it is whole."""

import io
import re
from html import unescape

import pytest
from werkzeug.test import TestResponse

from backend.access.actor import Role
from backend.applications import service
from backend.merchants.rules import DUTIES
from tests.applications.desk import FORM, USCC
from tests.applications.making import applied, colleague, ends_soon, objected
from tests.enrolments.asking import asked, entered
from tests.pages.town import Browser, Shop, Town, hidden
from tests.scene import picture

Said = dict[str, str | list[str]]
#: Everything that the form's page asks for, but the photos.
WHOLE: Said = {
    **{name: FORM[name] for name in ("uscc", "trading_since", "statement")},
    **{f"checks.{code}": "true" for code in FORM["checks"]},
    "commitments": [*DUTIES, "no_reason_return"],
    "days.no_reason_return": "7",
    "is_true": "true",
}
HAND_IN: Said = {**WHOLE, "hand_in": "true"}


@pytest.fixture
def shop(town: Town) -> Shop:
    return ends_soon(town, "瓯越电器")


@pytest.fixture
def member(town: Town, shop: Shop) -> Browser:
    return town.member(shop)


def begun(who: Browser, number: str) -> str:
    """Begin a unit's application. returns the address of its form"""
    listed = f"/station/units/{number}/applications"
    page = who.get(listed)
    tap = {name: hidden(page, name) for name in ("csrf_token", "idempotency_key")}
    first, again = (who.client.post(listed, data=tap) for _ in range(2))
    assert first.status_code == again.status_code == 303
    assert first.headers["Location"] == again.headers["Location"]
    return str(first.headers["Location"])


def send(who: Browser, form: str, page: str, said: Said, **photos: list[bytes]) -> TestResponse:
    """Send the form as its page showed it. photos: licence, premises"""
    kept = {name: hidden(page, name) for name in ("csrf_token", "idempotency_key", "seen")}
    files = {name: [(io.BytesIO(one), "IMG_1.jpg") for one in sent] for name, sent in photos.items()}
    return who.client.post(form, data={**kept, **said, **files}, content_type="multipart/form-data")


def shown(answer: TestResponse, status: int) -> str:
    """The page that comes back for a form."""
    assert answer.status_code == status, answer.text
    return unescape(answer.text)


def filled_in(page: str, name: str) -> list[str]:
    """What is filled in or ticked under a name."""
    typed = re.findall(rf'name="{re.escape(name)}" type="\w+" value="([^"]*)"', page)
    ticked = re.findall(rf'name="{re.escape(name)}" value="([^"]*)" checked', page)
    return typed + ticked + re.findall(rf'<textarea[^>]*name="{name}"[^>]*>([^<]*)<', page)


def test_what_is_filled_in_stays_until_it_is_whole(member: Browser, shop: Shop) -> None:
    form = begun(member, shop.certificate_no)
    page = member.get(form)
    assert filled_in(page, "uscc") == [USCC], "from the register"
    assert filled_in(page, "commitments") == [*DUTIES]
    half: Said = {
        "uscc": USCC,
        "statement": "诉求当天答复。",
        "checks.licence": "false",
        "commitments": ["cooling_off"],
    }
    answer = send(member, form, page, half, premises=[picture("blue"), picture("green")])
    assert answer.headers["Location"] == form
    page = member.get(form)
    assert "已保存，还没有提交" in page
    assert "最多 6 张" in page
    assert page.count("店面和公示照片第") == 4, "two pictures, each with its box"
    # Handed in, it is refused with everything at its field; what was typed is there, and stored.
    page = shown(send(member, form, page, {**half, "statement": "诉求当日答复。", "hand_in": "true"}), 422)
    for name, fault in {
        "licence": "请拍营业执照的照片",
        "trading_since": "请选择开业日期",
        "commitments": "必须承诺：首问负责、先行赔付",
        "checks": "自查还有 13 项没有选",
        "checks.clear_price": "请选一项",
        "statement": "至少 20 个字",
        "is_true": "请勾选",
    }.items():
        beside = page.split(f'id="f-{name.replace(".", "-")}-error"')[1].split("</div>")[0]
        assert fault in beside, name
    assert 'id="f-checks-licence-error"' not in page
    assert (filled_in(page, "statement"), filled_in(page, "checks.licence")) == (["诉求当日答复。"], ["false"])
    assert filled_in(member.get(form), "statement") == ["诉求当日答复。"]
    # Whole, it is handed in once, however often the button is tapped; then it is read.
    answers = [send(member, form, page, HAND_IN, licence=[picture()]) for _ in range(2)]
    case = form.removesuffix("/form")
    assert [(one.status_code, one.headers["Location"]) for one in answers] == [(303, case)] * 2
    page = member.get(case)
    for words in ("已提交，等待初审", USCC, "100 分", FORM["statement"], "线下购物 7 天无理由退货", "营业执照照片"):
        assert words in page
    assert member.client.get(form).headers["Location"] == case


def test_of_two_who_type_at_once_neither_loses_anything(town: Town, member: Browser, shop: Shop) -> None:
    form, partner = begun(member, shop.certificate_no), town.member(shop, "zhan-li")
    mine, theirs = member.get(form), partner.get(form)
    assert send(partner, form, theirs, {**WHOLE, "statement": "合伙人写的。"}).status_code == 303
    malformed = {**WHOLE, "statement": "店主写的。", "trading_since": "去年"}
    page = shown(send(member, form, mine, malformed), 422)
    assert hidden(page, "seen") == hidden(mine, "seen"), "what a colleague stored is not passed over"
    page = shown(send(member, form, page, {**HAND_IN, "statement": "店主写的。"}), 409)
    assert "做法和成效" in page.split("不同的有：")[1].split("。")[0]
    assert "合伙人写的。" in page
    assert filled_in(page, "statement") == ["店主写的。"]
    assert filled_in(partner.get(form), "statement") == ["合伙人写的。"]
    # The control: having seen both, one of them is stored.
    assert send(member, form, page, {**WHOLE, "statement": "店主写的。"}).status_code == 303
    theirs = partner.get(form)
    assert filled_in(theirs, "statement") == ["店主写的。"]
    # What is typed while a colleague hands it in is shown, and not stored.
    assert send(member, form, member.get(form), HAND_IN, licence=[picture()]).status_code == 303
    late = shown(send(partner, form, theirs, {**HAND_IN, "statement": "合伙人又写的。"}), 409)
    assert filled_in(late, "statement") == ["合伙人又写的。"]
    assert "没有存下" in late
    assert 'type="submit"' not in late


def test_a_photo_that_is_none_is_named_and_everything_else_kept(member: Browser, shop: Shop) -> None:
    form = begun(member, shop.certificate_no)
    wrong = [picture("blue"), b"no picture"]
    page = shown(send(member, form, member.get(form), WHOLE, licence=[picture()], premises=wrong), 422)
    assert "不是能打开的照片" in page.split('id="f-premises-error"')[1].split("</div>")[0]
    assert 'id="f-licence-error"' not in page
    kept = re.findall(r'name="remove" value="(\d+)"', page)
    assert len(kept) == 2
    assert send(member, form, page, {**WHOLE, "remove": kept[:1]}, licence=[picture("green")]).status_code == 303
    left = re.findall(r'name="remove" value="(\d+)"', member.get(form))
    assert kept[1] in left
    assert kept[0] not in left
    assert len(left) == 2, "another licence in its place"


def test_what_came_back_is_mended_and_taken_back(town: Town, member: Browser, shop: Shop) -> None:
    number = applied(town, shop, "submitted")
    case, listed = f"/station/applications/{number}", f"/station/units/{shop.certificate_no}/applications"
    assert "接着填写" not in member.get(listed)
    town.act(service.ask_correction, town.staff(Role.CITY_OFFICER), number, text="请写明最近一次培训的日期。")
    assert f'href="{case}"' in member.get("/station")
    assert "请写明最近一次培训的日期。" in member.get(case)
    page = member.get(f"{case}/form")
    assert "请写明最近一次培训的日期。" in page
    assert (
        send(member, f"{case}/form", page, {**HAND_IN, "statement": FORM["statement"] + "十月培训。"}).status_code
        == 303
    )
    assert "十月培训。" in member.get(case)
    key = hidden(member.get(case), "idempotency_key")
    page = member.done(case, f"{case}/withdraw", {"idempotency_key": key})
    assert "申请已撤回" in page
    page = member.get(listed)
    assert "单位已撤回" in page
    assert ">申请续期</button>" in page


def test_who_may_not_apply_is_told_why_or_sees_nothing(town: Town, member: Browser, shop: Shop) -> None:
    standing = town.shop("江心茶馆")
    listed = f"/station/units/{standing.certificate_no}/applications"
    page = member.get(listed)
    assert "到期前 90 天起可以申请续期" in page
    assert ">2028年10月6日</time>起可以申请" in page
    key = {"idempotency_key": "asks-too-early"}
    assert "到期前 90 天" in shown(member.post(f"/station/units/{shop.certificate_no}/applications", listed, key), 409)
    stranger = town.member(town.shop("别家电器", station="别处维权联络站"), "zhan-li")
    form = begun(member, shop.certificate_no)
    stranger.get(f"/station/units/{shop.certificate_no}/applications", 404)
    stranger.get(form, 404)
    sent = send(stranger, form, stranger.get("/station/ready-answers") + member.get(form), WHOLE)
    assert sent.status_code == 404


def test_a_shop_that_was_entered_applies_for_the_first_time(town: Town, shop: Shop) -> None:
    owner = town.person("dian-zhu")
    number = asked(town, owner)
    entered(town, number, town.staff(Role.CITY_OFFICER))
    page = owner.get("/enrol")
    code = page.split("/join?code=")[1].split('"')[0]
    page = owner.done(f"/join?code={code}", "/join", {"code": code})
    applying = f"/station/units/{number}/applications"
    for place in (page, owner.get("/enrol"), owner.get("/station/units")):
        assert f'href="{applying}"' in place
    assert ">申请认定</button>" in owner.get(applying)
    assert "申请认定" in owner.get(begun(owner, number))


def test_an_objection_is_seen_where_the_station_begins(town: Town, shop: Shop, member: Browser) -> None:
    number = applied(town, shop, "public_notice")
    objection, waits = objected(town, number), "公示期间有人提出异议，等您答复"
    assert waits in member.get("/station")
    town.act(service.answer, colleague(shop), objection, text="告示已经撤下，菜单都标了价。")
    assert waits not in member.get("/station")


def test_the_list_of_units_says_which_may_renew_and_how_far_it_is(town: Town, shop: Shop, member: Browser) -> None:
    town.shop("江滨餐饮店")
    page = member.get("/station/units")
    assert "江滨餐饮店" in page
    assert page.count("现在可以申请续期") == 1, "the other's certificate runs on"
    applied(town, shop, "public_notice")
    page = member.get("/station/units")
    assert "申请续期：公示中" in page
    assert "现在可以" not in page
