"""What stands on every answer whatever it is about: headers, logs, health, numbers, limits."""

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from werkzeug.http import parse_options_header
from werkzeug.test import TestResponse

from backend.access.actor import Role
from backend.app import create_app
from backend.infrastructure.database import db
from backend.infrastructure.headers import attachment
from backend.infrastructure.rate_limit import limiter
from backend.infrastructure.settings import Settings, load_settings
from tests.api.callers import Callers, refusal
from tests.environment import environment
from wechat_double.server import Double

#: One address of every kind, with the status it gives to nobody.
ADDRESSES = {
    "/": 200,
    "/units": 200,
    "/b/1.7K3QX9C2M4TP.AbC_dEf-12": 404,
    "/my": 303,
    "/console": 303,
    "/nowhere": 404,
    "/static/css/site.css": 200,
    "/api/docs": 200,
    "/api/v1/openapi.json": 200,
    "/api/v1/reports": 200,
    "/api/v1/me": 401,
    "/api/v1/nowhere": 404,
    "/healthz": 200,
    "/readyz": 503,
    "/metrics": 200,
}


@pytest.fixture
def settings(database_url: str, data_dir: Path, double: Double) -> Settings:
    return load_settings(environment(database_url, data_dir, double.base_url))


def fetch(client: FlaskClient, path: str, **headers: str) -> TestResponse:
    """The answer, read and closed."""
    with client.get(path, headers=headers) as answer:
        answer.get_data()
        return answer


def test_every_answer_carries_the_security_headers(client: FlaskClient) -> None:
    for path, status in ADDRESSES.items():
        answer = fetch(client, path)
        assert answer.status_code == status, path
        policy = answer.headers["Content-Security-Policy"]
        for rule in ("base-uri 'none'", "frame-ancestors 'none'", "form-action"):
            assert rule in policy, path
        assert "default-src 'none'" in policy or "default-src 'self'" in policy, path
        assert "unsafe" not in policy, path
        assert "*" not in policy, path
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert "origin" in answer.headers["Referrer-Policy"]
        assert answer.headers["X-Request-Id"]
        assert "Strict-Transport-Security" not in answer.headers, "this installation is served without https"
        assert "Cache-Control" in answer.headers, path


def test_what_a_signed_in_person_reads_is_not_kept(callers: Callers) -> None:
    browser = callers.browser(Role.CONSUMER)
    for path in ("/", "/my", "/units", "/nowhere"):
        assert browser.client.get(path).headers["Cache-Control"] == "no-store", path
    for path in ("/api/v1/me", "/api/v1/settlements", "/api/v1/settlements/HJ20261123-0000013"):
        answer = callers.app.test_client().get(path, headers=callers.headers(Role.CONSUMER))
        assert answer.headers["Cache-Control"] == "no-store", path
    assert callers.app.test_client().get("/").headers["Cache-Control"] != "no-store", "the control"


def test_over_https_cookies_are_bound_and_https_is_remembered(database_url: str, tmp_path: Path) -> None:
    variables = environment(database_url, tmp_path / "data")
    app = create_app(load_settings({**variables, "FANGXIN_PUBLIC_URL": "https://fx.example.gov.cn"}))
    answer = app.test_client().get("/sign-in", base_url="https://fx.example.gov.cn")
    with app.app_context():
        db.engine.dispose()
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-fangxin=")
    for attribute in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert attribute in cookie
    assert "Domain=" not in cookie
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


@pytest.fixture
def log(app: Flask) -> Iterator[io.StringIO]:
    """What the application's own handler writes."""
    handler = next(h for h in logging.getLogger().handlers if getattr(h, "fangxin", False))
    assert isinstance(handler, logging.StreamHandler)
    written = io.StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before)


