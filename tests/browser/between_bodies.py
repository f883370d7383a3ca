"""Complaints of the browsers' city that several people or bodies are busy with: a meeting, the council, the joint meeting, the office."""

from datetime import date, time

from backend.access.actor import Role
from backend.complaints import service as complaints
from backend.complaints.jurisdiction import Places, Trade
from backend.complaints.rules import ConsentWay, MeetingWay, Party, Subject
from backend.infrastructure.database import unit_of_work
from backend.joint_meeting import queries as dispatches
from backend.joint_meeting import service as joint_meeting
from tests.console.office import LUCHENG, YUEQING, Office
from tests.pages.town import IDENTITY, Browser, Shop, Town

_RUIAN = "330381"
_BACK = "经现场核实，交易发生在别处的分店，本辖区没有经营场所。"


def hand_on(town: Town, office: Office, people: dict[str, Browser], *, names: dict[str, str], shop: Shop) -> None:
    """Adds the people, and where each complaint stands: {called}, {delegated}, {dispatched}, {returned} and what belongs to them."""
    officer = people["county"].actor()
    for state in ("called", "delegated", "dispatched", "returned"):
        people[state] = town.person(f"gu-ke-{state}")
        number = names[f"settlement_{state}"] = town.request(shop, people[state], consent_delegate=True)
        town.act(complaints.refuse, people["member"].actor(), number, text="小票丢了，没有办法退货。")
        names[state] = str(town.act(complaints.escalate, people[state].actor(), number, IDENTITY).case_no)
    for state in ("called", "delegated"):
        town.act(complaints.accept_complaint, officer, names[state])
    consent = {"agree": True, "way": ConsentWay.IN_PERSON}
    for party in Party:
        town.act(complaints.note_consent, officer, names["called"], party=party, **consent)
    meeting = {"meeting_on": date(2026, 12, 3), "meeting_time": time(9, 30), "way": MeetingWay.ON_SITE}
    town.act(complaints.invite, officer, names["called"], **meeting, place="鹿城区市场监督管理局 2 楼调解室")
    merchant = {"party": Party.MERCHANT, "subject": Subject.DELEGATION}
    town.act(complaints.note_consent, officer, names["delegated"], **merchant, **consent)
    names["delegation"] = town.act(
        complaints.delegate, officer, names["delegated"], text="请协助调解维修费用。"
    ).case_no
    _dispatch(town, office, people, names)
    bureaus = {
        LUCHENG: people["county"],
        **{code: office.at_desk(Role.COUNTY_OFFICER, county=code) for code in (YUEQING, _RUIAN)},
    }
    for holder, target in ((LUCHENG, YUEQING), (YUEQING, _RUIAN), (_RUIAN, LUCHENG)):
        places = Places(Trade.PREMISES, place=target, domicile=target)
        desk = bureaus[holder].actor()
        town.act(complaints.pass_on, desk, names["returned"], target=target, places=places, reason=_BACK)


def _dispatch(town: Town, office: Office, people: dict[str, Browser], names: dict[str, str]) -> None:
    for who, department in (("department", "tourism"), ("assistant", "market")):
        people[who] = office.at_desk(Role.DEPARTMENT, department=department)
    why = "同时涉及旅行社合同和食品安全，需要文旅部门牵头。"
    made = town.act(joint_meeting.propose, people["county"].actor(), names["dispatched"], why=why)
    asked = {"lead": "tourism", "assistants": ["market"], "asked": "请核实合同履行情况，答复投诉人。"}
    town.act(joint_meeting.send, people["office"].actor(), made.case_no, **asked)
    town.act(joint_meeting.accept, people["department"].actor(), made.case_no)
    names["dispatch"] = made.case_no
    with town.app.app_context(), unit_of_work(read_only=True):
        names["assistance"] = dispatches.to_assist(people["assistant"].actor())[0].case_no
