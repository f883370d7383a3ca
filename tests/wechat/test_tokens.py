"""The access token: fetched once, shared by threads and processes, renewed once when WeChat refuses it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.infrastructure import current
from backend.infrastructure.database import session, unit_of_work
from backend.infrastructure.settings import Settings, load_settings
from backend.infrastructure.wechat import Kind, WeChat, WeChatError
from backend.infrastructure.wechat_tokens import WeChatToken
from backend.kernel.clock import FixedClock
from tests.environment import environment
from wechat_double.credentials import MINI_APP_ID, MINI_APP_SECRET
from wechat_double.server import Double

THREADS = 16
FETCHES = "cgi-bin/stable_token"
CHECKS = "wxa/msg_sec_check"


@pytest.fixture
def variables(database_url: str, tmp_path: Path, double: Double) -> dict[str, str]:
    return environment(database_url, tmp_path / "data", double.base_url)


@pytest.fixture
def settings(variables: dict[str, str]) -> Settings:
    return load_settings(variables)


@pytest.fixture
def wechat(app: Flask) -> Iterator[WeChat]:
    with app.app_context():
        yield current.runtime().wechat


@pytest.fixture
def openid(double: Double) -> str:
    """Somebody who opened the mini-program a moment ago."""
    double.state.use_code(MINI_APP_ID, double.code("gu-ke"))
    return double.state.openid(MINI_APP_ID, "gu-ke")


def check_at_once(wechat: WeChat, openid: str, times: int = THREADS) -> list[str]:
    with ThreadPoolExecutor(times) as pool:
        return [
            verdict.suggest.value for verdict in pool.map(lambda _: wechat.check_text(openid, "很好。"), range(times))
        ]


def test_sixteen_threads_fetch_one_token(wechat: WeChat, double: Double, openid: str) -> None:
    assert check_at_once(wechat, openid) == ["pass"] * THREADS
    assert double.state.requests[FETCHES] == 1
    assert double.state.requests[CHECKS] == THREADS


class _OwnMemory:
    """What wechatpy does by itself: each client remembers for itself alone."""

    def get(self) -> str | None:
        return None

    def put(self, token: str, life_s: int) -> None:
        """Forgotten at once."""


def test_control_without_a_shared_memory_each_call_fetches(double: Double, openid: str) -> None:
    alone = WeChat(MINI_APP_ID, MINI_APP_SECRET, base_url=double.base_url, storage=_OwnMemory())
    check_at_once(alone, openid, 4)
    assert double.state.requests[FETCHES] == 4


def test_processes_share_one_token(variables: dict[str, str], app: Flask, double: Double, openid: str) -> None:
    command = [sys.executable, "-m", "tests.wechat.token_sharer", openid]
    started = [
        subprocess.Popen(
            command,
            env={"PATH": os.environ["PATH"], **variables},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        for _ in range(2)
    ]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    answers = [process.communicate("go\n", timeout=60)[0] for process in started]
    assert answers == ["pass\n", "pass\n"]
    assert double.state.requests[FETCHES] == 1


@pytest.mark.parametrize("code", [40001, 40014, 42001])
def test_a_refused_token_is_renewed_once(wechat: WeChat, double: Double, openid: str, code: int) -> None:
    wechat.check_text(openid, "很好。")
    double.fail(CHECKS, errcode=code)
    assert wechat.check_text(openid, "很好。").suggest == "pass"
    assert double.state.requests[FETCHES] == 2


def test_a_token_that_is_always_refused_ends_after_one_more_try(wechat: WeChat, double: Double, openid: str) -> None:
    double.fail(CHECKS, times=1000, errcode=40001)
    with pytest.raises(WeChatError) as caught:
        wechat.check_text(openid, "很好。")
    assert (caught.value.code, caught.value.kind) == (40001, Kind.RETRY)
    assert double.state.requests[CHECKS] == 2
    assert double.state.requests[FETCHES] == 2


def test_threads_that_meet_a_revoked_token_renew_it_once(wechat: WeChat, double: Double, openid: str) -> None:
    wechat.check_text(openid, "很好。")
    double.state.tokens.clear()
    assert check_at_once(wechat, openid) == ["pass"] * THREADS
    assert double.state.requests[FETCHES] == 2


def test_a_token_is_fetched_anew_before_its_end(wechat: WeChat, double: Double, openid: str, clock: FixedClock) -> None:
    wechat.check_text(openid, "很好。")
    clock.advance(seconds=7200 - 330)  # WeChat gives whole seconds of what is left
    wechat.check_text(openid, "很好。")
    assert double.state.requests[FETCHES] == 1
    clock.advance(seconds=31)
    wechat.check_text(openid, "很好。")
    assert double.state.requests[FETCHES] == 2


def test_the_token_is_not_readable_in_the_database(wechat: WeChat, double: Double, openid: str) -> None:
    wechat.check_text(openid, "很好。")
    token = next(iter(double.state.tokens[MINI_APP_ID]))
    with unit_of_work(read_only=True):
        held = session().scalars(sa.select(WeChatToken.token_sealed)).one()
    assert token.encode() not in held
    assert len(held) > len(token)


def test_a_wrong_secret_is_said_and_not_tried_again(app: Flask, double: Double, openid: str) -> None:
    wrong = WeChat(MINI_APP_ID, "x" * 32, base_url=double.base_url, storage=_OwnMemory())
    with pytest.raises(WeChatError, match="AppSecret 不对（40125）") as caught:
        wrong.check_text(openid, "很好。")
    assert caught.value.kind is Kind.DEAD
    assert double.state.requests[FETCHES] == 1
    assert "x" * 32 not in str(caught.value)
