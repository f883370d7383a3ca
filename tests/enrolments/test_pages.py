"""The same on pages: the owner's, and the officers' console."""

from backend.access.actor import Role
from backend.kernel.clock import FixedClock
from tests.console.office import Office
from tests.enrolments.asking import ASKED, DECLINED, USCC, asked, entered
from tests.pages.town import Town

FORM = {**ASKED, "website": "", "agreed": "true"}


def test_asked_declined_and_asked_again_on_the_web(town: Town, office: Office) -> None:
    nobody, owner, desk = (
        town.app.test_client(),
        town.person("dian-zhu"),
        office.at_desk(Role.COUNTY_OFFICER, county="330302"),
    )
    wrong = nobody.get(f"/enrol?uscc={USCC[:-1]}3")
    assert (wrong.status_code, "校验位不对" in wrong.text) == (422, True)
    assert "请先登录，登录后接着填" in nobody.get(f"/enrol?uscc={USCC}").text
    assert "/enrol" in nobody.get("/public-notices").text
    assert "工作人员账号不能申请" in desk.get(f"/enrol?uscc={USCC}")

    page = f"/enrol?uscc={USCC}"
    assert "请勾选" in owner.refused(page, "/enrol", {**FORM, "agreed": "false", "idempotency_key": "enrol-1-missing"})
    assert "已提交，编号 RM" in owner.done(page, "/enrol", {**FORM, "idempotency_key": "enrol-1-first"})
    assert "这个信用代码已有一份申请正在核实" in owner.client.get(page).text
    number = owner.get("/enrol").split("RM2026", 1)[1][:12]
    case = f"/console/enrolments/RM2026{number}"
    assert "没有验证过，请打电话核实" in desk.get(case)
    desk.refused(case, f"{case}/accept", {"station_phone": "1"})
    desk.done(case, f"{case}/decline", DECLINED)
    assert DECLINED["text"] in owner.get("/enrol")
    assert f"RM2026{number}" not in desk.get("/console/enrolments")

    assert "已提交，编号 RM" in owner.done(page, "/enrol", {**FORM, "idempotency_key": "enrol-1-again"})
    again = owner.get("/enrol").split("RM2026", 1)[1][:12]
    assert "申请已撤回" in owner.done("/enrol", "/enrol/withdraw", {"case_no": f"RM2026{again}"})


def test_an_expired_invitation_is_renewed_from_the_desk(town: Town, office: Office, clock: FixedClock) -> None:
    owner, officer = town.person("dian-zhu"), office.colleague(Role.COUNTY_OFFICER, county="330302")
    number = asked(town, owner)
    entered(town, number, town.staff(Role.CITY_OFFICER))
    case, first = f"/console/enrolments/{number}", owner.get("/enrol")
    assert "接受邀请" in first
    clock.advance(days=8)
    owner = town.person("dian-zhu")
    assert "新的邀请码会显示在这里" in owner.get("/enrol")
    desk = office.enter(officer)
    assert "申请人没有接受" in desk.get(case)
    assert "旧的作废" in desk.done(case, f"{case}/invite", {"idempotency_key": "invite-again-1"})
    code = owner.get("/enrol").split("/join?code=", 1)[1].split('"', 1)[0]
    assert code not in first
    owner.done(f"/join?code={code}", "/join", {"code": code})
    assert "您已加入本店的维权联络站" in owner.get("/enrol")
    assert "换一个新的邀请" not in desk.get(case)
