"""The package for the national 12315 platform: whole, checkable, for the consumer and the officer in charge alone."""

import hashlib
import io
import json
import subprocess
import zipfile
from pathlib import Path

import pypdfium2
import pytest

from tests.calling import Caller
from tests.pages.town import Shop, Town
from tests.scene import IDENTITY, Callers, picture, request_body

PURPOSE = {"purpose": "录入全国 12315 平台"}
NUMBER = "1330302002026112500001234"


@pytest.fixture
def number(consumer: Caller, shop: Shop) -> str:
    """A settlement request with two photos, sent without an identity."""
    case_no = consumer.post("/settlements", request_body(shop), 201)["case_no"]
    for colour in ("red", "blue"):
        sent = {"photo": (io.BytesIO(picture(colour)), "小票.jpg"), "for_station": "false"}
        assert consumer.api("POST", f"/settlements/{case_no}/photos", consumer.token, data=sent).status_code == 201
    return str(case_no)


@pytest.fixture
def path(consumer: Caller, callers: Callers, shop: Shop, number: str) -> str:
    """The complaint that it became."""
    callers.member(shop).post(f"/settlements/{number}/refuse", {"text": "商品已拆封使用，不能退货。"})
    lodged = consumer.post(f"/settlements/{number}/escalate", {"identity": IDENTITY}, 201)
    return f"/complaints/{lodged['case_no']}"


def _opened(caller: Caller, address: str) -> zipfile.ZipFile:
    answer = caller.api("GET", address, caller.token)
    assert (answer.status_code, answer.content_type) == (200, "application/zip")
    assert answer.headers["Cache-Control"] == "no-store"
    return zipfile.ZipFile(io.BytesIO(answer.data))


def test_it_holds_form_evidence_and_a_list_that_checks(
    consumer: Caller, number: str, path: str, tmp_path: Path
) -> None:
    opened = _opened(consumer, f"/settlements/{number}/package")
    assert opened.testzip() is None
    assert [name for name in opened.namelist() if not name.startswith("沟通")] == [
        "投诉登记表.json", "投诉登记表.pdf", "凭证/凭证-01.jpg", "凭证/凭证-02.jpg", "清单.json", "SHA256SUMS",
    ]  # fmt: skip
    form = json.loads(opened.read("投诉登记表.json"))
    values = {field["key"]: field["value"] for field in form["fields"]}
    assert (values["name"], values["amount"], values["evidence"]) == (IDENTITY["name"], "128.50 元", "照片 2 张")
    printed = "".join(
        page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(opened.read("投诉登记表.pdf"))
    )
    assert IDENTITY["name"] in printed
    listed = json.loads(opened.read("清单.json"))["files"]
    assert listed[2]["uploaded_sha256"] == consumer.get(f"/settlements/{number}")["photos"][0]["sha256"]
    for one in listed:
        assert hashlib.sha256(opened.read(one["name"])).hexdigest() == one["sha256"]
    opened.extractall(tmp_path)
    check = ["sha256sum", "--check", "--quiet", "SHA256SUMS"]
    assert subprocess.run(check, cwd=tmp_path, check=False, capture_output=True).returncode == 0
    (tmp_path / "凭证/凭证-01.jpg").write_bytes(b"another picture")
    assert subprocess.run(check, cwd=tmp_path, check=False, capture_output=True).returncode != 0, "the control"


def test_the_conversation_goes_along_with_its_numbers_hidden(consumer: Caller, number: str) -> None:
    consumer.post(f"/settlements/{number}/messages", {"text": "我的电话是 13857712345，什么时候能修？"}, 201)
    opened = _opened(consumer, f"/settlements/{number}/package")
    said = opened.read("沟通记录.txt").decode()
    assert "消费者：我的电话是" in said
    assert "13857712345" not in said
    listed = json.loads(opened.read("清单.json"))["files"]
    assert (listed[-1]["name"], listed[-1]["messages"]) == ("沟通记录.txt", 1)


def test_before_the_bureau_an_identity_that_was_not_given_is_left_open(consumer: Caller, number: str) -> None:
    form = json.loads(_opened(consumer, f"/settlements/{number}/package").read("投诉登记表.json"))
    values = {field["key"]: field["value"] for field in form["fields"]}
    assert values["name"] == "（由本人填写）"
    assert "还没有转成投诉" in form["number"]


def test_the_officer_in_charge_takes_it_with_a_noted_look(consumer: Caller, callers: Callers, path: str) -> None:
    officer, colleague = callers.staff(), callers.staff()
    assert officer.refused(f"{path}/package", PURPOSE, 403) == "not_in_charge"
    officer.post(f"{path}/accept")
    officer.refused(f"{path}/package", {"purpose": "看"}, 422)
    assert consumer.get(path)["identity_views"] == []
    answer = officer.api("POST", f"{path}/package", officer.token, PURPOSE)
    assert zipfile.ZipFile(io.BytesIO(answer.data)).testzip() is None
    assert [one["purpose"] for one in consumer.get(path)["identity_views"]] == [PURPOSE["purpose"]]
    assert colleague.refused(f"{path}/package", PURPOSE, 403) == "not_in_charge"


def test_nobody_else_takes_it(consumer: Caller, callers: Callers, shop: Shop, number: str) -> None:
    callers.person("lu-ren").get(f"/settlements/{number}/package", 404)
    callers.nobody().get(f"/settlements/{number}/package", 401)
    callers.member(shop).get(f"/settlements/{number}/package", 403)
    callers.staff().get(f"/settlements/{number}/package", 403)


def test_the_number_comes_back_and_stays(consumer: Caller, callers: Callers, shop: Shop, number: str) -> None:
    told = consumer.get(f"/settlements/{number}/hand-over")
    assert told["number_12315"] is None
    assert "12315.cn" in "".join(told["steps"])
    for wrong in ("12", "没有编号", "1234 5678; DROP"):
        assert consumer.refused(f"/settlements/{number}/number-12315", {"number": wrong}, 422) == "number_12315_invalid"
    kept = consumer.post(f"/settlements/{number}/number-12315", {"number": f" {NUMBER} "})
    assert kept["number_12315"] == NUMBER
    assert consumer.get(f"/settlements/{number}")["number_12315"] == NUMBER
    callers.member(shop).refused(f"/settlements/{number}/number-12315", {"number": NUMBER}, 403)


def test_the_pages_lead_there_and_back(town: Town, shop: Shop) -> None:
    consumer = town.person("gu-ke")
    number = town.request(shop, consumer)
    assert f"/my/cases/{number}/12315" in consumer.get(f"/my/cases/{number}")
    there = f"/my/cases/{number}/12315"
    assert "下载材料包" in consumer.get(there)
    assert consumer.client.get(f"{there}/package").content_type == "application/zip"
    assert NUMBER in consumer.done(there, there, {"number": NUMBER})
    assert f"12315 平台编号 {NUMBER}" in consumer.get(f"/my/cases/{number}")
