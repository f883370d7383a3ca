"""首问负责: who takes a request first answers it; a colleague comes in by a hand-over, or when the owner has left."""

import re
from collections import Counter

import sqlalchemy as sa
from flask import Flask

from backend.accounts.model import RoleGrant
from backend.casework.model import CaseEvent
from backend.infrastructure import current
from backend.infrastructure.database import session, unit_of_work
from tests.calling import Caller
from tests.journeys.test_races import TOGETHER, at_once
from tests.pages.town import Shop
from tests.scene import Callers, request_body

REASON = {"text": "小票丢了，没有办法退货。"}


def _path(callers: Callers, shop: Shop) -> str:
    return f"/settlements/{callers.person('gu-ke').post('/settlements', request_body(shop), 201)['case_no']}"


def _two(callers: Callers, shop: Shop) -> tuple[Caller, Caller]:
    return callers.member(shop), callers.member(shop, "zhan-li")


def _takes(app: Flask) -> int:
    with app.app_context(), unit_of_work(read_only=True):
        taken = sa.select(sa.func.count()).select_from(CaseEvent).where(CaseEvent.action == "take")
        return session().scalar(taken) or 0


def test_of_two_who_take_at_once_one_owns_it(app: Flask, callers: Callers, shop: Shop) -> None:
    members, path = _two(callers, shop), _path(callers, shop)
    assert members[0].get(path)["owner"] is None
    answers = at_once(app, lambda api, number: api("POST", f"{path}/take", members[number % 2].token))
    assert Counter(answer.status_code for answer in answers) == {200: TOGETHER // 2, 409: TOGETHER // 2}
    assert {answer.get_json()["code"] for answer in answers if answer.status_code == 409} == {"owned_by_colleague"}
    assert [member.get(path)["owned_by_me"] for member in members].count(True) == 1
    assert all(re.fullmatch(r"同事（代号 \w{4}）", member.get(path)["owner"]) for member in members), (
        "no colleague is a consumer"
    )
    assert _takes(app) == 1


def test_only_the_owner_answers_and_the_first_answer_owns(app: Flask, callers: Callers, shop: Shop) -> None:
    first, second = _two(callers, shop)
    path = _path(callers, shop)
    first.post(f"{path}/take")
    assert second.refused(f"{path}/refuse", REASON) == "owned_by_colleague"
    assert second.get(path)["state"] == "awaiting_answer"
    first.post(f"{path}/refuse", REASON)
    other = _path(callers, shop)
    assert second.post(f"{other}/refuse", REASON)["owned_by_me"], "the control: nobody had taken this one"
    assert _takes(app) == 2


def test_a_hand_over_counts_when_a_colleague_takes_it(callers: Callers, shop: Shop) -> None:
    first, second = _two(callers, shop)
    path = _path(callers, shop)
    assert first.refused(f"{path}/hand-over") == "not_owner"
    first.post(f"{path}/take")
    assert second.refused(f"{path}/hand-over") == "not_owner"
    assert first.post(f"{path}/hand-over")["owned_by_me"], "until somebody takes it, the owner stays"
    assert second.get(path)["handing_over"]
    taken = second.post(f"{path}/take")
    assert (taken["owned_by_me"], taken["handing_over"]) == (True, False)
    assert first.refused(f"{path}/refuse", REASON) == "owned_by_colleague"
    assert [event["action"] for event in second.get(path)["events"]] == ["submit", "take", "hand_over", "take"]


def test_a_member_who_left_does_not_block(app: Flask, callers: Callers, shop: Shop) -> None:
    first, second = _two(callers, shop)
    path = _path(callers, shop)
    first.post(f"{path}/take")
    assert second.refused(f"{path}/take") == "owned_by_colleague", "the control: while the owner is a member, it blocks"
    with app.app_context(), unit_of_work():
        leaving = sa.update(RoleGrant).where(RoleGrant.account_id == first.account_id)
        session().execute(leaving.values(ended_at=current.now()))
    assert second.get(path)["owner"] is None
    assert second.post(f"{path}/take")["owned_by_me"]


def test_neither_the_consumer_nor_another_station_takes(callers: Callers, shop: Shop) -> None:
    path = _path(callers, shop)
    assert "owner" not in callers.person("gu-ke").get(path)
    callers.person("gu-ke").post(f"{path}/take", status=403)
