"""Every row of the lifecycles of a dispute is walked over HTTP, with the clock moved; a row that cannot be walked is dead law.

Every step is tapped three times at once on the way, and is done once.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest
from flask import Flask

from backend.access.actor import Role
from backend.complaints.lifecycle import COMPLAINT, DELEGATION, SETTLEMENT
from backend.joint_meeting.lifecycle import ASSISTANCE, DISPATCH
from backend.kernel.clock import FixedClock, local_date
from tests.calling import Caller
from tests.console.office import Office
from tests.journeys.people import People
from tests.journeys.tapping import Tapping, broken, chain_breaks
from tests.journeys.test_between_bureaus import LUCHENG, OUHAI, RUIAN, YUEQING, moved_to
from tests.journeys.test_joint_meeting import ASKED, MEETING, RESULT, WHY
from tests.journeys.walking import events_of, step_of, walk
from tests.pages.town import Shop
from tests.scene import IDENTITY, Callers, decline_offer, request_body, take_offer

Acts = Mapping[str, Callable[[], object]]
Work = Callable[[], None]
OFFER = {"kind": "refund", "amount_fen": 12850, "text": "带小票来店里，当场退款。"}
NO = {"text": "商品已拆封使用，不能退货。"}
AGREED = {"text": "商家三日内退还货款 128.50 元，消费者退回电饭煲。", "closing": "recorded"}
FAILED = {"text": "双方各执一词，两次调解没有达成一致。"}
WHY_PASSED = {"reason": "合同和收款都在瓯海门店，由瓯海区局办理。"}


@pytest.fixture
def people(callers: Callers, office: Office, shop: Shop, clock: FixedClock) -> People:
    return People(callers, office, shop, clock)


class Dispute:
    """One consumer's dispute, and what can be done to it at the station."""

    def __init__(self, people: People, work: Work) -> None:
        self.people, self.work = people, work
        self.name = people.new_consumer()
        self.owner: str | None = None
        self.number = ""

    @property
    def consumer(self) -> Caller:
        return self.people.person(self.name)

    @property
    def path(self) -> str:
        return f"/settlements/{self.number}"

    def acts(self) -> Acts:
        return {
            "submit": self.submit,
            "take": self.take,
            "hand_over": self.hand_over,
            "offer": lambda: self.station("offer", OFFER),
            "refuse": lambda: self.station("refuse", NO),
            "accept": lambda: take_offer(self.consumer, self.number),
            "decline": lambda: decline_offer(self.consumer, self.number),
            "confirm_performed": lambda: self.consumer.post(f"{self.path}/confirm-performed"),
            "report_not_performed": self.report_not_performed,
            "escalate": self.escalate,
            "lapse": self.lapse,
            "withdraw": lambda: self.consumer.post(f"{self.path}/withdraw"),
        }

    def submit(self) -> None:
        today = local_date(self.people.clock.now()).isoformat()
        body = request_body(self.people.shop, identity=IDENTITY, happened_on=today)
        self.number = self.consumer.post("/settlements", body, 201)["case_no"]

    def station(self, step: str, body: object = None) -> None:
        self.owner = self.owner or "zhan-yi"
        self.people.person(self.owner).post(f"{self.path}/{step}", body)

    def take(self) -> None:
        """The first takes it; from an owner a colleague takes it over."""
        if self.owner is not None:
            self.hand_over()
            self.owner = "zhan-er" if self.owner == "zhan-yi" else "zhan-yi"
        self.station("take")

    def hand_over(self) -> None:
        if self.owner is None:
            self.take()
        self.station("hand-over")

    def report_not_performed(self) -> None:
        self.people.clock.advance(days=4)
        self.consumer.post(f"{self.path}/not-performed")

    def escalate(self) -> str:
        """returns the complaint's number"""
        if self.consumer.get(self.path)["state"] in {"awaiting_answer", "agreed"}:
            assert self.consumer.refused(f"{self.path}/escalate", {}) == "deadline_not_reached", "not before its time"
            self.people.clock.advance(days=5)
        number: str = self.consumer.post(f"{self.path}/escalate", {}, 201)["case_no"]
        return number

    def lapse(self) -> None:
        self.people.clock.advance(days=32)
        self.work()
        assert self.consumer.get(self.path)["state"] == "lapsed"


