"""What becomes of a rating: hidden with a tombstone, released, taken back; what a purchase number proves."""

from collections.abc import Callable
from typing import Any

import pytest

from backend.access.actor import Role
from backend.kernel.clock import FixedClock
from tests.calling import Caller
from tests.console.office import YUEQING
from tests.pages.town import Shop, Town
from tests.scene import Callers, both

UNSURE = "待审示例：这家店怎么样大家都知道。"
HIDE = {"ground": "H19_INSULT_LIBEL"}


def _rate(caller: Caller, shop: Shop, stars: int = 5, status: int = 201, **more: Any) -> Any:
    ticket = caller.post("/scans", {"token": shop.token})["visit_ticket"]
    return caller.post("/ratings", {"visit_ticket": ticket, "stars": stars, **more}, status)


def _score(callers: Callers, shop: Shop) -> tuple[int, list[int]]:
    score = callers.nobody().get(f"/badges/{shop.token}")["score"]
    return score["count"], score["spread"]


def _public(callers: Callers, shop: Shop) -> list[Any]:
    shown: list[Any] = callers.nobody().get(f"/badges/{shop.token}/ratings")["ratings"]
    return shown


@pytest.fixture
def published(callers: Callers, shop: Shop, work: Callable[[], None]) -> tuple[Caller, str]:
    """An author with a published rating."""
    author = callers.person("gu-ke")
    number = _rate(author, shop, 1, text="老板骂人，东西还是坏的。")["number"]
    work()
    return author, number


def test_a_hidden_rating_keeps_its_place_and_says_why(
    callers: Callers, shop: Shop, published: tuple[Caller, str]
) -> None:
    author, number = published
    assert _score(callers, shop) == (1, [1, 0, 0, 0, 0])
    officer = callers.staff()
    officer.post(f"/ratings/{number}/hide", {"ground": "不喜欢"}, 422)
    officer.post(f"/ratings/{number}/hide", HIDE, 204)
    (stone,) = _public(callers, shop)
    assert (stone["number"], stone["text"], stone["hidden_because"]) == (number, "", "侮辱、诽谤他人")
    assert _score(callers, shop)[0] == 0
    (own,) = author.get("/me/ratings")["ratings"]
    assert own["unit_name"] == shop.name
    assert (own["moderation"], own["text"]) == ("hidden", "老板骂人，东西还是坏的。")
    assert officer.post(f"/ratings/{number}/hide", HIDE, 409)["state"] == "hidden"


def test_only_the_bureau_of_the_county_hides(callers: Callers, shop: Shop, published: tuple[Caller, str]) -> None:
    _, number = published
    callers.staff(county=YUEQING).post(f"/ratings/{number}/hide", HIDE, 404)
    for role in (Role.JOINT_OFFICE, Role.COUNCIL, Role.OPERATOR):
        callers.staff(role).post(f"/ratings/{number}/hide", HIDE, 403)
    callers.member(shop).post(f"/ratings/{number}/hide", HIDE, 403)
    callers.nobody().post(f"/ratings/{number}/hide", HIDE, 401)
    assert _score(callers, shop)[0] == 1
    callers.staff(Role.CITY_OFFICER).post(f"/ratings/{number}/hide", HIDE, 204)


def test_an_officer_releases_what_was_in_doubt(
    callers: Callers, shop: Shop, work: Callable[[], None], notices: Callable[..., object]
) -> None:
    author, officer = callers.person("gu-ke"), callers.staff()
    number = _rate(author, shop, 4, text=UNSURE)["number"]
    work()
    assert _public(callers, shop) == []
    author.post(f"/ratings/{number}/release", status=403)
    abroad = callers.staff(county=YUEQING)
    abroad.post(f"/ratings/{number}/release", status=404)
    assert abroad.get("/ratings/in-review")["ratings"] == []
    assert [one["number"] for one in officer.get("/ratings/in-review")["ratings"]] == [number]
    officer.post(f"/ratings/{number}/release", status=204)
    assert officer.get("/ratings/in-review")["ratings"] == []
    assert [one["text"] for one in _public(callers, shop)] == [UNSURE]
    assert _score(callers, shop) == (1, [0, 0, 0, 1, 0])
    assert notices(author) == both("rating_published")
    assert officer.post(f"/ratings/{number}/release", status=409)["state"] == "published"


