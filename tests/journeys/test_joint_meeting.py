"""A complaint that concerns several departments: one leads, others assist, nobody waits for ever, the complainant knows whom to ask.

source: 温政办〔2017〕54号 二（三）2; feature 52 of the domain reference
"""

from collections.abc import Callable
from datetime import timedelta

import pytest

from backend.access.actor import Role
from backend.background import RETENTION
from backend.infrastructure import current
from backend.kernel.clock import FixedClock
from backend.personal_data import service as personal_data
from backend.personal_data.rules import CLASSES
from tests.console.office import PERSONAL, Colleague, Office
from tests.pages.town import Browser, Shop, Town
from tests.personal_data.cells import left
from tests.scene import Callers

MEETING = "/console/joint-meeting"
WHY = {"why": "涉及景区内的旅行社合同和食品安全，需要文旅部门牵头。", "form_scope": "propose"}
ASKED = "请牵头核实旅行社合同，答复投诉人怎么处理。"
RESULT = "旅行社承认擅自变更行程，同意三日内退还 600 元，电话 13812345678 联系。"
Work = Callable[[], None]
Notices = Callable[..., list[tuple[str, str]]]


class Scene:
    """A complaint, and everybody whom the joint meeting brings to it."""

    def __init__(self, office: Office, town: Town, shop: Shop, callers: Callers) -> None:
        self.office, self.callers = office, callers
        self.consumer = town.person("gu-ke")
        self.people: dict[str, Colleague] = {
            "bureau": office.colleague(Role.COUNTY_OFFICER),
            "office": office.colleague(Role.JOINT_OFFICE),
            **{code: office.colleague(Role.DEPARTMENT, department=code) for code in ("tourism", "market", "transport")},
        }
        self.number = office.complaint(shop, self.consumer)
        self.no = ""
        self._desks: dict[str, tuple[object, Browser]] = {}

    def at(self, who: str) -> Browser:
        """At the desk; signed in again when the clock has moved, since staff sessions end after half an hour."""
        now = self.office.clock.now()
        held = self._desks.get(who)
        if held is None or held[0] != now:
            held = self._desks[who] = (now, self.office.enter(self.people[who]))
        return held[1]

    @property
    def path(self) -> str:
        """The dispatch at the console."""
        return f"{MEETING}/{self.no}"

    def proposed(self) -> None:
        """The bureau brings it before the joint meeting."""
        case = f"/console/complaints/{self.number}"
        page = self.at("bureau").done(case, f"{case}/propose-dispatch", WHY)
        self.no = page.split(f'href="{MEETING}/')[1].split('"')[0]

    def sent(self, **more: str) -> str:
        """The office names the lead and who assists."""
        fields = {"lead": "tourism", "assistants": "market", "asked": ASKED, **more}
        given = {name: value for name, value in fields.items() if value}
        return self.at("office").done(self.path, f"{self.path}/send", given)

    def told(self, notices: Notices, who: str) -> list[str]:
        """Templates of one person's notices."""
        account = self.people[who].account_id
        return [template for template, channel in notices(_Known(account)) if channel == "inbox"]


class _Known:
    def __init__(self, account_id: str) -> None:
        self.account_id = account_id


@pytest.fixture
def scene(office: Office, town: Town, shop: Shop, callers: Callers) -> Scene:
    return Scene(office, town, shop, callers)


