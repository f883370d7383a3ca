"""A report is sent without a name, followed by number and code, and comes to one of its ends."""

import io
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.access.actor import Role
from backend.casework.model import Deadline
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.clock import FixedClock, local_date
from backend.reports import queries
from backend.reports.model import Report
from tests.calling import Caller
from tests.console.office import YUEQING
from tests.pages.town import Shop
from tests.scene import Callers, both, picture

FOUND = {"text": "到场核查，冰箱里的三袋调味料确已过期。"}
PHONE = "13912345678"


def told(**changed: Any) -> dict[str, Any]:
    """A report as the mini-program sends it."""
    return {
        "suspicion": "food",
        "facts": "后厨用过期的调味料，冰箱里有三袋。",
        "target_name": "江滨小吃店",
        "target_address": "江滨西路 12 号",
        "county_code": "330302",
        **changed,
    }


def filed(caller: Caller, **changed: Any) -> dict[str, Any]:
    """The receipt of a report."""
    answer: dict[str, Any] = caller.post("/tip-offs", told(**changed), 201)
    return answer


def periods(app: Flask, clock: str) -> list[tuple[str, str]]:
    """The deadlines of this clock: pairs (last day, state), the oldest first."""
    with app.app_context(), unit_of_work(read_only=True):
        rows = session().scalars(sa.select(Deadline).filter_by(case_type="report", clock=clock).order_by(Deadline.id))
        return [(str(local_date(row.due_at)), row.state.value) for row in rows]


def test_from_a_nameless_report_to_a_filed_case(
    app: Flask, callers: Callers, shop: Shop, notices: Callable[..., list[tuple[str, str]]]
) -> None:
    officer, reporter = callers.staff(), callers.nobody()
    receipt = filed(reporter, target_name=None, county_code=None, target_address=None, token=shop.token)
    number, code = receipt["case_no"], {"case_no": receipt["case_no"], "code": receipt["access_code"].lower()}
    assert number.startswith("JB20261123-")
    assert periods(app, "C4") == [("2026-12-14", "running")], "fifteen working days, the first day not counted"
    assert notices(officer) == both("report_received")
    seen = officer.get(f"/tip-offs/{number}")
    assert (seen["target_name"], seen["anonymous"], seen["state"]) == ("瓯越电器", True, "received")
    assert officer.refused(f"/tip-offs/{number}/file-case", FOUND) == "not_possible_now", "nobody has looked yet"
    officer.post(f"/tip-offs/{number}/verify")
    officer.post(f"/tip-offs/{number}/ask", {"text": "是哪一天看到的？"}, 201)
    asked = reporter.post("/tip-offs/progress", code)
    assert [(one["from_officer"], one["text"]) for one in asked["messages"]] == [(True, "是哪一天看到的？")]
    reporter.post("/tip-offs/answers", {**code, "text": "上周五晚上八点多。"})
    assert notices(officer) == both("report_received", "report_answered")
    photo = {"photo": (io.BytesIO(picture()), "a.jpg"), **code}
    assert reporter.api("POST", "/tip-offs/photos", data=photo).status_code == 201
    officer.post(f"/tip-offs/{number}/file-case", FOUND)
    shown = reporter.post("/tip-offs/progress", code)
    assert (shown["state"], shown["decision_text"]) == ("filed", FOUND["text"])
    assert "facts" not in shown, "the code opens how far it is, not what was told"
    told = reporter.post("/tip-offs/result", code)
    assert told["paragraphs"][1] == f"现将处理结果告知如下：本局决定立案。{FOUND['text']}"
    assert reporter.api("POST", "/tip-offs/result/pdf", json=code).get_data()[:5] == b"%PDF-"
    wrong = {**code, "code": "0000000000"}
    assert reporter.refused("/tip-offs/result", wrong, 404) == "progress_not_found"
    assert reporter.refused("/tip-offs/answers", {**code, "text": "还有一件事。"}) == "case_closed"


