"""When the key of the personal data is missing, a look at an identity says so; everything else goes on."""

import os
from collections.abc import Iterator

import pytest
from flask import Flask

from backend.infrastructure.sealing import Keyring
from tests.pages.town import Shop
from tests.scene import IDENTITY, Callers, request_body


@pytest.fixture
def complaint(callers: Callers, shop: Shop) -> str:
    author, member = callers.person("gu-ke"), callers.member(shop)
    number = author.post("/settlements", request_body(shop), 201)["case_no"]
    member.post(f"/settlements/{number}/refuse", {"text": "不是质量问题，不能退。"})
    case_no: str = author.post(f"/settlements/{number}/escalate", {"identity": IDENTITY}, 201)["case_no"]
    return case_no


@pytest.fixture
def without_the_key(app: Flask) -> Iterator[None]:
    runtime = app.extensions["fangxin"]
    held = runtime.keyring
    runtime.keyring = Keyring({"9": os.urandom(32)}, runtime.settings.index_key)
    yield
    runtime.keyring = held


def test_the_officer_is_told_and_the_case_goes_on(
    callers: Callers, complaint: str, request: pytest.FixtureRequest
) -> None:
    officer = callers.staff()
    purpose = {"purpose": "通知投诉人到场调解"}
    assert officer.post(f"/complaints/{complaint}/identity", purpose)["name"] == IDENTITY["name"], "the control"
    request.getfixturevalue("without_the_key")
    problem = officer.post(f"/complaints/{complaint}/identity", purpose, 503)
    assert (problem["code"], "密钥" in problem["detail"]) == ("sealed_value", True)
    assert officer.post(f"/complaints/{complaint}/accept")["state"] == "in_mediation"