class AtBureau(Dispute):
    """The same dispute before the bureau."""

    counties = (LUCHENG, RUIAN, YUEQING, OUHAI)

    def __init__(self, people: People, work: Work) -> None:
        super().__init__(people, work)
        self.holder = 0
        self.asked = False
        self.complaint = ""

    @property
    def officer(self) -> Caller:
        return self.people.staff(of=self.counties[self.holder])

    @property
    def case(self) -> str:
        return f"/complaints/{self.complaint}"

    def acts(self) -> Acts:
        city, office = Role.CITY_OFFICER, Role.JOINT_OFFICE
        return {
            "lodge": self.lodge,
            "pass_on": self.pass_on,
            "pass_to_office": self.pass_to_office,
            "take_over": lambda: self.officer.post(f"{self.case}/take-over"),
            "assign": lambda: self.people.staff(office).post(f"{self.case}/assign", {"target": OUHAI, **WHY_PASSED}),
            "contest": lambda: self.officer.post(f"{self.case}/contest", WHY_PASSED),
            "decide_power": lambda: self.people.staff(city).post(
                f"{self.case}/decide-power", {"target": OUHAI, **WHY_PASSED}
            ),
            "accept": lambda: self.officer.post(f"{self.case}/accept"),
            "merge": self.merge,
            "refuse": lambda: self.officer.post(
                f"{self.case}/refuse", {"ground": "R16_3", "text": "购买用于开店经营，不是生活消费。"}
            ),
            "pause_for_testing": lambda: self.officer.post(f"{self.case}/pause-for-testing"),
            "resume": lambda: self.officer.post(f"{self.case}/resume"),
            "answer_consent": lambda: self.consumer.post(f"{self.case}/consent", {"agree": True}),
            "note_consent": lambda: self.note_consents("mediation"),
            "ask_identity": self.ask_identity,
            "answer_identity": self.answer_identity,
            "invite": self.invite,
            "note_absence": self.note_absence,
            "ask_recusal": lambda: self.consumer.post(f"{self.case}/recusal", {"text": "调解人员是店主的亲戚。"}),
            "decide_recusal": lambda: self.people.staff(city).post(
                f"{self.case}/decide-recusal", {"granted": False, "text": "查无亲属关系，不需要回避。"}
            ),
            "record_agreement": self.record_agreement,
            "terminate": lambda: self.officer.post(f"{self.case}/terminate", {"ground": "T23_3", **FAILED}),
            "serve_notice": lambda: self.officer.post(f"{self.case}/serve-notice", {}),
            "withdraw": lambda: self.consumer.post(f"{self.case}/withdraw"),
            "delegate": self.delegate,
            "take_back": lambda: self.officer.post(f"{self.case}/take-back"),
        }

    def lodge(self) -> None:
        self.submit()
        self.station("refuse", NO)
        self.complaint = self.escalate()

    def pass_on(self) -> None:
        officer, self.holder = self.officer, self.holder + 1
        officer.post(f"{self.case}/pass-on", moved_to(self.counties[self.holder]))

    def pass_to_office(self) -> None:
        """The third return, whatever came before."""
        if self.consumer.get(self.case)["state"] == "received":
            self.pass_on()
            self.pass_on()
            self.officer.post(f"{self.case}/take-over")
        while self.holder < 2:
            self.pass_on()
        self.pass_on()

    def merge(self) -> None:
        earlier = self.complaint
        self.lodge()
        case = f"/console/complaints/{self.complaint}"
        same = {"text": "同一张小票、同一件商品，已经投诉。", "form_scope": "merge", "into": earlier}
        self.people.desk(of=LUCHENG).done(case, f"{case}/merge", same)

    def note_consents(self, subject: str) -> None:
        for party in ("consumer", "merchant"):
            told = {"party": party, "agree": True, "way": "phone", "subject": subject}
            self.officer.post(f"{self.case}/note-consent", told)

    def ask_identity(self) -> None:
        until = local_date(self.people.clock.now()) + timedelta(days=7)
        asked = {"reason": "同一电话有多人投诉，需要核实。", "until": until.isoformat()}
        self.officer.post(f"{self.case}/ask-identity", asked)
        self.asked = True

    def answer_identity(self) -> None:
        if not self.asked:
            self.ask_identity()
        proof = {"id_kind": "resident", "id_number": "11010519491231002X"}
        self.consumer.post(f"{self.case}/answer-identity", proof)
        self.asked = False

    def invite(self) -> None:
        self.note_consents("mediation")
        self.people.clock.advance(days=1)
        day = local_date(self.people.clock.now()).isoformat()
        meeting = {"meeting_on": day, "meeting_time": "23:00", "way": "on_site", "place": "二楼调解室"}
        self.officer.post(f"{self.case}/invite", meeting)

    def note_absence(self) -> None:
        self.invite()
        absent = {"party": "merchant", "text": "电话通知两次，没有说明理由，到时没有来。"}
        assert self.officer.refused(f"{self.case}/absence", absent) == "no_meeting_yet"
        self.people.clock.advance(days=1)
        self.officer.post(f"{self.case}/absence", absent)

    def record_agreement(self) -> None:
        self.note_consents("mediation")
        self.officer.post(f"{self.case}/record-agreement", AGREED)

    def delegate(self) -> str:
        """returns the delegation's number"""
        self.note_consents("delegation")
        number: str = self.officer.post(f"{self.case}/delegate", {"text": "双方有分歧，请协助调解。"})["case_no"]
        return number


