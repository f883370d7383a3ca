"""What the officers of the browsers' city are told: fakes and clones, emergencies, reports, retaliation, inquiries; and their desk."""

from backend.access.actor import Role
from backend.accounts import service as accounts
from backend.authenticity import queries as authenticity_queries
from backend.authenticity import service as authenticity
from backend.authenticity.marks import Tapper
from backend.authenticity.rules import Bucket, What
from backend.badges import queries as plates
from backend.emergencies import service as emergencies
from backend.emergencies.rules import Emergency
from backend.infrastructure import leasing
from backend.infrastructure.leasing import WorkState
from backend.inquiries import service as inquiries
from backend.notifications import service as notifications
from backend.notifications.model import Notice
from backend.reports import service as reports
from backend.reports.rules import Suspicion
from backend.retaliation import service as retaliations
from backend.retaliation.rules import Act, Protection
from tests.browser.city import City
from tests.pages.town import Shop


def genuineness(city: City, shops: list[Shop]) -> None:
    """A plate with a signal, a suspected clone, one that was confirmed, a known fake, and two reports of fakes."""
    town, names = city.town, city.names
    officer = city.people["county"].actor()
    town.act(authenticity.tell_place, Tapper("192.0.2.9", "x"), shops[1].token, what=What.MISSING)
    for number in range(3):
        tapper = Tapper(f"192.0.2.{number}", "x")
        told = {"what": What.OTHER_SHOP, "bucket": Bucket.FAR if number else None, "note": "这里是一家奶茶店。"}
        town.act(authenticity.tell_place, tapper, shops[4].token, **told)
    names["clone_opened"] = town.act(_case_of, shops[4].token)
    confirmed = town.act(authenticity.open_case, officer, f"{shops[5].certificate_no}-01").case_no
    names["clone_confirmed"] = str(confirmed)
    town.act(authenticity.check, officer, confirmed)
    town.act(authenticity.confirm, officer, confirmed, text="在蝉街发现同一编号的另一块牌，已收回。")
    known = {"title": "“第三届放心消费示范单位”铜牌", "words": ["第三届放心消费示范单位"], "price_fen": 298000}
    said = {"telling": "没有编号和二维码，说交钱就能挂。", "source": "消费者权益保护委员会 2026 年提示"}
    town.act(authenticity.add_known_fake, city.people["council"].actor(), **known, **said)
    for state in ("received", "handed_over"):
        received = town.act(
            authenticity.report_fake,
            county_code="330302",
            place="公园路 9 号一楼前台",
            words="诚信示范单位",
            price_fen=298000,
        )
        names[f"fake_{state}"], names["fake_code"] = str(received.report.case_no), received.access_code
    town.act(authenticity.hand_over, officer, names["fake_handed_over"], text="已移交综合执法队立案调查。")


def reports_of(city: City, shop: Shop) -> None:
    """A report that waits, one that is looked into with a question and a wish for more time, one that was not filed."""
    town, names, officer = city.town, city.names, city.people["county"].actor()
    facts = "后厨用过期的调味料，冰箱里有三袋，保质期到上个月；服务员说一直这样用。"
    what = "一桌八个人吃完饭都在吐，已经打了 120。"
    raised = town.act(emergencies.raise_emergency, kind=Emergency.FOOD_POISONING, what=what, token=shop.token)
    names["emergency"] = raised.case_no
    about = {"acts": [Act.THREATENED, Act.EXPOSED], "phone": "13912345678", "in_danger": True}
    what = "店主在小区里贴了我的名字，说再投诉就不客气；昨天又来敲门。"
    for state in ("told", "contacted"):
        told = town.act(
            retaliations.tell, city.people["consumer"].actor(), case_no=names["waiting"], what=what, **about
        )
        names[f"retaliation_{state}"], names["retaliation_code"] = told.case.case_no, told.access_code
    query = {"subject": "预付卡备案情况", "question": "请说明这家单位今年以来预付卡的备案和检查情况。"}
    for state in ("asked", "answered"):
        asked = town.act(inquiries.ask, city.people["council"].actor(), body="330302", **query)
        names[f"query_{state}"] = asked.case_no
    town.act(inquiries.answer, officer, names["query_answered"], text="已备案，三月检查时没有发现超额发卡。")
    taken = names["retaliation_contacted"]
    town.act(retaliations.take, officer, taken)
    town.act(retaliations.note_contact, officer, taken, text="电话联系到本人，约定明天面谈。")
    town.act(retaliations.protect, officer, taken, step=Protection.THROUGH_OFFICER)
    town.act(retaliations.write, officer, taken, text="请把录像保存好，我们明天上门取证。")
    for state in ("not_filed", "extension_asked", "received"):
        filed = town.act(
            reports.file_report,
            suspicion=Suspicion.FOOD,
            facts=facts,
            token=shop.token,
            place="后厨冰箱",
            phone="13912345678",
        )
        names[f"report_{state}"] = filed.report.case_no
        if state == "extension_asked":
            names["report_code"] = filed.access_code
    for state in ("not_filed", "extension_asked"):
        town.act(reports.verify, officer, names[f"report_{state}"])
    town.act(reports.not_file, officer, names["report_not_filed"], text="到场核查，没有发现过期的调味料。")
    town.act(reports.ask, officer, names["report_extension_asked"], text="是哪一天看到的？")
    town.act(reports.ask_extension, officer, names["report_extension_asked"], text="等待检验结果。")


def _case_of(token: str) -> str:
    found = authenticity_queries.open_case_of(plates.by_token(token).plate.id)
    assert found is not None
    return found.case_no


def desks(city: City, shop: Shop) -> None:
    """An invitation, a colleague's account, and a message that could not be delivered."""
    town, names = city.town, city.names
    operator = city.people["operator"].actor()
    names["invitation"] = town.act(accounts.invite, operator, Role.STATION_MEMBER, station_id=shop.station_id).code
    names["account"] = city.office.colleague(Role.COUNTY_OFFICER).username
    recipient = str(city.people["newcomer"].actor().account_id)
    words = {"unit_name": "五马面馆"}
    town.act(notifications.queue, recipient, "rating_published", words, event_key="rating:1", link="/ratings/1")
    with town.app.app_context():
        while claimed := leasing.claim(Notice, 50):
            for row in claimed:
                leasing.finish(row, WorkState.DEAD, "wechat_47003")
