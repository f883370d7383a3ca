"""Every page of the product: who sees it, and how to come there. Placeholders stand in tests.browser.city.City.names."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page

from tests.browser.site import Site
from tests.console.office import NEW_PASSWORD

#: Name → (who, address).
ADDRESSES = {
    "home": ("nobody", "/"),
    "register": ("nobody", "/units"),
    "register, nothing found": ("nobody", "/units?q=没有这样的店"),
    "register, nearby": ("nobody", "/units/nearby"),
    "unit": ("nobody", "/units/{certificate}"),
    "unit, revoked": ("nobody", "/units/{revoked_no}"),
    "unit, a restaurant": ("nobody", "/units/{rectify_no}"),
    "badge, valid": ("nobody", "/b/{valid}"),
    "badge, to be put right": ("nobody", "/b/{rectify}"),
    "badge, suspended": ("nobody", "/b/{suspended}"),
    "badge, revoked": ("nobody", "/b/{revoked}"),
    "badge, voided plate": ("nobody", "/b/{voided}"),
    "badge, not ours": ("nobody", "/b/1.7K3QX9C2M4TP.AbC_dEf-12"),
    "not this shop": ("nobody", "/b/{valid}/not-this-shop"),
    "not this shop, voided plate": ("nobody", "/b/{voided}/not-this-shop"),
    "told": ("nobody", "/b/{valid}/told"),
    "plaques": ("nobody", "/plaques"),
    "false plaque, report": ("nobody", "/fake-plaques/report"),
    "emergency": ("nobody", "/emergency?token={valid}"),
    "report of a violation": ("nobody", "/tip-offs/new"),
    "report of a violation, unit": ("nobody", "/tip-offs/new?token={valid}"),
    "retaliation": ("nobody", "/retaliation"),
    "retaliation, own case": ("consumer", "/retaliation?about={waiting}"),
    "sign-in": ("nobody", "/sign-in"),
    "progress": ("nobody", "/progress"),
    "reports": ("nobody", "/reports"),
    "report": ("nobody", "/reports/{campaign_published}"),
    "enrolment": ("nobody", "/enrol"),
    "enrolment, own": ("consumer", "/enrol?uscc=91330302MA2ENR0291"),
    "public notices": ("nobody", "/public-notices?objection={application_objection}"),
    "public notice": ("nobody", "/public-notices/{application_public_notice}"),
    "mark": ("nobody", "/about-mark"),
    "help": ("nobody", "/help"),
    "prepaid refund": ("nobody", "/prepaid-refund"),
    "return right": ("nobody", "/return-right?badge={valid}"),
    "verify": ("nobody", "/verify"),
    "log": ("nobody", "/transparency"),
    "log, certificate": ("nobody", "/transparency/{revoked_no}"),
    "privacy": ("nobody", "/privacy"),
    "warnings": ("nobody", "/warnings"),
    "warnings, past ones of a county": ("nobody", "/warnings?county=330302&category=restaurant"),
    "warning": ("nobody", "/warnings/{warning_holds}"),
    "warning, withdrawn": ("nobody", "/warnings/{warning_withdrawn}"),
    "feedback": ("nobody", "/feedback?from=/units"),
    "my feedback": ("consumer", "/my/feedback"),
    "invitation": ("nobody", "/join"),
    "invitation, open": ("newcomer", "/join?code={invitation}"),
    "invitation, wrong": ("nobody", "/join?code=ABCD"),
    "interface": ("nobody", "/api/docs"),
    "no such page": ("nobody", "/no/such/page"),
    "rate": ("consumer", "/b/{valid}/rate"),
    "complain": ("consumer", "/b/{valid}/complain"),
    "mine": ("consumer", "/my"),
    "mine, empty": ("newcomer", "/my"),
    "my kept units": ("consumer", "/my/kept"),
    "my ratings": ("consumer", "/my/ratings"),
    "my case, waiting": ("consumer", "/my/cases/{waiting}"),
    "my case, unanswered": ("consumer", "/my/cases/{unanswered}"),
    "my case, offered": ("consumer", "/my/cases/{offered}"),
    "my case, agreed": ("consumer", "/my/cases/{agreed}"),
    "my case, a promise not kept": ("consumer", "/my/cases/{broken}"),
    "my case, performed": ("consumer", "/my/cases/{performed}"),
    "my case, refused": ("consumer", "/my/cases/{refused}"),
    "my case, phone": ("consumer", "/my/cases/{waiting}/phone"),
    "my case, phone not shared": ("consumer", "/my/cases/{offered}/phone"),
    "my case, conversation": ("consumer", "/my/cases/{waiting}/messages"),
    "my case, in mediation": ("mediating", "/my/cases/{settlement_mediating}"),
    "my case, not accepted": ("not_accepted", "/my/cases/{settlement_not_accepted}"),
    "my case, paid first": ("consumer", "/my/cases/{agreed}/advance"),
    "group, none yet": ("consumer", "/my/cases/{waiting}/group"),
    "group, representative": ("leader", "/my/cases/{group_leader}/group"),
    "group, a matter to answer": ("follower", "/my/cases/{group_follower}/group"),
    "group, code": ("newcomer", "/my/groups/{group_code}"),
    "complain, into a group": ("newcomer", "/units/{revoked_no}/complain?group={group_code}"),
    "station, group": ("member", "/station/{group_follower}/group"),
    "console, group": ("county", "/console/complaints/{group_complaint}/group"),
    "my phone": ("consumer", "/my/phone"),
    "my data": ("consumer", "/my/data"),
    "my case, package for 12315": ("consumer", "/my/cases/{waiting}/12315"),
    "my case, called to a meeting": ("called", "/my/cases/{settlement_called}"),
    "my case, delegated": ("delegated", "/my/cases/{settlement_delegated}"),
    "my case, before the joint meeting": ("dispatched", "/my/cases/{settlement_dispatched}"),
    "my case, at the office": ("returned", "/my/cases/{settlement_returned}"),
    "station": ("member", "/station"),
    "station, figures": ("member", "/station/figures"),
    "station, paying first": ("member", "/station/advances"),
    "station, request": ("member", "/station/{unanswered}"),
    "station, request, through an officer": ("member", "/station/{waiting}"),
    "station, conversation": ("member", "/station/{waiting}/messages"),
    "station, ready answers": ("member", "/station/ready-answers"),
    "station, a promise not kept": ("member", "/station/{broken}"),
    "station, escalated": ("member", "/station/{settlement_mediating}"),
    "station, closed": ("member", "/station/closed"),
    "station, units": ("member", "/station/units"),
    "station, public record": ("member", "/station/units/{certificate}"),
    "station, closing": ("member", "/station/units/{certificate}/closing"),
    "station, applications": ("member", "/station/units/{certificate}/applications"),
    "station, application form": ("member", "/station/applications/{application_draft}/form"),
    "station, application, draft": ("member", "/station/applications/{application_draft}"),
    "station, application": ("member", "/station/applications/{application_public_notice}"),
    "station, proposals": ("member", "/station/removals"),
    "station, proposal": ("member", "/station/removals/{removal_waiting}"),
    "station, plates": ("member", "/station/plates"),
    "station, a unit's plates": ("member", "/station/plates/unit/{certificate}"),
    "station, plate": ("member", "/station/plates/{certificate}-01"),
    "station, void plate": ("member", "/station/plates/{lost}"),
    "volunteer": ("volunteer", "/volunteer"),
    "visit, assigned": ("volunteer", "/volunteer/{visit_assigned}"),
    "visit, started": ("volunteer", "/volunteer/{visit_started}"),
    "visit, submitted": ("volunteer", "/volunteer/{visit_published}"),
    "not permitted": ("officer", "/console/accounts"),
    "console sign-in": ("nobody", "/console/sign-in"),
    "console, password": ("officer", "/console/password"),
    "console, complaints": ("county", "/console/complaints"),
    "console, no complaints": ("county", "/console/complaints?text=TS20200101-XXXXXXX"),
    "console, complaint received": ("county", "/console/complaints/{received}"),
    "console, complaint in mediation": ("county", "/console/complaints/{mediating}"),
    "console, conversation": ("county", "/console/complaints/{received}/messages"),
    "console, complaint mediated": ("county", "/console/complaints/{mediated}"),
    "console, search by words": ("county", "/console/complaints?text=电饭煲"),
    "console, called to a meeting": ("county", "/console/complaints/{called}"),
    "console, complaint delegated": ("county", "/console/complaints/{delegated}"),
    "console, complaint dispatched": ("county", "/console/complaints/{dispatched}"),
    "console, delegations": ("council", "/console/delegations"),
    "console, delegation": ("council", "/console/delegations/{delegation}"),
    "console, joint meeting": ("office", "/console/joint-meeting"),
    "console, dispatch": ("office", "/console/joint-meeting/{dispatch}"),
    "console, joint meeting of a department": ("department", "/console/joint-meeting"),
    "console, dispatch of the lead": ("department", "/console/joint-meeting/{dispatch}"),
    "console, assistance": ("assistant", "/console/joint-meeting/assist/{assistance}"),
    "console, returned": ("office", "/console/returned"),
    "console, returned complaint": ("office", "/console/returned/{returned}"),
    "console, call-backs": ("county", "/console/call-backs"),
    "console, reopenings": ("county", "/console/reopenings"),
    "console, late stations": ("county", "/console/stations"),
    "console, clusters of complaints": ("office", "/console/mass-harm"),
    "console, emergencies": ("county", "/console/emergencies"),
    "console, emergency": ("county", "/console/emergencies/{emergency}"),
    "console, queries": ("council", "/console/inquiries"),
    "console, new query": ("council", "/console/inquiries/new"),
    "console, query to answer": ("county", "/console/inquiries/{query_asked}"),
    "console, query answered": ("council", "/console/inquiries/{query_answered}"),
    "console, retaliation": ("county", "/console/retaliation"),
    "console, retaliation told": ("county", "/console/retaliation/{retaliation_told}"),
    "console, retaliation contacted": ("county", "/console/retaliation/{retaliation_contacted}"),
    "console, reports": ("county", "/console/tip-offs?state=all"),
    "console, report received": ("county", "/console/tip-offs/{report_received}"),
    "console, report verified": ("county", "/console/tip-offs/{report_extension_asked}"),
    "console, report not filed": ("county", "/console/tip-offs/{report_not_filed}"),
    "console, paying first": ("county", "/console/advances"),
    "console, enrolments": ("county", "/console/enrolments?state=all"),
    "console, enrolment": ("county", "/console/enrolments/{enrolment}"),
    "console, enrolment entered": ("county", "/console/enrolments/{enrolment_entered}"),
    "console, applications": ("officer", "/console/applications"),
    "console, application to confirm": ("officer", "/console/applications/{application_examined}"),
    "console, application on notice": ("office", "/console/applications/{application_public_notice}"),
    "console, proposals": ("officer", "/console/removals"),
    "console, own proposal": ("officer", "/console/removals/{removal_replied}"),
    "console, proposal to decide": ("second", "/console/removals/{removal_replied}"),
    "console, proposal decided": ("second", "/console/removals/{removal_revoked}"),
    "console, suspected clones": ("county", "/console/clones"),
    "console, suspected clone": ("county", "/console/clones/{clone_opened}"),
    "console, clone confirmed": ("officer", "/console/clones/{clone_confirmed}"),
    "console, reports of false plaques": ("county", "/console/fake-plaques?state=all"),
    "console, report of a false plaque": ("county", "/console/fake-plaques/{fake_received}"),
    "console, false plaque handed over": ("county", "/console/fake-plaques/{fake_handed_over}"),
    "console, known fakes": ("council", "/console/known-fakes"),
    "console, units": ("officer", "/console/units"),
    "console, unit": ("officer", "/console/units/{certificate}"),
    "console, plate orders": ("office", "/console/plates"),
    "console, plate order": ("office", "/console/plates/orders/{plate_order}"),
    "console, new plate order": ("office", "/console/plates/new"),
    "console, plate": ("county", "/console/plates/{lost}"),
    "console, public record": ("county", "/console/units/{certificate}/record"),
    "console, record of a restaurant": ("county", "/console/units/{rectify_no}/record"),
    "console, record to decide": ("county", "/console/public-record"),
    "console, calendar": ("officer", "/console/calendar"),
    "console, notices": ("officer", "/console/notices"),
    "console, campaigns": ("council", "/console/campaigns"),
    "console, new campaign": ("council", "/console/campaigns/new"),
    "console, campaign prepared": ("council", "/console/campaigns/{campaign_preparing}"),
    "console, campaign published": ("council", "/console/campaigns/{campaign_published}"),
    "console, accounts": ("operator", "/console/accounts"),
    "console, account": ("operator", "/console/accounts/{account}"),
    "console, new account": ("operator", "/console/accounts/new"),
    "console, warnings": ("council", "/console/consumer-warnings"),
    "console, feedback": ("operator", "/console/feedback"),
    "console, deliveries": ("operator", "/console/delivery"),
}

Way = Callable[[Page, Site], Any]


def _send(page: Page, button: Locator) -> None:
    """Press the button and wait for the page that follows."""
    with page.expect_navigation():
        button.click()


def _checked(words: str) -> Way:
    """The checker's answer to these words."""

    def go(page: Page, site: Site) -> None:
        page.goto("/plaques")
        page.get_by_label("牌上的字").fill(words.format(**site.city.names))
        _send(page, page.get_by_role("button", name="查询"))

    return go