def lines(log: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_request_is_one_line_of_json_with_its_id(client: FlaskClient, log: io.StringIO) -> None:
    answer = fetch(client, "/units/FXXF-330302-2026-00001?words=13857712345", **{"X-Request-Id": "from-the-proxy-1"})
    (line,) = [line for line in lines(log) if line["message"] == "request"]
    assert line["request_id"] == answer.headers["X-Request-Id"] == "from-the-proxy-1"
    assert (line["method"], line["route"], line["status"]) == ("GET", "/units/<number>", 404)
    assert "13857712345" not in log.getvalue()
    assert "00001" not in log.getvalue()


@pytest.mark.parametrize("given", ["short", "x" * 65, "编号编号编号编号", "\x1b[31mred", "a b c d e f g", '"},{"a":"'])
def test_a_request_id_of_another_form_is_replaced(client: FlaskClient, given: str) -> None:
    found = client.get("/healthz", headers={"X-Request-Id": given.encode().decode("latin-1")})
    assert len(found.headers["X-Request-Id"]) == 36


def test_nothing_of_a_person_enters_the_log(callers: Callers, log: io.StringIO) -> None:
    token = callers.browser(Role.CONSUMER).session_token
    client = callers.app.test_client()
    client.post(
        "/api/v1/staff-sessions?phone=13857712345",
        json={"username": "wang.jg", "password": "一句只有自己记得的长话", "one_time_code": "287082"},
        headers={"Authorization": f"Bearer {token}", "X-Note": "欧阳菁华"},
    )
    client.get(f"/api/v1/badges/{callers.shop.token}")
    client.get("/my", headers={"Cookie": f"fangxin={token}"})
    written = log.getvalue()
    assert written.count('"request"') >= 3
    for secret in (token, "13857712345", "wang.jg", "长话", "287082", "欧阳菁华", callers.shop.token, "127.0.0.1"):
        assert secret not in written


def test_a_log_line_cannot_be_forged(app: Flask, log: io.StringIO) -> None:
    evil = 'x\r\n{"level": "INFO", "message": "forged"}\x1b[2J\x9b2J\x85\u2028\u202e'
    logging.getLogger("test").warning("%s", evil, extra={"reason": evil})
    (line,) = lines(log)
    assert line["message"] == evil
    assert line["reason"] == evil
    assert log.getvalue().rstrip("\n").isprintable()
    assert log.getvalue().isascii()


def test_a_fault_is_logged_once_and_says_nothing_outside(app: Flask, client: FlaskClient, log: io.StringIO) -> None:
    def fail() -> str:
        raise ZeroDivisionError("SECRET-INSIDE")

    app.view_functions["pages.how_to_complain"] = fail
    answer = client.get("/help")
    assert answer.status_code == 500
    assert "SECRET-INSIDE" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["X-Request-Id"] in answer.text
    (line,) = [line for line in lines(log) if line["level"] == "ERROR"]
    assert "SECRET-INSIDE" in str(line["exc_info"])
    assert line["request_id"] == answer.headers["X-Request-Id"]


def test_health_says_that_the_process_lives_whatever_the_database_does(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json() == {"status": "ok"}


def test_readiness_names_its_faults_in_a_word(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert list(answer.get_json()["faults"]) == ["worker"]


def test_a_database_that_is_away_is_not_ready(tmp_path: Path) -> None:
    variables = environment("postgresql+psycopg://postgres@127.0.0.1:9/nowhere?connect_timeout=1", tmp_path)
    app = create_app(load_settings(variables))
    answer = app.test_client().get("/readyz")
    assert (answer.status_code, answer.get_json()["faults"]["database"]) == (503, "unreachable")
    assert "127.0.0.1" not in answer.text
    assert app.test_client().get("/healthz").status_code == 200
    with app.app_context():
        db.engine.dispose()


def test_numbers_are_for_this_machine_and_private_networks_alone(client: FlaskClient) -> None:
    client.get("/units/FXXF-330302-2026-00001")
    numbers = client.get("/metrics").text
    assert 'fangxin_requests_total{method="GET",route="/units/<number>",status="404"}' in numbers
    assert "FXXF" not in numbers
    assert client.get("/metrics", environ_overrides={"REMOTE_ADDR": "10.0.0.7"}).status_code == 200
    for address in ("114.114.114.114", "8.8.8.8", "2001:4860:4860::8888"):
        assert client.get("/metrics", environ_overrides={"REMOTE_ADDR": address}).status_code == 404, address


def test_an_invented_method_makes_no_new_number(client: FlaskClient) -> None:
    for number in range(5):
        client.open("/units", method=f"INVENTED{number}")
    assert "INVENTED" not in client.get("/metrics").text


@pytest.fixture
def limits() -> Iterator[None]:
    limiter.reset()
    yield
    limiter.reset()


def try_codes(client: FlaskClient, times: int, **options: object) -> list[int]:
    body = {"case_no": "HJ20261123-0000013", "code": "7K3Q-X9C2-M4TP"}
    return [
        client.post("/api/v1/settlements/progress", json=body, **options).status_code  # type: ignore[arg-type]
        for _ in range(times)
    ]


@pytest.mark.usefixtures("limits")
def test_who_asks_too_often_is_told_to_wait(client: FlaskClient) -> None:
    statuses = try_codes(client, 21)
    assert (429 in statuses[:20], statuses[20]) == (False, 429)
    answer = client.post("/api/v1/settlements/progress", json={"case_no": "x", "code": "x"})
    assert refusal(answer) == (429, "too_many_requests")
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    other = {"environ_overrides": {"REMOTE_ADDR": "203.0.113.9"}}
    assert try_codes(client, 1, **other) != [429], "another address is counted alone"
    assert client.get("/api/v1/reports").status_code == 200, "and so is another address of ours"


@pytest.mark.usefixtures("limits")
def test_a_made_up_address_in_a_header_counts_for_nothing(client: FlaskClient) -> None:
    """Without a proxy in the settings nobody says for whom a request comes."""
    statuses = [try_codes(client, 1, headers={"X-Forwarded-For": f"203.0.113.{number}"})[0] for number in range(21)]
    assert statuses[-1] == 429


@pytest.mark.usefixtures("limits")
def test_a_made_up_token_gets_nowhere(client: FlaskClient) -> None:
    """Who is signed in is counted by session; a token that nobody has starts no count of its own, it is refused."""
    tokens = [f"Bearer {'x' * 30}{number}" for number in range(25)]
    assert {try_codes(client, 1, headers={"Authorization": token})[0] for token in tokens} == {401}


def test_busy_is_the_only_word_for_what_the_database_cannot_do_now(app: Flask, client: FlaskClient) -> None:
    def fail() -> str:
        raise OperationalError("SELECT secret", {}, Exception("inside"))

    app.view_functions["pages.how_to_complain"] = fail
    answer = client.get("/help")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    assert "secret" not in answer.text


def test_settings_without_redis_count_in_the_process(settings: Settings, app: Flask) -> None:
    assert settings.redis_url is None
    assert app.config["RATELIMIT_STORAGE_URI"] == "in-process://"


def test_a_file_name_in_chinese_is_a_header_that_a_server_can_send() -> None:
    header = attachment('温放心2017-00001-01.png\r\nX: y"')
    header.encode("latin-1")
    assert "\r" not in header
    assert header.startswith('attachment; filename="___2017-00001-01.png')
    parsed = parse_options_header(header)[1]["filename"]
    assert parsed.startswith("温放心2017-00001-01.png")
    assert attachment("a-b_c.pdf") == "attachment; filename=\"a-b_c.pdf\"; filename*=UTF-8''a-b_c.pdf"
