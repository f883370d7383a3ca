"""Feedback on the program: with a name it is answered, without one nobody knows whose it is."""

import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.access.actor import Role
from backend.background import RETENTION
from backend.feedback.model import Feedback
from backend.feedback.rules import page_of
from backend.infrastructure.database import new_id, session, unit_of_work
from backend.kernel.clock import FixedClock
from backend.personal_data import service as personal_data
from backend.personal_data.rules import CLASSES
from tests.architecture.test_mini_program import PAGES
from tests.console.office import Office
from tests.pages.town import Browser, Town
from tests.personal_data.cells import left
from tests.scene import Callers, both

Notices = Callable[..., list[tuple[str, str]]]
SAID = {"kind": "unclear", "text": "“期限暂停计算”是什么意思，看不懂。", "page": "/my/cases/HJ20261123-7K3QX9C?tab=1"}
ANSWER = {"text": "已经改成“等检测结果，不算在期限里”。"}


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        (None, None),
        ("", None),
        ("/units?q=陈家面馆", "/units"),
        ("/my/cases/HJ20261123-7K3QX9C/messages", "/my/cases/…/messages"),
        ("/b/1.7K3QX9C2M4TP.AbC_dEf-12", "/b/…"),
        ("pages/case/index", "pages/case/index"),
        ("pages/to-12315/index", "pages/to-12315/index"),
        ("/my/cases/HJ20261123-7K3QX9C/12315", "/my/cases/…/12315"),
        ("/my/groups/KMNPQRST", "/my/groups/…"),
        ("/units/陈家面馆", "/units/…"),
        ("/" + "a" * 300, "/" + "a" * 119),
    ],
)
def test_a_page_tells_nothing_of_whose_it_is(address: str | None, kept: str | None) -> None:
    assert page_of(address) == kept


def test_every_page_keeps_its_name(app: Flask) -> None:
    program = [page for page in PAGES if page_of(page) != page]
    assert not program, "name them in rules.py"
    rules = [str(rule) for rule in app.url_map.iter_rules() if not str(rule).startswith(("/api/", "/static/", "/mp/"))]
    for rule in rules:
        named = "/".join("…" if "<" in part else part for part in rule.split("/"))
        assert page_of(re.sub(r"<[^>]+>", "HJ20261123-7K3QX9C", rule)) == named


def test_it_is_answered_and_the_writer_is_told(callers: Callers, notices: Notices, work: Callable[[], None]) -> None:
    writer, other, operator = callers.person("gu-ke"), callers.person("lu-ren"), callers.staff(Role.OPERATOR)
    sent = writer.post("/feedback", SAID, 201, key="feedback-1")
    assert writer.post("/feedback", SAID, 201, key="feedback-1") == sent, "a lost answer is given again"
    assert sent["answered_to"] == "me"
    work()
    (waiting,) = operator.get("/feedback")["items"]
    assert (waiting["page"], waiting["screened"], waiting["anonymous"]) == ("/my/cases/…", "passed", False)
    assert "account_id" not in waiting
    path = f"/feedback/{sent['number']}/answer"
    assert writer.refused(path, ANSWER, 403) == other.refused(path, ANSWER, 403) == "action_not_permitted"
    operator.post(path, ANSWER)
    assert operator.refused(path, ANSWER) == "feedback_answered"
    assert operator.get("/feedback") == {"items": []}
    (mine,) = writer.get("/me/feedback")["items"]
    assert (mine["text"], mine["answer"]) == (SAID["text"], ANSWER["text"])
    assert notices(writer) == both("feedback_answered")
    assert writer.get("/notices")["items"][0]["link"] == "/my/feedback"
    assert (other.get("/me/feedback")["items"], notices(other)) == ([], []), "the control: nobody else's"


def test_without_a_name(callers: Callers, notices: Notices, work: Callable[[], None]) -> None:
    sent = callers.nobody().post("/feedback", SAID, 201)
    assert sent["answered_to"] == "code"
    work()
    office = callers.staff(Role.JOINT_OFFICE)
    (waiting,) = office.get("/feedback")["items"]
    assert (waiting["screened"], waiting["anonymous"]) == ("not_asked", True)
    by_code = {"case_no": sent["number"], "code": sent["access_code"]}
    looked_up = callers.nobody().post("/feedback/progress", by_code)
    assert (looked_up["state_zh"], looked_up["decision_text"]) == ("还没有答复", None)
    office.post(f"/feedback/{sent['number']}/answer", ANSWER)
    assert notices() == []
    looked_up = callers.nobody().post("/feedback/progress", by_code)
    assert (looked_up["state_zh"], looked_up["decision_text"]) == ("已答复", ANSWER["text"])
    assert SAID["text"] not in str(looked_up), "who finds the code reads the answer alone"


def test_the_access_code_alone_opens_it(callers: Callers) -> None:
    nobody = callers.nobody()
    first, second = (nobody.post("/feedback", SAID, 201) for _ in range(2))
    named = callers.person("gu-ke").post("/feedback", SAID, 201)
    assert named["access_code"] is None
    for number, code in (
        (first["number"], second["access_code"]),
        (first["number"], ""),
        (named["number"], first["access_code"]),
        (named["number"], "0"),
        ("YJ20261123-0000000", first["access_code"]),
    ):
        nobody.post("/feedback/progress", {"case_no": number, "code": code or "0"}, 404)
    nobody.post("/feedback/progress", {"case_no": first["number"].lower(), "code": first["access_code"].lower()})


