"""The volunteers' pages, and the published reports."""

import pytest
from flask.testing import FlaskClient

from backend.access.actor import Actor, Role
from backend.experience_reviews import queries
from backend.experience_reviews import service as reviews
from backend.infrastructure.database import unit_of_work
from backend.kernel.clock import FixedClock
from backend.merchants.rules import Category
from tests.pages.town import Browser, Shop, Town

CHECKLIST = ["价格标得清楚", "店里能看到联络站电话", "愿意开发票"]


@pytest.fixture
def shop(town: Town) -> Shop:
    return town.shop("瓯越电器")


@pytest.fixture
def council(town: Town) -> Actor:
    return town.staff(Role.COUNCIL)


@pytest.fixture
def volunteer(town: Town) -> Browser:
    return town.volunteer()


@pytest.fixture
def campaign(town: Town, shop: Shop, council: Actor, volunteer: Browser) -> str:
    """The number of a campaign that was drawn."""
    number: str = town.act(
        reviews.create,
        council,
        title="商场超市明码标价体验",
        category=Category.SHOP,
        sample_size=1,
        checklist=CHECKLIST,
    ).number
    town.act(reviews.draw, council, number)
    return number


@pytest.fixture
def path(town: Town, campaign: str, volunteer: Browser) -> str:
    """The page of the visit."""
    with town.app.app_context(), unit_of_work(read_only=True):
        return f"/volunteer/{queries.visits(volunteer.actor())[0].number}"


def _start(browser: Browser, path: str, shop: Shop) -> str:
    return browser.done(path, f"{path}/start", {"form_scope": "start", "badge": f"http://localhost/b/{shop.token}"})


def _form(*answers: str) -> dict[str, str]:
    filled = {f"answer_{position}": answer for position, answer in enumerate(answers)}
    return {"form_scope": "review", **filled, "remark": "货架上有三件没有价签。"}


def test_without_visits_the_list_says_so(volunteer: Browser) -> None:
    assert "现在没有体验任务" in volunteer.get("/volunteer")


def test_a_visit_is_listed_with_place_time_and_checklist(volunteer: Browser, path: str) -> None:
    page = volunteer.get("/volunteer")
    for words in ("瓯越电器", "鹿城区五马街 1 号", "还剩 14 天", f'href="{path}"'):
        assert words in page
    page = volunteer.get(path)
    for words in (*CHECKLIST, "用微信扫店里的放心码", "我要回避"):
        assert words in page


def test_stepping_back_for_a_conflict(volunteer: Browser, path: str) -> None:
    page = volunteer.done(path, f"{path}/conflict", {"form_scope": "conflict"})
    assert "已登记回避" in page
    assert "<form" not in page


def test_a_scan_leads_to_the_visit_with_the_badge_filled_in(volunteer: Browser, shop: Shop, path: str) -> None:
    answer = volunteer.client.get(f"/volunteer/here/{shop.token}")
    assert answer.headers["Location"] == f"{path}?badge={shop.token}"
    assert f'value="{shop.token}"' in volunteer.get(answer.headers["Location"])


def test_a_scan_of_another_shop_leads_back_to_the_list(town: Town, volunteer: Browser, path: str) -> None:
    other = town.shop("江心海鲜")
    answer = volunteer.client.get(f"/volunteer/here/{other.token}")
    assert answer.headers["Location"] == "/volunteer"
    assert "不在您现在的体验任务里" in volunteer.get("/volunteer")


def test_a_false_badge_is_told(volunteer: Browser, path: str) -> None:
    volunteer.get("/volunteer/here/none-of-ours", status=404)


@pytest.mark.parametrize("typed", ["", "https://example.com/", "随便写的"])
def test_what_is_no_badge_comes_back_in_its_field(volunteer: Browser, path: str, typed: str) -> None:
    page = volunteer.refused(path, f"{path}/start", {"form_scope": "start", "badge": typed})
    assert "没有提交成功" in page
    assert 'aria-invalid="true"' in page
    assert f'value="{typed}"' in page


def test_another_shops_badge_does_not_start_the_visit(town: Town, volunteer: Browser, path: str) -> None:
    other = town.shop("江心海鲜")
    page = volunteer.refused(path, f"{path}/start", {"form_scope": "start", "badge": f"/b/{other.token}"})
    assert "您扫的不是这次要体验的单位" in page


def test_the_form_asks_every_item_and_is_locked_when_handed_in(volunteer: Browser, shop: Shop, path: str) -> None:
    page = _start(volunteer, path, shop)
    for words in ("已经记下您到店", "还剩 3 天", *CHECKLIST):
        assert words in page
    page = volunteer.done(path, f"{path}/submit", _form("pass", "fail", "na"))
    for words in ("体验表已提交", "做到了", "没有做到", "没遇到，不好说", "货架上有三件没有价签。"):
        assert words in page
    assert "<form" not in page


def test_a_form_with_gaps_comes_back_filled_in(volunteer: Browser, shop: Shop, path: str) -> None:
    _start(volunteer, path, shop)
    page = volunteer.refused(path, f"{path}/submit", _form("pass"))
    assert "还有 2 项没有选。" in page
    assert "2．店里能看到联络站电话：请选一项。" in page
    assert page.count(" checked") == 1
    assert "货架上有三件没有价签。" in page


def test_an_answer_that_is_not_offered_is_refused(volunteer: Browser, shop: Shop, path: str) -> None:
    _start(volunteer, path, shop)
    assert "请从给出的选项中选一个。" in volunteer.refused(path, f"{path}/submit", _form("pass", "maybe", "na"))


def test_handing_in_twice_is_refused(volunteer: Browser, shop: Shop, path: str) -> None:
    _start(volunteer, path, shop)
    sent = {"csrf_token": volunteer.csrf(path), **_form("pass", "fail", "na")}
    assert volunteer.client.post(f"{path}/submit", data=sent).status_code == 303
    assert volunteer.client.post(f"{path}/submit", data=sent).status_code == 409


def test_a_visit_not_made_lapses(town: Town, clock: FixedClock, volunteer: Browser, path: str) -> None:
    clock.advance(days=15)
    with town.app.app_context():
        reviews.sweep()
    assert "过了期限" in volunteer.get(path)


def test_another_volunteer_does_not_see_the_visit(town: Town, volunteer: Browser, path: str) -> None:
    other = town.volunteer("zhiyuan-sun")
    other.get(path, status=404)
    # Control: the volunteer it was given to does.
    volunteer.get(path)


def test_consumers_have_no_visits(town: Town, path: str) -> None:
    town.person("guke-chen").get("/volunteer", status=403)
    town.person("guke-chen").get(path, status=403)


def test_reports_are_public_once_published(
    town: Town, client: FlaskClient, council: Actor, volunteer: Browser, shop: Shop, campaign: str, path: str
) -> None:
    assert "还没有公布的报告" in client.get("/reports").text
    assert client.get(f"/reports/{campaign}").status_code == 404
    _start(volunteer, path, shop)
    volunteer.done(path, f"{path}/submit", _form("pass", "fail", "na"))
    town.act(reviews.close, council, campaign)
    town.act(reviews.publish, council, campaign, summary="多数商店做到了明码标价，还有差距。")
    assert f'href="/reports/{campaign}"' in client.get("/reports").text
    page = client.get(f"/reports/{campaign}").text
    for words in ("商场超市明码标价体验", "还有差距", *CHECKLIST, "100%", "0%", "没有遇到", "1 家，1 次"):
        assert words in page
