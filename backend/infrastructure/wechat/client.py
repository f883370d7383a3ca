"""The mini-program's side of WeChat: sign-in, phone, content checks, messages, codes."""

import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

import requests
from wechatpy import WeChatClient
from wechatpy.exceptions import WeChatClientException

from .errors import STALE_TOKEN, Kind, WeChatError
from .messages import fitted
from .transport import WECHAT_API, exchange, new_session, part

MOST_TEXT = 2500
#: WeChat's token is fetched again this long before its end; old and new are both good for five minutes.
_EARLY_S = 300


class TokenStorage(Protocol):
    """Where the access token is shared by all processes."""

    def get(self) -> str | None:
        """The token that is still good, or None."""
        ...

    def put(self, token: str, life_s: int) -> None:
        """Keep a token for so many seconds."""
        ...


class Suggest(StrEnum):
    """WeChat's verdict on text or picture."""

    PASS = "pass"  # noqa: S105  (a verdict, not a password)
    REVIEW = "review"
    RISKY = "risky"


@dataclass(frozen=True)
class Verdict:
    """A content check's result. `label` is WeChat's number for the kind of content."""

    suggest: Suggest
    label: int


@dataclass(frozen=True)
class WeChatIdentity:
    """Who signed in: the id within one app, and the one across the account's apps where WeChat gives it."""

    app_id: str
    openid: str
    unionid: str | None


class _Client(WeChatClient):  # type: ignore[misc]
    """wechatpy's client with our transport and without its unbounded retry; every call brings its own token."""

    def __init__(self, app_id: str, base_url: str) -> None:
        super().__init__(app_id, "", auto_retry=False)
        self._http = new_session(base_url)


class WeChat:
    """The calls of one mini-program. Every method raises WeChatError; none is made inside a write transaction."""

    def __init__(
        self,
        app_id: str,
        secret: str,
        *,
        base_url: str,
        storage: TokenStorage,
        lock: Callable[[], AbstractContextManager[Any]] = nullcontext,
    ) -> None:
        self.app_id = app_id
        self._secret = secret
        self._storage = storage
        self._lock = lock
        self._threads = threading.Lock()
        self._session = new_session(base_url)
        self._client = _Client(app_id, base_url)

    def sign_in(self, code: str) -> WeChatIdentity:
        """Who stands behind a sign-in code; a code works once. The session key is dropped at once."""
        parameters = {"appid": self.app_id, "secret": self._secret, "js_code": code, "grant_type": "authorization_code"}
        answer = exchange(self._session, "GET", "sns/jscode2session", params=parameters)
        return WeChatIdentity(self.app_id, str(part(answer, "openid")), answer.get("unionid"))

    def phone_by_code(self, code: str) -> str:
        """The phone number that a person just agreed to give; a code works once, for five minutes."""
        answer = self._call("wxa/business/getuserphonenumber", {"code": code})
        return str(part(answer, "phone_info", "purePhoneNumber"))

    def check_text(self, openid: str, text: str, scene: int = 2) -> Verdict:
        """msgSecCheck v2. scene: 1 profile, 2 comment, 3 forum, 4 log; text up to 2,500 characters"""
        if len(text) > MOST_TEXT:
            raise ValueError(f"text of more than {MOST_TEXT} characters")
        answer = self._call("wxa/msg_sec_check", {"version": 2, "scene": scene, "openid": openid, "content": text})
        suggest, label = part(answer, "result", "suggest"), part(answer, "result", "label")
        if suggest not in set(Suggest):
            raise WeChatError(0, "a verdict that is not known", Kind.RETRY)
        return Verdict(Suggest(suggest), int(label))

    def check_image(self, openid: str, media_url: str, scene: int = 2) -> str:
        """mediaCheckAsync v2. returns the trace id whose result is pushed within 30 minutes"""
        body = {"version": 2, "scene": scene, "openid": openid, "media_url": media_url, "media_type": 2}
        return str(part(self._call("wxa/media_check_async", body), "trace_id"))

    def send_subscribe_message(self, openid: str, template_id: str, page: str, fields: Mapping[str, str]) -> None:
        """One subscribe message; each needs one consent of the recipient. Values are fitted to WeChat's limits."""
        data = {name: {"value": fitted(name, value)} for name, value in fields.items()}
        body = {"touser": openid, "template_id": template_id, "page": page, "data": data, "lang": "zh_CN"}
        self._call("cgi-bin/message/subscribe/send", body)

    def mini_program_code(self, scene: str, page: str, *, env_version: str = "release", width: int = 430) -> bytes:
        """A permanent mini-program code (小程序码) as an image. scene: at most 32 characters of WeChat's alphabet"""
        body = {"scene": scene, "page": page, "env_version": env_version, "width": width, "check_path": True}
        answer = self._call("wxa/getwxacodeunlimit", body, binary=True)
        return bytes(answer["content"])

    def url_link(self, path: str, query: str) -> str:
        """A link for SMS that opens the mini-program; good for at most 30 days."""
        body = {"path": path, "query": query, "expire_type": 1, "expire_interval": 30}
        return str(part(self._call("wxa/generate_urllink", body), "url_link"))

    def _call(self, path: str, body: dict[str, Any], *, binary: bool = False) -> dict[str, Any]:
        token = self._token()
        try:
            return self._post(path, body, binary, token)
        except WeChatError as error:
            if error.code not in STALE_TOKEN:
                raise
        # The token that was used, not the one that stands now: another thread may have fetched a good one already.
        return self._post(path, body, binary, self._refresh(stale=token))

    def _post(self, path: str, body: dict[str, Any], binary: bool, token: str) -> dict[str, Any]:
        try:
            answer = self._client.post(f"{WECHAT_API}/{path}", data=body, params={"access_token": token})
        except WeChatClientException as error:
            raise WeChatError(
                int(error.errcode or 0), str(error.errmsg), None if error.errcode else Kind.RETRY
            ) from None
        except requests.RequestException as error:
            raise WeChatError(0, type(error).__name__, Kind.RETRY) from None
        if isinstance(answer, requests.Response):
            if binary and answer.headers.get("Content-Type", "").startswith("image/"):
                return {"content": answer.content}
            raise WeChatError(0, f"HTTP {answer.status_code}, not JSON", Kind.RETRY)
        if not isinstance(answer, dict):
            raise WeChatError(0, "not JSON", Kind.RETRY)
        return answer

    def _token(self) -> str:
        return self._storage.get() or self._refresh(stale=None)

    def _refresh(self, stale: str | None) -> str:
        """Fetch a token unless another thread or process just did."""
        with self._threads, self._lock():
            held = self._storage.get()
            if held is not None and held != stale:
                return held
            body = {"grant_type": "client_credential", "appid": self.app_id, "secret": self._secret}
            answer = exchange(
                self._session, "POST", "cgi-bin/stable_token", json={**body, "force_refresh": bool(stale)}
            )
            token, life_s = str(part(answer, "access_token")), int(part(answer, "expires_in"))
            self._storage.put(token, max(life_s - _EARLY_S, 60))
            return token
