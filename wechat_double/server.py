"""The double's HTTP server."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast
from urllib.parse import parse_qs, urlencode, urlsplit

from . import texting
from .calls import WITH_TOKEN
from .credentials import MINI_APP_ID, PEOPLE, SECRETS
from .pushing import push_media_result
from .state import Fault, Refused, State

_PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>微信登录（开发替身）</title></head><body style="font:18px/1.7 sans-serif;max-width:28rem;margin:2rem auto;padding:0 1rem">
<h1 style="font-size:1.3rem">微信登录（开发替身）</h1><p>这里代替微信的授权页，只在开发环境出现。请选择以谁的身份登录：</p>
<ul style="list-style:none;padding:0">{people}</ul>
<form><input type="hidden" name="redirect_uri" value="{redirect}"><input type="hidden" name="state" value="{state}">
<input type="hidden" name="appid" value="{app_id}"><label>其他人 <input name="person" required pattern="[a-z0-9\\-]+"></label>
<button>登录</button></form></body></html>"""


class Double:
    """The server in a thread of its own. Use as a context manager, or `start` and `stop`.

    push_url   where results of picture checks are pushed
    """

    def __init__(self, port: int = 0, host: str = "127.0.0.1", push_url: str | None = None) -> None:
        self.state = State()
        self.push_url = push_url
        self._server = ThreadingHTTPServer((host, port), _Handler)
        self._server.daemon_threads = True
        self._server.double = self  # type: ignore[attr-defined]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def base_url(self) -> str:
        """Address of this server."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def start(self) -> "Double":
        """Serve until `stop`."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Close the server."""
        self._server.shutdown()
        self._server.server_close()

    def forget(self) -> None:
        """Begin anew: no person, no code, no planned fault."""
        self.state, self.push_url = State(), None

    def __enter__(self) -> "Double":
        return self.start()

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def code(self, person: str, app_id: str = MINI_APP_ID) -> str:
        """A sign-in code of this person."""
        return self.state.new_code(app_id, person)

    def phone_code(self, phone: str) -> str:
        """A code that gives this phone number once."""
        code = f"phone-{next(self.state.numbers)}"
        self.state.phone_codes[code] = (phone, self.state.now())
        return code

    def grant(self, openid: str, template_id: str, messages: int = 1) -> None:
        """The person consents to so many messages."""
        self.state.quotas[(openid, template_id)] += messages

    def pass_time(self, seconds: float) -> None:
        """Let so much time pass for codes, tokens, visits and quotas per minute."""
        self.state.passed_s += seconds

    def fail(self, path: str, times: int = 1, **how: Any) -> None:
        """Plan faults: errcode=, status=, html=True, delay_s=, close=True, body= (another JSON answer)."""
        self.state.faults.append(Fault(path, times, **how))

    def push_results(self) -> list[int]:
        """Push every waiting picture result. returns HTTP statuses"""
        waiting, self.state.media = self.state.media, []
        return [push_media_result(self.push_url, media) for media in waiting] if self.push_url else []


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def double(self) -> Double:
        return cast("Double", self.server.double)  # type: ignore[attr-defined]

    def do_GET(self) -> None:
        self._serve({})

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            body = json.loads(raw) if raw else {}
        except ValueError:
            body = {name: values[-1] for name, values in parse_qs(raw.decode()).items()}
        self._serve(body)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Quiet."""

    def _serve(self, body: dict[str, Any]) -> None:
        parts = urlsplit(self.path)
        path = parts.path.strip("/")
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        state = self.double.state
        with state.lock:
            state.requests[path] += 1
        fault = state.planned_fault(path)
        if fault is not None:
            time.sleep(fault.delay_s)
            if fault.close:
                self.close_connection = True
                return
            if fault.html or fault.status:
                self._answer(b"<html>busy</html>", "text/html", fault.status or 200)
                return
            if fault.body is not None:
                self._json(fault.body)
                return
            if fault.errcode is not None:
                self._json({"errcode": fault.errcode, "errmsg": "planned"})
                return
        try:
            self._route(path, query, body)
        except Refused as refused:
            self._json({"errcode": refused.code, "errmsg": refused.message})

    def _route(self, path: str, query: dict[str, str], body: dict[str, Any]) -> None:
        state = self.double.state
        if path in WITH_TOKEN:
            app_id = state.check_token(query.get("access_token", ""))
            result = WITH_TOKEN[path](state, app_id, body)
            if isinstance(result, bytes):
                self._answer(result, "image/png")
            else:
                self._json({"errcode": 0, "errmsg": "ok", **result})
        elif path == texting.PATH:
            status, answer = texting.take(state, self.headers.get("Authorization", ""), body)
            self._answer(json.dumps(answer).encode(), "application/json", status)
        elif path == "cgi-bin/stable_token":
            state.check_secret(str(body.get("appid")), str(body.get("secret")))
            self._json(state.stable_token(str(body["appid"]), bool(body.get("force_refresh"))))
        elif path == "sns/jscode2session":
            state.check_secret(query.get("appid", ""), query.get("secret", ""))
            self._json(self._identity(query["appid"], query.get("js_code", ""), session_key="double-session-key=="))
        elif path == "sns/oauth2/access_token":
            state.check_secret(query.get("appid", ""), query.get("secret", ""))
            self._json(self._identity(query["appid"], query.get("code", ""), scope="snsapi_base"))
        elif path == "connect/oauth2/authorize":
            self._authorize(query)
        elif path.startswith("_double/"):
            self._control(path.removeprefix("_double/"), {**query, **body})
        else:
            self._answer(b"not found", "text/plain", 404)

    def _identity(self, app_id: str, code: str, **more: str) -> dict[str, Any]:
        state = self.double.state
        person = state.use_code(app_id, code)
        return {"openid": state.openid(app_id, person), "unionid": state.unionid(person), **more}

    def _authorize(self, query: dict[str, str]) -> None:
        app_id, redirect = query.get("appid", ""), query.get("redirect_uri", "")
        if app_id not in SECRETS:
            raise Refused(40013, "invalid appid")
        if "person" in query:
            code = self.double.code(query["person"], app_id)
            joiner = "&" if "?" in redirect else "?"
            target = f"{redirect}{joiner}{urlencode({'code': code, 'state': query.get('state', '')})}"
            self.send_response(302)
            self.send_header("Location", target)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        links = "".join(
            f'<li style="margin:.5rem 0"><a href="?{urlencode({**query, "person": name})}">{title}</a></li>'
            for name, title in PEOPLE.items()
        )
        page = _PAGE.format(people=links, redirect=redirect, state=query.get("state", ""), app_id=app_id)
        self._answer(page.encode(), "text/html; charset=utf-8")

    def _control(self, name: str, values: dict[str, Any]) -> None:
        double = self.double
        if name == "login-code":
            self._json({"code": double.code(str(values["person"]), str(values.get("app_id", MINI_APP_ID)))})
        elif name == "phone-code":
            self._json({"code": double.phone_code(str(values["phone"]))})
        elif name == "quota":
            openid = double.state.openid(MINI_APP_ID, str(values["person"]))
            double.grant(openid, str(values["template_id"]), int(values.get("messages", 1)))
            self._json({"granted": True})
        elif name == "messages":
            self._json({"messages": double.state.messages})
        elif name == "texts":
            self._json({"texts": list(double.state.texts.values())})
        elif name == "requests":
            self._json(dict(double.state.requests))
        elif name == "push-results":
            self._json({"statuses": double.push_results()})
        else:
            self._answer(b"not found", "text/plain", 404)

    def _json(self, body: dict[str, Any]) -> None:
        self._answer(json.dumps(body, ensure_ascii=False).encode(), "application/json; charset=utf-8")

    def _answer(self, content: bytes, content_type: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Access-Control-Allow-Origin", "*")  # the phone in a browser fetches its sign-in code here
        self.end_headers()
        self.wfile.write(content)