def test_from_the_proposal_to_the_result(scene: Scene, notices: Notices) -> None:
    scene.proposed()
    assert "deadline_near" in scene.told(notices, "office")
    page = scene.sent()
    assert "已交市文化广电旅游局牵头" in page
    assert scene.told(notices, "tourism") == ["dispatch_sent"]
    assert scene.told(notices, "market") == ["assistance_asked"]
    page = scene.consumer.get(f"/my/cases/{scene.number}")
    for words in ("市文化广电旅游局牵头", "协办：市市场监督管理局", "12345", "鹿城区市场监督管理局"):
        assert words in page
    lead = scene.at("tourism")
    assert scene.no in lead.get(MEETING)
    page = lead.get(scene.path)
    assert "买的电饭煲用了三天就不通电" in page
    assert [personal for personal in PERSONAL if personal in page] == []
    lead.done(scene.path, f"{scene.path}/accept")
    assistant = scene.at("market")
    page = assistant.get(MEETING)
    number = page.split(f'href="{MEETING}/assist/')[1].split('"')[0]
    ours = f"{MEETING}/assist/{number}"
    assert "已答复牵头部门" in assistant.done(ours, f"{ours}/reply", {"text": "该店许可齐全，近一年检查没有发现问题。"})
    assert "近一年检查没有发现问题" in lead.get(scene.path)
    assert "assistance_replied" in scene.told(notices, "tourism")
    page = lead.done(scene.path, f"{scene.path}/report", {"text": RESULT})
    assert "投诉人现在就能看到" in page
    page = scene.consumer.get(f"/my/cases/{scene.number}")
    assert "同意三日内退还 600 元" in page
    assert "13812345678" not in page, "what a text tells of a person is hidden"
    desk = scene.at("office")
    page = desk.done(scene.path, f"{scene.path}/ask-more", {"reason": "请写明退款到哪个账户。"})
    assert "已请牵头部门补充" in page
    lead.done(scene.path, f"{scene.path}/report", {"text": "已于今日原路退还 600 元，投诉人已收到。"})
    page = desk.done(scene.path, f"{scene.path}/confirm")
    assert "已办结" in page
    assert scene.no not in lead.get(MEETING)
    dispatch = scene.callers.of(scene.consumer).get(f"/complaints/{scene.number}/dispatch")
    assert (dispatch["state"], dispatch["lead"]["name"]) == ("closed", "市文化广电旅游局")
    assert dispatch["result"] == "已于今日原路退还 600 元，投诉人已收到。"


def test_an_assistant_that_is_late_shows_on_the_leads_screen(
    scene: Scene, clock: FixedClock, work: Work, notices: Notices
) -> None:
    scene.proposed()
    scene.sent()
    scene.at("tourism").done(scene.path, f"{scene.path}/accept")
    clock.advance(days=5)
    work()
    page = scene.at("tourism").get(scene.path)
    assert "等待协办部门答复" in page
    assert "逾期没有答复" not in page, "the fifth working day is Monday"
    clock.advance(days=3)
    work()
    lead = scene.at("tourism")
    assert "逾期没有答复" in lead.get(scene.path)
    assert "1 个协办部门逾期没有答复" in lead.get(MEETING)
    assert "deadline_missed" in scene.told(notices, "market")
    assert "assistance_late" in scene.told(notices, "tourism")
    assert "assistance_late" in scene.told(notices, "office")
    assert "deadline_missed" not in scene.told(notices, "tourism"), "the control: the lead itself is in time"


def test_a_lead_that_neither_accepts_nor_hands_back_is_late_after_two_working_days(
    scene: Scene, clock: FixedClock, work: Work, notices: Notices
) -> None:
    scene.proposed()
    scene.sent()
    clock.advance(days=2)
    work()
    assert "deadline_missed" not in scene.told(notices, "tourism")
    clock.advance(days=1)
    work()
    assert "deadline_missed" in scene.told(notices, "tourism")
    assert "deadline_missed" in scene.told(notices, "office")


def test_the_office_sets_other_last_days(scene: Scene, clock: FixedClock) -> None:
    scene.proposed()
    with scene.office.town.app.app_context():
        today = current.today()
    desk = scene.at("office")
    fields = {"lead": "tourism", "assistants": "market", "asked": ASKED}
    page = desk.refused(scene.path, f"{scene.path}/send", {**fields, "accept_by": str(today)})
    assert "期限应当是明天起 60 天以内的一天" in page
    page = desk.refused(scene.path, f"{scene.path}/send", {**fields, "assistants": "tourism"})
    assert "牵头部门不用再选作协办部门" in page
    day = today + timedelta(days=9)
    page = scene.sent(accept_by=str(day))
    assert (
        f"{day.year}年{day.month}月{day.day}日 23:59" in page.replace(" ", "", 2) or f"{day.month}月{day.day}日" in page
    )


