"""What the double remembers: tokens, codes, quotas, messages, planned faults. All of it in memory, under one lock."""

import hashlib
import itertools
import secrets
import threading
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any

from .credentials import SECRETS

_TOKEN_LIFE_S = 7200
_OVERLAP_S = 300
_CODE_LIFE_S = 300


class Refused(Exception):
    """An error in WeChat's own form."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


@dataclass
class Fault:
    """What goes wrong with the next `times` calls to `path`."""

    path: str
    times: int
    errcode: int | None = None
    status: int | None = None
    html: bool = False
    delay_s: float = 0.0
    close: bool = False
    body: dict[str, Any] | None = None


@dataclass
class State:
    """The double's memory.

    published_pages   pages of the published mini-program; any page with a plausible name when None
    """

    lock: threading.RLock = field(default_factory=threading.RLock)
    tokens: dict[str, dict[str, float]] = field(default_factory=dict)
    codes: dict[str, tuple[str, str, float]] = field(default_factory=dict)
    phone_codes: dict[str, tuple[str, float]] = field(default_factory=dict)
    used_codes: set[str] = field(default_factory=set)
    visits: dict[str, float] = field(default_factory=dict)
    sign_ins: dict[str, deque[float]] = field(default_factory=dict)
    quotas: Counter[tuple[str, str]] = field(default_factory=Counter)
    messages: list[dict[str, Any]] = field(default_factory=list)
    requests: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    media: list[dict[str, Any]] = field(default_factory=list)
    numbers: "itertools.count[int]" = field(default_factory=itertools.count)
    passed_s: float = 0.0
    mini_codes: deque[float] = field(default_factory=deque)
    mini_codes_a_minute: int = 5000
    published_pages: set[str] | None = None
    texts: dict[str, dict[str, str]] = field(default_factory=dict)

    def now(self) -> float:
        """Seconds on the double's own clock; `passed_s` lets time pass without waiting."""
        return time.monotonic() + self.passed_s

    def openid(self, app_id: str, person: str) -> str:
        """28 characters, stable per app and person."""
        return "o" + hashlib.sha256(f"{app_id}/{person}".encode()).hexdigest()[:27]

    def unionid(self, person: str) -> str:
        """28 characters, the same in every app."""
        return "u" + hashlib.sha256(f"union/{person}".encode()).hexdigest()[:27]

    def new_code(self, app_id: str, person: str) -> str:
        """A sign-in code that works once."""
        code = secrets.token_hex(16)
        with self.lock:
            self.codes[code] = (app_id, person, self.now())
        return code

    def use_code(self, app_id: str, code: str) -> str:
        """The person behind a code. raises Refused 40029, 40163, 40226"""
        with self.lock:
            if code in self.used_codes:
                raise Refused(40163, "code been used")
            owner, person, made_at = self.codes.pop(code, ("", "", 0.0))
            if owner != app_id or self.now() - made_at > _CODE_LIFE_S:
                raise Refused(40029, "invalid code")
            self.used_codes.add(code)
            if person.startswith("fengxian"):
                raise Refused(40226, "code blocked")
            recent = self.sign_ins.setdefault(person, deque(maxlen=101))
            recent.append(self.now())
            if len(recent) > 100 and recent[-1] - recent[0] < 60:
                raise Refused(45011, "api minute-quota reach limit")
            self.visits[self.openid(app_id, person)] = self.now()
            return person

    def use_phone_code(self, code: str) -> str:
        """The phone number behind a code: once, within five minutes. raises Refused 40029"""
        with self.lock:
            phone, made_at = self.phone_codes.pop(code, ("", 0.0))
            if not phone or self.now() - made_at > _CODE_LIFE_S:
                raise Refused(40029, "invalid code")
            return phone

    def count_mini_code(self) -> None:
        """One more mini-program code within the last minute. raises Refused 45009"""
        with self.lock:
            now = self.now()
            while self.mini_codes and now - self.mini_codes[0] >= 60:
                self.mini_codes.popleft()
            if len(self.mini_codes) >= self.mini_codes_a_minute:
                raise Refused(45009, "reach max api minute quota limit")
            self.mini_codes.append(now)

    def check_secret(self, app_id: str, secret: str) -> None:
        """raises Refused 40013, 40125"""
        if app_id not in SECRETS:
            raise Refused(40013, "invalid appid")
        if SECRETS[app_id] != secret:
            raise Refused(40125, "invalid appsecret")

    def stable_token(self, app_id: str, force: bool) -> dict[str, Any]:
        """The app's token; `force` makes a new one while the old one stays good for five minutes."""
        now = self.now()
        with self.lock:
            held = self.tokens.setdefault(app_id, {})
            good = [(end, token) for token, end in held.items() if end - now > _OVERLAP_S]
            if not good or force:
                for token in held:
                    held[token] = min(held[token], now + _OVERLAP_S)
                fresh = f"double-{next(self.numbers)}-{secrets.token_hex(20)}"
                held[fresh] = now + _TOKEN_LIFE_S
                good = [(held[fresh], fresh)]
            end, token = max(good)
            return {"access_token": token, "expires_in": int(end - now)}

    def check_token(self, token: str) -> str:
        """The app of a token. raises Refused 40001, 42001"""
        with self.lock:
            for app_id, held in self.tokens.items():
                if token in held:
                    if held[token] < self.now():
                        raise Refused(42001, "access_token expired")
                    return app_id
        raise Refused(40001, "invalid credential, access_token is invalid or not latest")

    def planned_fault(self, path: str) -> Fault | None:
        """The fault that this call meets, used up by one."""
        with self.lock:
            for fault in self.faults:
                if fault.path == path and fault.times > 0:
                    fault.times -= 1
                    return fault
        return None
