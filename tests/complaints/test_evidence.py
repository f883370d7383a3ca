"""Photos of a dispute: what is taken, what is left of it, who opens it, and for how long."""

import hashlib
import io
import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from backend.infrastructure.photos import MOST_BYTES
from backend.kernel.clock import FixedClock
from tests import pdf_files
from tests.calling import Caller
from tests.pages.town import Browser, Shop, Town
from tests.scene import IDENTITY, Callers, accepted, both, picture, request_body

CANARY = b"canary-GPS-27.9938-120.6993"
API = "/api/v1"


@pytest.fixture
def path(consumer: Caller, shop: Shop) -> str:
    """A request that photos can be added to."""
    return f"/settlements/{consumer.post('/settlements', request_body(shop), 201)['case_no']}"


def _upload(caller: Caller, path: str, content: bytes, *, station: str = "false") -> Any:
    sent = {"photo": FileStorage(BytesIO(content), "IMG_1.jpg"), "for_station": station}
    boundary, body = encode_multipart(sent)
    kind = f"multipart/form-data; boundary={boundary}"
    return caller.api("POST", f"{path}/photos", caller.token, data=body, content_type=kind)


def _added(caller: Caller, path: str, content: bytes, **how: str) -> Any:
    answer = _upload(caller, path, content, **how)
    assert answer.status_code == 201, answer.text
    return answer.get_json()


def _link(caller: Caller, path: str, position: int = -1) -> str:
    url: str = caller.get(path)["photos"][position]["url"]
    return url.removeprefix(API)


def _with_location() -> bytes:
    """A JPEG that says where it was taken, by whom, and carries a page behind its end."""
    exif = Image.Exif()
    exif[0x010E] = CANARY.decode()
    exif.get_ifd(0x8825)[2] = (27.0, 59.0, 37.0)
    return picture(exif=exif.tobytes(), comment=CANARY) + b"<script>alert(1)</script>" + CANARY


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_pictures_of_phones_are_taken(consumer: Caller, path: str, kind: str) -> None:
    receipt = _added(consumer, path, picture(kind=kind, size=(64, 64)))
    assert (receipt["position"], len(receipt["sha256"])) == (1, 64)
    with Image.open(io.BytesIO(consumer.get(_link(consumer, path)))) as shown:
        assert (shown.format, shown.size) == ("JPEG", (64, 64))


def test_the_station_adds_what_everybody_sees(
    consumer: Caller, member: Caller, callers: Callers, path: str, shop: Shop
) -> None:
    _added(consumer, path, picture("blue"))
    assert member.get(path)["photos"] == [], "the control: the consumer's is not for the station"
    receipt = _added(member, path, _with_location())
    for caller in (consumer, member):
        assert [one["side"] for one in caller.get(path)["photos"]][-1] == "station"
        assert CANARY not in caller.get(_link(caller, path))
    assert consumer.get(path)["photos"][-1]["sha256"] == receipt["sha256"]
    colleague = callers.member(shop, "zhan-li")
    assert _upload(colleague, path, picture("green")).get_json()["code"] == "owned_by_colleague"
    assert _upload(callers.person("lu-ren"), path, picture("green")).status_code == 404
    for number in range(8):
        _added(member, path, picture(size=(64, 50 + number)))
    assert _upload(member, path, picture("green")).get_json()["code"] == "too_many_photos"
    assert _added(consumer, path, picture("green"))["position"] == 11, "each side has nine of its own"


def test_who_is_concerned_hears_that_the_station_added_something(
    consumer: Caller,
    member: Caller,
    callers: Callers,
    path: str,
    shop: Shop,
    notices: Callable[..., list[tuple[str, str]]],
    clock: FixedClock,
) -> None:
    _added(consumer, path, picture("blue"))
    assert notices(consumer) == [], "the control: one's own is no news"
    for colour in ("red", "green", "green"):
        _added(member, path, picture(colour))
    assert notices(consumer) == both("settlement_evidence_added"), "once a day"
    clock.advance(days=1)
    _added(member, path, picture("white"))
    assert notices(consumer) == both(*["settlement_evidence_added"] * 2)

    officer, colleague = callers.staff(), callers.staff()
    case = accepted(consumer, member, officer, shop)
    own = "/settlements/" + consumer.get(case)["settlement_no"]
    for colour in ("red", "green"):
        _added(member, own, picture(colour))
    assert notices(officer)[-2:] == both("complaint_evidence_added")
    assert dict(notices(colleague)).keys() == {"deadline_near"}, "the officer in charge alone"
    assert notices(consumer)[-2:] == both("settlement_evidence_added")
    consumer.post(f"{case}/withdraw")
    _added(member, own, picture("white"))
    assert "complaint_evidence_added" not in dict(notices(officer)), "what is closed waits for no officer"


