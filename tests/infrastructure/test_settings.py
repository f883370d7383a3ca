"""Settings are checked once at start: every fault is named at once, and production refuses what is for development."""

import base64
import os
from pathlib import Path

import pytest

from backend.app import create_app
from backend.infrastructure.settings import SettingsError, load_settings
from tests.environment import environment
from wechat_double import credentials


@pytest.fixture
def good(tmp_path: Path) -> dict[str, str]:
    return environment(f"sqlite:///{tmp_path / 'x.sqlite3'}", tmp_path)


@pytest.fixture
def production(good: dict[str, str]) -> dict[str, str]:
    for name in ("FANGXIN_WECHAT_BASE_URL", "FANGXIN_WECHAT_AUTHORIZE_URL"):
        del good[name]
    return {
        **good,
        "FANGXIN_PROFILE": "production",
        "FANGXIN_PUBLIC_URL": "https://fx.example.gov.cn",
        "FANGXIN_WECHAT_APP_ID": "wx0123456789abcdef",
        "FANGXIN_WECHAT_WEB_APP_ID": "wxfedcba9876543210",
        "FANGXIN_WECHAT_APP_SECRET": "0123456789abcdef0123456789abcdef",
        "FANGXIN_WECHAT_WEB_APP_SECRET": "fedcba9876543210fedcba9876543210",
        "FANGXIN_WECHAT_PUSH_TOKEN": "a-token-of-our-own",
        "FANGXIN_SMS_URL": "https://sms.example.gov.cn/v1",
        "FANGXIN_SMS_TOKEN": "a-token-of-our-own",
    }


def faults(environ: dict[str, str]) -> list[str]:
    """What is wrong, a line each; nothing when the system may start."""
    try:
        load_settings(environ)
    except SettingsError as error:
        return str(error).splitlines()
    return []


def test_a_good_environment_starts(good: dict[str, str], production: dict[str, str]) -> None:
    assert faults(good) == []
    assert faults(production) == []
    loaded = load_settings(production)
    assert (loaded.production, loaded.secure_cookies, loaded.sqlite) == (True, True, True)


def test_an_empty_environment_names_everything_at_once() -> None:
    found = "\n".join(faults({}))
    for name in ("SECRET_KEY", "SEALING_KEYS", "INDEX_KEY", "BADGE_KEYS", "WECHAT_APP_ID", "WECHAT_APP_SECRET"):
        assert f"FANGXIN_{name}" in found


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PROFILE", "staging"),
        ("DATABASE_URL", "mysql://x/y"),
        ("DATABASE_URL", "postgresql://x/y"),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 64),
        ("SEALING_KEYS", ""),
        ("SEALING_KEYS", "1:nonsense"),
        ("SEALING_KEYS", "1:" + base64.b64encode(b"x" * 31).decode()),
        ("SEALING_KEYS", "1:" + base64.b64encode(b"x" * 33).decode()),
        ("SEALING_KEYS", "10:" + base64.b64encode(b"x" * 32).decode()),
        ("SEALING_KEYS", "1:{0},1:{0}".format(base64.b64encode(b"x" * 32).decode())),
        ("INDEX_KEY", "nonsense"),
        ("BADGE_KEYS", "1:"),
        ("TRUSTED_PROXIES", "-1"),
        ("TRUSTED_PROXIES", "six"),
        ("TRUSTED_PROXIES", "٣"),
        ("TRUSTED_PROXIES", "9" * 5000),
        ("SMS_URL", "sms.example.gov.cn"),
        ("QUIET_HOURS", "21:00-8:00"),
        ("QUIET_HOURS", "24-8"),
        ("WECHAT_APP_ID", "x\0y"),
        ("PUBLIC_URL", "x\0y"),
    ],
)
def test_a_wrong_value_is_named_and_never_repeated(good: dict[str, str], name: str, value: str) -> None:
    found = faults({**good, f"FANGXIN_{name}": value})
    assert [line.split()[0] for line in found] == [f"FANGXIN_{name}"] * len(found)
    assert found
    assert all(len(value) < 8 or value not in line for line in found)


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("PUBLIC_URL", "http://fx.example.gov.cn", "https"),
        ("WECHAT_BASE_URL", "http://127.0.0.1:8601", "WeChat itself"),
        ("WECHAT_AUTHORIZE_URL", "http://127.0.0.1:8601/connect", "WeChat itself"),
        ("WECHAT_APP_ID", "wxdouble00000mini", "double"),
        ("WECHAT_WEB_APP_ID", "wxdouble000000web", "double"),
        ("WECHAT_APP_SECRET", credentials.MINI_APP_SECRET, "double's"),
        ("WECHAT_WEB_APP_SECRET", credentials.WEB_APP_SECRET, "double's"),
        ("WECHAT_PUSH_TOKEN", credentials.PUSH_TOKEN, "double's"),
        ("SMS_URL", "http://127.0.0.1:8601/sms", "https"),
        ("SMS_TOKEN", credentials.SMS_TOKEN, "double's"),
        ("DATABASE_URL", "postgresql+psycopg://u@db.example/f", "verify-full"),
        ("DATABASE_URL", "postgresql+psycopg://u@db.example/f?sslmode=require", "verify-full"),
    ],
)
def test_production_refuses_what_is_for_development(
    production: dict[str, str], name: str, value: str, word: str
) -> None:
    found = faults({**production, f"FANGXIN_{name}": value})
    assert len(found) == 1
    assert word in found[0]
    # Control: development takes it.
    assert faults({**production, "FANGXIN_PROFILE": "development", f"FANGXIN_{name}": value}) == []


