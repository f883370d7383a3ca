"""What the system tells a member of staff, at the console."""

from backend.access.actor import Role
from tests.console.office import YUEQING, Office
from tests.pages.town import Browser, Shop

PAGE = "/console/notices"


def test_an_officer_reads_what_came_in_and_marks_it_as_read(
    office: Office, officer: Browser, shop: Shop, consumer: Browser
) -> None:
    assert "没有通知" in officer.get(PAGE)
    number = office.complaint(shop, consumer)
    page = officer.get(PAGE)
    assert "有 1 条未读" in page
    assert f"/console/complaints/{number}" in page
    assert "未读" not in officer.done(PAGE, f"{PAGE}/read")
    assert number in officer.get(PAGE)


def test_each_reads_their_own(office: Office, officer: Browser, shop: Shop, consumer: Browser) -> None:
    number = office.complaint(shop, consumer)
    other = office.at_desk(Role.COUNTY_OFFICER, county=YUEQING)
    assert number not in other.get(PAGE)
    assert number in officer.get(PAGE), "the control"


def test_a_wrong_cursor_shows_the_first_page(office: Office, officer: Browser, shop: Shop, consumer: Browser) -> None:
    number = office.complaint(shop, consumer)
    assert number in officer.get(f"{PAGE}?before=%00x")
