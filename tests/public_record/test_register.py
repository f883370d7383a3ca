"""The open register: everybody may copy it, keep it fresh, and find who lost the certificate; nothing in it is a person's."""

from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from backend.access.actor import SYSTEM
from backend.badges import service as badges
from backend.certification import queries as certificates
from backend.certification import service as certification
from backend.certification.rules import Ground, findable_since, is_past
from backend.kernel.clock import FixedClock, local_instant
from backend.merchants.rules import Category, public_contact
from tests.pages.town import Shop, Town


def _get(client: FlaskClient, query: str = "", status: int = 200, **headers: str) -> Any:
    answer = client.get(f"/api/v1/units{query}", headers=headers)
    assert answer.status_code == status, answer.text
    return answer.get_json()


def _names(client: FlaskClient, query: str) -> list[str]:
    return [unit["name"] for unit in _get(client, query)["units"]]


def _card(client: FlaskClient, shop: Shop) -> Any:
    return client.get(f"/api/v1/badges/{shop.token}").get_json()


def _end(town: Town, shop: Shop, deed: Any, ground: Ground) -> None:
    def act() -> None:
        certificate = certificates.by_number(shop.certificate_no)
        deed(SYSTEM, certificate, ground)
        badges.announce_standing(certificate)

    town.act(act)


def test_a_unit_with_everything_that_a_copy_needs(client: FlaskClient, shop: Shop) -> None:
    unit = _get(client)["units"][0]
    assert (unit["number"], unit["name"], unit["standing"]) == (shop.certificate_no, "瓯越电器", "VALID")
    assert (unit["county_code"], unit["category"], unit["valid_until"]) == ("330302", "shop", "2029-01-04")
    assert unit["score"] == {"count": 0, "mean": None}
    assert unit["page"] == f"/units/{shop.certificate_no}"
    assert (unit["reason"], unit["standing_on"], unit["entries"], unit["grades"]) == (None, None, [], [])
    assert client.get(f"/api/v1/units/{shop.certificate_no}").get_json() == unit
    assert not {"id", "merchant_id", "uscc", "station_id"} & set(unit)


def test_pages_follow_each_other_without_a_gap(town: Town, client: FlaskClient, clock: FixedClock) -> None:
    for number in range(5):
        town.shop(f"瓯越{number}号店")
        clock.advance(minutes=number % 2)
    seen, after = [], ""
    for _ in range(3):
        found = _get(client, f"?limit=2{after}")
        seen += [unit["name"] for unit in found["units"]]
        after = f"&after={found['after']}"
    assert seen == [f"瓯越{number}号店" for number in range(5)]
    assert found["after"] is None
    _get(client, "?after=AAAA", 422)
    _get(client, "?after=MDAwMS0wMS0wMVQwMDowMDowMCsxNDowMCB4", 422)


def test_filters(town: Town, client: FlaskClient) -> None:
    town.shop("瓯越电器")
    eatery = town.shop("江心海鲜", category=Category.RESTAURANT)
    _end(town, eatery, certification.suspend, Ground.G04_FOOD_ACCIDENT)
    assert _names(client, "?category=restaurant") == ["江心海鲜"]
    assert _names(client, "?county=330302") == ["瓯越电器", "江心海鲜"]
    assert _names(client, "?county=330303") == []
    assert _names(client, "?standing=SUSPENDED") == ["江心海鲜"]
    assert _names(client, "?standing=VALID") == ["瓯越电器"]
    assert _names(client, "?q=江心") == ["江心海鲜"]
    for wrong in ("category=bank", "county=110000", "standing=VOIDED", "limit=0", "limit=201", "since=1"):
        _get(client, f"?{wrong}", 422)
    for wrong in ("2026-11-23", "0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-14:00"):
        _get(client, f"?changed_since={wrong}", 422)