def test_nothing_but_the_picture_survives(consumer: Caller, path: str) -> None:
    sent = _with_location()
    assert CANARY in sent
    with Image.open(io.BytesIO(sent)) as opened:
        assert opened.getexif().get_ifd(0x8825), "the control: the upload says where it was taken"
    _added(consumer, path, sent)
    kept = consumer.get(_link(consumer, path))
    assert CANARY not in kept
    assert b"script" not in kept
    assert kept.endswith(b"\xff\xd9")
    with Image.open(io.BytesIO(kept)) as shown:
        assert not shown.getexif()
        assert "comment" not in shown.info


def _bomb() -> bytes:
    """A PNG of 100,000 × 100,000 pixels in a few bytes."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "gif": (lambda: picture(kind="GIF"), "photo_unreadable"),
    "svg": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "photo_unreadable"),
    "html": (lambda: b"<!doctype html><script>alert(1)</script>", "photo_unreadable"),
    "truncated": (lambda: picture(size=(400, 400))[:-200], "photo_unreadable"),
    "empty": (lambda: b"", "photo_unreadable"),
    "bomb": (_bomb, "photo_too_many_pixels"),
    "oversize": (lambda: picture() + b"\0" * MOST_BYTES, "photo_too_large"),
}


def test_what_is_no_photo_is_refused_in_words_and_the_complaint_stays(consumer: Caller, path: str, shop: Shop) -> None:
    for what, (make, code) in REFUSED.items():
        answer = _upload(consumer, path, make())
        problem = answer.get_json()
        assert (answer.status_code, problem["code"]) == (422, code), what
        assert "照片" in problem["detail"]
    kept = consumer.get(path)
    assert (kept["facts"], kept["photos"]) == (request_body(shop)["facts"], [])
    _added(consumer, path, picture())


def test_a_body_far_too_large_is_cut_off(consumer: Caller, path: str) -> None:
    answer = _upload(consumer, path, b"\0" * (10 * 1024 * 1024))
    assert (answer.status_code, answer.get_json()["code"]) == (413, "too_large")
    assert consumer.get(path)["photos"] == []


def test_nine_photos_and_each_only_once(consumer: Caller, path: str) -> None:
    for number in range(9):
        assert _added(consumer, path, picture(size=(64, 48 + number)))["position"] == number + 1
    again = _added(consumer, path, picture(size=(64, 50)))
    assert again["position"] == 3, "sent again after a lost reply, it is the photo that stands"
    answer = _upload(consumer, path, picture("blue"))
    assert (answer.status_code, answer.get_json()["code"]) == (409, "too_many_photos")
    assert len(consumer.get(path)["photos"]) == 9


def test_a_link_lives_five_minutes(consumer: Caller, path: str, clock: FixedClock) -> None:
    _added(consumer, path, picture())
    link = _link(consumer, path)
    clock.advance(minutes=5)
    assert consumer.get(link)[:2] == b"\xff\xd8"
    clock.advance(seconds=1)
    assert consumer.get(link, 404)["code"] == "link_expired"
    consumer.get(_link(consumer, path))


def test_a_forged_link_opens_nothing(consumer: Caller, path: str) -> None:
    _added(consumer, path, picture())
    link = _link(consumer, path)
    for position in range(len("/evidence/"), len(link), 7):
        other = "A" if link[position] != "A" else "B"
        consumer.get(link[:position] + other + link[position + 1 :], 404)
    consumer.get("/evidence/x", 404)
    consumer.get(link)


def test_a_link_opens_for_its_viewer_alone(
    consumer: Caller, path: str, callers: Callers, shop: Shop, town: Town
) -> None:
    _added(consumer, path, picture(), station="true")
    link, member, officer = _link(consumer, path), callers.member(shop), callers.staff()
    for other in (callers.nobody(), callers.person("lu-ren"), member, officer):
        assert other.get(link, 404)["code"] == "link_expired"
    consumer.get(link)
    own = _link(member, path)
    member.get(own)
    consumer.get(own, 404)
    answer = consumer.api("GET", link, consumer.token)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_in_a_browser_the_cookie_says_who_the_viewer_is(town: Town, shop: Shop, callers: Callers) -> None:
    browser: Browser = town.person("gu-ke")
    consumer = callers.of(browser)
    number = consumer.post("/settlements", request_body(shop), 201)["case_no"]
    _added(consumer, f"/settlements/{number}", picture())
    link = browser.get(f"/my/cases/{number}").split('<img src="/api/v1/evidence/')[1].split('"')[0]
    link = f"{API}/evidence/{link}"
    assert browser.client.get(link).content_type == "image/jpeg"
    assert town.person("lu-ren").client.get(link).status_code == 404
    assert town.app.test_client().get(link).status_code == 404


def test_the_station_sees_only_what_the_consumer_lets_it_see(
    consumer: Caller, path: str, callers: Callers, shop: Shop, town: Town
) -> None:
    _added(consumer, path, picture("red"))
    _added(consumer, path, picture("blue"), station="true")
    member, officer = callers.member(shop), callers.staff()
    assert [photo["position"] for photo in member.get(path)["photos"]] == [2]
    assert [photo["position"] for photo in officer.get(path)["photos"]] == [1, 2]
    assert _upload(officer, path, picture()).status_code == 403
    assert _upload(callers.person("lu-ren"), path, picture()).status_code == 404
    assert _upload(callers.nobody(), path, picture()).status_code == 401


def test_a_closed_request_takes_no_photo_and_an_escalated_one_does(
    consumer: Caller, path: str, callers: Callers, shop: Shop
) -> None:
    callers.member(shop).post(f"{path}/refuse", {"text": "小票丢了，没有办法退货。"})
    consumer.post(f"{path}/escalate", {"identity": IDENTITY}, 201)
    _added(consumer, path, picture())
    other = f"/settlements/{consumer.post('/settlements', request_body(shop), 201)['case_no']}"
    consumer.post(f"{other}/withdraw")
    answer = _upload(consumer, other, picture())
    assert (answer.status_code, answer.get_json()["code"]) == (409, "case_closed")


def test_a_pdf_is_kept_as_it_came_and_handed_out_as_a_file(
    consumer: Caller, path: str, callers: Callers, shop: Shop
) -> None:
    sent = pdf_files.sound(2)
    receipt = _added(consumer, path, sent, station="true")
    assert (receipt["kind"], receipt["pages"], receipt["size"]) == ("pdf", 2, len(sent))
    assert receipt["sha256"] == hashlib.sha256(sent).hexdigest()
    assert _added(consumer, path, sent)["position"] == 1, "sent again, it is the one that stands"
    assert _added(consumer, path, picture())["kind"] == "photo"
    member = callers.member(shop)
    assert [(one["kind"], one["pages"]) for one in member.get(path)["photos"]] == [("pdf", 2)]
    link = _link(member, path)
    answer = member.api("GET", link, member.token)
    assert answer.data == sent
    told = answer.headers
    assert told["Content-Type"] == "application/pdf"
    assert told["Content-Disposition"].startswith("attachment;")
    assert told["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in told["Content-Security-Policy"]
    assert told["Cache-Control"] == "no-store"
    consumer.get(link, 404)


def test_a_pdf_that_does_things_is_refused(consumer: Caller, path: str) -> None:
    answer = _upload(consumer, path, pdf_files.with_file_inside())
    assert (answer.status_code, answer.get_json()["code"]) == (422, "pdf_active")
    assert consumer.get(path)["photos"] == []


def test_photos_and_pdfs_are_nine_together_and_stand_on_the_pages(town: Town, shop: Shop, callers: Callers) -> None:
    browser: Browser = town.person("gu-ke")
    consumer = callers.of(browser)
    number = consumer.post("/settlements", request_body(shop), 201)["case_no"]
    path, case = f"/settlements/{number}", f"/my/cases/{number}"
    for height in range(8):
        _added(consumer, path, picture(size=(64, 48 + height)))
    sent = {
        "csrf_token": browser.csrf(case),
        "photo": (BytesIO(pdf_files.sound()), "合同.pdf"),
        "for_station": "true",
    }
    answer = browser.client.post(f"{case}/photos", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 303
    page = browser.get(case)
    assert "PDF 已保存" in page
    assert "第 9 个文件：PDF，1 页" in page
    assert "第 9 个文件：PDF，1 页" in town.member(shop).get(f"/station/{number}")
    assert _upload(consumer, path, pdf_files.sound(2)).get_json()["code"] == "too_many_photos"
