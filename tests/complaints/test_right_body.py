"""A refusal for want of power names the body that has it and how it is reached; without, it cannot be issued."""

import pytest

from backend.access.actor import Role
from tests.calling import Caller
from tests.console.office import Office
from tests.pages.town import Shop, Town
from tests.scene import IDENTITY, Callers, request_body

REASON = {"ground": "R16_1", "text": "驾驶培训的纠纷不由本局处理。"}


@pytest.fixture
def path(consumer: Caller, callers: Callers, shop: Shop) -> str:
    """A complaint that just came in."""
    number = consumer.post("/settlements", request_body(shop, identity=IDENTITY), 201)["case_no"]
    callers.member(shop).post(f"/settlements/{number}/refuse", {"text": "商品已拆封使用，不能退货。"})
    return "/complaints/" + consumer.post(f"/settlements/{number}/escalate", {}, 201)["case_no"]


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ({}, "right_body_missing"),
        ({"body": "market"}, "body_unknown"),
        ({"body": "330382"}, "body_unknown"),
        ({"body_name": "有关部门", "body_reach": "电话 12345"}, "body_vague"),
        ({"body_name": "其他行政主管部门", "body_reach": "电话 12345"}, "body_vague"),
        ({"body_name": "市旅游局", "body_reach": "电话 12345"}, "body_renamed"),
        ({"body_name": "市生态环境局"}, "body_reach_missing"),
        ({"body_name": "市生态环境局", "body_reach": "去窗口问"}, "body_reach_missing"),
    ],
)
def test_it_cannot_be_issued_without_saying_where_to_go(
    named: dict[str, str], code: str, path: str, callers: Callers
) -> None:
    officer = callers.staff()
    assert officer.refused(f"{path}/refuse", {**REASON, **named}, 422) == code
    assert officer.get(path)["state"] == "received"


@pytest.mark.parametrize(
    ("named", "name", "reach"),
    [
        ({"body": "transport"}, "市交通运输局", "电话 12345"),
        ({"body_name": "市生态环境局", "body_reach": "电话 12369"}, "市生态环境局", "电话 12369"),
    ],
)
def test_the_complainant_reads_who_it_is_and_how_to_reach_it(
    named: dict[str, str], name: str, reach: str, path: str, consumer: Caller, callers: Callers
) -> None:
    callers.staff().post(f"{path}/refuse", {**REASON, **named})
    seen = consumer.get(path)
    assert (seen["right_body_name"], seen["right_body_reach"]) == (name, reach)
    assert f"您反映的事项由{name}处理。联系办法：{reach}。" in consumer.get(f"{path}/documents/6")["paragraphs"]


def test_another_ground_needs_no_body_and_its_form_is_silent_about_one(
    path: str, consumer: Caller, callers: Callers
) -> None:
    callers.staff().post(f"{path}/refuse", {"ground": "R16_2", "text": "法院已经受理，正在审理。"})
    assert "您反映的事项由" not in "".join(consumer.get(f"{path}/documents/6")["paragraphs"])


def test_the_pages_ask_and_show_it(town: Town, office: Office, shop: Shop) -> None:
    consumer = town.person("gu-ke")
    number = office.complaint(shop, consumer)
    officer = office.at_desk(Role.COUNTY_OFFICER)
    case = f"/console/complaints/{number}"
    assert "市交通运输局（汽车维修" in officer.get(case)
    refused = officer.refused(case, f"{case}/refuse", {"form_scope": "refuse", "body": "", **REASON})
    assert "请选择单位，或者在下面写明。" in refused
    page = officer.done(case, f"{case}/refuse", {**REASON, "body": "transport", "body_name": "", "body_reach": ""})
    assert "已告知由市交通运输局处理，电话 12345。" in page
    assert "市交通运输局" in consumer.get(f"/my/cases/{number}")
