"""Revoke: proposal with grounds, the merchant's reply, another officer's decision, and what the next scan says."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.access.actor import Role
from backend.app import create_app
from backend.badges.model import Card
from backend.certification.model import Certificate
from backend.infrastructure.audit import AuditEntry
from backend.infrastructure.database import db, session, unit_of_work
from backend.kernel.clock import FixedClock
from tests.calling import Api, Caller
from tests.console.office import YUEQING
from tests.pages.town import Shop
from tests.scene import Callers, both

Notices = Callable[..., list[tuple[str, str]]]
STATEMENT = "今年以来五次没有答复消费者的和解诉求。"
REVOKE = {"revoke": True, "text": "事实清楚，决定撤销证书。"}


@pytest.fixture
def second_application(app: Flask, clock: FixedClock) -> Iterator[Caller]:
    """Another instance of the application on the same database, with caches of its own."""
    other = create_app(app.extensions["fangxin"].settings, clock=clock)
    yield Caller(Api(other.test_client()), None)
    with other.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def proposer(callers: Callers) -> Caller:
    return callers.staff()


@pytest.fixture
def decider(callers: Callers) -> Caller:
    return callers.staff()


def _body(shop: Shop, **changed: Any) -> dict[str, Any]:
    return {"certificate_no": shop.certificate_no, "ground": "G07", "statement": STATEMENT, **changed}


@pytest.fixture
def proposal(proposer: Caller, member: Caller, shop: Shop) -> str:
    """The path of a proposal that waits for the unit's reply."""
    return f"/removals/{proposer.post('/removals', _body(shop), 201)['case_no']}"


def _standing(caller: Caller, shop: Shop) -> tuple[str, str | None]:
    card = caller.post("/scans", {"token": shop.token})["card"]
    return card["standing"], card["certificate"]["reason"]


def test_a_second_officer_revokes_and_the_next_scan_says_so_everywhere(
    proposal: str,
    proposer: Caller,
    decider: Caller,
    member: Caller,
    callers: Callers,
    shop: Shop,
    notices: Notices,
    second_application: Caller,
) -> None:
    nobody = callers.nobody()
    for scanner in (nobody, second_application):
        assert _standing(scanner, shop) == ("VALID", None)
    assert notices(member) == both("removal_proposed")
    early = decider.post(f"{proposal}/decide", REVOKE, 409)
    assert (early["state"], early["allowed"]) == ("awaiting_reply", ["reply", "close_reply", "withdraw"])
    replied = member.post(f"{proposal}/reply", {"text": "已更换联络人，五件诉求都已补充答复。"})
    assert replied["state"] == "awaiting_decision"
    assert notices(decider) == both("deadline_near")
    assert notices(proposer) == [], "the proposer has nothing to decide"
    assert decider.get(proposal)["reply_text"] == "已更换联络人，五件诉求都已补充答复。"
    own = proposer.post(f"{proposal}/decide", REVOKE, 409)
    assert own["code"] == "guard_not_met"
    assert "决定人不能是提案人" in own["detail"]
    assert _standing(nobody, shop) == ("VALID", None)
    done = decider.post(f"{proposal}/decide", REVOKE)
    assert done["state"] == "revoked"
    for scanner in (nobody, second_application):
        assert _standing(scanner, shop) == ("REVOKED", "多次不答复消费者的和解诉求")
    assert notices(member) == both("certificate_standing_changed", "removal_decided")
    late = decider.post(f"{proposal}/decide", REVOKE, 409)
    assert (late["state"], late["allowed"]) == ("revoked", [])


def test_certificate_card_notices_and_audit_change_in_one_transaction_or_not_at_all(
    app: Flask, proposal: str, decider: Caller, member: Caller, shop: Shop, notices: Notices
) -> None:
    member.post(f"{proposal}/reply", {"text": "已更换联络人，都已补充答复。"})

    def state() -> tuple[str | None, Any, list[str], list[tuple[str, str]]]:
        with app.app_context(), unit_of_work(read_only=True):
            certificate = session().scalars(sa.select(Certificate)).one().state
            card = session().get_one(Card, shop.unit_id).sections["certificate"]["state"]
            acts = sa.select(AuditEntry.action).where(
                AuditEntry.action.in_(("removal.decide_revoke", "certificate.revoke"))
            )
            return certificate, card, sorted(session().scalars(acts)), notices(member)

    before = state()
    assert before == ("certified", "certified", [], both("removal_proposed"))
    trigger = _refuse_audit(app)
    with app.app_context(), unit_of_work():
        for statement in trigger[0]:
            session().execute(sa.text(statement))
    assert decider.api("POST", f"{proposal}/decide", decider.token, REVOKE).status_code in {409, 500}
    assert state() == before, "the last write of the transaction failed, so nothing was written"
    with app.app_context(), unit_of_work():
        for statement in trigger[1]:
            session().execute(sa.text(statement))
    decider.post(f"{proposal}/decide", REVOKE)
    assert state() == (
        "revoked",
        "revoked",
        ["certificate.revoke", "removal.decide_revoke"],
        both("certificate_standing_changed", "removal_decided"),
    )