def _reported(page: Page, site: Site) -> None:
    """The receipt of a report, shown once."""
    page.goto("/fake-plaques/report")
    page.get_by_label("在哪个县").select_option("330302")
    page.get_by_label("在哪里看到的").fill("公园路 9 号一楼前台")
    _send(page, page.get_by_role("button", name="提交举报"))


def _progress_of_report(page: Page, site: Site) -> None:
    """What the reporter's code opens."""
    page.goto("/progress")
    page.get_by_label("编号").fill(site.city.names["fake_handed_over"])
    page.get_by_label("查询码").fill(site.city.names["fake_code"])
    _send(page, page.get_by_role("button", name="查询"))


def _progress_of_violation(page: Page, site: Site) -> None:
    """What the code of a report opens, with a question in it."""
    page.goto("/progress")
    page.get_by_label("编号").fill(site.city.names["report_extension_asked"])
    page.get_by_label("查询码").fill(site.city.names["report_code"])
    _send(page, page.get_by_role("button", name="查询"))


def _progress_of_retaliation(page: Page, site: Site) -> None:
    """What the code of a case of retaliation opens, with protection and words in it."""
    page.goto("/progress")
    page.get_by_label("编号").fill(site.city.names["retaliation_contacted"])
    page.get_by_label("查询码").fill(site.city.names["retaliation_code"])
    _send(page, page.get_by_role("button", name="查询"))


