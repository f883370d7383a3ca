"""The endpoints of WeChat that the project uses, each a function of (state, app id, body) that answers as WeChat does."""

import io
import re
from collections.abc import Callable
from typing import Any

import qrcode

from .state import Refused, State

_SCENE = re.compile(r"[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]{1,32}")
_PAGES = re.compile(r"pages/[a-z_\-/]+")
_VISIT_S = 7200
_FIELDS = {"thing": 20, "phrase": 5, "character_string": 32, "name": 10, "number": 32, "letter": 32}


def phone_number(state: State, app_id: str, body: dict[str, Any]) -> dict[str, Any]:
    """wxa/business/getuserphonenumber"""
    phone = state.use_phone_code(str(body.get("code", "")))
    return {"phone_info": {"phoneNumber": phone, "purePhoneNumber": phone, "countryCode": "86"}}


def check_text(state: State, app_id: str, body: dict[str, Any]) -> dict[str, Any]:
    """wxa/msg_sec_check, version 2"""
    content = body.get("content", "")
    if body.get("version") != 2 or body.get("scene") not in {1, 2, 3, 4}:
        raise Refused(40129, "invalid scene")
    if not isinstance(content, str) or not content or len(content) > 2500:
        raise Refused(47001, "data format error")
    _visited(state, str(body.get("openid", "")))
    suggest, label = "pass", 100
    if "违规示例" in content:
        suggest, label = "risky", 20001
    elif "待审示例" in content:
        suggest, label = "review", 21000
    return {"result": {"suggest": suggest, "label": label}, "trace_id": f"trace-{next(state.numbers)}"}


def check_media(state: State, app_id: str, body: dict[str, Any]) -> dict[str, Any]:
    """wxa/media_check_async, version 2; the result is pushed by the control side"""
    if body.get("version") != 2 or body.get("media_type") not in {1, 2}:
        raise Refused(40129, "invalid media_type")
    _visited(state, str(body.get("openid", "")))
    trace_id = f"trace-{next(state.numbers)}"
    suggest = "risky" if "risky" in str(body.get("media_url")) else "pass"
    state.media.append({"trace_id": trace_id, "suggest": suggest, "app_id": app_id, "openid": body["openid"]})
    return {"trace_id": trace_id}


def send_message(state: State, app_id: str, body: dict[str, Any]) -> dict[str, Any]:
    """cgi-bin/message/subscribe/send: one consent is one message"""
    openid, template = str(body.get("touser", "")), str(body.get("template_id", ""))
    if not template.startswith("tmpl"):
        raise Refused(40037, "invalid template_id")
    for name, entry in body.get("data", {}).items():
        kind = re.sub(r"\d+$", "", name)
        if len(str(entry.get("value", ""))) > _FIELDS.get(kind, 100):
            raise Refused(47003, f"argument invalid! data.{name}.value invalid")
    with state.lock:
        if state.quotas[(openid, template)] <= 0:
            raise Refused(43101, "user refuse to accept the msg")
        state.quotas[(openid, template)] -= 1
        state.messages.append(body)
    return {}


def mini_program_code(state: State, app_id: str, body: dict[str, Any]) -> bytes:
    """wxa/getwxacodeunlimit: an image of the asked width whose symbol carries the page and scene, so that tests can read it"""
    if not _SCENE.fullmatch(str(body.get("scene", ""))):
        raise Refused(40169, "invalid length for scene, or the data is not json string")
    page, width = str(body.get("page", "")), body.get("width", 430)
    known = state.published_pages is None or page in state.published_pages
    if not _PAGES.fullmatch(page) or (body.get("check_path", True) and not known):
        raise Refused(41030, "invalid page")
    if not isinstance(width, int) or not 280 <= width <= 1280:
        raise Refused(40097, "invalid args")
    state.count_mini_code()
    symbol = qrcode.QRCode(border=2, box_size=1)
    symbol.add_data(f"{page}?scene={body['scene']}")
    buffer = io.BytesIO()
    symbol.make_image().get_image().convert("1").resize((width, width)).save(buffer, "PNG")
    return buffer.getvalue()


def url_link(state: State, app_id: str, body: dict[str, Any]) -> dict[str, Any]:
    """wxa/generate_urllink"""
    if len(str(body.get("query", ""))) > 1024 or body.get("expire_type") != 1 or not 1 <= body["expire_interval"] <= 30:
        raise Refused(40097, "invalid args")
    return {"url_link": f"https://wxaurl.cn/double{next(state.numbers)}"}


def _visited(state: State, openid: str) -> None:
    seen = state.visits.get(openid)
    if seen is None:
        raise Refused(40003, "invalid openid")
    if state.now() - seen > _VISIT_S:
        raise Refused(61010, "code is expired")


Call = Callable[[State, str, dict[str, Any]], dict[str, Any] | bytes]
#: Path → call, for what needs an access token.
WITH_TOKEN: dict[str, Call] = {
    "wxa/business/getuserphonenumber": phone_number,
    "wxa/msg_sec_check": check_text,
    "wxa/media_check_async": check_media,
    "cgi-bin/message/subscribe/send": send_message,
    "wxa/getwxacodeunlimit": mini_program_code,
    "wxa/generate_urllink": url_link,
}
