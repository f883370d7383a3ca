"""Units around a place: the nearest first, page by page; a home is never told by its distance, and no log has where anybody was."""

import logging
from typing import Any

import pytest
from flask.testing import FlaskClient

from backend.access.actor import SYSTEM
from backend.badges import service as badges
from backend.certification import queries as certificates
from backend.certification import service as certification
from backend.certification.rules import Ground
from backend.merchants.rules import DUTIES, Category, Commitment
from tests.pages.town import Shop, Town

HERE = {"lng_e3": 120660, "lat_e3": 28010}
_DUTIES = tuple((duty, None) for duty in DUTIES)


@pytest.fixture
def row(town: Town) -> list[Shop]:
    """Shops on one street, each farther east than the one before by about 490 m."""
    return [town.shop(f"瓯越{number}号店", lng=120.66 + 0.005 * number) for number in (3, 0, 2, 1)]


def _ask(client: FlaskClient, status: int = 200, **asked: Any) -> Any:
    answer = client.post("/api/v1/nearby-units", json={**HERE, **asked})
    assert answer.status_code == status, answer.text
    return answer.get_json()


def _names(client: FlaskClient, **asked: Any) -> list[str]:
    return [unit["name"] for unit in _ask(client, **asked)["units"]]


def test_the_nearest_comes_first_and_pages_have_no_gap(client: FlaskClient, row: list[Shop]) -> None:
    seen, after = [], None
    for _ in range(4):
        found = _ask(client, limit=1, after=after)
        seen += [(unit["name"], unit["distance_m"]) for unit in found["units"]]
        after = found["after"]
    assert [name for name, _ in seen] == [f"瓯越{number}号店" for number in range(4)]
    assert after is None
    assert [metres for _, metres in seen] == pytest.approx([0, 491, 982, 1473], abs=3)
    assert _names(client, within_m=1000) == ["瓯越0号店", "瓯越1号店", "瓯越2号店"]


def test_at_one_distance_each_is_told_once(client: FlaskClient, town: Town) -> None:
    made = {town.shop(f"商场{number}号柜").name for number in range(5)}
    first = _ask(client, limit=2)
    second = _ask(client, limit=2, after=first["after"])
    third = _ask(client, limit=2, after=second["after"])
    seen = [unit["name"] for page in (first, second, third) for unit in page["units"]]
    assert (len(seen), set(seen), third["after"]) == (5, made, None)


def test_a_home_is_not_told_by_its_distance(client: FlaskClient, town: Town) -> None:
    """A sole trader's online shop stands in the register, with no place; asked from any side, it is not there."""
    sole_trader = "92330302MA2ABCDE73"
    town.shop("小林网店", category=Category.ONLINE_SHOP, uscc=sole_trader)
    town.shop("小林小店", uscc=sole_trader)
    assert _names(client) == ["小林小店"], "the control: a shop that customers walk into is there"
    assert len(client.get("/api/v1/units").get_json()["units"]) == 2


def test_filters_and_what_is_over(client: FlaskClient, town: Town, row: list[Shop]) -> None:
    town.shop("江心海鲜", category=Category.RESTAURANT, commitments=(*_DUTIES, (Commitment.NO_REASON_RETURN, 7)))
    assert _names(client, category="restaurant") == ["江心海鲜"]
    assert _names(client, promise="no_reason_return") == ["江心海鲜"]
    assert _names(client, promise="online_return") == []
    assert [one["name"] for one in client.get("/api/v1/units?promise=no_reason_return").get_json()["units"]] == [
        "江心海鲜"
    ]
    assert _names(client, q="江心") == ["江心海鲜"]
    assert _names(client, county="330303") == []

    def end(deed: Any, shop: Shop, ground: Ground) -> None:
        certificate = certificates.by_number(shop.certificate_no)
        deed(SYSTEM, certificate, ground)
        badges.announce_standing(certificate)

    town.act(end, certification.revoke, row[0], Ground.G05_FALSE_MATERIAL)
    town.act(end, certification.suspend, row[2], Ground.G04_FOOD_ACCIDENT)
    found = {one["name"]: one["standing"] for one in _ask(client, q="瓯越")["units"]}
    assert found == {"瓯越0号店": "VALID", "瓯越1号店": "VALID", "瓯越2号店": "SUSPENDED"}
    certified = client.get("/api/v1/units?certified=true&q=瓯越").get_json()["units"]
    assert {one["name"] for one in certified} == set(found)


def test_what_is_no_place_is_refused(client: FlaskClient) -> None:
    for wrong in (
        {"lng_e3": 180_001},
        {"lat_e3": -90_001},
        {"lat_e3": None},
        {"lng_e3": 120672.4},
        {"lng": 120.672, "lat": 28.013},
        {"within_m": 5},
        {"after": "AAAA"},
        {"after": "bmFuIDAxOTNhMDAwLTAwMDAtNzAwMC04MDAwLTAwMDAwMDAwMDAwMA"},
        {"promise": "everything"},
        {"who": 1},
    ):
        _ask(client, 422, **wrong)


def test_where_somebody_was_stands_in_no_log(client: FlaskClient, town: Town, caplog: pytest.LogCaptureFixture) -> None:
    town.shop("瓯越电器")
    with caplog.at_level(logging.DEBUG):
        _ask(client, lng_e3=120681, lat_e3=28004)
    logged = "".join(str(vars(record)) for record in caplog.records)
    assert "/api/v1/nearby-units" in logged, "the control: the request itself is logged"
    assert "28004" not in logged
    assert "120681" not in logged
