"""Returning a complaint at the console, and the office's page for what was returned three times."""

import pytest

from backend.access.actor import Role
from tests.console.office import PERSONAL, YUEQING, Office
from tests.pages.town import Browser, Shop

QUEUE = "/console/complaints"
OFFICE = "/console/returned"
RUIAN, OUHAI = "330381", "330304"


def moved_to(county: str, **changed: str) -> dict[str, str]:
    """The filled-in form."""
    return {
        "form_scope": "pass-on",
        "target": county,
        "trade": "premises",
        "place": county,
        "domicile": county,
        "platform": "",
        "reason": "经现场核实，该店已搬走，本辖区没有经营场所。",
        **changed,
    }


@pytest.fixture
def case(office: Office, shop: Shop, consumer: Browser) -> str:
    return f"{QUEUE}/{office.complaint(shop, consumer)}"


def test_the_form_is_filled_with_what_the_register_knows_and_says_what_is_wrong(officer: Browser, case: str) -> None:
    page = officer.get(case)
    assert '<option value="330302" selected>鹿城区</option>' in page
    assert "还可以退回 2 次" in page
    page = officer.refused(case, f"{case}/pass-on", moved_to(RUIAN, place="330302"), 409)
    assert "由最先收到的处理" in page
    page = officer.refused(case, f"{case}/pass-on", moved_to(RUIAN, reason="不归我管"))
    assert "至少填写 10 个字" in page


def test_three_returns_and_the_office_assigns(officer: Browser, office: Office, consumer: Browser, case: str) -> None:
    number = case.rsplit("/", 1)[1]
    assert "已转给瑞安市市场监督管理局" in officer.done(case, f"{case}/pass-on", moved_to(RUIAN))
    ruian = office.at_desk(Role.COUNTY_OFFICER, county=RUIAN)
    page = ruian.get(case)
    assert "接收，由我承办" in page
    assert "鹿城区市场监督管理局转给瑞安市市场监督管理局" in page
    ruian.done(case, f"{case}/pass-on", moved_to(YUEQING))
    yueqing = office.at_desk(Role.COUNTY_OFFICER, county=YUEQING)
    assert "这次会报联席会议办公室" in yueqing.get(case)
    assert "第三次退回" in yueqing.done(case, f"{case}/pass-on", moved_to(OUHAI))
    desk = office.at_desk(Role.JOINT_OFFICE)
    assert number in desk.get(OFFICE)
    page = desk.get(f"{OFFICE}/{number}")
    assert "建议由瓯海区市场监督管理局办理" in page
    assert [personal for personal in PERSONAL if personal in page] == []
    page = consumer.get(f"/my/cases/{number}")
    assert "联席会议办公室正在指定由谁办理" in page
    page = desk.done(
        f"{OFFICE}/{number}", f"{OFFICE}/{number}", {"target": OUHAI, "reason": "收款的门店在瓯海区，由瓯海区局办理。"}
    )
    assert "已指定由瓯海区市场监督管理局承办" in page
    assert number not in desk.get(OFFICE)
    page = consumer.get(f"/my/cases/{number}")
    assert "瓯海区市场监督管理局" in page
    assert "收款的门店在瓯海区" in page
    assert "分送通知书" not in page, "what a body writes to a body"
    ouhai = office.at_desk(Role.COUNTY_OFFICER, county=OUHAI)
    page = ouhai.get(case)
    assert page.count("分送通知书（给接收单位）") == 4
    paper = f"{case}/documents/3-3-b"
    assert "送达接收单位" in ouhai.get(paper)
    assert "没有这份文书" in consumer.get(f"/my/cases/{number}/documents/3-3-b/pdf", 404)
    assert "决定受理后" in page
    assert "转到有权处理的市场监管部门" not in page


def test_the_office_reads_nothing_that_was_not_returned_to_it(office: Office, case: str) -> None:
    desk = office.at_desk(Role.JOINT_OFFICE)
    assert "没有等着指定的投诉" in desk.get(OFFICE)
    desk.get(f"{OFFICE}/{case.rsplit('/', 1)[1]}", 404)
    office.at_desk(Role.COUNTY_OFFICER).get(OFFICE, 403)


def test_the_city_decides_what_is_contested(officer: Browser, office: Office, case: str) -> None:
    page = officer.done(case, f"{case}/contest", {"reason": "和瑞安市局协商不成，请市局决定。"})
    assert "已报请市级决定由谁处理" in page
    assert "协商好了由本单位处理的" in page
    city = office.at_desk(Role.CITY_OFFICER)
    assert "决定由谁处理" in city.get(case)
    page = city.done(case, f"{case}/decide-power", {"target": RUIAN, "reason": "门店已经搬到瑞安，由瑞安市局处理。"})
    assert "温州市市场监督管理局指定由瑞安市市场监督管理局办理" in page
    officer.get(case, 404)
