"""A city with something on every page: shops in every standing, cases in every state, people of every role. All by acting."""

import io
import re
from dataclasses import dataclass, field
from datetime import date, timedelta

import sqlalchemy as sa
from PIL import Image

from backend.access.actor import Role
from backend.accounts import service as accounts
from backend.authenticity import queries as authenticity_queries
from backend.authenticity import service as authenticity
from backend.authenticity.marks import Tapper
from backend.authenticity.rules import Bucket, What
from backend.badges import orders, tickets
from backend.badges import queries as plates
from backend.badges import service as badges
from backend.badges.rules import Placement, VoidReason
from backend.certification.rules import Ground
from backend.complaints import queries as complaint_queries
from backend.complaints import service as complaints
from backend.complaints.model import Settlement
from backend.complaints.rules import Closing, ConsentWay, Nature, Party, RefusalGround
from backend.emergencies import service as emergencies
from backend.emergencies.rules import Emergency
from backend.experience_reviews import queries as review_queries
from backend.experience_reviews import service as reviews
from backend.group_complaints import service as groups
from backend.group_complaints.rules import Matter
from backend.infrastructure import leasing, photos
from backend.infrastructure.database import session, unit_of_work
from backend.infrastructure.leasing import WorkState
from backend.inquiries import service as inquiries
from backend.merchants.rules import Category
from backend.notifications import service as notifications
from backend.notifications.model import Notice
from backend.public_record import service as public_record
from backend.public_record.rules import EntryKind, GradeKind, GradeLevel
from backend.ratings import service as ratings
from backend.reports import service as reports
from backend.reports.rules import Suspicion
from backend.retaliation import service as retaliations
from backend.retaliation.rules import Act, Protection
from backend.supervision import service as supervision
from tests import pdf_files
from tests.applications.making import applied, ends_soon, objected
from tests.browser.between_bodies import hand_on
from tests.browser.voices import speak, warn
from tests.console.office import Office
from tests.pages.town import IDENTITY, Browser, Shop, Town

CHECKLIST = ["价格标得清楚", "店里能看到联络站电话", "愿意开发票"]


@dataclass
class City:
    """Who lives here, and where everything is.

    people   role in the tests → signed-in browser
    names    placeholder of a page's address → what stands there (tests.browser.places)
    """

    town: Town
    office: Office
    people: dict[str, Browser] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


def build(town: Town, office: Office) -> City:
    """Everything, in about a hundred acts. The time to answer the first request runs out before the staff signs in."""
    city = City(town, office)
    shops = [town.shop(name, category=kind) for name, kind in _SHOPS]
    city.people = {
        "consumer": town.person("guke-chen"),
        "newcomer": town.person("xin-lai"),
        "volunteer": town.volunteer("zhiyuan-zhao"),
        "member": town.member(shops[0], "zhan-wang"),
    }
    city.names["unanswered"] = town.request(shops[1], city.people["consumer"])
    city.names["broken"] = town.offered(shops[2], city.people["member"], city.people["consumer"])
    town.agreed(city.people["consumer"], city.names["broken"])
    office.clock.advance(hours=97)
    town.act(complaints.report_not_performed, city.people["consumer"].actor(), city.names["broken"])
    with town.app.app_context():
        complaints.sweep()
    roles = {"county": Role.COUNTY_OFFICER, "officer": Role.CITY_OFFICER, "second": Role.CITY_OFFICER}
    roles |= {"council": Role.COUNCIL, "operator": Role.OPERATOR, "office": Role.JOINT_OFFICE}
    city.people |= {name: office.at_desk(role) for name, role in roles.items()}
    _disputes(city, shops)
    _group(city, shops[4])
    hand_on(town, office, city.people, names=city.names, shop=shops[5])
    _reviews(city, shops[-1])  # before its plate is voided
    _standings(city, shops)
    _ratings(city, shops[0])
    _genuineness(city, shops)
    _reports(city, shops[1])
    _public_record(city, shops)
    _office(city, shops[0])
    _applications(city)
    speak(town, city.people)
    city.names |= warn(town, city.people)
    with town.app.app_context():
        for shop in shops:
            complaints.count_outcomes({"unit_id": shop.unit_id})
    return city


def _applications(city: City) -> None:
    """A draft, one to confirm, one under public notice that somebody objects to."""
    town, names, first = city.town, city.names, city.people["county"].actor()
    for state in ("draft", "examined", "public_notice"):
        names[f"application_{state}"] = applied(town, ends_soon(town, _RENEWING[state]), state, first)
    names["application_objection"] = objected(town, names["application_public_notice"])