def test_a_number_is_looked_for_as_it_stands_on_the_plate(town: Town, client: FlaskClient) -> None:
    shop = town.shop("瓯越电器", certificate_no="温放心2017-00268")
    town.shop("瓯越百货", certificate_no="温放心2017-02681")
    for typed in (
        "温放心2017-00268",
        "2017-00268",
        "温放心2017-00268-01",
        "２０１７－００２６８",
        " 温放心 2017-00268 ",
    ):
        assert _names(client, f"?q={quote(typed)}") == ["瓯越电器"], typed
        page = client.get("/units", query_string={"q": typed}).text
        assert (f"/units/{quote(shop.certificate_no)}" in page, "瓯越百货" in page) == (True, False), typed
    for other in ("2017", "00268", "温放心2017-0026", "温放心2018-00268", "温放心%00"):
        assert _names(client, f"?q={quote(other)}") == [], other


def test_a_copy_asks_for_what_changed(town: Town, client: FlaskClient, clock: FixedClock) -> None:
    shops = [town.shop(name) for name in ("瓯越电器", "江心海鲜", "五马糕点")]
    clock.advance(hours=1)
    since = clock.now().isoformat().replace("+00:00", "Z")
    assert _names(client, f"?changed_since={since}") == []
    _end(town, shops[1], certification.rectify, Ground.G13_STANDARD_NOT_MET)
    assert _names(client, f"?changed_since={since}") == ["江心海鲜"]
    assert _names(client, "") == ["瓯越电器", "五马糕点", "江心海鲜"], "what changed last comes last"


