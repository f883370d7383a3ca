"""Proof of identity: asked for with a last day, given sealed, read with a noted look; silence suggests and decides nothing."""

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.complaints.identity_model import IdentityRequest
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.clock import FixedClock
from backend.kernel.errors import InvalidInput
from backend.kernel.identifiers import check_resident_id
from tests.calling import Caller
from tests.pages.town import Shop
from tests.scene import IDENTITY, Callers, request_body

#: The sample number of GB 11643.
NUMBER = "11010519491231002X"
ASKED = {"reason": "同一电话有多人投诉，需要核实身份。", "until": "2026-11-30"}
PURPOSE = {"purpose": "核实投诉人身份"}


@pytest.fixture
def officer(callers: Callers) -> Caller:
    return callers.staff()


@pytest.fixture
def path(consumer: Caller, callers: Callers, shop: Shop) -> str:
    """A complaint that just came in."""
    number = consumer.post("/settlements", request_body(shop, identity=IDENTITY), 201)["case_no"]
    callers.member(shop).post(f"/settlements/{number}/refuse", {"text": "商品已拆封使用，不能退货。"})
    return "/complaints/" + consumer.post(f"/settlements/{number}/escalate", {}, 201)["case_no"]


def test_it_is_asked_given_and_read_with_a_noted_look(
    path: str, consumer: Caller, officer: Caller, callers: Callers, shop: Shop, app: Flask
) -> None:
    officer.post(f"{path}/ask-identity", ASKED)
    assert officer.refused(f"{path}/ask-identity", ASKED) == "identity_asked_already"
    told = consumer.get(f"{path}/documents/4")
    assert "2026年11月30日前" in told["paragraphs"][1]
    assert consumer.get(path)["identity_request"]["reason"] == ASKED["reason"]
    wrong = {"id_kind": "resident", "id_number": "110105194912310021"}
    assert consumer.refused(f"{path}/answer-identity", wrong, 422) == "id_number_invalid"
    answered = consumer.post(f"{path}/answer-identity", {"id_kind": "resident", "id_number": NUMBER.lower()})
    assert NUMBER not in str(answered)
    assert NUMBER not in str(officer.get(path))
    assert "identity_request" not in callers.member(shop, "zhan-yuan-2").get(path)
    looked = officer.post(f"{path}/identity", PURPOSE)
    assert (looked["id_kind"], looked["id_number"]) == ("居民身份证", NUMBER)
    assert [one["purpose"] for one in consumer.get(path)["identity_views"]] == [PURPOSE["purpose"]]
    with app.app_context(), unit_of_work(read_only=True):
        (sealed,) = session().scalars(sa.select(IdentityRequest.id_number_sealed))
        assert sealed is not None
        assert NUMBER.encode() not in sealed
    assert consumer.refused(f"{path}/answer-identity", wrong) == "identity_not_asked"


def test_nobody_is_asked_for_a_number_unless_the_bureau_asks(path: str, consumer: Caller, officer: Caller) -> None:
    given = {"id_kind": "resident", "id_number": NUMBER}
    assert consumer.refused(f"{path}/answer-identity", given) == "identity_not_asked"
    assert officer.post(f"{path}/identity", PURPOSE)["id_number"] is None
    officer.refused(f"{path}/answer-identity", given, 403)
    consumer.refused(f"{path}/ask-identity", ASKED, 403)


@pytest.mark.parametrize("until", ["2026-11-23", "2026-11-01", "2027-01-30"])
def test_the_last_day_leaves_time_and_is_not_endless(path: str, officer: Caller, until: str) -> None:
    assert officer.refused(f"{path}/ask-identity", {**ASKED, "until": until}, 422) == "identity_day_wrong"


def test_silence_suggests_a_ground_and_decides_nothing(
    path: str, consumer: Caller, officer: Caller, callers: Callers, clock: FixedClock
) -> None:
    officer.post(f"{path}/ask-identity", ASKED)
    clock.advance(days=7)
    callers.back(officer)
    assert officer.get(path)["suggestion"] is None, "the last day itself is in time"
    clock.advance(days=1)
    callers.back(officer)
    seen = officer.get(path)
    assert (seen["state"], seen["suggestion"]["ground"]) == ("received", "R16_6")
    assert "R16_5" in seen["suggestion"]["because"]
    consumer.post(f"{path}/answer-identity", {"id_kind": "passport", "id_number": "e1234 5678"})
    assert officer.get(path)["suggestion"] is None, "late is better than never"
    assert officer.post(f"{path}/accept")["state"] == "in_mediation"


def test_in_mediation_silence_suggests_the_ground_for_ending_it(
    path: str, officer: Caller, callers: Callers, clock: FixedClock
) -> None:
    officer.post(f"{path}/accept")
    officer.post(f"{path}/ask-identity", ASKED)
    clock.advance(days=9)
    callers.back(officer)
    assert officer.get(path)["suggestion"]["ground"] == "T23_6"


@pytest.mark.parametrize("number", ["", "11010519491231002", "010105194912310021", "110105184912310021", "Ⅹ" * 18])
def test_a_number_that_cannot_be_one_is_refused(number: str) -> None:
    with pytest.raises(InvalidInput):
        check_resident_id(number)
    assert check_resident_id(" 11010519491231002x ") == NUMBER, "the control"