_RENEWING = {"draft": "松台书店", "examined": "蝉街眼镜店", "public_notice": "信河街鞋店"}
_SHOPS = (
    ("瓯越电器", Category.SHOP),
    ("曦悦小吃店", Category.RESTAURANT),
    ("泽溪网上商城", Category.ONLINE_SHOP),
    ("雁柚电器商行", Category.SHOP),
    ("江心海鲜", Category.RESTAURANT),
    ("南塘茶餐厅", Category.RESTAURANT),
    ("雁荡山景区游客中心", Category.SCENIC_AREA),
)


def _disputes(city: City, shops: list[Shop]) -> None:
    """Requests and complaints in every other state."""
    town, names = city.town, city.names
    consumer, member = city.people["consumer"], city.people["member"]
    names["waiting"] = town.request(shops[0], consumer)
    picture = io.BytesIO()
    Image.new("RGB", (320, 240), "teal").save(picture, "JPEG")
    case = f"/my/cases/{names['waiting']}"
    photo = (io.BytesIO(picture.getvalue()), "小票.jpg")
    sent = {"csrf_token": consumer.csrf(case), "photo": photo, "for_station": "true"}
    assert consumer.client.post(f"{case}/photos", data=sent, content_type="multipart/form-data").status_code == 303
    member_actor, talked = member.actor(), names["waiting"]
    town.act(complaints.say, consumer.actor(), talked, text="发票在的，我的电话是 13857712345，什么时候可以来店里？")
    town.act(complaints.say, member_actor, talked, text="今天下午三点以后都可以，请到二楼服务台，带上小票。")
    town.act(complaints.say, consumer.actor(), talked, text="好，那我四点到。")
    town.act(complaints.share_phone, consumer.actor(), talked, phone="13900001234")
    ready = {"title": "请带小票来店", "text": "请带小票或者付款记录来店里，我们当场核对、处理。"}
    town.act(complaints.keep_ready_answer, member_actor, **ready)
    contract = complaints.cleaned(pdf_files.sound(2))
    town.act(complaints.add_photo, consumer.actor(), talked, contract, for_station=True)
    names["offered"] = town.offered(shops[0], member, consumer)
    names["agreed"] = town.offered(shops[2], member, consumer)
    town.agreed(consumer, names["agreed"])
    names["performed"] = town.offered(shops[2], member, consumer)
    town.agreed(consumer, names["performed"])
    town.act(complaints.confirm_performed, consumer.actor(), names["performed"])
    names["refused"] = _refused(city, shops[3], consumer)
    officer = city.people["county"].actor()
    for state in ("received", "mediating", "testing", "mediated", "not_accepted"):
        someone = town.person(f"gu-ke-{state.replace('_', '-')}")
        number = _refused(city, shops[4], someone)
        names[f"settlement_{state}"] = number
        names[state] = str(town.act(complaints.escalate, someone.actor(), number, IDENTITY).case_no)
        city.people[state] = someone
    for state in ("mediating", "testing", "mediated"):
        town.act(complaints.accept_complaint, officer, names[state])
    town.act(complaints.pause_for_testing, officer, names["testing"])
    for party in Party:
        town.act(complaints.note_consent, officer, names["mediated"], party=party, agree=True, way=ConsentWay.IN_PERSON)
    agreed = {"text": "商家当场退款一百二十八元五角。", "closing": Closing.PERFORMED}
    town.act(complaints.record_agreement, officer, names["mediated"], **agreed)
    reason = {"ground": RefusalGround.R16_3, "text": "购买用于经营，不是生活消费。"}
    town.act(complaints.refuse_complaint, officer, names["not_accepted"], **reason)


