"""The stand-in of a text-message gateway (短信网关): `POST /sms/messages` as `backend.infrastructure.sms` describes it.

Numbers that end in 0000 are not served; `state.texts` is what "arrived", each id once. Shown to people at `/_double/texts`.
"""

from typing import Any

from .credentials import SMS_TOKEN
from .state import State

PATH = "sms/messages"


def take(state: State, authorization: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """One message. returns the HTTP status and the answer"""
    if authorization != f"Bearer {SMS_TOKEN}":
        return 401, {"code": "token_wrong"}
    wanted = ("id", "to", "sign", "text")
    if not all(isinstance(body.get(name), str) and body[name] for name in wanted) or len(body["text"]) > 500:
        return 422, {"code": "message_invalid"}
    if body["to"].endswith("0000"):
        return 422, {"code": "number_not_served"}
    with state.lock:
        state.texts.setdefault(body["id"], {name: body[name] for name in wanted})
    return 202, {"id": body["id"]}
