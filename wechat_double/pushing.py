"""Encrypted pushes as WeChat sends them (safe mode)."""

import json
import time
from typing import Any
from urllib.parse import urlencode

import requests
from wechatpy.crypto import WeChatCrypto

from .credentials import PUSH_AES_KEY, PUSH_TOKEN


def sealed_push(
    app_id: str, event: dict[str, Any], *, at: float | None = None, nonce: str = "1714112445"
) -> tuple[str, bytes]:
    """Query string and body of a push. at: unix time, now by default"""
    timestamp = str(int(time.time() if at is None else at))
    crypto = WeChatCrypto(PUSH_TOKEN, PUSH_AES_KEY, app_id)
    encrypted = crypto.encrypt_message(json.dumps(event, ensure_ascii=False), nonce, timestamp)
    inner = encrypted.split("<Encrypt><![CDATA[")[1].split("]]></Encrypt>")[0]
    signature = encrypted.split("<MsgSignature><![CDATA[")[1].split("]]></MsgSignature>")[0]
    query = urlencode({"msg_signature": signature, "timestamp": timestamp, "nonce": nonce, "encrypt_type": "aes"})
    return query, json.dumps({"ToUserName": "gh_double", "Encrypt": inner}).encode()


def push_media_result(url: str, media: dict[str, Any]) -> int:
    """Push one picture check's result. returns the HTTP status of the answer"""
    event = {
        "MsgType": "event",
        "Event": "wxa_media_check",
        "appid": media["app_id"],
        "trace_id": media["trace_id"],
        "version": 2,
        "result": {"suggest": media["suggest"], "label": 100 if media["suggest"] == "pass" else 20002},
    }
    query, body = sealed_push(media["app_id"], event)
    return requests.post(f"{url}?{query}", data=body, timeout=5).status_code