def test_the_third_hand_back_is_the_offices_to_decide(scene: Scene, notices: Notices) -> None:
    scene.proposed()
    scene.sent(assistants="police")
    back = {"reason": "合同由客运企业签订，旅行社没有参与，不归本单位。", "form_scope": "hand-back"}
    for who, target in (("tourism", "transport"), ("transport", "market")):
        page = scene.at(who).done(scene.path, f"{scene.path}/hand-back", {**back, "target": target})
        assert "投诉人会知道" in page
        scene.at(who).get(scene.path, 404)
    page = scene.at("market").refused(scene.path, f"{scene.path}/hand-back", {**back, "target": "police"})
    assert "已经在协办" in page
    page = scene.at("market").done(scene.path, f"{scene.path}/hand-back", {**back, "target": "tourism"})
    assert "这是第三次退回" in page
    assert "联席会议办公室正在决定由谁牵头" in scene.consumer.get(f"/my/cases/{scene.number}")
    page = scene.sent(assistants="police", lead="tourism")
    lead = scene.at("tourism")
    page = lead.get(scene.path)
    assert "接收，由我承办" in page
    assert "转给应当办的单位" not in page
    page = lead.refused(scene.path, f"{scene.path}/hand-back", {**back, "target": "market"}, 409)
    assert "已经决定由本单位牵头" in page
    page = scene.consumer.get(f"/my/cases/{scene.number}")
    assert "市文化广电旅游局转给市交通运输局牵头" in page
    assert scene.told(notices, "transport") == [], "who has no more to do is not reminded"


def test_departments_see_what_was_dispatched_to_them_and_nothing_else(scene: Scene) -> None:
    scene.proposed()
    stranger = scene.at("transport")
    stranger.get(scene.path, 404)
    scene.sent()
    stranger.get(scene.path, 404)
    scene.at("market").get(scene.path, 404)
    scene.at("tourism").get(scene.path)
    for path in ("/console/complaints", f"/console/complaints/{scene.number}", "/console/tip-offs", "/console/units"):
        stranger.get(path, 403)
    assert "没有要协办的" in stranger.get(MEETING)
    scene.at("tourism").get("/console/returned", 403)


def test_a_dispatch_ends_with_its_complaint(scene: Scene, work: Work, notices: Notices) -> None:
    scene.proposed()
    scene.sent()
    scene.callers.of(scene.consumer).post(f"/complaints/{scene.number}/withdraw")
    work()
    assert "交办随之结束" in scene.at("tourism").get(scene.path)
    assert scene.told(notices, "tourism") == []
    assert scene.told(notices, "market") == []


def test_what_the_office_declines_goes_on_at_the_bureau(scene: Scene, notices: Notices) -> None:
    scene.proposed()
    page = scene.at("office").done(
        scene.path, f"{scene.path}/decline", {"reason": "只涉及食品安全，由市场监管部门办理。"}
    )
    assert "由市场监管部门继续办理" in page
    assert "dispatch_declined" in scene.told(notices, "bureau")
    case = f"/console/complaints/{scene.number}"
    bureau = scene.at("bureau")
    assert "已经提请过联席会议" in bureau.refused(case, f"{case}/propose-dispatch", WHY, 409)
    bureau.done(case, f"{case}/accept")


def test_the_words_of_a_dispatch_are_forgotten_with_its_period(scene: Scene, clock: FixedClock) -> None:
    scene.proposed()
    reason = {"reason": "只涉及食品安全，由市场监管部门办理。"}
    scene.at("office").done(scene.path, f"{scene.path}/decline", reason)
    app, declined_at = scene.office.town.app, clock.now()
    clock.set(declined_at + CLASSES["dispatch"].period)
    with app.app_context():
        assert personal_data.retain(RETENTION, really=True)["dispatch"] == 0
    assert left(app, [WHY["why"]]), "the control: it is there until its last moment"
    clock.advance(days=1)
    with app.app_context():
        assert personal_data.retain(RETENTION, really=True)["dispatch"] == 1
        assert personal_data.retain(RETENTION, really=True)["dispatch"] == 0
    assert left(app, [WHY["why"]]) == []
