"""Who may take which step of a dispute, who sees it, and what a step answers when the state does not allow it."""

from typing import Any

import pytest

from backend.access.actor import Role
from backend.complaints.lifecycle import COMPLAINT, SETTLEMENT
from backend.complaints.rules import Offer, offer_stamp
from backend.kernel.clock import FixedClock
from backend.kernel.transitions import Table
from tests.calling import Caller
from tests.console.office import YUEQING
from tests.pages.town import Shop, Town
from tests.scene import IDENTITY, Callers, agree_to_mediation, request_body

REASON = {"text": "小票丢了，没有办法退货。"}
OFFER = {"kind": "refund", "amount_fen": 12850, "text": "带小票来店里，当场退款。"}
SEEN = {"offer": offer_stamp(Offer.REFUND, 12850, str(OFFER["text"]), None)}
#: Step → (who takes it, path below the case, body).
SETTLEMENT_STEPS: dict[str, tuple[str, str, Any]] = {
    "offer": ("member", "offer", OFFER),
    "refuse": ("member", "refuse", REASON),
    "decline": ("consumer", "decline", SEEN),
    "accept": ("consumer", "accept", SEEN),
    "confirm_performed": ("consumer", "confirm-performed", None),
    "escalate": ("consumer", "escalate", {"identity": IDENTITY}),
    "report_not_performed": ("consumer", "not-performed", None),
    "withdraw": ("consumer", "withdraw", None),
}
COMPLAINT_STEPS: dict[str, tuple[str, str, Any]] = {
    "accept": ("officer", "accept", None),
    "refuse": ("officer", "refuse", {"ground": "R16_2", "text": "法院已经受理，正在审理。"}),
    "pause_for_testing": ("officer", "pause-for-testing", None),
    "resume": ("officer", "resume", None),
    "ask_identity": ("officer", "ask-identity", {"reason": "多人共用一个电话，需要核实。", "until": "2026-12-05"}),
    "answer_identity": ("consumer", "answer-identity", {"id_kind": "passport", "id_number": "E12345678"}),
    "answer_consent": ("consumer", "consent", {"agree": True}),
    "note_consent": ("officer", "note-consent", {"party": "merchant", "agree": True, "way": "phone"}),
    "invite": (
        "officer",
        "invite",
        {"meeting_on": "2026-12-01", "meeting_time": "14:30", "way": "phone", "place": "本局致电双方"},
    ),
    "note_absence": ("officer", "absence", {"party": "merchant", "text": "没有说明理由，到时没有来。"}),
    "ask_recusal": ("consumer", "recusal", {"text": "调解人员是店主的亲戚。"}),
    "decide_recusal": ("colleague", "decide-recusal", {"granted": False, "text": "没有利害关系，不需要回避。"}),
    "delegate": ("officer", "delegate", {"text": "双方对维修费用有分歧，请协助调解。"}),
    "take_back": ("officer", "take-back", None),
    "record_agreement": ("officer", "record-agreement", {"text": "商家三日内退还货款。", "closing": "performed"}),
    "terminate": ("officer", "terminate", {"ground": "T23_3", "text": "商家明确表示不同意退款。"}),
    "serve_notice": ("officer", "serve-notice", None),
    "withdraw": ("consumer", "withdraw", None),
}


_PASSED = {
    "target": YUEQING,
    "trade": "premises",
    "place": YUEQING,
    "domicile": YUEQING,
    "reason": "该店已经搬到乐清市经营，本辖区没有经营场所。",
}
_GIVEN = {"target": YUEQING, "reason": "收款和交货都在乐清市，由乐清市局办理。"}
#: Steps between bureaus, taken by the city, which reaches every bureau's complaints.
PASSING_STEPS: dict[str, tuple[str, str, Any]] = {
    "pass_on": ("city", "pass-on", _PASSED),
    "take_over": ("city", "take-over", None),
    "contest": ("city", "contest", {"reason": "两个单位协商不成，请市局决定。"}),
    "decide_power": ("city", "decide-power", _GIVEN),
}


