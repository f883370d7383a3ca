"""Settings from the environment (`FANGXIN_*`), checked once at start.

A wrong or missing value stops the process with a message that names the variable and what it should hold.
"""

import base64
import binascii
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from .sms import SmsSettings

#: App ids that begin like this belong to the local WeChat double and are refused in production.
DOUBLE_APP_ID_PREFIX = "wxdouble"
_DOUBLE_SECRET_PREFIX = "double"  # noqa: S105  (how the double's secrets begin; they open nothing else)
WECHAT_API = "https://api.weixin.qq.com"
WECHAT_AUTHORIZE = "https://open.weixin.qq.com/connect/oauth2/authorize"
_SHORTEST_SECRET = 32
#: Hours of the night in which nobody is disturbed, local time, like 21-8.
_QUIET = re.compile(r"([01]?[0-9]|2[0-3])-([01]?[0-9]|2[0-3])")
#: Name and content of the file that WeChat asks for; what is no plain word there is a mistake of copying.
_LINK_FILE = re.compile(r"([A-Za-z0-9_-]{1,80}\.txt):([A-Za-z0-9_=+/.-]{1,200})")


class SettingsError(ValueError):
    """The environment does not describe a system that may start. One line per fault."""


@dataclass(frozen=True)
class WeChatSettings:
    """Credentials of the mini-program and of the service account used for sign-in on the web."""

    app_id: str
    app_secret: str = field(repr=False)
    web_app_id: str
    web_app_secret: str = field(repr=False)
    base_url: str
    authorize_url: str
    push_token: str = field(repr=False)
    push_aes_key: str = field(repr=False)
    templates: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Settings:
    """Everything that differs between installations.

    sealing_keys   key id → 32 bytes; the first is used for new values
    badge_keys     key id → at least 32 bytes; the first signs new tokens
    signing_keys   key id → Ed25519 seed; the first signs credentials, status lists, the register and heads of the log
    former_keys    key id → Ed25519 public key whose seed was destroyed; what it signed still verifies
    wechat_link_file   name and content of WeChat's verification file for ordinary link codes
    sms            the text-message gateway; None where no text messages are sent
    quiet_hours    first and last hour, Asia/Shanghai, between which only what is urgent is sent; equal: no quiet hours
    group_answer_days   days that members of a group complaint have to answer; ours, no text says how long
    group_code_days     days for which a group's code lets others in
    """

    profile: str
    database_url: str
    data_dir: Path
    public_url: str
    secret_key: str = field(repr=False)
    sealing_keys: Mapping[str, bytes] = field(repr=False)
    index_key: bytes = field(repr=False)
    badge_keys: Mapping[str, bytes] = field(repr=False)
    signing_keys: Mapping[str, bytes] = field(repr=False)
    wechat: WeChatSettings = field(repr=False)
    former_keys: Mapping[str, bytes] = field(default_factory=dict)
    redis_url: str | None = None
    trusted_proxies: int = 0
    writer_wait_s: float = 5.0
    wechat_link_file: tuple[str, str] | None = None
    sms: SmsSettings | None = None
    quiet_hours: tuple[int, int] = (21, 8)
    group_answer_days: int = 3
    group_code_days: int = 14

    @property
    def production(self) -> bool:
        """Whether the strict profile is on."""
        return self.profile == "production"

    @property
    def secure_cookies(self) -> bool:
        """Whether pages are served by https, so that cookies may be `Secure` and `__Host-`."""
        return self.public_url.startswith("https://")

    @property
    def sqlite(self) -> bool:
        """Whether the embedded database is used."""
        return self.database_url.startswith("sqlite")


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read and check the settings.

    environ   defaults to the process environment
    raises    SettingsError naming every wrong variable at once
    """
    return _Reader(os.environ if environ is None else environ).settings()


class _Reader:
    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.faults: list[str] = []

    def settings(self) -> Settings:
        profile = self.text("PROFILE", "development")
        if profile not in {"development", "production"}:
            self.faults.append("FANGXIN_PROFILE must be 'development' or 'production'")
        data_dir = Path(self.text("DATA_DIR", "var")).resolve()
        built = Settings(
            profile=profile,
            database_url=self.text("DATABASE_URL", f"sqlite:///{data_dir / 'fangxin.sqlite3'}"),
            data_dir=data_dir,
            public_url=self.text("PUBLIC_URL", "http://localhost:8000").rstrip("/"),
            secret_key=self.secret("SECRET_KEY"),
            sealing_keys=self.keyring("SEALING_KEYS", exactly=32),
            index_key=self.key("INDEX_KEY"),
            badge_keys=self.keyring("BADGE_KEYS"),
            signing_keys=self.keyring("SIGNING_KEYS", exactly=32),
            former_keys=self.former_keys(),
            wechat=self.wechat(),
            redis_url=self.environ.get("FANGXIN_REDIS_URL") or None,
            trusted_proxies=self.number("TRUSTED_PROXIES", 0, 0, 5),
            wechat_link_file=self.link_file(),
            sms=self.sms(),
            quiet_hours=self.quiet_hours(),
            group_answer_days=self.number("GROUP_ANSWER_DAYS", 3, 1, 15),
            group_code_days=self.number("GROUP_CODE_DAYS", 14, 1, 60),
        )
        if not built.database_url.startswith(("sqlite:///", "postgresql+psycopg://")):
            self.faults.append("FANGXIN_DATABASE_URL must start with sqlite:/// or postgresql+psycopg://")
        if set(built.signing_keys) & set(built.former_keys):
            self.faults.append("FANGXIN_FORMER_SIGNING_KEYS must not repeat an id of FANGXIN_SIGNING_KEYS")
        if built.production:
            self.check_production(built)
        if self.faults:
            raise SettingsError("\n".join(self.faults))
        return built

    def wechat(self) -> WeChatSettings:
        prefix = "WECHAT_TEMPLATE_"
        return WeChatSettings(
            app_id=self.text("WECHAT_APP_ID"),
            app_secret=self.text("WECHAT_APP_SECRET"),
            web_app_id=self.text("WECHAT_WEB_APP_ID", ""),
            web_app_secret=self.text("WECHAT_WEB_APP_SECRET", ""),
            base_url=self.text("WECHAT_BASE_URL", WECHAT_API).rstrip("/"),
            authorize_url=self.text("WECHAT_AUTHORIZE_URL", WECHAT_AUTHORIZE),
            push_token=self.text("WECHAT_PUSH_TOKEN", ""),
            push_aes_key=self.text("WECHAT_PUSH_AES_KEY", ""),
            templates={
                name.removeprefix(f"FANGXIN_{prefix}").lower(): value
                for name, value in self.environ.items()
                if name.startswith(f"FANGXIN_{prefix}")
            },
        )

    def sms(self) -> SmsSettings | None:
        url = self.text("SMS_URL", "").rstrip("/")
        if not url:
            return None
        if not url.startswith(("https://", "http://")):
            self.faults.append(
                "FANGXIN_SMS_URL must be the address of the text-message gateway, beginning with https://"
            )
        return SmsSettings(url, self.text("SMS_TOKEN"), self.text("SMS_SIGN", "放心消费在温州"))

    def quiet_hours(self) -> tuple[int, int]:
        matched = _QUIET.fullmatch(self.text("QUIET_HOURS", "21-8"))
        if matched is None:
            self.faults.append("FANGXIN_QUIET_HOURS must be two hours of the day like 21-8")
        return (int(matched[1]), int(matched[2])) if matched else (21, 8)

    def link_file(self) -> tuple[str, str] | None:
        text = self.text("WECHAT_LINK_FILE", "").strip()
        matched = _LINK_FILE.fullmatch(text)
        if text and matched is None:
            self.faults.append(
                "FANGXIN_WECHAT_LINK_FILE must be the file's name and content, like AbC123.txt:0123456789abcdef"
            )
        return (matched[1], matched[2]) if matched else None

    def check_production(self, built: Settings) -> None:
        checks: dict[str, Callable[[], bool]] = {
            "FANGXIN_PUBLIC_URL must be https in production": lambda: built.public_url.startswith("https://"),
            "FANGXIN_WECHAT_BASE_URL must be WeChat itself in production": lambda: (
                built.wechat.base_url == WECHAT_API and built.wechat.authorize_url == WECHAT_AUTHORIZE
            ),
            "FANGXIN_WECHAT_APP_ID belongs to the development double": lambda: (
                not built.wechat.app_id.startswith(DOUBLE_APP_ID_PREFIX)
                and not built.wechat.web_app_id.startswith(DOUBLE_APP_ID_PREFIX)
            ),
            "FANGXIN_WECHAT_APP_SECRET, _WEB_APP_SECRET and _PUSH_TOKEN must not be the development double's": lambda: (
                not any(
                    secret.startswith(_DOUBLE_SECRET_PREFIX)
                    for secret in (built.wechat.app_secret, built.wechat.web_app_secret, built.wechat.push_token)
                )
            ),
            "FANGXIN_SMS_URL must be https, and FANGXIN_SMS_TOKEN not the development double's, in production": lambda: (
                built.sms is None
                or (built.sms.url.startswith("https://") and not built.sms.token.startswith(_DOUBLE_SECRET_PREFIX))
            ),
            "FANGXIN_DATABASE_URL to another host needs sslmode=verify-full": lambda: _database_link_is_safe(
                built.database_url
            ),
        }
        self.faults += [fault for fault, holds in checks.items() if not holds()]

    def text(self, name: str, default: str | None = None) -> str:
        value = self.environ.get(f"FANGXIN_{name}", default)
        if value is None or "\0" in value:
            self.faults.append(f"FANGXIN_{name} is not set")
            return ""
        return value

    def number(self, name: str, default: int, low: int, high: int) -> int:
        text = self.text(name, str(default))
        if len(text) > 9 or not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
            self.faults.append(f"FANGXIN_{name} must be a whole number from {low} to {high}")
            return default
        return int(text)

    def secret(self, name: str) -> str:
        value = self.text(name)
        if value and (len(value) < _SHORTEST_SECRET or len(set(value)) < 8):
            self.faults.append(f"FANGXIN_{name} must be at least {_SHORTEST_SECRET} random characters")
        return value

    def key(self, name: str) -> bytes:
        return self.decode(name, self.text(name))

    def keyring(self, name: str, exactly: int | None = None) -> dict[str, bytes]:
        keys: dict[str, bytes] = {}
        for part in filter(None, self.text(name).split(",")):
            key_id, _, encoded = part.strip().partition(":")
            if len(key_id) != 1 or not key_id.isascii() or not key_id.isalnum() or key_id in keys:
                self.faults.append(f"FANGXIN_{name} must be a list like 1:BASE64,2:BASE64 with one-letter ids")
                continue
            keys[key_id] = self.decode(name, encoded, exactly)
        if not keys:
            self.faults.append(f"FANGXIN_{name} holds no key")
        return keys

    def former_keys(self) -> dict[str, bytes]:
        return self.keyring("FORMER_SIGNING_KEYS", exactly=32) if self.text("FORMER_SIGNING_KEYS", "") else {}

    def decode(self, name: str, encoded: str, exactly: int | None = None) -> bytes:
        try:
            key = base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError):
            key = b""
        if len(key) < 32 or (exactly is not None and len(key) != exactly):
            self.faults.append(f"FANGXIN_{name} needs base64 of {'' if exactly else 'at least '}32 random bytes")
        return key


def _database_link_is_safe(url: str) -> bool:
    parts = urlsplit(url)
    if parts.scheme == "sqlite" or (parts.hostname or "localhost") in {"localhost", "127.0.0.1", "::1"}:
        return True
    return "sslmode=verify-full" in parts.query