def _group(city: City, shop: Shop) -> None:
    """Three people together: representatives who lead, a matter that waits for the third, two at the bureau."""
    town, names = city.town, city.names
    people = [town.person(name) for name in ("chen-yi", "lin-er", "wu-san")]
    city.people |= {"leader": people[0], "follower": people[2]}
    asked = {"nature": Nature.PREPAID, "facts": "十一月在店里办的储值卡，换了老板以后余额都不认。"}
    numbers = [town.request(shop, one, **asked) for one in people]
    names["group_leader"], names["group_follower"] = numbers[0], numbers[2]
    about = "十一月在这家店办的储值卡，换了老板以后余额都不认。"
    code = town.act(groups.open_group, people[0].actor(), numbers[0], about=about).code
    names["group_code"] = code
    for one, number in zip(people[1:], numbers[1:], strict=True):
        town.act(groups.join, one.actor(), number, code=code)
    text = "我们推选以上两位和商家联系。"
    town.act(groups.lay, people[0].actor(), numbers[0], matter=Matter.ELECTION, text=text, candidates=[1, 2])
    town.act(groups.answer, people[1].actor(), numbers[1], 1, agree=True)
    for number in numbers[:2]:
        town.act(complaints.refuse, city.people["member"].actor(), number, text="新老板没有义务承担。")
    together = "商家不同意退余额，请大家一起转市场监管部门。"
    town.act(groups.lay, people[1].actor(), numbers[1], matter=Matter.ESCALATE, text=together)
    for one, number in zip(people[:2], numbers[:2], strict=True):
        town.act(groups.answer, one.actor(), number, 2, agree=True, identity=IDENTITY)
    found = town.act(complaint_queries.complaint_numbers, [_id_of(city, numbers[0])])
    names["group_complaint"] = next(iter(found.values()))


def _id_of(city: City, case_no: str) -> str:
    """Of a settlement request."""
    with city.town.app.app_context(), unit_of_work(read_only=True):
        return str(session().scalars(sa.select(Settlement.id).filter_by(case_no=case_no)).one())


def _refused(city: City, shop: Shop, consumer: Browser) -> str:
    number = city.town.request(shop, consumer)
    city.town.act(complaints.say, consumer.actor(), number, text="小票找不到了，付款记录可以吗？")
    city.town.act(complaints.refuse, city.people["member"].actor(), number, text="小票丢了，没有办法退货。")
    return number


def _standings(city: City, shops: list[Shop]) -> None:
    """One shop in each standing, and a proposal at each stage."""
    town, names = city.town, city.names
    first, second, member = (city.people[who].actor() for who in ("officer", "second", "member"))
    valid, rectify, suspended, revoked, proposed, replied, voided = shops
    for standing, shop in (("valid", valid), ("rectify", rectify), ("suspended", suspended), ("revoked", revoked)):
        names[standing] = shop.token
    names["voided"], names["certificate"], names["revoked_no"] = (
        voided.token,
        valid.certificate_no,
        revoked.certificate_no,
    )
    names["suspended_no"] = suspended.certificate_no
    names["rectify_no"] = rectify.certificate_no
    town.act(supervision.rectify, first, rectify.certificate_no, ground=Ground.G13_STANDARD_NOT_MET)
    town.act(supervision.suspend, first, suspended.certificate_no, ground=Ground.G01_PENALTY)
    numbers = {shop.name: city.office.proposal(shop, city.people["officer"]) for shop in (revoked, proposed, replied)}
    for shop in (revoked, replied):
        town.act(supervision.reply, member, numbers[shop.name], text="已经逐件补办，以后按时答复，请求不予撤销。")
    grounds = "多次不答复，经催告仍不改正，决定撤销。"
    town.act(supervision.decide, second, numbers[revoked.name], revoke=True, text=grounds)
    names["removal_revoked"] = numbers[revoked.name]
    names["removal_waiting"], names["removal_replied"] = numbers[proposed.name], numbers[replied.name]
    town.act(badges.void_plate, first, f"{voided.certificate_no}-01", "cloned")
    values = {"placement": Placement.TABLE, "count": 3, "labels": ["7号桌", "8号桌", "9号桌"]}
    order = town.act(orders.order_for_unit, member, valid.certificate_no, **values)
    town.act(orders.issue_piece, order.id)
    names["plate_order"], names["lost"] = order.number, f"{valid.certificate_no}-02"
    town.act(orders.report_loss, member, names["lost"], reason=VoidReason.LOST, replace=True)


def _ratings(city: City, shop: Shop) -> None:
    """Enough for a score; the consumer's own has words."""
    town = city.town
    with town.app.app_context(), unit_of_work(read_only=True):
        ticket = tickets.issue(plates.by_token(shop.token).plate.id)
    people = [city.people["consumer"], *(town.person(f"ping-jia-{number}") for number in range(5))]
    for stars, person in zip((4, 5, 5, 4, 2, 1), people, strict=True):
        words = "鱼丸很新鲜，价格也标得清楚。" if stars == 4 else ""
        rated = town.act(ratings.rate, person.actor(), visit_ticket=ticket, stars=stars, facets={}, text=words)
        with town.app.app_context():
            ratings.moderate({"rating_id": rated.id})


