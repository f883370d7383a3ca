"""The browser's phone is there where WeChat is the double, and nowhere else."""

from pathlib import Path

import pytest
from flask import Flask

from backend.app import create_app
from backend.infrastructure.settings import load_settings
from tests.environment import environment


def test_the_phone_and_the_program_are_served(app: Flask) -> None:
    client = app.test_client()
    page = client.get("/mp/")
    assert (page.status_code, "main.js" in page.text) == (200, True)
    program = client.get("/mp/program.json").get_json()
    assert "app.json" in program["files"]
    assert program["codes"].endswith("/_double/login-code")
    assert program["codes"].startswith(app.extensions["fangxin"].settings.wechat.base_url)
    assert "unsafe-eval" in page.headers["Content-Security-Policy"]
    assert "unsafe-eval" not in client.get("/").headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path", ["/mp/../README.md", "/mp/%2e%2e/project.config.json", "/mp/packages/..%2fpackage.json", "/mp/none"]
)
def test_nothing_else_is(app: Flask, path: str) -> None:
    assert app.test_client().get(path).status_code == 404


def test_where_wechat_is_real_there_is_no_phone(database_url: str, tmp_path: Path) -> None:
    real = {**environment(database_url, tmp_path), "FANGXIN_WECHAT_APP_ID": "wx0123456789abcdef"}
    client = create_app(load_settings(real)).test_client()
    assert client.get("/mp/").status_code == 404
    assert client.get("/mp/program.json").status_code == 404