def test_production_takes_a_database_beside_it_or_over_verified_tls(production: dict[str, str]) -> None:
    for url in ("postgresql+psycopg://u@127.0.0.1/f", "postgresql+psycopg://u@db.example/f?sslmode=verify-full"):
        assert faults({**production, "FANGXIN_DATABASE_URL": url}) == []


def test_several_faults_are_told_together(production: dict[str, str]) -> None:
    broken = {**production, "FANGXIN_PUBLIC_URL": "http://x", "FANGXIN_SECRET_KEY": "x", "FANGXIN_INDEX_KEY": "x"}
    assert len(faults(broken)) == 3


def test_keys_are_not_shown_with_the_settings(production: dict[str, str]) -> None:
    shown = repr(load_settings(production))
    for name in (
        "SECRET_KEY",
        "SEALING_KEYS",
        "INDEX_KEY",
        "WECHAT_APP_SECRET",
        "WECHAT_PUSH_AES_KEY",
        "WECHAT_PUSH_TOKEN",
    ):
        assert production[f"FANGXIN_{name}"].removeprefix("1:") not in shown


def test_the_first_key_is_the_current_one(good: dict[str, str]) -> None:
    keys = {key: base64.b64encode(os.urandom(32)).decode() for key in "ab"}
    loaded = load_settings({**good, "FANGXIN_SEALING_KEYS": f"b:{keys['b']}, a:{keys['a']}"})
    assert list(loaded.sealing_keys) == ["b", "a"]


@pytest.mark.parametrize(
    "text", ["AbC123", "a b.txt:x", "../x.txt:x", "x.html:x", "x.txt:", "x.txt:<b>", "b/x.txt:x", "x.txt:a\nb"]
)
def test_a_verification_file_of_another_form_is_refused(good: dict[str, str], text: str) -> None:
    assert any("FANGXIN_WECHAT_LINK_FILE" in line for line in faults({**good, "FANGXIN_WECHAT_LINK_FILE": text}))


def test_wechats_verification_file_is_served_where_it_looks(good: dict[str, str]) -> None:
    app = create_app(load_settings({**good, "FANGXIN_WECHAT_LINK_FILE": "AbC-12_3.txt:0123456789abcdef"}))
    client = app.test_client()
    for path in ("/AbC-12_3.txt", "/b/AbC-12_3.txt"):
        answer = client.get(path)
        assert (answer.status_code, answer.data) == (200, b"0123456789abcdef")
        assert answer.content_type == "text/plain; charset=utf-8"
    assert create_app(load_settings(good)).test_client().get("/AbC-12_3.txt").status_code == 404, "the control"