def _objected(page: Page, site: Site) -> None:
    """The receipt of an objection to a public notice."""
    page.goto(f"/public-notices/{site.city.names['application_public_notice']}")
    page.get_by_label("什么情况").fill("十月份买的鞋没穿过，店里不肯退。")
    _send(page, page.get_by_role("button", name="提出异议"))


def _retaliation_told(page: Page, site: Site) -> None:
    """The receipt of what somebody told of retaliation, shown once."""
    page.goto(f"/retaliation?about={site.city.names['waiting']}")
    page.get_by_label("威胁我或者家人").check()
    page.get_by_label("具体情况").fill("店主打电话说再投诉就不客气。")
    _send(page, page.get_by_role("button", name="马上告诉监管人员"))


def _measured(page: Page, site: Site) -> None:
    """The distance from the registered address, as a phone far away finds it."""
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"longitude": 120.75, "latitude": 28.03, "accuracy": 20})
    page.goto(f"/b/{site.city.names['valid']}/not-this-shop")
    page.get_by_role("button", name="我在店里").click()
    page.get_by_text("超过 2 公里，").wait_for()


def _refused_complaint(page: Page, site: Site) -> None:
    """422: a form that comes back."""
    page.goto(f"/b/{site.city.names['suspended']}/complain")
    _send(page, page.get_by_role("button", name="提交诉求"))


