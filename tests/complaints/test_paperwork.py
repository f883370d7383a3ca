"""A complaint's official forms: which exist after which step, who takes them, and what they say."""

import pypdfium2
import pytest

from backend.access.actor import Role
from tests.calling import Caller
from tests.console.office import YUEQING
from tests.pages.town import Shop
from tests.scene import IDENTITY, Callers, request_body

PURPOSE = {"purpose": "打印盖章后送达投诉人"}


@pytest.fixture
def officer(callers: Callers) -> Caller:
    return callers.staff()


@pytest.fixture
def path(consumer: Caller, callers: Callers, shop: Shop) -> str:
    """A complaint that just came in."""
    number = consumer.post("/settlements", request_body(shop, identity=IDENTITY), 201)["case_no"]
    callers.member(shop).post(f"/settlements/{number}/refuse", {"text": "商品已拆封使用，不能退货。"})
    return "/complaints/" + consumer.post(f"/settlements/{number}/escalate", {}, 201)["case_no"]


def _forms(caller: Caller, path: str) -> list[int]:
    return [one["number"] for one in caller.get(path)["documents"]]


def _printed(content: bytes) -> str:
    text = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content))
    return "".join(text.split())


def _values(consumer: Caller, path: str, form: int) -> dict[str, str]:
    return {one["key"]: one["value"] for one in consumer.get(f"{path}/documents/{form}")["fields"]}


def test_the_register_form_holds_what_was_filed(consumer: Caller, officer: Caller, path: str) -> None:
    assert _forms(consumer, path) == _forms(officer, path) == [1]
    values = _values(consumer, path, 1)
    assert values["name"] == IDENTITY["name"]
    assert values["phone"] == IDENTITY["phone"]
    assert (values["request"], values["amount"], values["consent_publish"]) == ("退货、赔偿损失", "128.50 元", "不同意")
    answer = consumer.api("GET", f"{path}/documents/1/pdf", consumer.token)
    assert (answer.content_type, answer.headers["Cache-Control"]) == ("application/pdf", "no-store")
    assert IDENTITY["address"].replace(" ", "") in _printed(answer.data)


def test_a_refusal_cannot_be_made_without_ground_and_reason(consumer: Caller, officer: Caller, path: str) -> None:
    for body in ({"text": "已经由法院立案，正在审理。"}, {"ground": "R16_2"}, {"ground": "R16_2", "text": "不管"}):
        officer.refused(f"{path}/refuse", body, 422)
    assert _forms(consumer, path) == [1]
    officer.post(f"{path}/refuse", {"ground": "R16_2", "text": "已经由法院立案，正在审理。"})
    assert _forms(consumer, path) == [1, 6]
    told = consumer.get(f"{path}/documents/6")
    words = "".join(told["paragraphs"])
    for part in ("R16_2", "已经由法院立案，正在审理。", "第三十九条", "人民法院", "第十六条"):
        assert part in words
    printed = _printed(consumer.api("GET", f"{path}/documents/6/pdf", consumer.token).data)
    assert all("".join(paragraph.split()) in printed for paragraph in told["paragraphs"])


def test_acceptance_and_termination_make_their_forms(consumer: Caller, officer: Caller, path: str) -> None:
    officer.post(f"{path}/accept")
    assert _forms(consumer, path) == [1, 5]
    officer.post(f"{path}/terminate", {"ground": "T23_3", "text": "商家明确表示不能达成调解协议。"})
    assert _forms(consumer, path) == [1, 5, 8]
    values = _values(consumer, path, 8)
    assert (values["ground_code"], values["reason"]) == ("T23_3", "商家明确表示不能达成调解协议。")
    told = "".join(consumer.get(f"{path}/documents/8")["paragraphs"])
    assert "第三十九条" in told
    assert "第二十三条第（三）项" in told


def test_an_agreement_is_printed_with_its_text(consumer: Caller, officer: Caller, path: str) -> None:
    officer.post(f"{path}/accept")
    consumer.post(f"{path}/consent", {"agree": True})
    officer.post(f"{path}/note-consent", {"party": "merchant", "agree": True, "way": "in_person"})
    officer.post(f"{path}/record-agreement", {"text": "商家三日内退还货款 128.50 元。", "closing": "signed"})
    assert _forms(consumer, path) == [1, 5, 9]
    assert "商家三日内退还货款 128.50 元。" in consumer.get(f"{path}/documents/9")["paragraphs"]


def test_an_officers_copy_is_a_noted_look_at_the_identity(consumer: Caller, officer: Caller, path: str) -> None:
    officer.refused(f"{path}/documents/1", {"purpose": "看"}, 422)
    officer.refused(f"{path}/documents/6", PURPOSE, 404)
    assert consumer.get(path)["identity_views"] == []
    answer = officer.api("POST", f"{path}/documents/1", officer.token, PURPOSE)
    assert IDENTITY["name"] in _printed(answer.data)
    (look,) = consumer.get(path)["identity_views"]
    assert look["purpose"] == PURPOSE["purpose"]


def test_nobody_else_takes_a_form(consumer: Caller, callers: Callers, shop: Shop, path: str) -> None:
    form = f"{path}/documents/1"
    callers.person("lu-ren").get(form, 404)
    member = callers.member(shop, "zhan-yuan-2")
    member.get(form, 404)
    callers.staff(Role.COUNTY_OFFICER).get(form, 403)
    for stranger in (member, callers.staff(Role.COUNCIL)):
        stranger.refused(form, PURPOSE, 403)
    callers.staff(Role.COUNTY_OFFICER, county=YUEQING).refused(form, PURPOSE, 404)
    for missing in ("0", "5", "11", "one", "²"):
        consumer.get(f"{path}/documents/{missing}", 404)
    consumer.get(form)
