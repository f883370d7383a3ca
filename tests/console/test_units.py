"""Units at the console: finding one, measures, plates, proposing a removal, inviting a station's member."""

import re

import pytest

from backend.access.actor import Role
from backend.merchants.rules import Category
from tests.console.office import YUEQING, Office
from tests.pages.town import Browser, Shop, Town

SEARCH = "/console/units"


@pytest.fixture
def page(shop: Shop) -> str:
    return f"{SEARCH}/{shop.certificate_no}"


def test_units_are_found_by_name_kind_and_county(town: Town, officer: Browser, shop: Shop) -> None:
    other = town.shop("江心屿酒家", category=Category.RESTAURANT)
    assert shop.name in officer.get(SEARCH)
    found = officer.get(f"{SEARCH}?words=江心屿")
    assert other.name in found
    assert shop.name not in found
    found = officer.get(f"{SEARCH}?category=restaurant&county=330302")
    assert other.name in found
    assert shop.name not in found
    assert "没有找到单位" in officer.get(f"{SEARCH}?county=330382")
    assert "共 2 家" in officer.get(f"{SEARCH}?category=nonsense&county=9&after=")


def test_a_long_list_goes_on(town: Town, officer: Browser) -> None:
    for count in range(21):
        town.shop(f"第{count}家店")
    first = officer.get(SEARCH)
    assert first.count('<th scope="row">') == 20
    following = re.search(r'href="([^"]+)" rel="next"', first)
    assert following is not None
    assert officer.get(following[1]).count('<th scope="row">') == 1


def test_a_certificate_number_or_a_plates_serial_leads_to_the_unit(officer: Browser, shop: Shop, page: str) -> None:
    for typed in (shop.certificate_no, shop.certificate_no.lower(), f"{shop.certificate_no}-01"):
        answer = officer.client.get(f"{SEARCH}?words={typed}")
        assert (answer.status_code, answer.headers["Location"]) == (303, page)
    assert "没有找到单位" in officer.get(f"{SEARCH}?words=FXXF-0")


def test_the_page_tells_what_is_known(officer: Browser, shop: Shop, page: str) -> None:
    text = officer.get(page)
    for words in (
        "温州瓯越电器有限公司",
        "有效",
        "证书有效期",
        "五马街维权联络站",
        "还没有人加入联络站",
        f"{shop.certificate_no}-01",
        "首问负责",
        "认定为放心消费单位，颁发证书",
    ):
        assert words in text


def test_a_measure_needs_a_ground(officer: Browser, page: str) -> None:
    text = officer.refused(page, f"{page}/rectify", {"form_scope": "rectify", "ground": ""})
    assert "公众看到的原因" in text
    assert '<details class="task" open>' in text


def test_rectified_suspended_and_restored(officer: Browser, page: str) -> None:
    text = officer.done(page, f"{page}/rectify", {"ground": "G07"})
    for words in ("整改中", "多次不答复消费者的和解诉求", "整改期限", "责令整改"):
        assert words in text
    text = officer.done(page, f"{page}/suspend", {"ground": "G04"})
    assert "发生食品安全事故" in text
    assert "暂停期限" in text
    text = officer.done(page, f"{page}/restore")
    assert "恢复证书" in text
    assert f'action="{page}/restore"' not in text
    assert f'action="{page}/rectify"' in text


def test_a_cancelled_certificate_takes_no_more_measures(officer: Browser, page: str) -> None:
    text = officer.done(page, f"{page}/cancel", {"ground": "G21"})
    assert "单位自愿退出" in text
    assert "不能再采取措施" in text
    assert f'action="{page}/suspend"' not in text
    officer.refused(page, f"{page}/suspend", {"ground": "G04"}, 409)