def test_number_and_code_are_needed_both(callers: Callers) -> None:
    reporter = callers.nobody()
    one, other = filed(reporter), filed(reporter)
    for wrong in ({"case_no": one["case_no"], "code": other["access_code"]}, {"case_no": "JB1", "code": "0000000000"}):
        assert reporter.refused("/tip-offs/progress", wrong, 404) == "progress_not_found"
        assert reporter.refused("/tip-offs/answers", {**wrong, "text": "是我。"}, 404) == "progress_not_found"
    assert reporter.post("/tip-offs/progress", {"case_no": one["case_no"], "code": one["access_code"]})


def test_what_a_report_needs(callers: Callers) -> None:
    reporter = callers.nobody()
    missing = reporter.post("/tip-offs", told(target_name=None, county_code=None, facts="?"), 422)["fields"]
    assert set(missing) == {"target_name", "county_code", "facts"}, "all at once"
    assert reporter.refused("/tip-offs", told(happened_on="2026-11-24"), 422) == "day_in_future"
    assert reporter.refused("/tip-offs", told(phone="123"), 422) == "phone_invalid"
    assert reporter.refused("/tip-offs", told(token="1.7K3QX9C2M4TP.AbC_dEf-12"), 404) != "record_not_found"
    key = "same-report-sent-twice"
    numbers = {reporter.post("/tip-offs", told(), 201, key=key)["case_no"] for _ in range(2)}
    assert len(numbers) == 1, "a request sent twice is one report"


def test_the_period_is_extended_once_and_by_another(app: Flask, callers: Callers, clock: FixedClock) -> None:
    officer, head = callers.staff(), callers.staff()
    path = f"/tip-offs/{filed(callers.nobody())['case_no']}"
    officer.post(f"{path}/verify")
    officer.post(f"{path}/ask-extension", {"text": "等待检验机构的报告。"})
    assert officer.refused(f"{path}/approve-extension") == "guard_not_met", "not by who asked"
    head.post(f"{path}/deny-extension")
    officer.post(f"{path}/ask-extension", {"text": "检验机构要再等两周。"})
    head.post(f"{path}/approve-extension")
    assert periods(app, "C4") == [("2026-12-14", "stopped")]
    assert periods(app, "C4E") == [("2027-01-05", "running")], "fifteen working days after the old last day"
    assert officer.refused(f"{path}/ask-extension", {"text": "还要再等。"}) == "not_possible_now", "once"
    late = f"/tip-offs/{filed(callers.nobody())['case_no']}"
    officer.post(f"{late}/verify")
    clock.advance(days=22)
    callers.back(officer)
    assert officer.refused(f"{late}/ask-extension", {"text": "来不及了。"}) == "period_over"


def test_new_facts_are_merged_and_the_period_starts_again(app: Flask, callers: Callers, clock: FixedClock) -> None:
    officer, reporter = callers.staff(), callers.nobody()
    first = filed(reporter, phone=PHONE)["case_no"]
    clock.advance(days=7)
    callers.back(officer)
    second = filed(reporter, phone=PHONE, facts="今天又看到他们把过期的肉卖给客人。")["case_no"]
    elsewhere = filed(reporter, phone=PHONE, target_name="另一家店")["case_no"]
    assert officer.refused(f"/tip-offs/{second}/merge", {"into": elsewhere}, 422) == "not_earlier_report"
    assert officer.refused(f"/tip-offs/{first}/merge", {"into": second}, 422) == "not_earlier_report"
    assert officer.post(f"/tip-offs/{second}/merge", {"into": first})["state"] == "merged"
    assert periods(app, "C4")[0] == ("2026-12-14", "stopped")
    assert ("2026-12-21", "running") in periods(app, "C4"), "counted from the last report"
    officer.post(f"/tip-offs/{first}/verify")
    officer.post(f"/tip-offs/{first}/not-file", FOUND)
    third = filed(reporter, phone=PHONE, facts="第三次看到，这次有照片为证。")["case_no"]
    assert officer.refused(f"/tip-offs/{third}/merge", {"into": first}) == "into_closed"