def _refused_offer(page: Page, site: Site) -> None:
    """422 in one of two forms of a page."""
    page.goto(f"/station/{site.city.names['unanswered']}")
    page.get_by_text("不同意，写明理由").click()
    page.get_by_label("为什么不同意").fill("不")
    page.once("dialog", lambda dialog: dialog.accept())
    _send(page, page.get_by_role("button", name="不同意，发给消费者"))


def _refused_application(page: Page, site: Site) -> None:
    """422 in a long form, with a fault at most of its fields."""
    page.goto(f"/station/applications/{site.city.names['application_draft']}/form")
    page.once("dialog", lambda dialog: dialog.accept())
    _send(page, page.get_by_role("button", name="提交申请"))


def _too_early(page: Page, site: Site) -> None:
    """409: what a case's state does not allow, from a page that was left open."""
    page.goto(f"/my/cases/{site.city.names['unanswered']}")
    page.locator("form[action$=escalate]").evaluate("(form, to) => form.action = to", _escalate(site))
    for label, text in (("真实姓名", "欧阳菁华"), ("电话", "13857712345"), ("通讯地址", "温州市信河街 88 号")):
        page.get_by_label(label).fill(text)
    _send(page, page.get_by_role("button", name="转市场监管部门"))


def _escalate(site: Site) -> str:
    return f"/my/cases/{site.city.names['waiting']}/escalate"


