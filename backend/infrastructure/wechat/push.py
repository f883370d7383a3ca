"""What WeChat pushes to us: signature, decryption (safe mode), time window. Hostile input is refused, never raised through."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import xmltodict
from wechatpy.crypto import WeChatCrypto

_WINDOW = timedelta(minutes=5)
_LONGEST = 64 * 1024


class PushRefused(Exception):
    """The push is not WeChat's, is too old, or cannot be read. `reason` is for the log alone."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def signature(token: str, *parts: str) -> str:
    """SHA-1 of the sorted parts, as WeChat signs."""
    text = "".join(sorted((token, *parts))).encode("utf-8", "surrogatepass")
    return hashlib.sha1(text).hexdigest()  # noqa: S324  (WeChat's protocol)


def check_echo(token: str, query: Mapping[str, str]) -> str:
    """The `echostr` to send back when WeChat verifies our address. raises PushRefused"""
    _check_signature(token, query.get("signature", ""), query.get("timestamp", ""), query.get("nonce", ""))
    return query.get("echostr", "")


def read_push(
    body: bytes, query: Mapping[str, str], *, token: str, aes_key: str, app_id: str, now: datetime
) -> dict[str, Any]:
    """The pushed event as a plain object, after signature, time window and decryption.

    Whoever calls keeps (timestamp, nonce) for ten minutes and drops repeats.
    raises   PushRefused
    """
    timestamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
    if len(body) > _LONGEST:
        raise PushRefused("too long")
    if (
        not (timestamp.isascii() and timestamp.isdigit())
        or len(timestamp) > 11
        or abs(now.timestamp() - int(timestamp)) > _WINDOW.total_seconds()
    ):
        raise PushRefused("outside the time window")
    envelope = _parsed(body)
    encrypted = envelope.get("Encrypt")
    if not isinstance(encrypted, str):
        raise PushRefused("not encrypted")
    _check_signature(token, query.get("msg_signature", ""), timestamp, nonce, encrypted)
    try:
        crypto = WeChatCrypto(token, aes_key, app_id)
        plain = crypto.decrypt_message({"Encrypt": encrypted}, query["msg_signature"], timestamp, nonce)
    except Exception as error:  # noqa: BLE001 - the library raises many kinds for a damaged ciphertext
        raise PushRefused(f"cannot decrypt: {type(error).__name__}") from None
    return _parsed(plain.encode() if isinstance(plain, str) else plain)


def media_check_result(event: Mapping[str, Any]) -> tuple[str, str] | None:
    """(trace id, suggest) of a picture check's result (v2), or None for another event."""
    result = event.get("result")
    if event.get("Event") != "wxa_media_check" or not isinstance(result, dict):
        return None
    return str(event.get("trace_id", "")), str(result.get("suggest", "review"))


def _check_signature(token: str, given: str, *parts: str) -> None:
    if not token or not hmac.compare_digest(signature(token, *parts).encode(), given.encode("utf-8", "surrogatepass")):
        raise PushRefused("signature")


def _parsed(body: bytes) -> dict[str, Any]:
    try:
        if body.lstrip()[:1] == b"{":
            found = json.loads(body)
        else:
            document = xmltodict.parse(body, disable_entities=True)
            found = document["xml"]
    except Exception as error:  # noqa: BLE001 - expat and json raise many kinds for hostile input
        raise PushRefused(f"cannot read: {type(error).__name__}") from None
    if not isinstance(found, dict):
        raise PushRefused("not an object")
    return found
