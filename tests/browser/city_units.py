"""How the units of the browsers' city stand: measures, ratings, reviews, the public record, applications."""

import io
from datetime import date, timedelta

from PIL import Image

from backend.badges import orders, tickets
from backend.badges import queries as plates
from backend.badges import service as badges
from backend.badges.rules import Placement, VoidReason
from backend.certification.rules import Ground
from backend.experience_reviews import queries as review_queries
from backend.experience_reviews import service as reviews
from backend.infrastructure import photos
from backend.infrastructure.database import unit_of_work
from backend.merchants.rules import Category
from backend.public_record import service as public_record
from backend.public_record.rules import EntryKind, GradeKind, GradeLevel
from backend.ratings import service as ratings
from backend.supervision import service as supervision
from tests.applications.making import applied, ends_soon, objected
from tests.browser.city import City
from tests.enrolments.asking import asked, entered
from tests.pages.town import Browser, Shop

CHECKLIST = ["价格标得清楚", "店里能看到联络站电话", "愿意开发票"]


def enrolments(city: City) -> None:
    """A shop that waits to be entered in the register, and one that was."""
    town, names, officer = city.town, city.names, city.people["county"].actor()
    names["enrolment"] = asked(town, city.people["consumer"])
    names["enrolment_entered"] = asked(town, city.people["consumer"], "91330302MA2ENR0104", unit_name="瓯北书店")
    entered(town, names["enrolment_entered"], officer)


def applications(city: City) -> None:
    """A draft, one to confirm, one under public notice that somebody objects to."""
    town, names, first = city.town, city.names, city.people["county"].actor()
    for state in ("draft", "examined", "public_notice"):
        names[f"application_{state}"] = applied(town, ends_soon(town, _RENEWING[state]), state, first)
    names["application_objection"] = objected(town, names["application_public_notice"])


_RENEWING = {"draft": "松台书店", "examined": "蝉街眼镜店", "public_notice": "信河街鞋店"}


def standings(city: City, shops: list[Shop]) -> None:
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


def ratings_of(city: City, shop: Shop) -> None:
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


def reviews_of(city: City, shop: Shop) -> None:
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


def _newest_visit(city: City, volunteer: Browser) -> str:
    with city.town.app.app_context(), unit_of_work(read_only=True):
        return max(visit.number for visit in review_queries.visits(volunteer.actor()) if visit.state == "assigned")


def public_record_of(city: City, shops: list[Shop]) -> None:
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