def _verified(page: Page, site: Site) -> None:
    """What a certificate's number is worth."""
    page.goto("/verify")
    page.get_by_label("或者填写证书编号").fill(site.city.names["certificate"])
    _send(page, page.get_by_role("button", name="核验"))


def _judged(page: Page, site: Site) -> None:
    """What is no credential."""
    page.goto("/verify")
    page.get_by_label("或者粘贴凭证内容").fill("我有一张证书")
    _send(page, page.get_by_role("button", name="核验"))


def _secret(page: Page, site: Site) -> None:
    """A new account's secret, shown once."""
    page.goto("/console/accounts/new")
    page.get_by_label("用户名").fill("xin-tongshi")
    page.get_by_label("姓名").fill("林小雨")
    page.get_by_label("初始密码").fill(NEW_PASSWORD)
    page.get_by_label("市级市场监管人员").check()
    _send(page, page.get_by_role("button", name="新建账号"))


def _invitation(page: Page, site: Site) -> None:
    """An invitation's code, shown once."""
    page.goto("/console/accounts")
    _send(page, page.get_by_role("button", name="邀请志愿者"))


def _identity(page: Page, site: Site) -> None:
    """Who complains, after a reason."""
    page.goto(f"/console/complaints/{site.city.names['mediating']}")
    page.get_by_text("查看投诉人的真实身份").click()
    page.locator('form[action$="/identity"] textarea, form[action$="/identity"] input[type=text]').first.fill(
        "联系投诉人约定调解时间"
    )
    _send(page, page.locator('form[action$="/identity"] button'))


def _too_often(page: Page, site: Site) -> None:
    """429, counted for this profile alone."""
    for _ in range(31):
        site.city.town.app.test_client().get("/join", headers={"Authorization": "Bearer crowd"})
    page.set_extra_http_headers({"Authorization": "Bearer crowd"})
    page.goto("/join")


def _wechat_away(page: Page, site: Site) -> None:
    """503: WeChat does not answer when somebody comes back from it."""
    page.goto("/sign-in")
    _send(page, page.get_by_role("button", name="微信登录"))
    site.city.town.double.fail("sns/oauth2/access_token", times=8, status=500)
    _send(page, page.get_by_text("顾客 林先生"))
    site.city.town.double.state.faults.clear()


def _code_on_its_way(page: Page, site: Site) -> None:
    page.goto("/sign-in")
    page.get_by_label("手机号").fill("13857712345")
    _send(page, page.get_by_role("button", name="发验证码"))


def _phone(page: Page, site: Site) -> None:
    page.goto(f"/station/{site.city.names['waiting']}")
    _send(page, page.get_by_role("button", name="看消费者的电话"))


#: Name → (who, way to it): pages that only follow an act.
WAYS: dict[str, tuple[str, Way]] = {
    "sign-in, code": ("nobody", _code_on_its_way),
    "verified, number": ("nobody", _verified),
    "verified, credential": ("nobody", _judged),
    "plaques, ours": ("nobody", _checked("{certificate}")),
    "plaques, known fake": ("nobody", _checked("第三届放心消费示范单位")),
    "plaques, not ours": ("nobody", _checked("全国诚信品牌")),
    "plaques, name only": ("nobody", _checked("瓯越电器")),
    "false plaque, reported": ("nobody", _reported),
    "progress, false plaque": ("nobody", _progress_of_report),
    "public notice, objected": ("nobody", _objected),
    "progress, retaliation": ("nobody", _progress_of_retaliation),
    "retaliation, told": ("consumer", _retaliation_told),
    "progress, report": ("nobody", _progress_of_violation),
    "not this shop, measured": ("nobody", _measured),
    "complain, refused": ("newcomer", _refused_complaint),
    "station, phone": ("member", _phone),
    "station, answer refused": ("member", _refused_offer),
    "station, application refused": ("member", _refused_application),
    "my case, too early": ("consumer", _too_early),
    "console, secret": ("operator", _secret),
    "console, invitation": ("operator", _invitation),
    "console, identity": ("county", _identity),
    "too often": ("nobody", _too_often),
    "WeChat away": ("nobody", _wechat_away),
}
EVERY = (*ADDRESSES, *WAYS)
