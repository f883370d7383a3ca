"""Photos beside an application: each is there once, of its pixels only, for who may read the application and nobody else."""

import io
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image

from backend.access.actor import Role
from backend.background import RETENTION
from backend.infrastructure.photos import MOST_BYTES
from backend.kernel.clock import FixedClock
from backend.personal_data import service as personal_data
from backend.personal_data.rules import CLASSES
from tests.applications.desk import Desk, photographed
from tests.calling import Caller
from tests.pages.town import Town
from tests.scene import Callers, picture

MARK = b"canary-GPS-27.9938"


def files(app: Flask) -> list[Path]:
    """What is stored of them."""
    return list((app.extensions["fangxin"].settings.data_dir / "objects/applications").rglob("*.jpg"))


def links(caller: Caller, desk: Desk) -> list[str]:
    """The addresses of the photos, for this caller."""
    return [one["url"].removeprefix("/api/v1") for one in caller.get(f"{desk.path}/photos")["photos"]]


def remove(caller: Caller, desk: Desk, position: int) -> int:
    """The status that a removal is answered with."""
    return caller.api("DELETE", f"{desk.path}/photos/{position}", caller.token).status_code


def test_a_photo_is_there_once_until_it_is_removed(desk: Desk, app: Flask) -> None:
    desk.begin()
    licence = desk.photograph()
    assert desk.photograph() == licence, "a double tap, or an answer that got lost"
    assert desk.photograph("blue", status=409)["code"] == "too_many_photos"
    for colour in ("red", "blue", "green", "white", "black", "grey"):
        desk.photograph(colour, "premises")
    assert desk.photograph("pink", "premises", 409)["code"] == "too_many_photos"
    shown = desk.member.get(f"{desk.path}/photos")["photos"]
    assert [one["kind"] for one in shown] == ["licence", *["premises"] * 6]
    assert desk.people.person("zhan-er").get(f"{desk.path}/photos")["photos"][0]["sha256"] == licence["sha256"]
    url = links(desk.member, desk)[0]
    for _ in range(2):
        assert remove(desk.member, desk, licence["position"]) == 204
    assert remove(desk.member, desk, 10**30) == 204
    assert desk.member.get(url, 404)["code"] == "photo_gone"
    assert desk.photograph("blue")["position"] == 8, "a position is not given twice"
    assert len(files(app)) == 7


def test_only_pixels_are_kept(desk: Desk) -> None:
    desk.begin()
    exif = Image.Exif()
    exif[0x010E] = MARK.decode()
    sent = picture(exif=exif.tobytes(), comment=MARK) + MARK
    assert sent.count(MARK) == 3, "the control"
    photographed(desk.member, desk.path, sent)
    kept = desk.member.get(links(desk.member, desk)[0])
    assert MARK not in kept
    with Image.open(io.BytesIO(kept)) as opened:
        assert (opened.format, opened.size, opened.getexif()) == ("JPEG", (64, 48), {})


@pytest.mark.parametrize(
    ("content", "kind", "status", "code"),
    [
        (b"%PDF-1.7", "licence", 422, "photo_unreadable"),
        (picture() + b"\0" * MOST_BYTES, "licence", 422, "photo_too_large"),
        (b"\0" * 2 * MOST_BYTES, "licence", 413, "too_large"),
        (picture(), "passport", 422, "invalid_input"),
    ],
    ids=["no photo", "large", "larger than any", "of what"],
)
def test_what_is_no_photo_is_refused(desk: Desk, content: bytes, kind: str, status: int, code: str) -> None:
    desk.begin()
    assert photographed(desk.member, desk.path, content, kind, status)["code"] == code


def test_without_a_licence_nothing_is_submitted_and_afterwards_nothing_changes(desk: Desk) -> None:
    desk.begin()
    desk.save()
    submit, body = f"{desk.path}/submit", {"seen": desk.revision, "is_true": True}
    photo = desk.photograph("blue", "premises")
    problem = desk.member.post(submit, body, 422)
    assert (problem["code"], list(problem["fields"])) == ("application_incomplete", ["licence"])
    desk.photograph()
    desk.member.post(submit, body)
    assert desk.photograph("green", "premises", 409)["code"] == "not_writable"
    assert remove(desk.member, desk, photo["position"]) == 409
    desk.first.post(f"{desk.path}/ask-correction", {"text": "执照看不清，请重拍。"})
    assert remove(desk.member, desk, photo["position"]) == 204
    desk.photograph("green", "premises")


def test_who_sees_them(desk: Desk, town: Town, callers: Callers, clock: FixedClock) -> None:
    desk.begin()
    desk.photograph()
    other: Caller = callers.member(town.shop("别家电器", station="别处维权联络站"), "zhan-li")
    path = f"{desk.path}/photos"
    desk.first.get(path, 404)  # a draft is the station's alone
    desk.submit()
    other.get(path, 404)
    photographed(other, desk.path, picture("blue"), status=404)
    assert remove(other, desk, 1) == 404
    callers.staff(county="330382").get(path, 404)
    photographed(desk.first, desk.path, picture("blue"), status=403)
    for reader in (desk.member, desk.first, desk.second, desk.office):
        assert reader.get(links(reader, desk)[0]).startswith(b"\xff\xd8"), "the control: who may read it opens it"
    (mine,) = links(desk.member, desk)
    for stranger in (other, desk.first, callers.nobody()):
        assert stranger.get(mine, 404)["code"] == "link_expired", "a link is its reader's alone"
    clock.advance(minutes=6)
    assert desk.member.get(mine, 404)["code"] == "link_expired"


def test_they_stand_on_the_pages_of_who_decides_and_of_the_station_but_not_on_the_notice(
    desk: Desk, town: Town
) -> None:
    desk.to_notice()
    desk.photograph("blue", status=409)
    for reader in (desk.people.desk(), desk.people.desk(Role.CITY_OFFICER), desk.people.desk(Role.JOINT_OFFICE)):
        assert "/api/v1/application-photos/" in reader.get(f"/console/applications/{desk.case_no}")
    member = desk.people.office.town.person("zhan-yi")
    assert "/api/v1/application-photos/" in member.get(f"/station/applications/{desk.case_no}")
    anybody = town.app.test_client()
    for page in ("/public-notices", f"/public-notices/{desk.case_no}", "/api/v1/public-notices"):
        shown = anybody.get(page).text
        assert desk.case_no in shown, "the control: it is there"
        assert "application-photos" not in shown


def test_they_are_forgotten_three_years_after_the_end(desk: Desk, app: Flask, clock: FixedClock) -> None:
    def forget() -> int:
        with app.app_context():
            done = personal_data.retain(RETENTION, really=True)["application_photo"]
            personal_data.delete_doomed()
            return done

    desk.begin()
    desk.photograph()
    desk.photograph("blue", "premises")
    desk.member.post(f"{desk.path}/withdraw")
    ended = clock.now()
    clock.set(ended + CLASSES["application_photo"].period)
    assert forget() == 0, "the control: they are there to their last moment"
    (url, _) = links(desk.member, desk)
    assert desk.member.get(url)
    clock.advance(days=1)
    assert forget() == 2
    assert links(desk.member, desk) == []
    assert files(app) == []
