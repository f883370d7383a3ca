"""The working calendar at the console: a complaint that runs into an unpublished year, and the notice that settles it."""

import io
from datetime import UTC, date, datetime

import pytest
from werkzeug.test import TestResponse

from backend.access.actor import Role
from backend.casework import queries as cases
from backend.complaints import queries as complaints
from backend.infrastructure.database import unit_of_work
from backend.kernel.clock import FixedClock, local_date
from tests.console.office import Office
from tests.pages.town import Browser, Shop

PAGE = "/console/calendar"
HEADER = "日期,类型,名称\n"
#: 2027 as an example: 1 to 3 January off, Sunday the 10th worked; the other statutory days as the law fixes them.
DAYS = {date(2027, 1, day): "放假" for day in (1, 2, 3)} | {date(2027, 1, 10): "上班"}
DAYS |= {date(2027, 2, day): "放假" for day in range(5, 13)} | {date(2027, 10, day): "放假" for day in range(1, 8)}


@pytest.fixture
def city(office: Office) -> Browser:
    return office.at_desk(Role.CITY_OFFICER)


def _csv() -> bytes:
    return (HEADER + "".join(f"{day},{kind},安排\n" for day, kind in DAYS.items())).encode("utf-8-sig")


def _send(browser: Browser, content: bytes, source: str = "国办发明电〔2026〕1号") -> TestResponse:
    fields = {"csrf_token": browser.csrf(PAGE), "source": source, "notice": (io.BytesIO(content), "2027.csv")}
    return browser.client.post(PAGE, data=fields, content_type="multipart/form-data")


def _due(office: Office, officer: Browser, case_no: str) -> tuple[date, bool]:
    with office.town.app.app_context():
        actor = officer.actor()
        with unit_of_work(read_only=True):
            case = next(row for row in complaints.complaints(actor).items if row.case_no == case_no)
            deadline = cases.open_deadlines(case)[0]
            return local_date(deadline.due_at), deadline.provisional


def test_a_deadline_into_an_unpublished_year_is_provisional_until_the_notice_comes(
    office: Office, clock: FixedClock, shop: Shop
) -> None:
    clock.set(datetime(2026, 12, 29, 2, 0, tzinfo=UTC))
    number = office.complaint(shop, office.town.person("gu-ke"))
    officer, city = office.at_desk(Role.COUNTY_OFFICER), office.at_desk(Role.CITY_OFFICER)
    # 30 and 31 December, then 4 to 8 January: only the first of January is known to be off.
    assert _due(office, officer, number) == (date(2027, 1, 8), True)
    assert "暂定" in officer.get(f"/console/complaints/{number}")
    assert _send(city, _csv()).status_code == 303
    assert "2027 年的节假日安排，共 19 天；0 个未到期的期限因此改变" in city.get(PAGE)
    assert _due(office, officer, number) == (date(2027, 1, 8), False)
    assert "暂定" not in officer.get(f"/console/complaints/{number}")


def test_the_notice_moves_a_deadline(office: Office, clock: FixedClock, shop: Shop) -> None:
    clock.set(datetime(2026, 12, 31, 2, 0, tzinfo=UTC))
    number = office.complaint(shop, office.town.person("gu-ke"))
    officer, city = office.at_desk(Role.COUNTY_OFFICER), office.at_desk(Role.CITY_OFFICER)
    assert _due(office, officer, number) == (date(2027, 1, 12), True)
    assert _send(city, _csv()).status_code == 303
    assert "1 个未到期的期限因此改变" in city.get(PAGE)
    assert _due(office, officer, number) == (date(2027, 1, 11), False)  # Sunday the 10th counts


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe\x00", "另存为 UTF-8"),
        (b"", "第一行应当是"),
        ((HEADER + "2027-01-01,放假,元旦\n").encode(), "少于法定的 13 天"),
        ((HEADER + "2027-01-01,休息,元旦\n").encode(), "第 2 行：类型"),
        ((HEADER + "明年元旦,放假,元旦\n").encode(), "第 2 行：日期"),
        ((HEADER + "2027-01-01,放假,元旦\n2026-01-01,放假,元旦\n").encode(), "同一年"),
    ],
)
def test_a_wrong_file_is_explained(city: Browser, content: bytes, words: str) -> None:
    answer = _send(city, content)
    assert answer.status_code == 422
    assert words in answer.text


def test_a_file_is_needed(city: Browser) -> None:
    assert "请选择文件" in city.refused(PAGE, PAGE, {"source": "国办发明电〔2026〕1号"})


def test_from_december_on_a_missing_year_is_asked_for(office: Office, clock: FixedClock, city: Browser) -> None:
    assert "还没有录入，请尽快录入" not in city.get(PAGE)
    clock.set(datetime(2026, 12, 1, 2, 0, tzinfo=UTC))
    assert "2027 年的安排还没有录入，请尽快录入" in office.at_desk(Role.OPERATOR).get(PAGE)


@pytest.mark.parametrize("role", [Role.COUNTY_OFFICER, Role.JOINT_OFFICE, Role.COUNCIL])
def test_other_staff_do_not_come_in(office: Office, role: Role) -> None:
    office.at_desk(role).get(PAGE, 403)
