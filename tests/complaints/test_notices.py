"""Each step of a dispute queues one notice for each who must know, in each channel; what is not true any more is taken back."""

from collections.abc import Callable

import pytest

from backend.access.actor import Role
from backend.kernel.clock import FixedClock
from tests.console.office import YUEQING
from tests.pages.town import Shop
from tests.scene import IDENTITY, Callers, both, request_body, take_offer
from wechat_double.credentials import MINI_APP_ID
from wechat_double.server import Double

Notices = Callable[..., list[tuple[str, str]]]
OFFER = {"kind": "repair", "text": "送来店里免费修。"}
REASON = {"text": "小票丢了，没有办法退货。"}


class Parties:
    """Two members of the station, two officers of the county, and people whom it does not concern."""

    def __init__(self, callers: Callers, shop: Shop, notices: Notices) -> None:
        self.consumer = callers.person("gu-ke")
        self.members = [callers.member(shop, name) for name in ("zhan-wang", "zhan-li")]
        self.officers = [callers.staff(), callers.staff()]
        self.others = [callers.person("lu-ren")]
        self._notices = notices

    def expect(
        self, consumer: list[str], station: list[str], first_officer: list[str], second_officer: list[str]
    ) -> None:
        """Exactly these notices stand."""
        assert self._notices(self.consumer) == both(*consumer)
        for member in self.members:
            assert self._notices(member) == both(*station)
        found = [self._notices(officer) for officer in self.officers]
        assert found == [both(*first_officer), both(*second_officer)]
        assert [self._notices(other) for other in self.others] == [[]] * len(self.others)


@pytest.fixture
def parties(callers: Callers, shop: Shop, notices: Notices) -> Parties:
    return Parties(callers, shop, notices)


def _submitted(parties: Parties, shop: Shop) -> str:
    return f"/settlements/{parties.consumer.post('/settlements', request_body(shop), 201)['case_no']}"


def test_the_way_by_agreement(parties: Parties, shop: Shop) -> None:
    path = _submitted(parties, shop)
    parties.expect([], ["settlement_submitted"], [], [])
    parties.members[0].post(f"{path}/offer", OFFER)
    parties.members[1].post(f"{path}/offer", OFFER, 409)
    parties.expect(["settlement_offered"], ["settlement_submitted"], [], [])
    take_offer(parties.consumer, path.removeprefix("/settlements/"))
    parties.expect(["settlement_offered"], ["settlement_submitted", "settlement_accepted"], [], [])
    parties.consumer.post(f"{path}/confirm-performed")
    parties.expect(["settlement_offered"], ["settlement_submitted", "settlement_accepted"], [], [])


def test_the_way_by_the_bureau(
    parties: Parties, shop: Shop, callers: Callers, clock: FixedClock, work: Callable[[], None]
) -> None:
    parties.others += [callers.staff(county=YUEQING), callers.staff(Role.COUNCIL)]
    path = _submitted(parties, shop)
    parties.members[0].post(f"{path}/refuse", REASON)
    lodged = parties.consumer.post(f"{path}/escalate", {"identity": IDENTITY}, 201)
    station, seen = ["settlement_submitted", "settlement_escalated"], ["settlement_refused"]
    parties.expect(seen, station, ["deadline_near"], ["deadline_near"])
    case = f"/complaints/{lodged['case_no']}"
    parties.officers[0].post(f"{case}/accept")
    station.append("mediation_consent_asked")
    parties.expect([*seen, "complaint_accepted"], station, ["deadline_near"], ["deadline_near"])
    clock.advance(days=61)
    for _ in range(2):
        work()
        clock.advance(minutes=1)
    in_charge = ["deadline_near", "deadline_missed"]
    parties.expect([*seen, "complaint_accepted"], station, in_charge, ["deadline_near"])
    callers.back(parties.officers[0])
    parties.officers[0].post(f"{case}/terminate", {"ground": "T23_5", "text": "六十日内没有达成协议。"})
    parties.officers[0].post(f"{case}/serve-notice")
    station.append("complaint_terminated")
    parties.expect([*seen, "complaint_accepted", "complaint_terminated"], station, in_charge, ["deadline_near"])


def test_a_withdrawn_request_asks_nobody_any_more(
    parties: Parties, shop: Shop, work: Callable[[], None], double: Double
) -> None:
    for name in ("zhan-wang", "zhan-li"):
        double.grant(double.state.openid(MINI_APP_ID, name), "tmpl-deadline")
    kept, withdrawn = _submitted(parties, shop), _submitted(parties, shop)
    parties.expect([], ["settlement_submitted"] * 2, [], [])
    parties.consumer.post(f"{withdrawn}/withdraw")
    parties.expect([], ["settlement_submitted"], [], [])
    work()
    sent = [message["data"]["character_string1"]["value"] for message in double.state.messages]
    assert sent == [kept.rsplit("/", 1)[1]] * 2, "the control: what still holds is sent"
    assert {one["link"] for one in parties.members[0].get("/notices")["items"]} == {f"/station/{sent[0]}"}


def test_a_withdrawn_complaint_asks_no_officer_any_more(parties: Parties, shop: Shop) -> None:
    path = _submitted(parties, shop)
    parties.members[0].post(f"{path}/refuse", REASON)
    lodged = parties.consumer.post(f"{path}/escalate", {"identity": IDENTITY}, 201)
    case = f"/complaints/{lodged['case_no']}"
    parties.officers[0].get("/notices")
    parties.consumer.post(f"{case}/withdraw")
    parties.expect(["settlement_refused"], ["settlement_submitted", "settlement_escalated"], [], [])
    assert parties.officers[1].get("/notices")["items"] == []


def test_what_was_read_already_stays_in_the_inbox(parties: Parties, shop: Shop) -> None:
    path = _submitted(parties, shop)
    reader = parties.members[0]
    reader.post("/notices/read", {})
    parties.consumer.post(f"{path}/withdraw")
    assert [one["read"] for one in reader.get("/notices")["items"]] == [True]
    assert parties.members[1].get("/notices")["items"] == []


def test_a_refused_step_queues_nothing(parties: Parties, shop: Shop, notices: Notices) -> None:
    path = _submitted(parties, shop)
    before = notices()
    parties.consumer.post(f"{path}/accept", {"offer": "5f1d7a84db21"}, 409)
    parties.consumer.post(f"{path}/escalate", {"identity": IDENTITY}, 409)
    parties.members[0].post(f"{path}/offer", {**OFFER, "kind": "refund"}, 422)
    assert notices() == before