def _reviews(city: City, shop: Shop) -> None:
    """A published report, a visit at each stage, and a campaign that is only prepared."""
    town, names = city.town, city.names
    council, volunteer = city.people["council"].actor(), city.people["volunteer"]
    for stage in ("published", "started", "assigned", "preparing"):
        values = {"category": Category.SCENIC_AREA, "sample_size": 1, "checklist": CHECKLIST}
        number = str(town.act(reviews.create, council, title=f"景区明码标价体验（{stage}）", **values).number)
        names[f"campaign_{stage}"] = number
        if stage == "preparing":
            break
        town.act(reviews.draw, council, number)
        visit = _newest_visit(city, volunteer)
        names[f"visit_{stage}"] = visit
        path = f"/volunteer/{visit}"
        if stage in ("published", "started"):
            volunteer.done(path, f"{path}/start", {"form_scope": "start", "badge": shop.token})
        if stage == "published":
            answers = {"answer_0": "pass", "answer_1": "fail", "answer_2": "na", "remark": "电话被海报挡住了。"}
            volunteer.done(path, f"{path}/submit", {"form_scope": "review", **answers})
            town.act(reviews.close, council, number)
            summary = "多数店标价清楚，联络站电话常被挡住。"
            town.act(reviews.publish, council, number, summary=summary)


def _genuineness(city: City, shops: list[Shop]) -> None:
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


def _reports(city: City, shop: Shop) -> None:
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


def _newest_visit(city: City, volunteer: Browser) -> str:
    with city.town.app.app_context(), unit_of_work(read_only=True):
        return max(visit.number for visit in review_queries.visits(volunteer.actor()) if visit.state == "assigned")


def _public_record(city: City, shops: list[Shop]) -> None:
    """The shop front, everything that can be published about a unit, and a photo and a reply that wait."""
    town = city.town
    county, council, member = (city.people[who].actor() for who in ("county", "council", "member"))
    shop, eatery = shops[0].certificate_no, shops[1].certificate_no
    noisy = Image.effect_noise((1600, 1200), 80).convert("RGB")
    held = io.BytesIO()
    noisy.save(held, "JPEG")
    for number in (shop, eatery):
        town.act(public_record.send_photo, county, number, public_record.prepare(photos.clean(held.getvalue())))
    today = date(2026, 11, 26)
    entry = {
        "decided_on": today,
        "source_url": "https://scjgj.example.gov.cn/1",
        "shown_until": today + timedelta(days=90),
    }
    published = [
        town.act(public_record.publish, actor, shop, kind=kind, text=text, **entry).number
        for actor, kind, text in (
            *(
                (county, EntryKind.PENALTY, f"第 {number} 次抽检发现商品没有明码标价，责令改正，罚款 500 元。")
                for number in range(4)
            ),
            (council, EntryKind.WARNING, "近期收到多件储值卡退款慢的反映，请看清条款。" * 8),
        )
    ]
    town.act(public_record.withdraw, county, published[0], reason="处罚决定经行政复议撤销。")
    for about, text in ((published[4], "退款已经改为当天办理。" * 20), ("", "谢谢大家的意见，已经加开一个收银台。")):
        reply = town.act(public_record.send_reply, member, shop, text=text, about=about)
        town.act(public_record.decide_reply, county, reply.number, show=True)
    for kind, level in ((GradeKind.YEAR, GradeLevel.EXCELLENT), (GradeKind.INSPECTION, GradeLevel.FAIR)):
        source = "鹿城区市场监管局年度评定"
        town.act(public_record.record_grade, county, eatery, kind=kind, level=level, graded_on=today, source=source)
    town.act(public_record.send_photo, member, shop, public_record.prepare(photos.clean(held.getvalue())))
    town.act(public_record.send_reply, member, shop, text="有两条评价说的是隔壁店。")
    objection = "反映退款慢的是同一幢楼里另一家店办的卡，我店不办储值卡，请核对后更正。"
    for about in (published[2], published[4]):
        town.act(public_record.raise_objection, member, shop, about=about, text=objection)
    kitchen = "https://chufang.example.com/wenzhou/lucheng/2026/jiangxin-haixian/kitchen/12?camera=3"
    for place in (kitchen, f"{kitchen}4"):
        link = town.act(public_record.send_kitchen, member, eatery, url=place)
        if place == kitchen:
            town.act(public_record.decide_kitchen, county, link.number, show=True)


def _office(city: City, shop: Shop) -> None:
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


def path_of(template: str, names: dict[str, str]) -> str:
    """The address of a page, its placeholders filled in."""
    return re.sub(r"\{(\w+)\}", lambda found: names[found[1]], template)