def test_doubtful_words_reach_staff_marked(callers: Callers, work: Callable[[], None]) -> None:
    callers.person("gu-ke").post("/feedback", {**SAID, "text": "待审示例：改一改吧。"}, 201)
    work()
    assert callers.staff(Role.OPERATOR).get("/feedback")["items"][0]["screened"] == "doubtful"


def test_bounds(callers: Callers) -> None:
    nobody = callers.nobody()
    for wrong in ({"kind": "other"}, {"text": "唉"}, {"text": "长" * 1001}, {"who": "我"}):
        nobody.post("/feedback", {**SAID, **wrong}, 422)
    for _ in range(6):  # every try counts, those refused as well
        nobody.post("/feedback", SAID, 201)
    problem = nobody.post("/feedback", SAID, 429)
    assert "稍后" in problem["detail"]
    nobody.get("/me/feedback", 401)
    callers.staff(Role.COUNTY_OFFICER).get("/feedback", 403)


def test_exported_erased_and_forgotten(app: Flask, town: Town, callers: Callers, clock: FixedClock) -> None:
    writer = callers.person("gu-ke")
    number = writer.post("/feedback", SAID, 201)["number"]
    callers.staff(Role.OPERATOR).post(f"/feedback/{number}/answer", ANSWER)
    assert writer.post("/me/data/export")["意见建议"][0]["答复"] == ANSWER["text"]
    planted = [SAID["text"], ANSWER["text"]]
    assert left(app, planted) == planted, "the control"
    town.act(personal_data.erase, town.person("gu-ke").actor())
    assert left(app, planted) == []
    callers.nobody().post("/feedback", SAID, 201)
    clock.advance(days=CLASSES["feedback"].days)
    with app.app_context():
        assert personal_data.retain(RETENTION, really=True)["feedback"] == 0
        clock.advance(seconds=1)
        assert personal_data.retain(RETENTION, really=True)["feedback"] == 1


def test_on_the_pages(town: Town, office: Office) -> None:
    person = town.person("gu-ke")
    at = "/feedback?from=/units/FXXF-330302-2026-00001"
    assert "说的是这一页：/units/…" in person.get(at)
    assert '/feedback?from=/help"' in person.get("/help")
    assert "说的是这一页：/units/…" in person.refused(at, "/feedback", {"text": "", "page": "/units/…", **_key()})
    page = person.done(at, "/feedback", {"kind": "idea", "text": "希望能按路名查店。", "page": "/units/…", **_key()})
    assert "希望能按路名查店。" in page
    assert "还没有答复" in page
    page = person.done(at, "/feedback", {"kind": "praise", "text": "扫码很快。", "anonymous": "true", **_key()})
    numbers = re.findall(r"编号 (YJ\S+?)，查询码 (\S+?)。", page)[0]
    by_code = dict(zip(("case_no", "code"), numbers, strict=True))
    assert "扫码很快" not in person.get("/my/feedback")
    operator = office.at_desk(Role.OPERATOR)
    queue = operator.get("/console/feedback")
    assert queue.index("希望能按路名查店。") < queue.index("扫码很快。"), "the oldest first"
    number = queue.split('name="number" value="')[1].split('"')[0]
    page = operator.done("/console/feedback", "/console/feedback/answer", {"number": number, "text": "下个月加上。"})
    assert "已答复，写的人会收到通知。" in page
    anybody = Browser(town.app.test_client(), town.app, "")
    assert "还没有答复" in anybody.post("/progress", "/progress", by_code).text
    page = operator.done("/console/feedback", "/console/feedback/answer", {"number": numbers[0], "text": "谢谢您。"})
    assert "写的人凭查询码来看" in page
    page = anybody.post("/progress", "/progress", by_code).text
    assert "谢谢您。" in page
    assert "扫码很快" not in page
    assert "下个月加上。" in person.get("/my/feedback")


@pytest.mark.parametrize(
    ("has_code", "page", "said"),
    [
        (True, "pages/cases/index", ("凭查询码看得到", "凭查询码来看", "凭查询码看", "在小程序“我的诉求和投诉”")),
        (False, "pages/home/index", ("写的人看不到答复", "写的人看不到答复", "没有查询码", "在小程序“首页”")),
        (False, "/my/cases/…", ("写的人看不到答复", "写的人看不到答复", "没有查询码", "在 /my/cases/…")),
    ],
)
def test_the_desk_says_who_reads_the_answer_and_where_it_was_said(
    app: Flask, callers: Callers, office: Office, has_code: bool, page: str, said: tuple[str, ...]
) -> None:
    number = callers.nobody().post("/feedback", {**SAID, "page": page}, 201)["number"]
    with app.app_context(), unit_of_work():
        if not has_code:  # as those that were said before there were codes
            session().execute(sa.update(Feedback).values(access_hash=None))
    operator, desk = office.at_desk(Role.OPERATOR), "/console/feedback"
    before, flashed, after, where = said
    waiting = operator.get(desk)
    assert (before in waiting, where in waiting) == (True, True)
    done = operator.done(desk, f"{desk}/answer", {"number": number, "text": "谢谢您。"})
    assert flashed in done
    over = operator.get(desk)
    assert (f"匿名，{after}" in over, "凭查询码看" in over) == (True, has_code)


def _key() -> dict[str, str]:
    return {"idempotency_key": new_id()}
