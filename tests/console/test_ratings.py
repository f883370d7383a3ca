"""Ratings that wait for a person, at the console: published, or not on a ground of law."""

import pytest

from backend.access.actor import Role
from backend.badges import queries as badges
from backend.badges import tickets
from backend.ratings import queries, service
from backend.ratings.model import Rating
from backend.worker import Worker
from tests.console.office import YUEQING, Office
from tests.pages.town import Browser, Shop, Town

LIST = "/console/ratings"
TEXT = "待审示例：这家店怎么样大家都知道。"


@pytest.fixture
def number(town: Town, shop: Shop, consumer: Browser) -> str:
    """A rating that WeChat's check is not sure of."""

    def rate() -> str:
        ticket = tickets.issue(badges.by_token(shop.token).plate.id)
        made: Rating = service.rate(consumer.actor(), visit_ticket=ticket, stars=2, facets={}, text=TEXT)
        return made.number

    made: str = town.act(rate)
    Worker(town.app).run(once=True)
    return made


def _public(town: Town, shop: Shop) -> list[tuple[str, str | None]]:
    rows = town.act(lambda: [(row.text, row.hide_ground) for row in queries.published(shop.unit_id)])
    return [(text, ground.value if ground else None) for text, ground in rows]


def test_without_doubts_the_page_says_so(officer: Browser) -> None:
    assert "没有待审的评价" in officer.get(LIST)


def test_an_officer_publishes_what_was_in_doubt(officer: Browser, number: str, town: Town, shop: Shop) -> None:
    page = officer.get(LIST)
    for words in (number, shop.name, "2 星", TEXT, "与这次消费无关"):
        assert words in page
    assert "没有待审的评价" in officer.done(LIST, f"{LIST}/release", {"number": number})
    assert _public(town, shop) == [(TEXT, None)]


def test_not_publishing_needs_a_ground_of_law(officer: Browser, number: str, town: Town, shop: Shop) -> None:
    typed = {"number": number, "form_scope": f"hide-{number}"}
    assert "理由：" in officer.refused(LIST, f"{LIST}/hide", {**typed, "ground": ""})
    assert _public(town, shop) == []
    assert "没有待审的评价" in officer.done(LIST, f"{LIST}/hide", {**typed, "ground": "H19_ADVERT"})
    assert _public(town, shop) == [(TEXT, "H19_ADVERT")]
    assert "没有提交成功" in officer.refused(LIST, f"{LIST}/hide", {**typed, "ground": "H19_ADVERT"}, 409)


def test_another_county_finds_nothing_and_other_staff_do_not_come_in(
    office: Office, officer: Browser, number: str
) -> None:
    abroad = office.at_desk(Role.COUNTY_OFFICER, county=YUEQING)
    assert "没有待审的评价" in abroad.get(LIST)
    assert abroad.post(LIST, f"{LIST}/release", {"number": number}).status_code == 404
    for role in (Role.JOINT_OFFICE, Role.COUNCIL, Role.OPERATOR):
        office.at_desk(role).get(LIST, 403)
    assert number in officer.get(LIST), "the control"