def test_what_did_not_change_is_not_sent_again(town: Town, client: FlaskClient, shop: Shop, clock: FixedClock) -> None:
    for path in ("/api/v1/units", f"/api/v1/units/{shop.certificate_no}"):
        tag = client.get(path).headers["ETag"]
        again = client.get(path, headers={"If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")
        _end(town, shop, certification.rectify, Ground.G13_STANDARD_NOT_MET)
        changed = client.get(path, headers={"If-None-Match": tag})
        assert changed.status_code == 200
        town.act(lambda: certification.restore(SYSTEM, certificates.by_number(shop.certificate_no)))
        clock.advance(days=1)
        assert client.get(path, headers={"If-None-Match": changed.headers["ETag"]}).status_code == 200, "a new day"


ENDINGS = {
    "REVOKED": (certification.revoke, Ground.G05_FALSE_MATERIAL),
    "CANCELLED": (certification.cancel, Ground.G21_VOLUNTARY),
}


@pytest.mark.parametrize("standing", ENDINGS)
def test_who_lost_the_certificate_stays_three_years_with_the_reason(
    town: Town, client: FlaskClient, clock: FixedClock, shop: Shop, standing: str
) -> None:
    deed, ground = ENDINGS[standing]
    _end(town, shop, deed, ground)
    path = f"/units/{shop.certificate_no}"
    for moment in (clock.now(), local_instant(date(2029, 11, 23), 23, 59)):
        clock.set(moment)
        unit = _get(client)["units"][0]
        assert (unit["standing"], unit["reason"], unit["standing_on"]) == (standing, ground.zh, "2026-11-23")
        assert ground.zh in client.get(path).text
        assert shop.name in client.get("/units?q=瓯越").text
        assert ground.zh in client.get(f"/b/{shop.token}").text
        assert _card(client, shop)["certificate"]["reason"] == ground.zh
    clock.set(local_instant(date(2029, 11, 24)))
    assert _get(client)["units"] == []
    assert client.get(f"/api/v1{path}").get_json()["code"] == "unit_not_in_register"
    assert client.get(path).status_code == 404
    assert shop.name not in client.get("/units?q=瓯越").text
    page = client.get(f"/b/{shop.token}").text
    assert ground.zh not in page
    assert "证书结束已满三年" in page
    assert "名录里的完整记录" not in page
    assert client.get(f"/b/{shop.token}").status_code == 200, "a plate on the wall must not fall silent"
    card = _card(client, shop)
    assert (card["past"], card["standing"], card["certificate"]["reason_on"]) == (True, standing, "2026-11-23")
    assert (card["certificate"]["reason"], card["score"], card["outcomes"]) == (None, {"count": 0}, {})
    assert (card["unit"]["commitments"], card["photo"]) == ([], None)


def test_a_unit_certified_again_is_there_once_and_valid(town: Town, client: FlaskClient, shop: Shop) -> None:
    _end(town, shop, certification.cancel, Ground.G21_VOLUNTARY)

    def again() -> None:
        unit = certificates.by_number(shop.certificate_no).unit_id
        from backend.merchants import queries as merchants

        held = merchants.unit(unit)
        made = certification.award(SYSTEM, held, "FXXF-330302-2026-09999", date(2026, 11, 23), date(2029, 11, 22))
        badges.refresh_unit(held, made)

    town.act(again)
    assert [(unit["number"], unit["standing"]) for unit in _get(client)["units"]] == [
        ("FXXF-330302-2026-09999", "VALID")
    ]
    assert _get(client, "?standing=CANCELLED")["units"] == []
    assert client.get(f"/api/v1/units/{shop.certificate_no}").get_json()["number"] == "FXXF-330302-2026-09999"


def test_three_years_are_counted_by_the_calendar() -> None:
    assert findable_since(date(2032, 2, 29)) == date(2029, 2, 28)
    ended = date(2026, 11, 23)
    assert not is_past("revoked", ended, date(2029, 11, 23))
    assert is_past("revoked", ended, date(2029, 11, 24))
    assert not is_past("suspended", ended, date(2029, 11, 24)), "still open"


SOLE = "92330302MA2ABCDE7X"


def _contact(uscc: str, category: Category, merchant: str, phone: str) -> tuple[str, str, str | None, bool]:
    values = {"merchant": merchant, "address": "蝉街百里坊弄 7 号 901 室", "county": "鹿城区", "phone": phone}
    shown = public_contact(uscc, category, **values)
    return shown.merchant, shown.address, shown.phone, shown.located


def test_a_sole_traders_own_name_mobile_and_home_are_nobodys_business() -> None:
    home, company = "蝉街百里坊弄 7 号 901 室", "91330302MA2ABCDE7X"
    shop, online = Category.SHOP, Category.ONLINE_SHOP
    assert _contact(SOLE, online, "司徒青岚", "13812340987") == ("个体工商户", "鹿城区", None, False)
    assert _contact(SOLE, shop, "鹿城区司徒面馆", "0577-88961234") == ("鹿城区司徒面馆", home, "0577-88961234", True)
    assert _contact(SOLE, shop, "鹿城区司徒面馆", "+86 138-1234-0987")[2] is None
    assert _contact(company, online, "司徒有限", "13812340987") == ("司徒有限", home, "13812340987", True), (
        "a company's"
    )


def test_a_sole_traders_private_data_is_in_no_public_answer(town: Town, client: FlaskClient) -> None:
    shop = town.shop(
        "青岚手作", category=Category.ONLINE_SHOP, uscc=SOLE, merchant_name="司徒青岚",
        address="鹿城区蝉街百里坊弄 7 号 901 室", phone="13812340987",
    )  # fmt: skip
    control = town.shop("百里坊书店", address="鹿城区百里坊路 9 号", phone="13812340000")
    number, token = shop.certificate_no, shop.token
    paths = (
        "/api/v1/units",
        f"/api/v1/units/{number}",
        f"/api/v1/badges/{token}",
        f"/b/{token}",
        f"/units/{number}",
        "/units",
    )
    for path in paths:
        text = client.get(path).text
        for private in ("13812340987", "司徒青岚", "901"):
            assert private not in text, (path, private)
    assert "13812340000" in client.get(f"/api/v1/units/{control.certificate_no}").text, "the control: a company's"
    assert "青岚手作" not in client.get("/units?q=百里坊").text, "not by what may not be read"
    assert "百里坊书店" in client.get("/units?q=百里坊").text
