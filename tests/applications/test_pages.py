"""The same on pages: the officers' console, the public's notice with its form, the station's answer."""

from backend.access.actor import Role
from tests.applications.desk import OBJECTION, Desk, objection_on
from tests.pages.town import Town

QUEUE = "/console/applications"
MINE = '<span class="tag">等您办理'


def test_from_the_queue_to_the_award(desk: Desk, town: Town) -> None:
    desk.begin()
    desk.submit()
    case = f"{QUEUE}/{desk.case_no}"
    first, second = desk.people.desk(), desk.people.desk(Role.CITY_OFFICER)
    office, anybody = desk.people.desk(Role.JOINT_OFFICE), town.app.test_client()
    page = first.get(QUEUE)
    assert desk.case_no in page
    assert MINE in page
    assert MINE in second.get(QUEUE)
    assert MINE not in office.get(QUEUE)
    first.refused(case, f"{case}/examine", {"certify": "true", "text": "好"})
    page = first.done(case, f"{case}/examine", {"certify": "true", "text": "到店核查，与申报一致。"})
    assert "您是初审人，不能复核" in page
    assert MINE not in first.get(QUEUE)
    assert "没有做到的" in second.get(case)
    second.done(case, f"{case}/confirm", {"text": "材料和照片都看过，同意。"})
    assert "现在没有公示" in anybody.get("/public-notices").text
    office.done(case, f"{case}/publish")
    assert desk.shop.name in anybody.get("/public-notices").text
    nobody = desk.people.office.nobody()
    notice = f"/public-notices/{desk.case_no}"
    assert "至少填写 10 个字" in nobody.refused(notice, f"{notice}/objections", {"text": "不好"})
    received = nobody.post(notice, f"{notice}/objections", {**OBJECTION, "idempotency_key": "objection-1"}).text
    number = objection_on(received)
    assert "等待单位答复" in anybody.get(f"/public-notices?objection={number.lower()}").text
    assert "没有找到这件异议" in anybody.get("/public-notices?objection=YG1").text
    ours = f"/station/applications/{desk.case_no}"
    member = desk.people.office.town.person("zhan-yi")
    assert OBJECTION["text"] in member.get(ours)
    about = {"objection": number, "text": "当天已经退款，有退款记录。"}
    assert "您的答复：当天已经退款" in member.done(ours, f"{ours}/answer", about)
    decision = {"objection": number, "uphold": "false", "text": "核对了退款记录，承诺已经履行。"}
    assert "您参加过审查" in second.get(case)
    second.refused(case, f"{case}/decide-objection", decision, 409)
    office.done(case, f"{case}/decide-objection", decision)
    assert "承诺已经履行" in anybody.get(f"/public-notices?objection={number}").text
    desk.later(8)
    office = desk.people.desk(Role.JOINT_OFFICE)
    assert "已认定，证书编号" in office.done(case, f"{case}/award")
    assert desk.case_no not in office.get(QUEUE)
    assert desk.case_no in office.get(f"{QUEUE}?state=all")
    assert anybody.get(notice).status_code == 404


def test_what_is_refused_says_what_would_help(desk: Desk) -> None:
    desk.begin()
    desk.submit()
    case = f"{QUEUE}/{desk.case_no}"
    first, second = desk.people.desk(), desk.people.desk(Role.CITY_OFFICER)
    first.done(case, f"{case}/ask-correction", {"text": "请写明最近一次培训的日期。"})
    member = desk.people.office.town.person("zhan-yi")
    assert "请写明最近一次培训的日期" in member.get(f"/station/applications/{desk.case_no}")
    desk.submit()
    first.done(case, f"{case}/examine", {"certify": "false", "text": "店内没有明码标价。"})
    page = second.get(case)
    assert "复核通过" not in page
    second.done(case, f"{case}/send-back", {"text": "请再到店看一次。"})
    first.done(case, f"{case}/examine", {"certify": "false", "text": "再次到店，仍没有标价。"})
    refusal = {"reason": "standard_not_met", "text": "两次到店都没有标价。", "remedy": "全部标价后可以再申请。"}
    second.done(case, f"{case}/refuse", refusal)
    page = member.get(f"/station/applications/{desk.case_no}")
    for words in ("没有达到放心消费单位的条件", "全部标价后可以再申请", "行政复议"):
        assert words in page
