"""Photos beside a rating: its author adds them, an officer looks at them, and only then everybody sees them."""

import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.access.actor import Role
from backend.infrastructure import current
from backend.infrastructure.database import session, unit_of_work
from backend.ratings import personal
from backend.ratings.model import RatingPhoto
from backend.ratings.rules import MOST_PHOTOS
from tests.calling import Caller
from tests.console.office import Office
from tests.pages.town import Shop, Town
from tests.scene import Callers, picture


@pytest.fixture
def author(callers: Callers) -> Caller:
    return callers.person("gu-ke")


@pytest.fixture
def number(author: Caller, shop: Shop) -> str:
    """A public rating: there is no text to be looked at."""
    ticket = author.post("/scans", {"token": shop.token})["visit_ticket"]
    rated: str = author.post("/ratings", {"visit_ticket": ticket, "stars": 4}, 201)["number"]
    return rated


def _add(caller: Caller, number: str, content: bytes, status: int = 201) -> dict[str, str]:
    answer = caller.api(
        "POST", f"/ratings/{number}/photos", caller.token, data={"photo": (io.BytesIO(content), "店.jpg")}
    )
    assert answer.status_code == status, answer.text
    told: dict[str, str] = answer.get_json()
    return told


def _public(callers: Callers, shop: Shop) -> list[str]:
    (rating,) = callers.nobody().get(f"/badges/{shop.token}/ratings")["ratings"]
    return [address.removeprefix("/api/v1") for address in rating["photos"]]


def _held(app: Flask, data_dir: Path) -> tuple[int, int]:
    """How many photos there are: rows and files."""
    with app.app_context(), unit_of_work(read_only=True):
        rows = session().scalar(sa.select(sa.func.count()).select_from(RatingPhoto)) or 0
    return rows, len(list((data_dir / "objects").rglob("ratings/**/*.jpg")))


def test_a_photo_is_public_when_an_officer_has_looked_at_it(
    callers: Callers, author: Caller, shop: Shop, number: str
) -> None:
    first = _add(author, number, picture("red"))
    assert (first["position"], first["state"]) == (1, "waiting")
    assert _add(author, number, picture("red")) == first, "sent again, it is the one that stands"
    assert _add(author, number, picture("blue"))["position"] == 2
    address = f"/ratings/{number}/photos/1"
    nobody, officer = callers.nobody(), callers.staff()
    assert _public(callers, shop) == []
    nobody.get(address, 404)
    (row,) = officer.get("/ratings/in-review")["ratings"]
    link = row["photos"][0]["url"].removeprefix("/api/v1")
    assert officer.get(link)[:2] == b"\xff\xd8"
    author.get(link, 404)
    nobody.get(link, 404)
    officer.post(f"/ratings/{number}/photos/decision", {"show": True}, 204)
    assert _public(callers, shop) == [address, f"/ratings/{number}/photos/2"]
    assert nobody.get(address)[:2] == b"\xff\xd8"
    nobody.get(f"/ratings/{number}/photos/9223372036854775808", 404)
    (mine,) = author.get("/me/ratings")["ratings"]
    assert [photo["state_zh"] for photo in mine["photos"]] == ["已公开", "已公开"]
    assert officer.refused(f"/ratings/{number}/photos/decision", {"show": False}) == "no_photo_waits"
    assert officer.get("/ratings/in-review")["ratings"] == []
    officer.post(f"/ratings/{number}/hide", {"ground": "H19_PRIVACY"}, 204)
    assert _public(callers, shop) == []
    nobody.get(address, 404)


def test_what_is_refused_is_never_public(callers: Callers, author: Caller, shop: Shop, number: str) -> None:
    _add(author, number, picture())
    callers.person("ling-yi").post(f"/ratings/{number}/photos/decision", {"show": True}, 403)
    callers.staff().post(f"/ratings/{number}/photos/decision", {"show": False}, 204)
    assert _public(callers, shop) == []
    callers.nobody().get(f"/ratings/{number}/photos/1", 404)
    assert author.get("/me/ratings")["ratings"][0]["photos"][0]["state"] == "refused"


def test_whose_how_many_and_what(callers: Callers, author: Caller, number: str) -> None:
    _add(callers.person("ling-yi"), number, picture(), 404)
    assert _add(author, number, b"no photo", 422)["code"] == "photo_unreadable"
    for side in range(MOST_PHOTOS):
        _add(author, number, picture(size=(64 + side, 48)))
    assert _add(author, number, picture("blue"), 409)["code"] == "too_many_photos"
    author.post(f"/ratings/{number}/withdraw", None, 204)
    assert _add(author, number, picture("green"), 409)["code"] == "rating_over"


def test_with_the_words_the_files_go(app: Flask, data_dir: Path, author: Caller, number: str) -> None:
    _add(author, number, picture())
    author.post(f"/ratings/{number}/withdraw", None, 204)

    def forget(days: int) -> int:
        with app.app_context(), unit_of_work():
            return personal.forget_words(current.now() + timedelta(days=days), 10, really=True)

    assert (forget(-1), _held(app, data_dir)) == (0, (1, 1)), "not yet"
    assert (forget(1), _held(app, data_dir)) == (1, (0, 0))


def test_who_leaves_takes_the_photos_along(app: Flask, data_dir: Path, author: Caller, number: str) -> None:
    _add(author, number, picture())
    assert _held(app, data_dir) == (1, 1)
    with app.app_context(), unit_of_work():
        personal.erase(str(author.account_id))
    assert _held(app, data_dir) == (0, 0)


def test_on_the_pages(town: Town, office: Office, shop: Shop) -> None:
    consumer, officer = town.person("lin-xiao"), office.at_desk(Role.COUNTY_OFFICER)
    at = f"/b/{shop.token}/rate"
    ticket = re.search(r'name="visit_ticket" value="([^"]+)"', consumer.get(at))
    assert ticket
    shown = consumer.done(at, at, {"visit_ticket": ticket[1], "stars": "5", "idempotency_key": "r-" + "4" * 20})
    adding = re.search(r'action="((/my/ratings/[^"]+)/photos)"', shown)
    assert adding
    assert "请选择一张照片" in consumer.refused(adding[2], adding[1], {})
    sent = {"csrf_token": consumer.csrf(adding[2]), "photo": (io.BytesIO(picture()), "面.jpg")}
    assert consumer.client.post(adding[1], data=sent).status_code == 303
    assert "等工作人员看过以后公开" in consumer.get(adding[2])
    unit, queue = f"/units/{shop.certificate_no}", "/console/ratings"
    assert "/photos/1" not in consumer.get(unit)
    page = officer.get(queue)
    assert "/api/v1/rating-photo-links/" in page
    assert f"{queue}/release" not in page, "the rating is public already"
    number = adding[2].rpartition("/")[2]
    assert "照片已公开" in officer.done(queue, f"{queue}/photos", {"number": number, "show": "true"})
    assert f'src="/api/v1/ratings/{number}/photos/1"' in consumer.get(unit)
