"""The shop front: sent by the station, looked at by an officer, shown in the page itself, and nothing but the picture."""

import base64
import io
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image

from backend.access.actor import Role
from backend.infrastructure.photos import THUMBNAIL_BYTES, thumbnail
from tests.console.office import YUEQING
from tests.pages.town import Shop, Town
from tests.public_record.conftest import upload
from tests.scene import Callers, both, picture

Section = Callable[[Shop, str], dict[str, Any]]


def _shown(client: FlaskClient, shop: Shop) -> bool:
    return "data:image/jpeg;base64," in client.get(f"/b/{shop.token}").text


def test_a_stations_photo_shows_when_an_officer_has_seen_it(
    client: FlaskClient, callers: Callers, shop: Shop, section: Section, notices: Callable[..., Any]
) -> None:
    member, officer = callers.member(shop), callers.staff()
    sent = upload(member, shop)
    assert (sent.status_code, sent.get_json()["showing"]) == (201, "waiting")
    assert not _shown(client, shop), "nothing shows before an officer has seen it"
    member.get(f"/units/{shop.certificate_no}/photo", 404)
    waiting = officer.get("/public-record/waiting")["photos"]
    assert [photo["number"] for photo in waiting] == [sent.get_json()["number"]]
    officer.post(f"/shop-photos/{waiting[0]['number']}/decide", {"show": True})
    assert _shown(client, shop)
    assert member.get(f"/units/{shop.certificate_no}/photo")[:2] == b"\xff\xd8"
    assert officer.get("/public-record/waiting")["photos"] == []
    assert notices(member) == both("public_content_decided")
    assert section(shop, "photo")["on"] == "2026-11-23"


def test_a_refused_photo_is_refused_with_a_reason_and_the_shown_one_stays(
    client: FlaskClient, callers: Callers, shop: Shop
) -> None:
    member, officer = callers.member(shop), callers.staff()
    upload(officer, shop, picture("blue", (320, 240)))
    before = client.get(f"/b/{shop.token}").text.split("base64,")[2].split('"')[0]
    number = upload(member, shop).get_json()["number"]
    assert officer.refused(f"/shop-photos/{number}/decide", {"show": False}, 422) == "reason_missing"
    officer.post(f"/shop-photos/{number}/decide", {"show": False, "reason": "看不到店招，请重拍。"})
    assert before in client.get(f"/b/{shop.token}").text
    mine = member.get(f"/units/{shop.certificate_no}/public-record")["photos"]
    assert [(photo["showing"], photo["refusal"]) for photo in mine] == [
        ("refused", "看不到店招，请重拍。"),
        ("shown", None),
    ]
    assert officer.refused(f"/shop-photos/{number}/decide", {"show": True}) == "decided_already"


def test_an_officers_photo_shows_at_once_and_takes_the_place_of_the_one_before(
    callers: Callers, shop: Shop, section: Section
) -> None:
    officer = callers.staff()
    assert upload(officer, shop, picture("red", (320, 240))).get_json()["showing"] == "shown"
    first = section(shop, "photo")["jpeg"]
    assert upload(officer, shop, picture("blue", (320, 240))).get_json()["showing"] == "shown"
    assert section(shop, "photo")["jpeg"] != first
    states = [photo["showing"] for photo in officer.get(f"/units/{shop.certificate_no}/public-record")["photos"]]
    assert states == ["shown", "replaced"]


def test_a_newer_photo_takes_the_place_of_one_that_waits(callers: Callers, shop: Shop) -> None:
    member, officer = callers.member(shop), callers.staff()
    first, second = (upload(member, shop).get_json()["number"] for _ in range(2))
    assert [photo["number"] for photo in officer.get("/public-record/waiting")["photos"]] == [second]
    assert officer.refused(f"/shop-photos/{first}/decide", {"show": True}) == "decided_already"


def test_who_may_send_and_who_may_decide(callers: Callers, shop: Shop, town: Town) -> None:
    other = callers.member(town.shop("鹿城书店", station="南塘联络站"), "zhan-li")
    assert upload(other, shop).status_code == 404
    assert upload(callers.person("lu-ren"), shop).status_code == 403
    assert upload(callers.nobody(), shop).status_code == 401
    member = callers.member(shop)
    number = upload(member, shop).get_json()["number"]
    for stranger, status in (
        (member, 403),
        (callers.staff(Role.COUNCIL), 403),
        (callers.staff(Role.COUNTY_OFFICER, county=YUEQING), 404),
    ):
        stranger.refused(f"/shop-photos/{number}/decide", {"show": True}, status)


def test_what_is_no_photo_is_refused(callers: Callers, shop: Shop) -> None:
    answer = upload(callers.staff(), shop, b"<svg></svg>")
    assert (answer.status_code, answer.get_json()["code"]) == (422, "photo_unreadable")


@pytest.mark.parametrize("size", [(4000, 3000), (900, 1600), (64, 48), (2400, 100)])
def test_the_small_picture_is_small_and_bare(size: tuple[int, int]) -> None:
    noisy = Image.effect_noise(size, 90).convert("RGB")
    held = io.BytesIO()
    noisy.save(held, "JPEG", quality=90, comment=b"canary")
    assert len(held.getvalue()) > THUMBNAIL_BYTES or size == (64, 48), "the control"
    small = thumbnail(held.getvalue())
    assert len(small) <= THUMBNAIL_BYTES
    assert b"canary" not in small
    with Image.open(io.BytesIO(small)) as shown:
        assert shown.width <= 480
        assert not shown.getexif()


def test_the_card_holds_the_small_picture_that_the_page_shows(
    client: FlaskClient, callers: Callers, shop: Shop, section: Section
) -> None:
    upload(callers.staff(), shop, picture("navy", (1600, 1200)))
    held = section(shop, "photo")
    assert len(base64.b64decode(held["jpeg"])) <= THUMBNAIL_BYTES
    assert f"data:image/jpeg;base64,{held['jpeg']}" in client.get(f"/b/{shop.token}").text
