"""Scanning over the API: the card with its standing first, tags that change with it, and what is not ours."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from backend.access.actor import SYSTEM, Role
from backend.badges import cards, service
from backend.badges.model import Scan
from backend.certification import queries as certificates
from backend.certification import service as certification
from backend.certification.model import Certificate
from backend.certification.rules import Ground
from backend.infrastructure.database import session
from backend.kernel.clock import FixedClock, local_instant
from backend.kernel.errors import InvalidInput
from tests.badges.conftest import Watch
from tests.pages.town import Shop, Town
from tests.scene import Callers


def _change(town: Town, shop: Shop, deed: Callable[[Certificate], object]) -> None:
    """A step of the certificate, with its card in the same transaction."""

    def act() -> None:
        certificate = certificates.by_number(shop.certificate_no)
        deed(certificate)
        service.announce_standing(certificate)

    town.act(act)


def _scan(client: FlaskClient, token: str, status: int = 200) -> Any:
    answer = client.post("/api/v1/scans", json={"token": token})
    assert answer.status_code == status, answer.text
    return answer.get_json()


def test_the_card_says_its_standing_first(client: FlaskClient, shop: Shop) -> None:
    answer = client.get(f"/api/v1/badges/{shop.token}")
    assert answer.status_code == 200
    assert answer.text.lstrip("{ \n").startswith('"standing"')
    card = answer.get_json()
    assert (card["standing"], card["standing_zh"]) == ("VALID", "证书有效")
    assert (card["unit"]["name"], card["unit"]["category_zh"], card["unit"]["county"]) == ("瓯越电器", "商店", "鹿城区")
    assert card["certificate"] == {
        "number": shop.certificate_no,
        "issued_on": "2026-01-05",
        "valid_until": "2029-01-04",
        "reason": None,
        "reason_on": None,
    }
    nothing = dict.fromkeys(("label", "voided_on", "void_reason"))
    assert card["plate"] == {"serial": f"{shop.certificate_no}-01", "placement": "door", **nothing}
    assert card["score"] == {"count": 0}
    assert len(card["unit"]["commitments"]) == 4
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_a_scan_gives_the_same_card_and_a_ticket(client: FlaskClient, shop: Shop) -> None:
    scanned = _scan(client, shop.token)
    assert scanned["card"] == client.get(f"/api/v1/badges/{shop.token}").get_json()
    assert set(scanned) == {"card", "visit_ticket"}


STEPS: dict[str, tuple[Callable[[Certificate], object], str | None]] = {
    "RECTIFY": (
        lambda held: certification.rectify(SYSTEM, held, Ground.G13_STANDARD_NOT_MET),
        "复核时不再符合放心消费单位标准",
    ),
    "SUSPENDED": (lambda held: certification.suspend(SYSTEM, held, Ground.G04_FOOD_ACCIDENT), "发生食品安全事故"),
    "REVOKED": (lambda held: certification.revoke(SYSTEM, held, Ground.G05_FALSE_MATERIAL), "申报材料弄虚作假"),
    "CANCELLED": (lambda held: certification.cancel(SYSTEM, held, Ground.G20_CLOSED_OR_MOVED), "已停业、注销或迁出"),
}


@pytest.mark.parametrize("standing", STEPS)
def test_every_standing_is_shown_with_its_reason_and_day(
    town: Town, client: FlaskClient, shop: Shop, standing: str
) -> None:
    deed, reason = STEPS[standing]
    before = client.get(f"/api/v1/badges/{shop.token}").headers["ETag"]
    _change(town, shop, deed)
    answer = client.get(f"/api/v1/badges/{shop.token}", headers={"If-None-Match": before})
    assert answer.status_code == 200
    card = answer.get_json()
    assert (card["standing"], card["certificate"]["reason"]) == (standing, reason)
    assert card["certificate"]["reason_on"] == "2026-11-23"
    assert _scan(client, shop.token)["card"]["standing"] == standing


def test_a_restored_certificate_has_no_reason_left(town: Town, client: FlaskClient, shop: Shop) -> None:
    _change(town, shop, STEPS["SUSPENDED"][0])
    _change(town, shop, lambda held: certification.restore(SYSTEM, held))
    card = client.get(f"/api/v1/badges/{shop.token}").get_json()
    assert (card["standing"], card["certificate"]["reason"], card["certificate"]["reason_on"]) == ("VALID", None, None)


def test_a_badge_expires_by_the_clock_alone(client: FlaskClient, clock: FixedClock, shop: Shop) -> None:
    last = local_instant(date(2029, 1, 5)) - timedelta(seconds=1)
    clock.set(last)
    answer = client.get(f"/api/v1/badges/{shop.token}")
    assert answer.get_json()["standing"] == "VALID"
    clock.advance(seconds=1)
    expired = client.get(f"/api/v1/badges/{shop.token}", headers={"If-None-Match": answer.headers["ETag"]})
    assert (expired.status_code, expired.get_json()["standing"]) == (200, "EXPIRED")


def test_an_unchanged_card_is_not_sent_again(town: Town, client: FlaskClient, shop: Shop) -> None:
    path = f"/api/v1/badges/{shop.token}"
    tag = client.get(path).headers["ETag"]
    for sent in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        answer = client.get(path, headers={"If-None-Match": sent})
        assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", tag), sent
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200, "the control"
    town.act(cards.write_section, shop.unit_id, "score", {"count": 1, "mean": 5.0})
    answer = client.get(path, headers={"If-None-Match": tag})
    assert (answer.status_code, answer.get_json()["score"]["count"]) == (200, 1)
    assert answer.headers["ETag"] != tag


def test_a_voided_plate_says_so_unless_the_certificate_is_worse(
    town: Town, callers: Callers, client: FlaskClient, shop: Shop
) -> None:
    tag = client.get(f"/api/v1/badges/{shop.token}").headers["ETag"]
    callers.staff().post(f"/plates/{shop.certificate_no}-01/void", {"reason": "cloned"})
    answer = client.get(f"/api/v1/badges/{shop.token}", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.get_json()["standing"]) == (200, "VOIDED")
    plate = answer.get_json()["plate"]
    assert (plate["voided_on"], plate["void_reason"]) == ("2026-11-23", "被翻拍、仿冒")
    _change(town, shop, STEPS["RECTIFY"][0])
    assert _scan(client, shop.token)["card"]["standing"] == "VOIDED"
    _change(town, shop, STEPS["REVOKED"][0])
    assert _scan(client, shop.token)["card"]["standing"] == "REVOKED"


def test_what_is_no_token_is_unknown(client: FlaskClient) -> None:
    for token in ("x", "1.7K3QX9C2M4TP", "1.7K3QX9C2M4TP.AbC_dEf-1２", "1.7k3qx9c2m4tp.AbC_dEf-12", "%00", "1." * 30):
        assert _scan(client, token, 404)["code"] == "UNKNOWN", token
        answer = client.get(f"/api/v1/badges/{token}")
        assert (answer.status_code, answer.get_json()["code"]) == (404, "UNKNOWN"), token


def test_any_changed_character_makes_a_token_unknown_without_a_read(
    client: FlaskClient, shop: Shop, reads: Watch
) -> None:
    with reads() as asked:
        for position, char in enumerate(shop.token):
            changed = shop.token[:position] + ("3" if char == "2" else "2") + shop.token[position + 1 :]
            answer = client.get(f"/api/v1/badges/{changed}")
            assert (answer.status_code, answer.get_json()["code"]) == (404, "UNKNOWN"), position
            assert "不是我们发的放心码" in answer.get_json()["detail"]
            assert _scan(client, changed, 404)["code"] == "UNKNOWN"
        assert asked == []
        _scan(client, shop.token)
        assert any("FROM plate" in statement for statement in asked), "the control"


def test_a_scan_row_names_no_person(town: Town) -> None:
    assert {column.name for column in Scan.__table__.columns} == {"sequence", "plate_id", "at"}
    with town.app.app_context():
        columns = sa.inspect(session().get_bind()).get_columns("scan")
        assert {column["name"] for column in columns} == {"sequence", "plate_id", "at"}
        assert {column["name"] for column in sa.inspect(session().get_bind()).get_columns("rating")} & {"account_id"}, (
            "the control"
        )


def test_what_a_ticket_proves(town: Town, client: FlaskClient, clock: FixedClock, shop: Shop) -> None:
    consumer = town.person("gu-ke")
    ticket = _scan(client, shop.token)["visit_ticket"]
    clock.advance(days=7)
    assert town.request(shop, consumer, visit_ticket=ticket)
    clock.advance(hours=1, seconds=1)
    with pytest.raises(InvalidInput) as refused:
        town.request(shop, consumer, visit_ticket=ticket)
    assert refused.value.code == "visit_ticket_expired"


def test_a_changed_ticket_proves_nothing(callers: Callers, client: FlaskClient, shop: Shop) -> None:
    ticket = _scan(client, shop.token)["visit_ticket"]
    consumer = callers.person("gu-ke")
    for changed in (ticket[:-1], ticket + "A", "A" + ticket[1:], ticket.swapcase(), "票", "."):
        assert consumer.refused("/ratings", {"visit_ticket": changed, "stars": 5}, 422) == "visit_ticket_invalid", (
            changed
        )
    consumer.post("/ratings", {"visit_ticket": ticket, "stars": 5}, 201)  # the control


def test_only_officers_of_the_county_void_a_plate_and_once(callers: Callers, town: Town, shop: Shop) -> None:
    path = f"/plates/{shop.certificate_no}-01/void"
    body = {"reason": "lost"}
    assert callers.nobody().refused(path, body, 401)
    for caller in (
        callers.person("gu-ke"),
        callers.member(shop),
        callers.staff(Role.COUNCIL),
        callers.staff(Role.OPERATOR),
    ):
        assert caller.refused(path, body, 403) == "action_not_permitted"
    assert callers.staff(county="330382").refused(path, body, 404) == "record_not_found"
    officer = callers.staff()
    assert officer.refused(path, {"reason": "bored"}, 422)
    assert officer.refused(f"/plates/{shop.certificate_no}-99/void", body, 404) == "record_not_found"
    assert officer.get(path.removesuffix("/void"))["voided_at"] is None
    voided = officer.post(path, body)
    assert (voided["void_reason"], voided["voided_at"][:10]) == ("lost", "2026-11-23")
    assert callers.staff(Role.JOINT_OFFICE).refused(path, body) == "plate_voided_already"
    assert officer.get(path.removesuffix("/void"))["void_reason"] == "lost"


def test_the_units_other_plates_stand(town: Town, callers: Callers, client: FlaskClient, shop: Shop) -> None:
    other = town.shop("信河街茶楼")
    callers.staff().post(f"/plates/{shop.certificate_no}-01/void", {"reason": "damaged"})
    assert _scan(client, shop.token)["card"]["standing"] == "VOIDED"
    assert _scan(client, other.token)["card"]["standing"] == "VALID"