class Cast:
    """Everybody around one dispute."""

    def __init__(self, callers: Callers, town: Town, shop: Shop) -> None:
        self.shop, self.callers = shop, callers
        self.consumer, self.member, self.officer = callers.person("gu-ke"), callers.member(shop), callers.staff()
        self.city = callers.staff(Role.CITY_OFFICER)
        self.colleague = callers.staff(Role.CITY_OFFICER)
        self.stranger = callers.person("lu-ren")
        self.other_member = callers.member(town.shop("鹿城书店", station="南塘联络站"), "zhan-li")

    def submitted(self) -> str:
        """The path of a new request."""
        number = self.consumer.post("/settlements", request_body(self.shop), 201)["case_no"]
        return f"/settlements/{number}"

    def lodged(self) -> str:
        """The path of a new complaint."""
        path = self.submitted()
        self.member.post(f"{path}/refuse", REASON)
        return f"/complaints/{self.consumer.post(f'{path}/escalate', {'identity': IDENTITY}, 201)['case_no']}"

    def take(self, path: str, steps: dict[str, tuple[str, str, Any]], action: str) -> None:
        """The right person takes a step that is possible."""
        if action == "record_agreement":
            agree_to_mediation(self.consumer, self.member, path)
        if action == "delegate":
            for party in (self.consumer, self.member):
                party.post(f"{path}/consent", {"agree": True, "subject": "delegation"})
        who, address, body = steps[action]
        answer = getattr(self, who).post(f"{path}/{address}", body, 201 if action == "escalate" else 200)
        assert answer["state"]


@pytest.fixture
def cast(callers: Callers, town: Town, shop: Shop) -> Cast:
    return Cast(callers, town, shop)


def _ways(table: Table, steps: dict[str, tuple[str, str, Any]]) -> dict[str, list[str]]:
    """State → steps by which people reach it soonest."""
    first = next(row.target for row in table.rows if row.source is None)
    ways: dict[str, list[str]] = {first: []}
    for state in ways_in_order(table, first):
        for row in table.rows:
            waits = row.guard is not None and row.guard.endswith("expired")
            if row.source == state and row.target not in ways and row.action in steps and not waits:
                ways[row.target] = [*ways[state], row.action]
    return ways


def ways_in_order(table: Table, first: str) -> list[str]:
    """States, nearest to the first one first."""
    order = [first]
    for state in order:
        order += [row.target for row in table.rows if row.source == state and row.target not in order]
    return list(dict.fromkeys(order))


def _every_wrong_step_is_refused(
    cast: Cast, path: str, steps: dict[str, tuple[str, str, Any]], table: Table, state: str
) -> None:
    allowed = [row.action for row in table.rows if row.source == state]
    wrong = [action for action in steps if action not in allowed]
    for action in wrong:
        who, address, body = steps[action]
        problem = getattr(cast, who).post(f"{path}/{address}", body, 409)
        assert (problem["code"], problem["state"], problem["allowed"]) == ("not_possible_now", state, allowed)
        assert table.states[state] in problem["detail"]
    assert wrong
    assert cast.consumer.get(path)["state"] == state, "a refused step changes nothing"


def test_a_step_that_the_state_does_not_allow_names_state_and_what_is_allowed(cast: Cast) -> None:
    ways = _ways(SETTLEMENT, SETTLEMENT_STEPS)
    assert set(ways) == set(SETTLEMENT.states) - {"lapsed", "not_performed"}, (
        "these need time to pass; every other state is tried"
    )
    for number, (state, way) in enumerate(ways.items()):
        cast.consumer = cast.callers.person(f"gu-ke-{number}")
        path = cast.submitted()
        for action in way:
            cast.take(path, SETTLEMENT_STEPS, action)
        _every_wrong_step_is_refused(cast, path, SETTLEMENT_STEPS, SETTLEMENT, state)


def test_a_step_of_the_bureau_is_refused_in_the_wrong_state(cast: Cast) -> None:
    steps, cast.officer = {**COMPLAINT_STEPS, **PASSING_STEPS}, cast.city
    ways = _ways(COMPLAINT, steps)
    assert set(ways) == set(COMPLAINT.states) - {"unassigned", "merged"}, "both have tests of their own"
    for number, (state, way) in enumerate(ways.items()):
        cast.consumer = cast.callers.person(f"gu-ke-{number}")
        path = cast.lodged()
        for action in way:
            cast.take(path, steps, action)
        _every_wrong_step_is_refused(cast, path, steps, COMPLAINT, state)