def test_a_removal_is_proposed_once(officer: Browser, page: str) -> None:
    fields = {"idempotency_key": "first-proposal", "form_scope": "propose", "ground": "G07", "statement": "短"}
    text = officer.refused(page, f"{page}/propose-removal", fields)
    assert "事实和依据：至少填写 10 个字。" in text
    fields["statement"] = "今年以来五次没有答复消费者的和解诉求。"
    first = officer.post(page, f"{page}/propose-removal", fields)
    again = officer.post(page, f"{page}/propose-removal", fields)
    assert first.status_code == again.status_code == 303
    assert first.headers["Location"] == again.headers["Location"]
    assert "提议撤销“瓯越电器”的证书" in officer.get(first.headers["Location"])
    text = officer.get(page)
    assert "有一件摘牌提案在办理" in text
    assert f'action="{page}/propose-removal"' not in text
    text = officer.refused(page, f"{page}/propose-removal", {**fields, "idempotency_key": "second-proposal"}, 409)
    assert "已有一件摘牌提案在办理" in text


def test_a_plate_is_voided(officer: Browser, shop: Shop, page: str) -> None:
    serial = f"{shop.certificate_no}-01"
    text = officer.refused(page, f"{page}/void-plate", {"form_scope": "void", "serial": serial})
    assert "为什么作废：这一项必须填写。" in text
    text = officer.done(page, f"{page}/void-plate", {"serial": serial, "reason": "cloned"})
    assert "已作废（被翻拍、仿冒）" in text
    assert f'action="{page}/void-plate"' not in text
    assert "已经作废" in officer.refused(page, f"{page}/void-plate", {"serial": serial, "reason": "lost"}, 409)


def test_a_plates_print_files(office: Office, officer: Browser, shop: Shop) -> None:
    address = f"{SEARCH}/plates/{shop.certificate_no}-01"
    for kind, begin in (("png", b"\x89PNG"), ("pdf", b"%PDF")):
        answer = officer.client.get(f"{address}.{kind}")
        assert answer.status_code == 200
        assert answer.data.startswith(begin)
    stranger = office.at_desk(Role.COUNTY_OFFICER, county=YUEQING)
    stranger.get(f"{address}.png", 404)


def test_a_member_is_invited_by_a_code_shown_once(officer: Browser, town: Town, page: str) -> None:
    answer = officer.post(page, f"{page}/invite", {"idempotency_key": "invite-one"})
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    code = re.search(r"<code>([0-9A-Z-]{19})</code>", answer.text)
    assert code is not None
    assert f"/join/{code[1]}" in answer.text
    assert 'src="data:image/svg+xml;base64,' in answer.text
    assert code[1] not in officer.get(page)
    member = town.person("xin-zhan-yuan")
    assert "五马街维权联络站" in member.get(f"/join?code={code[1]}")
    member.done(f"/join?code={code[1]}", "/join", {"code": code[1]})
    text = officer.get(page)
    assert member.actor().alias in text
    assert "还没有人加入联络站" not in text


#: Role → what of a unit's page it may do.
_DOES = {
    Role.COUNTY_OFFICER: {"rectify", "suspend", "cancel", "propose-removal", "void-plate", "invite"},
    Role.CITY_OFFICER: {"rectify", "suspend", "cancel", "propose-removal", "void-plate", "invite"},
    Role.JOINT_OFFICE: {"void-plate"},
    Role.COUNCIL: set(),
    Role.OPERATOR: {"invite"},
}
_EVERYTHING = {"rectify", "suspend", "cancel", "propose-removal", "void-plate", "invite"}


@pytest.mark.parametrize("role", _DOES)
def test_each_role_is_offered_what_it_may_do(office: Office, page: str, role: Role) -> None:
    desk = office.at_desk(role)
    text = desk.get(page)
    assert {step for step in _EVERYTHING if f'action="{page}/{step}"' in text} == _DOES[role]
    for step in _EVERYTHING - _DOES[role]:
        answer = desk.post("/console/password", f"{page}/{step}", {"idempotency_key": f"try-{step}"})
        assert answer.status_code == 403, step
    assert ("您的身份只能查看" in text) == ("rectify" not in _DOES[role])


def test_another_countys_officer_finds_no_such_unit(office: Office, shop: Shop, page: str) -> None:
    stranger = office.at_desk(Role.COUNTY_OFFICER, county=YUEQING)
    stranger.get(page, 404)
    assert shop.name not in stranger.get(SEARCH)
    assert stranger.post("/console/password", f"{page}/rectify", {"ground": "G07"}).status_code == 404
    assert shop.name in office.at_desk(Role.CITY_OFFICER).get(SEARCH), "the control"
