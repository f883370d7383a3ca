"""What reads WeChat's pushes meets hostile XML and JSON, before and inside the encryption: refused, never raised through."""

from datetime import datetime
from urllib.parse import parse_qsl

import pytest
from wechatpy.crypto import WeChatCrypto

from backend.infrastructure.wechat import PushRefused, read_push
from backend.infrastructure.wechat.push import media_check_result, signature
from tests.conftest import PRESENT
from wechat_double.credentials import MINI_APP_ID, PUSH_AES_KEY, PUSH_TOKEN
from wechat_double.pushing import sealed_push

AT = str(int(PRESENT.timestamp()))
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE xml [<!ENTITY a "哈">'
    + "".join(
        f'<!ENTITY {name} "{("&" + before + ";") * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><xml><Encrypt>&i;</Encrypt></xml>"
)
FOREIGN_FILE = '<!DOCTYPE xml [<!ENTITY f SYSTEM "file:///etc/hostname">]><xml><Encrypt>&f;</Encrypt></xml>'


def sealed(inner: str) -> tuple[dict[str, str], str]:
    """Query and ciphertext of whatever text, sealed as WeChat does."""
    outer = WeChatCrypto(PUSH_TOKEN, PUSH_AES_KEY, MINI_APP_ID).encrypt_message(inner, "nonce-1", AT)
    ciphertext = outer.split("<Encrypt><![CDATA[")[1].split("]]></Encrypt>")[0]
    signed = signature(PUSH_TOKEN, AT, "nonce-1", ciphertext)
    return {"msg_signature": signed, "timestamp": AT, "nonce": "nonce-1"}, ciphertext


def read(body: bytes, query: dict[str, str], now: datetime = PRESENT) -> dict[str, object]:
    return read_push(body, query, token=PUSH_TOKEN, aes_key=PUSH_AES_KEY, app_id=MINI_APP_ID, now=now)


def as_xml(ciphertext: str) -> bytes:
    return f"<xml><ToUserName>gh_double</ToUserName><Encrypt><![CDATA[{ciphertext}]]></Encrypt></xml>".encode()


def test_xml_and_json_are_read_alike() -> None:
    query, ciphertext = sealed("<xml><MsgType>event</MsgType><Event>wxa_media_check</Event></xml>")
    assert read(as_xml(ciphertext), query) == {"MsgType": "event", "Event": "wxa_media_check"}
    query, ciphertext = sealed('{"MsgType": "event", "Event": "放心"}')
    assert read(as_xml(ciphertext), query) == {"MsgType": "event", "Event": "放心"}
    pushed, body = sealed_push(MINI_APP_ID, {"Event": "x"}, at=PRESENT.timestamp())
    assert read(body, dict(parse_qsl(pushed))) == {"Event": "x"}


HOSTILE = {
    "another root": "<html><Encrypt>x</Encrypt></html>",
    "billion laughs": LAUGHS,
    "a file of the machine": FOREIGN_FILE,
    "no end": "<xml><Encrypt>",
    "no XML": "Encrypt=1",
    "nothing": "",
    "a text": '"Encrypt"',
    "a list": '["Encrypt"]',
    "deep": '{"Encrypt":' * 20_000,
    "NUL": "<xml>\0</xml>",
    "no object": "<xml>text</xml>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_outside_is_refused(name: str) -> None:
    query, _ = sealed("{}")
    with pytest.raises(PushRefused):
        read(HOSTILE[name].encode()[:64_000], query)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_inside_is_refused(name: str) -> None:
    query, ciphertext = sealed(HOSTILE[name][:64_000])
    with pytest.raises(PushRefused):
        read(as_xml(ciphertext), query)


@pytest.mark.parametrize("offset_s", [-301, 301, 10**9])
def test_outside_five_minutes_is_refused(offset_s: int) -> None:
    query, ciphertext = sealed("{}")
    shifted = str(int(AT) + offset_s)
    again = {**query, "timestamp": shifted, "msg_signature": signature(PUSH_TOKEN, shifted, "nonce-1", ciphertext)}
    with pytest.raises(PushRefused, match="window"):
        read(as_xml(ciphertext), again)
    assert read(as_xml(ciphertext), query) == {}


@pytest.mark.parametrize("timestamp", ["", "x", "-1", "١٧٦٤", "9" * 400, "1e9", " 1", "²"])
def test_an_odd_time_is_refused(timestamp: str) -> None:
    query, ciphertext = sealed("{}")
    with pytest.raises(PushRefused):
        read(as_xml(ciphertext), {**query, "timestamp": timestamp})


@pytest.mark.parametrize("missing", ["msg_signature", "timestamp", "nonce"])
def test_a_part_left_out_is_refused(missing: str) -> None:
    query, ciphertext = sealed("{}")
    with pytest.raises(PushRefused):
        read(as_xml(ciphertext), {name: value for name, value in query.items() if name != missing})


def test_without_a_token_in_the_settings_everything_is_refused() -> None:
    _, ciphertext = sealed("{}")
    query = {"msg_signature": signature("", AT, "n", ciphertext), "timestamp": AT, "nonce": "n"}
    with pytest.raises(PushRefused, match="signature"):
        read_push(as_xml(ciphertext), query, token="", aes_key="", app_id=MINI_APP_ID, now=PRESENT)


@pytest.mark.parametrize("signed", ["签名", "\ud800", "\0", "x" * 4000])
def test_an_odd_signature_is_refused(signed: str) -> None:
    query, ciphertext = sealed("{}")
    with pytest.raises(PushRefused, match="signature"):
        read(as_xml(ciphertext), {**query, "msg_signature": signed})


def test_half_a_surrogate_pair_for_a_ciphertext_is_refused() -> None:
    query, _ = sealed("{}")
    with pytest.raises(PushRefused, match="signature"):
        read(b'{"Encrypt": "\\ud800"}', query)


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ({"Event": "wxa_media_check", "trace_id": "t", "result": {"suggest": "risky"}}, ("t", "risky")),
        ({"Event": "wxa_media_check", "trace_id": "t", "result": {}}, ("t", "review")),
        ({"Event": "wxa_media_check", "trace_id": "t", "result": "pass"}, None),
        ({"Event": "other", "trace_id": "t", "result": {"suggest": "pass"}}, None),
        ({}, None),
    ],
)
def test_a_picture_check_s_result(event: dict[str, object], expected: tuple[str, str] | None) -> None:
    assert media_check_result(event) == expected
