"""Scan, rate, WeChat's check by the worker, the score on the card."""

from collections.abc import Callable

from backend.access.actor import Role
from backend.kernel.clock import FixedClock
from tests.calling import Caller
from tests.pages.town import Shop
from tests.scene import Callers, both

Work = Callable[[], None]
FINE = "老板很耐心，退货也爽快。"
RISKY = "违规示例：加微信看更多。"
UNSURE = "待审示例：这家店怎么样大家都知道。"


def _ticket(caller: Caller, shop: Shop) -> str:
    ticket: str = caller.post("/scans", {"token": shop.token})["visit_ticket"]
    return ticket


def _rate(caller: Caller, shop: Shop, stars: int = 5, text: str = "", **more: str) -> str:
    body = {"visit_ticket": _ticket(caller, shop), "stars": stars, "text": text, **more}
    number: str = caller.post("/ratings", body, 201)["number"]
    return number


def _shown(caller: Caller, shop: Shop) -> list[str]:
    return [rating["text"] for rating in caller.get(f"/badges/{shop.token}/ratings")["ratings"]]


def _count(caller: Caller, shop: Shop) -> int:
    count: int = caller.get(f"/badges/{shop.token}")["score"]["count"]
    return count


def test_five_ratings_make_a_score_and_four_do_not(callers: Callers, shop: Shop, work: Work) -> None:
    nobody = callers.nobody()
    for number in range(4):
        _rate(callers.person(f"gu-ke-{number}"), shop, 2, FINE)
    assert _count(nobody, shop) == 0, "nothing is public before the check"
    work()
    score = nobody.get(f"/badges/{shop.token}")["score"]
    assert (score["count"], score["mean"], score["spread"]) == (4, None, [0, 4, 0, 0, 0])
    _rate(callers.person("gu-ke-4"), shop, 2, purchase_no="20261123-0087")
    score = nobody.get(f"/badges/{shop.token}")["score"]
    assert score["count"] == 5
    assert score["mean"] == round((10 * 4 + 2 * (4 * 0.6 + 1)) / (10 + 4 * 0.6 + 1), 1) == 3.5
    assert "每 180 天减半" in score["method"]


def test_a_fine_text_is_published_and_its_author_told(
    callers: Callers, shop: Shop, work: Work, notices: Callable[..., object]
) -> None:
    author = callers.person("gu-ke")
    _rate(author, shop, 5, FINE)
    assert author.get("/me/ratings")["ratings"][0]["moderation"] == "waiting"
    work()
    assert author.get("/me/ratings")["ratings"][0]["moderation"] == "published"
    assert _shown(callers.nobody(), shop) == [FINE]
    assert notices(author) == both("rating_published")


def test_a_risky_text_is_refused_and_never_public(
    callers: Callers, shop: Shop, work: Work, notices: Callable[..., object]
) -> None:
    author = callers.person("gu-ke")
    _rate(author, shop, 1, RISKY)
    work()
    assert author.get("/me/ratings")["ratings"][0]["moderation"] == "refused"
    assert notices(author) == both("rating_refused")
    assert (_shown(callers.nobody(), shop), _count(callers.nobody(), shop)) == ([], 0)


def test_a_doubtful_text_waits_for_an_officer(callers: Callers, shop: Shop, work: Work) -> None:
    author, officer = callers.person("gu-ke"), callers.staff()
    number = _rate(author, shop, 3, UNSURE)
    work()
    assert author.get("/me/ratings")["ratings"][0]["moderation"] == "in_review"
    assert _shown(callers.nobody(), shop) == []
    officer.post(f"/ratings/{number}/hide", {"ground": "H19_OFFTOPIC"}, 204)
    shown = callers.nobody().get(f"/badges/{shop.token}/ratings")["ratings"]
    assert [(one["text"], one["hidden_because"]) for one in shown] == [("", "与这次消费无关")]
    assert _count(callers.nobody(), shop) == 0


def test_wechat_being_away_delays_the_check_and_loses_nothing(
    callers: Callers, shop: Shop, work: Work, clock: FixedClock, double: object
) -> None:
    author = callers.person("gu-ke")
    _rate(author, shop, 5, FINE)
    double.fail("wxa/msg_sec_check", times=1, status=502)  # type: ignore[attr-defined]
    work()
    assert _shown(callers.nobody(), shop) == []
    clock.advance(hours=1)
    work()
    assert _shown(callers.nobody(), shop) == [FINE]


def test_one_rating_a_person_and_unit_in_thirty_days(
    callers: Callers, shop: Shop, town: object, clock: FixedClock
) -> None:
    author = callers.person("gu-ke")
    number = _rate(author, shop)
    again = {"visit_ticket": _ticket(author, shop), "stars": 1}
    assert author.refused("/ratings", again) == "rated_already"
    author.post(f"/ratings/{number}/withdraw", status=204)
    assert author.refused("/ratings", again) == "rated_already", "taking it back opens no second one"
    _rate(author, town.shop("鹿城书店"))  # type: ignore[attr-defined]
    _rate(callers.person("gu-ke-2"), shop)
    clock.advance(days=29, hours=23)
    assert author.refused("/ratings", {**again, "visit_ticket": _ticket(author, shop)}) == "rated_already"
    clock.advance(hours=1)
    _rate(author, shop, 4)
    assert _count(callers.nobody(), shop) == 2


def test_a_rating_needs_a_scan_of_the_last_seven_days(callers: Callers, shop: Shop, clock: FixedClock) -> None:
    author = callers.person("gu-ke")
    ticket = _ticket(author, shop)
    forged = ticket[:-2] + ("aa" if ticket[-2:] != "aa" else "bb")
    assert author.refused("/ratings", {"visit_ticket": forged, "stars": 5}, 422) == "visit_ticket_invalid"
    clock.advance(days=7, hours=2)
    assert author.refused("/ratings", {"visit_ticket": ticket, "stars": 5}, 422) == "visit_ticket_expired"
    _rate(author, shop)


def test_nobody_but_its_author_takes_a_rating_away(callers: Callers, shop: Shop) -> None:
    author, member, stranger = callers.person("gu-ke"), callers.member(shop), callers.person("lu-ren")
    staff = [callers.staff(role) for role in (Role.COUNTY_OFFICER, Role.COUNCIL, Role.OPERATOR)]
    number = _rate(author, shop, 1)
    callers.nobody().post(f"/ratings/{number}/withdraw", status=401)
    for other in staff:
        other.post(f"/ratings/{number}/withdraw", status=403)
    for person in (member, stranger):
        person.post(f"/ratings/{number}/withdraw", status=404)
        person.post(f"/ratings/{number}/hide", {"ground": "H19_ADVERT"}, 403)
    for caller in (*staff, member, author):
        assert caller.api("DELETE", f"/ratings/{number}", caller.token).status_code in {404, 405}
    assert _count(callers.nobody(), shop) == 1
    author.post(f"/ratings/{number}/withdraw", status=204)
    assert _count(callers.nobody(), shop) == 0, "the control"