class AtCouncil(AtBureau):
    """A dispute that the bureau delegates to the consumer council."""

    def acts(self) -> Acts:
        council = Role.COUNCIL
        return {
            "delegate": self.begin,
            "take_on": lambda: self.people.staff(council).post(f"{self.delegation}/take-on"),
            "decline": lambda: self.people.staff(council).post(f"{self.delegation}/decline", FAILED),
            "report_agreement": lambda: self.people.staff(council).post(f"{self.delegation}/report-agreement", AGREED),
            "report_failure": lambda: self.people.staff(council).post(f"{self.delegation}/report-failure", FAILED),
            "recall": lambda: self.officer.post(f"{self.case}/take-back"),
        }

    def begin(self) -> None:
        self.lodge()
        self.officer.post(f"{self.case}/accept")
        self.delegation = f"/delegations/{self.delegate()}"


class AtMeeting(AtBureau):
    """A dispute before the joint meeting; departments hand it to one another in this order."""

    departments = ("tourism", "transport", "market", "police")

    def acts(self) -> Acts:
        office, ours = Role.JOINT_OFFICE, self.departments
        return {
            "propose": self.propose,
            "send": lambda: self.at(office, "send", {"lead": "tourism", "assistants": "health", "asked": ASKED}),
            "decline": lambda: self.at(office, "decline", {"reason": "只涉及食品安全，由市场监管部门办理。"}),
            "hand_back": self.hand_back,
            "bring_back": lambda: [self.hand_back() for _ in ours[1:]],
            "accept": lambda: self.lead("accept"),
            "report": lambda: self.lead("report", {"text": RESULT}),
            "ask_more": lambda: self.at(office, "ask-more", {"reason": "请写明退款到哪个账户。"}),
            "confirm": lambda: self.at(office, "confirm"),
            "cease": self.cease,
            "ask": lambda: [self.propose(), self.acts()["send"]()],
            "reply": self.reply,
            "release": self.release,
        }

    def propose(self) -> None:
        self.turn = 0
        self.lodge()
        case = f"/console/complaints/{self.complaint}"
        page = self.people.desk(of=LUCHENG).done(case, f"{case}/propose-dispatch", WHY)
        self.dispatch = f"{MEETING}/" + page.split(f'href="{MEETING}/')[1].split('"')[0]

    def at(self, role: Role, step: str, fields: dict[str, str] | None = None, of: str | None = None) -> None:
        self.people.desk(role, of).done(self.dispatch, f"{self.dispatch}/{step}", fields)

    def lead(self, step: str, fields: dict[str, str] | None = None) -> None:
        self.at(Role.DEPARTMENT, step, fields, self.departments[self.turn])

    def hand_back(self) -> None:
        target = (*self.departments, "")[self.turn + 1]
        self.lead("hand-back", {"reason": "合同由客运企业签订，不归本单位。", "target": target})
        self.turn += 1

    def reply(self) -> None:
        """The newest request on the assistant's desk is this one's."""
        desk = self.people.desk(Role.DEPARTMENT, "health")
        asked = f"{MEETING}/assist/" + desk.get(MEETING).split(f'href="{MEETING}/assist/')[-1].split('"')[0]
        desk.done(asked, f"{asked}/reply", {"text": "近一年检查没有发现问题。"})

    def release(self) -> None:
        office = self.people.desk(Role.JOINT_OFFICE)
        released = office.get(self.dispatch).split(f'action="{MEETING}/assist/')[1].split('"')[0]
        office.done(self.dispatch, f"{MEETING}/assist/{released}")

    def cease(self) -> None:
        self.consumer.post(f"{self.case}/withdraw")
        self.people.clock.advance(minutes=10)
        self.work()


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        (SETTLEMENT, Dispute),
        (COMPLAINT, AtBureau),
        (DELEGATION, AtCouncil),
        (DISPATCH, AtMeeting),
        (ASSISTANCE, AtMeeting),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_every_row_is_walked(  # type: ignore[no-untyped-def]
    table, kind, app: Flask, people: People, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "test_client_class", Tapping)  # the application is kept for other tests
    walk(table, lambda: kind(people, work).acts(), lambda: events_of(app, table))
    assert events_of(app, table) == {step_of(row) for row in table.rows}
    assert chain_breaks(app, table.name) == []


def test_control_a_step_that_is_done_twice_breaks_the_chain() -> None:
    once = [("one", None, "received"), ("two", None, "received"), ("one", "received", "in_mediation")]
    assert broken(once) == []
    assert broken([*once, ("one", "received", "in_mediation")]) == [("one", "received")]