def _refuse_audit(app: Flask) -> tuple[list[str], list[str]]:
    """Statements that make the database refuse audit rows of a revocation, and that end it."""
    when = "BEFORE INSERT ON audit_entry"
    if app.extensions["fangxin"].settings.sqlite:
        body = "WHEN NEW.action = 'certificate.revoke' BEGIN SELECT RAISE(ABORT, 'planted'); END"
        return [f"CREATE TRIGGER fault {when} {body}"], ["DROP TRIGGER fault"]
    body = "BEGIN IF NEW.action = 'certificate.revoke' THEN RAISE EXCEPTION 'planted'; END IF; RETURN NEW; END"
    function = f"CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$"
    trigger = f"CREATE TRIGGER fault {when} FOR EACH ROW EXECUTE FUNCTION fault()"
    return [function, trigger], ["DROP TRIGGER fault ON audit_entry", "DROP FUNCTION fault()"]


def test_the_unit_is_kept_when_the_second_officer_says_so(
    proposal: str, decider: Caller, member: Caller, shop: Shop, callers: Callers, notices: Notices
) -> None:
    member.post(f"{proposal}/reply", {"text": "已更换联络人，都已补充答复。"})
    done = decider.post(f"{proposal}/decide", {"revoke": False, "text": "单位已经整改，保留证书。"})
    assert done["state"] == "kept"
    assert _standing(callers.nobody(), shop) == ("VALID", None)
    assert notices(member) == both("removal_decided")


def test_a_silent_unit_loses_its_turn_after_five_working_days_and_no_more(
    proposal: str,
    proposer: Caller,
    decider: Caller,
    callers: Callers,
    clock: FixedClock,
    work: Callable[[], None],
    shop: Shop,
) -> None:
    clock.advance(days=7, hours=13, minutes=50)
    work()
    callers.back(decider)
    assert decider.get(proposal)["state"] == "awaiting_reply"
    clock.advance(minutes=11)
    work()
    assert decider.get(proposal)["state"] == "awaiting_decision"
    assert _standing(callers.nobody(), shop) == ("VALID", None), "silence decides nothing"
    callers.back(proposer)
    proposer.post(f"{proposal}/decide", REVOKE, 409)
    decider.post(f"{proposal}/decide", REVOKE)
    assert _standing(callers.nobody(), shop)[0] == "REVOKED"


def test_a_proposal_needs_a_ground_of_the_rules(proposer: Caller, shop: Shop) -> None:
    for wrong in ({"ground": "G99"}, {"ground": None}, {"statement": "不好"}):
        proposer.post("/removals", _body(shop, **wrong), 422)
    proposer.post("/removals", _body(shop), 201)


def test_one_proposal_at_a_time_and_none_against_a_closed_certificate(
    proposal: str, proposer: Caller, decider: Caller, member: Caller, shop: Shop
) -> None:
    assert decider.refused("/removals", _body(shop)) == "removal_under_way"
    member.post(f"{proposal}/reply", {"text": "没有要说明的。"})
    decider.post(f"{proposal}/decide", REVOKE)
    closed = proposer.post("/removals", _body(shop), 409)
    assert (closed["code"], closed["state"], closed["allowed"]) == ("certificate_closed", "revoked", [])


def test_a_withdrawn_proposal_asks_nobody_any_more(
    proposal: str, proposer: Caller, decider: Caller, member: Caller, notices: Notices
) -> None:
    member.post(f"{proposal}/reply", {"text": "已更换联络人，都已补充答复。"})
    assert (notices(member), notices(decider)) == (both("removal_proposed"), both("deadline_near"))
    proposer.post(f"{proposal}/withdraw")
    assert (notices(member), notices(decider)) == ([], [])


def test_other_staff_revoke_nothing(
    proposal: str, callers: Callers, decider: Caller, member: Caller, shop: Shop
) -> None:
    member.post(f"{proposal}/reply", {"text": "已更换联络人，都已补充答复。"})
    for role in (Role.JOINT_OFFICE, Role.COUNCIL, Role.OPERATOR):
        other = callers.staff(role)
        other.post(f"{proposal}/decide", REVOKE, 403)
        other.post("/removals", _body(shop), 403)
    decider.post(f"{proposal}/decide", REVOKE)


def test_another_county_and_another_station_find_no_such_proposal(
    proposal: str, callers: Callers, shop: Shop, member: Caller, town: Any
) -> None:
    abroad = callers.staff(county=YUEQING)
    other = callers.member(town.shop("鹿城书店", station="南塘联络站"), "zhan-li")
    for stranger in (abroad, other):
        stranger.get(proposal, 404)
        assert stranger.get("/removals") == {"removals": []}
    abroad.post(f"{proposal}/decide", REVOKE, 404)
    abroad.post(f"{proposal}/withdraw", status=404)
    assert abroad.post("/removals", _body(shop), 404)["code"] == "record_not_found"
    other.post(f"{proposal}/reply", {"text": "不是我们的事情。"}, 404)
    member.get(proposal)
    member.post(f"{proposal}/decide", REVOKE, 403)
