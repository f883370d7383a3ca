"""Keeping units: one list with today's standing; who keeps a unit is told when its certificate changes, nobody else."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.favourites import queries, rules
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.clock import FixedClock
from backend.merchants.model import Unit
from backend.merchants.rules import Category
from backend.personal_data import service as personal_data
from tests.calling import Caller
from tests.pages.town import Shop, Town
from tests.personal_data.cells import left
from tests.scene import Callers, both

Notices = Callable[..., list[tuple[str, str]]]


def _do(who: Caller, method: str, shop: Shop, status: int = 200) -> Any:
    answer = who.api(method, f"/me/kept-units/{shop.certificate_no}", who.token)
    assert answer.status_code == status, answer.text
    return answer.get_json()


def _kept(who: Caller) -> list[tuple[str, str]]:
    return [(one["name"], one["standing"]) for one in who.get("/me/kept-units")["units"]]


def test_keepers_see_the_standing_and_are_told(
    callers: Callers, town: Town, shop: Shop, notices: Notices, do_jobs: Callable[[], None]
) -> None:
    keeper, other, officer = callers.person("gu-ke"), callers.person("lu-ren"), callers.staff()
    second = town.shop("江心海鲜")
    for one in (shop, second, shop):
        assert _do(keeper, "PUT", one) == {"kept": True}
    assert _kept(keeper) == [("江心海鲜", "VALID"), ("瓯越电器", "VALID")], "kept twice is kept once"
    assert (_kept(other), _do(other, "GET", shop)) == ([], {"kept": False})
    path = f"/certificates/{shop.certificate_no}"
    for step, body, standing in (
        ("rectify", {"ground": "G08"}, "RECTIFY"),
        ("restore", None, "VALID"),
        ("suspend", {"ground": "G04"}, "SUSPENDED"),
    ):
        before = notices(keeper)
        officer.post(f"{path}/{step}", body)
        assert notices(keeper) == before, "nobody is told in the transaction of the change"
        do_jobs()
        assert _kept(keeper)[1] == ("瓯越电器", standing)
        told = keeper.get("/notices")["items"]
        assert [one["link"] for one in told] == [f"/units/{shop.certificate_no}"], "the newest alone is unread"
    assert "证书暂停" in told[0]["text"]
    assert notices(keeper) == both("kept_unit_changed")
    assert notices(other) == [], "the control: who does not keep it is not told"
    assert _do(keeper, "DELETE", shop) == {"kept": False}
    assert notices(keeper) == []
    officer.post(f"{path}/restore")
    do_jobs()
    assert notices(keeper) == [], "nothing new is said, and what holds no more is gone"
    assert _kept(keeper) == [("江心海鲜", "VALID")]


def test_revoking_is_told_and_stays_in_the_list(
    callers: Callers, shop: Shop, clock: FixedClock, do_jobs: Callable[[], None]
) -> None:
    keeper, proposer, decider = callers.person("gu-ke"), callers.staff(), callers.staff()
    _do(keeper, "PUT", shop)
    body = {"certificate_no": shop.certificate_no, "ground": "G05", "statement": "申报材料里的检测报告是伪造的。"}
    number = proposer.post("/removals", body, 201)["case_no"]
    callers.member(shop).post(f"/removals/{number}/reply", {"text": "报告是供应商给的，我们不知情。"})
    decider.post(f"/removals/{number}/decide", {"revoke": True, "text": "经核查属实，撤销证书。"})
    do_jobs()
    assert _kept(keeper) == [("瓯越电器", "REVOKED")]
    assert "证书已撤销" in keeper.get("/notices")["items"][0]["text"]


def test_many_are_told_in_pieces_and_of_the_last_change_alone(
    callers: Callers,
    town: Town,
    shop: Shop,
    notices: Notices,
    do_jobs: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keepers, officer = [callers.person(f"guke-{number}") for number in range(5)], callers.staff()
    for one in keepers:
        _do(one, "PUT", shop)
    for module in ("infrastructure.jobs", "favourites.service"):
        monkeypatch.setattr(f"backend.{module}.PIECE", 2)
    path = f"/certificates/{shop.certificate_no}"
    officer.post(f"{path}/suspend", {"ground": "G04"})
    do_jobs()
    assert [notices(one) for one in keepers] == [both("kept_unit_changed")] * 5
    officer.post(f"{path}/restore")
    officer.post(f"{path}/rectify", {"ground": "G08"})
    officer.post(f"{path}/restore")
    do_jobs()
    for one in keepers:
        (told,) = one.get("/notices")["items"]
        assert "证书有效" in told["text"]
        assert notices(one) == both("kept_unit_changed")


def test_what_a_home_is_not_told_of(callers: Callers, town: Town) -> None:
    """A list of kept units shows what the register shows: of an online shop at home, the county."""
    keeper = callers.person("gu-ke")
    _do(keeper, "PUT", town.shop("小林网店", category=Category.ONLINE_SHOP, uscc="92330302MA2ABCDE73"))
    assert keeper.get("/me/kept-units")["units"][0]["address"] == "鹿城区"


def test_bounds(callers: Callers, town: Town, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = callers.person("gu-ke")
    monkeypatch.setattr("backend.favourites.service.MOST_KEPT", 1)
    assert rules.MOST_KEPT == 200
    _do(keeper, "PUT", shop)
    _do(keeper, "PUT", shop)
    assert _do(keeper, "PUT", town.shop("江心海鲜"), 409)["code"] == "too_many_kept"
    assert keeper.api("PUT", "/me/kept-units/FXXF-330302-2026-99999", keeper.token).status_code == 404
    assert _do(callers.nobody(), "PUT", shop, 401)["detail"]
    assert _do(callers.staff(), "PUT", shop, 403)["detail"]
    assert keeper.get("/me/kept-units?limit=1")["next"] is None


def test_it_is_exported_and_forgotten(app: Flask, callers: Callers, town: Town, shop: Shop) -> None:
    keeper = callers.person("gu-ke")
    _do(keeper, "PUT", shop)
    assert keeper.post("/me/data/export")["收藏的单位"][0]["单位"] == "瓯越电器"
    actor = town.person("gu-ke").actor()
    assert _rows(app) == [actor.account_id]
    town.act(personal_data.erase, actor)
    assert _rows(app) == []
    assert left(app, ["瓯越电器"]), "the control: the unit is there"


def _rows(app: Flask) -> list[str]:
    with app.app_context(), unit_of_work(read_only=True):
        return [person for unit in session().scalars(sa.select(Unit.id)) for person in queries.keepers(unit, None, 9)]