def test_the_same_again_is_not_handled_again_and_only_from_the_same_reporter(callers: Callers) -> None:
    officer, reporter = callers.staff(), callers.nobody()
    first = filed(reporter, phone=PHONE)["case_no"]
    same, other, nameless = (filed(reporter, phone=phone)["case_no"] for phone in (PHONE, "13800001111", None))
    assert officer.post(f"/tip-offs/{same}/close-repeat", {"of": first})["state"] == "repeated"
    for number in (other, nameless):
        assert officer.refused(f"/tip-offs/{number}/close-repeat", {"of": first}) == "guard_not_met"
    assert officer.post(f"/tip-offs/{other}/merge", {"into": first})["state"] == "merged"


def purposes(app: Flask, case_no: str) -> list[str]:
    """For what officers looked at who the reporter is, the oldest first."""
    with app.app_context(), unit_of_work(read_only=True):
        mine = session().scalars(sa.select(Report.id).filter_by(case_no=case_no)).one()
        return [look.purpose for look in queries.views(mine)]


def test_transferred_to_a_body_by_name_with_the_forms_for_it(app: Flask, callers: Callers) -> None:
    officer, reporter = callers.staff(), callers.nobody()
    receipt = filed(reporter, name="欧阳举旗", phone=PHONE)
    where = {"body": "温州市公安局鹿城区分局", "text": "涉嫌犯罪，一并移送。"}
    asked = {"form": 3, "purpose": "盖章后送出"}
    documents = f"/tip-offs/{receipt['case_no']}/documents"
    assert officer.refused(documents, asked, 404) == "document_missing"
    officer.post(f"/tip-offs/{receipt['case_no']}/transfer", where)
    shown = reporter.post("/tip-offs/progress", {"case_no": receipt["case_no"], "code": receipt["access_code"]})
    assert (shown["state"], shown["transferred_to"]) == ("transferred", where["body"])
    assert [one["number"] for one in officer.get(documents)["documents"]] == [2, 3, 10]
    sent = officer.post(documents, asked)
    assert [one["value"] for one in sent["fields"] if one["key"] in {"name", "reason", "enclosed"}] == [
        where["body"], where["text"], "举报登记表一份",
    ]  # fmt: skip
    named = officer.post(documents, {**asked, "form": 2})
    assert {"欧阳举旗", PHONE} <= {one["value"] for one in named["fields"]}
    assert not {"欧阳举旗", PHONE} & {one["value"] for one in sent["fields"]}, (
        "the body learns it only with the register"
    )
    assert purposes(app, receipt["case_no"]) == [asked["purpose"]] * 2
    assert callers.staff(county=YUEQING).refused(documents, asked, 404) == "record_not_found"


def test_late_is_told_to_the_county_and_the_city_once(
    callers: Callers, clock: FixedClock, work: Callable[[], None], notices: Callable[..., list[tuple[str, str]]]
) -> None:
    officer, city = callers.staff(), callers.staff(Role.CITY_OFFICER)
    filed(callers.nobody())
    for _ in range(2):
        clock.advance(days=22)
        work()
    assert notices(officer) == both("report_received", "deadline_missed")
    assert [told for told in notices(city) if told[0] != "calendar_missing"] == both("deadline_missed")


@pytest.mark.parametrize("role", [Role.JOINT_OFFICE, Role.COUNCIL, Role.OPERATOR])
def test_other_staff_do_not_come_in(callers: Callers, role: Role) -> None:
    number = filed(callers.nobody())["case_no"]
    callers.staff(role).get(f"/tip-offs/{number}", 403)


def test_only_the_countys_officers_and_the_city_read_it(callers: Callers) -> None:
    number = filed(callers.nobody())["case_no"]
    callers.staff(county=YUEQING).get(f"/tip-offs/{number}", 404)
    assert callers.staff(Role.CITY_OFFICER).get(f"/tip-offs/{number}")
    unknown = filed(callers.nobody(), county_code="330300")["case_no"]
    callers.staff().get(f"/tip-offs/{unknown}", 404)
    assert callers.staff(Role.CITY_OFFICER).get(f"/tip-offs/{unknown}")