def test_a_lapsed_request_allows_nothing(cast: Cast, clock: FixedClock, work: Any) -> None:
    path = cast.submitted()
    cast.take(path, SETTLEMENT_STEPS, "offer")
    clock.advance(days=15, hours=14)
    work()
    _every_wrong_step_is_refused(cast, path, SETTLEMENT_STEPS, SETTLEMENT, "lapsed")


def test_a_promise_not_kept_allows_what_its_state_says(cast: Cast, clock: FixedClock) -> None:
    path = cast.submitted()
    for action in ("offer", "accept"):
        cast.take(path, SETTLEMENT_STEPS, action)
    clock.advance(days=4)
    cast.take(path, SETTLEMENT_STEPS, "report_not_performed")
    _every_wrong_step_is_refused(cast, path, SETTLEMENT_STEPS, SETTLEMENT, "not_performed")


def test_who_has_nothing_to_do_with_a_request_does_not_find_it(cast: Cast, callers: Callers) -> None:
    path = cast.submitted()
    abroad = callers.staff(county=YUEQING)
    for outsider in (cast.stranger, cast.other_member, abroad):
        outsider.get(path, 404)
        assert outsider.get("/settlements") == {"settlements": [], "next": None}
        for who, address, body in SETTLEMENT_STEPS.values():
            has_the_role = outsider is cast.other_member or (outsider is cast.stranger and who == "consumer")
            outsider.post(f"{path}/{address}", body, 404 if has_the_role else 403)
    callers.nobody().get(path, 401)
    cast.member.get(path)
    assert len(cast.officer.get("/settlements")["settlements"]) == 1, "the control: the county's officer reads it"


def test_who_sees_a_request_takes_only_their_own_steps(cast: Cast) -> None:
    path = cast.submitted()
    for who, caller in (("consumer", cast.consumer), ("member", cast.member), ("officer", cast.officer)):
        for owner, address, body in SETTLEMENT_STEPS.values():
            if owner != who:
                caller.post(f"{path}/{address}", body, 403)
    assert cast.consumer.get(path)["state"] == "awaiting_answer"


def test_who_has_nothing_to_do_with_a_complaint_does_not_find_it(cast: Cast, callers: Callers) -> None:
    path = cast.lodged()
    abroad = callers.staff(county=YUEQING)
    for outsider in (cast.stranger, cast.other_member, abroad):
        outsider.get(path, 404)
        assert outsider.get("/complaints") == {"complaints": [], "next": None}
    for who, address, body in COMPLAINT_STEPS.values():
        if who in {"officer", "colleague"}:
            abroad.post(f"{path}/{address}", body, 404)
            cast.consumer.post(f"{path}/{address}", body, 403)
            cast.member.post(f"{path}/{address}", body, 403)
    abroad.post(f"{path}/identity", {"purpose": "电话联系约定调解时间"}, 404)
    cast.stranger.post(f"{path}/withdraw", status=404)
    cast.officer.post(f"{path}/withdraw", status=403)
    for role in (Role.JOINT_OFFICE, Role.COUNCIL, Role.OPERATOR):
        other = callers.staff(role)
        other.get(path, 403)
        other.post(f"{path}/identity", {"purpose": "电话联系约定调解时间"}, 403)
    cast.city.post(f"{path}/accept")
    assert cast.officer.get(path)["state"] == "in_mediation"


def test_the_station_reads_the_outcome_and_not_the_identity(cast: Cast) -> None:
    path = cast.lodged()
    cast.officer.post(f"{path}/identity", {"purpose": "电话联系约定调解时间"})
    seen: Caller = cast.member
    answer = seen.get(path)
    assert not {"identity_views", "dispute", "county_code", "complainant_id", "consumer_id"} & set(answer)
    assert answer["alias"].startswith("消费者·")
    (look,) = cast.consumer.get(path)["identity_views"]
    assert look["purpose"] == "电话联系约定调解时间"