def test_the_author_is_told_when_a_doubtful_rating_is_not_published(
    callers: Callers, shop: Shop, work: Callable[[], None], notices: Callable[..., object]
) -> None:
    author = callers.person("gu-ke")
    number = _rate(author, shop, 4, text=UNSURE)["number"]
    work()
    callers.staff().post(f"/ratings/{number}/hide", HIDE, 204)
    assert notices(author) == both("rating_refused")
    (told,) = author.get("/notices")["items"]
    assert "侮辱、诽谤他人" in told["text"]


def test_scores_grow_older_without_a_new_rating(
    callers: Callers, shop: Shop, clock: FixedClock, work: Callable[[], None]
) -> None:
    for number in range(5):
        _rate(callers.person(f"gu-ke-{number}"), shop, 1)
    fresh = callers.nobody().get(f"/badges/{shop.token}")["score"]["mean"]
    clock.advance(days=180)
    work()
    aged = callers.nobody().get(f"/badges/{shop.token}")["score"]["mean"]
    assert (fresh, aged) == (round((40 + 3) / 13, 1), round((40 + 1.5) / 11.5, 1))


def test_what_its_author_took_back_is_gone_and_does_not_count(
    callers: Callers, shop: Shop, published: tuple[Caller, str]
) -> None:
    author, number = published
    author.post(f"/ratings/{number}/withdraw", status=204)
    assert (_public(callers, shop), _score(callers, shop)[0]) == ([], 0)
    assert author.refused(f"/ratings/{number}/withdraw") == "rating_withdrawn"
    assert callers.staff().refused(f"/ratings/{number}/hide", HIDE) == "rating_not_public"


def test_what_is_taken_back_before_the_check_is_never_published(
    callers: Callers, shop: Shop, work: Callable[[], None], notices: Callable[..., object]
) -> None:
    author = callers.person("gu-ke")
    number = _rate(author, shop, 5, text="很好的店，会再来。")["number"]
    author.post(f"/ratings/{number}/withdraw", status=204)
    work()
    assert (_public(callers, shop), notices(author)) == ([], [])


def test_a_purchase_number_proves_one_rating(callers: Callers, shop: Shop, town: Town) -> None:
    first, second = callers.person("gu-ke"), callers.person("gu-ke-2")
    made = _rate(first, shop, purchase_no="20261123 - a87")
    assert made["proof"] == "purchase"
    problem = _rate(second, shop, status=422, purchase_no="20261123-A87")
    assert (problem["code"], list(problem["fields"])) == ("purchase_no_used", ["purchase_no"])
    first.post(f"/ratings/{made['number']}/withdraw", status=204)
    _rate(second, shop, status=422, purchase_no="20261123-A87")
    _rate(second, town.shop("鹿城书店"), purchase_no="20261123-A87")
    assert _rate(second, shop)["proof"] == "visit", "a refused number does not use the turn up"


def test_the_public_reads_no_author(callers: Callers, shop: Shop, published: tuple[Caller, str]) -> None:
    (shown,) = _public(callers, shop)
    assert set(shown) == {"number", "stars", "text", "proof", "rated_on", "hidden_because", "photos"}
    assert shown["rated_on"] == "2026-11-23"


def test_the_register_names_the_day_in_wenzhou(callers: Callers, town: Town, shop: Shop, clock: FixedClock) -> None:
    clock.advance(hours=13)
    _rate(callers.person("gu-ke"), shop)
    assert "到店扫码，2026年11月23日" in town.person("lin-xiao").get(f"/units/{shop.certificate_no}")
    clock.advance(hours=4)
    _rate(callers.person("gu-er"), shop)
    assert "到店扫码，2026年11月24日" in town.person("lin-xiao").get(f"/units/{shop.certificate_no}")


def test_stars_and_facets_are_one_to_five(callers: Callers, shop: Shop) -> None:
    author = callers.person("gu-ke")
    for wrong in ({"stars": 0}, {"stars": 6}, {"stars": 4.5}, {"quality": 0}, {"stars": None}, {"facets": {}}):
        ticket = author.post("/scans", {"token": shop.token})["visit_ticket"]
        author.post("/ratings", {"visit_ticket": ticket, "stars": 5, **wrong}, 422)
    _rate(author, shop, 5, quality=1, redress=5)
