"""Records that exist, for tries that should reach the work: every kind of case, in the hands of the callers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import schemathesis

from backend.access.actor import Role
from backend.authenticity import service as authenticity
from backend.badges import queries as badges
from backend.badges import tickets
from backend.complaints import queries as disputes
from backend.complaints import service as complaints
from backend.complaints.rules import ConsentWay, Party, Subject
from backend.consumer_warnings import service as warnings
from backend.emergencies import service as emergencies
from backend.emergencies.rules import Emergency
from backend.experience_reviews import queries as visits
from backend.experience_reviews import service as reviews
from backend.feedback import service as feedback
from backend.feedback.rules import Kind
from backend.group_complaints import service as groups
from backend.group_complaints.rules import Matter
from backend.infrastructure import photos
from backend.infrastructure.database import unit_of_work
from backend.inquiries import service as inquiries
from backend.joint_meeting import service as joint_meeting
from backend.merchants.rules import Category
from backend.public_record import service as public_record
from backend.public_record.rules import EntryKind
from backend.ratings import service as ratings
from backend.ratings.rules import FACETS
from backend.reports import service as reports
from backend.reports.rules import Suspicion
from backend.retaliation import service as retaliations
from backend.retaliation.rules import Act
from tests.api.application_records import make_applications
from tests.api.callers import Callers, Operation
from tests.pages.town import Shop
from tests.scene import picture


@dataclass(frozen=True)
class Records:
    """Values that name something: "first segment/parameter" of an address, or a body's field → which to choose from."""

    known: Mapping[str, Sequence[str]]

    def put_into(self, case: schemathesis.Case, operation: Operation, pick: int) -> None:
        """Let the case speak of something that exists."""
        segment = operation.template.split("/")[3]
        for name in operation.parameters:
            choice = self.known.get(f"{segment}/{name}", self.known.get(name))
            if choice and isinstance(case.path_parameters, dict):
                case.path_parameters[name] = choice[pick % len(choice)]
        if isinstance(case.body, dict):
            for name in case.body:
                choice = self.known.get(name)
                if choice and isinstance(case.body[name], str):
                    case.body[name] = choice[pick % len(choice)]


def make_records(callers: Callers) -> Records:
    """Settlements in three states, a complaint, a proposal, a campaign with its visit, a rating, notices, staff."""
    town, office, shop = callers.town, callers.office, callers.shop
    consumer, member, volunteer = (
        callers.browser(role) for role in (Role.CONSUMER, Role.STATION_MEMBER, Role.VOLUNTEER)
    )
    officer, council = callers.browser(Role.COUNTY_OFFICER), callers.browser(Role.COUNCIL)
    settlements = [town.request(shop, consumer), town.offered(shop, member, consumer), town.request(shop, consumer)]
    offered = town.act(disputes.by_number, settlements[1]).offer_stamp
    town.act(complaints.refuse, member.actor(), settlements[2], text="小票丢了，没有办法退货。")
    received, accepted = (office.complaint(town.shop(name), consumer) for name in ("江心海鲜", "五马糕点"))
    town.act(complaints.accept_complaint, officer.actor(), accepted)
    town.act(joint_meeting.propose, officer.actor(), accepted, why="牵涉预付款和消防两件事。")
    delegated = office.complaint(town.shop("江滨茶室"), consumer)
    town.act(complaints.accept_complaint, officer.actor(), delegated)
    for party in Party:
        noted = {"party": party, "agree": True, "way": ConsentWay.PHONE, "subject": Subject.DELEGATION}
        town.act(complaints.note_consent, officer.actor(), delegated, **noted)
    delegation = town.act(complaints.delegate, officer.actor(), delegated, text="双方都愿意由消保委调解。").case_no
    group_code = town.act(groups.open_group, consumer.actor(), settlements[0], about="这家店卖的电饭煲都不通电。").code
    neighbour = town.person("lin-ju")
    beside = town.request(shop, neighbour)
    town.act(groups.join, neighbour.actor(), beside, code=group_code)
    text = "我们推选一号和商家联系。"
    town.act(groups.lay, consumer.actor(), settlements[0], matter=Matter.ELECTION, text=text, candidates=[1])
    town.act(groups.answer, neighbour.actor(), beside, 1, agree=True)
    proposal = office.proposal(shop, officer)
    campaign = town.act(
        reviews.create,
        council.actor(),
        title="明码标价体验",
        category=Category.SHOP,
        sample_size=1,
        checklist=["有价签"],
    ).number
    town.act(reviews.draw, council.actor(), campaign)
    second = town.act(
        reviews.create, council.actor(), title="小票体验", category=Category.SHOP, sample_size=1, checklist=["有小票"]
    ).number
    with town.app.app_context(), unit_of_work(read_only=True):
        visit = visits.visits(volunteer.actor())[0].number
        plate = badges.by_token(shop.token).plate
        ticket, serial = tickets.issue(plate.id), plate.serial
    rating = town.act(
        ratings.rate,
        consumer.actor(),
        facets=dict.fromkeys(FACETS),
        visit_ticket=ticket,
        stars=5,
        text="老板很耐心。",
        purchase_no=None,
    ).number
    entries, photos, replies = _public_record(callers, shop)
    colleague = office.colleague(Role.CITY_OFFICER)
    suspected = [
        town.act(authenticity.open_case, officer.actor(), _serial(callers, name))
        for name in ("南塘茶餐厅", "信河街茶楼")
    ]
    town.act(authenticity.check, officer.actor(), suspected[1].case_no)
    reported = [town.act(authenticity.report_fake, county_code="330302", place="公园路 9 号一楼") for _ in range(2)]
    told = {"suspicion": Suspicion.FOOD, "target_name": "江滨小吃店", "county_code": "330302", "phone": "13912345678"}
    filed = [town.act(reports.file_report, facts="后厨用过期的调味料，冰箱里有三袋。", **told) for _ in range(3)]
    town.act(reports.verify, officer.actor(), filed[1].report.case_no)
    emergency = town.act(
        emergencies.raise_emergency, kind=Emergency.INJURY, what="有人从扶梯上摔下来。", token=shop.token
    )
    query = {"body": "330302", "subject": "预付卡备案情况", "question": "请说明今年以来的检查情况。"}
    queries = [town.act(inquiries.ask, council.actor(), **query).case_no for _ in range(2)]
    about = {"case_no": settlements[0], "acts": [Act.THREATENED], "what": "店主说再投诉就不客气。"}
    retaliation = [town.act(retaliations.tell, consumer.actor(), **about).case.case_no for _ in range(2)]
    town.act(retaliations.take, callers.browser(Role.CITY_OFFICER).actor(), retaliation[1])
    days = {"from_on": date(2026, 11, 23), "until_on": date(2026, 12, 31), "counties": [], "categories": []}
    warned = town.act(
        warnings.publish, council.actor(), title="年底充值办卡先问清怎么退", text="充值前先问清余额怎么退。", **days
    )
    said = town.act(feedback.send, consumer.actor(), kind=Kind.IDEA, text="希望能按街道查。").feedback
    known = town.act(
        authenticity.add_known_fake,
        council.actor(),
        title="“第三届放心消费示范单位”铜牌",
        words=["第三届放心消费示范单位"],
        telling="没有编号和二维码。",
        source="消费者权益保护委员会提示",
    )
    return Records(
        {
            **make_applications(callers),
            "settlements/case_no": settlements,
            "complaints/case_no": [received, accepted],
            "complaints/reference": ["1-1"],
            "offer": [offered],
            "delegations/case_no": [delegation],
            "group-codes/code": [group_code],
            "code": [group_code],
            "settlements/proposal": ["1"],
            "removals/case_no": [proposal],
            "certificates/number": [shop.certificate_no],
            "units/number": [shop.certificate_no],
            "public-entries/number": entries,
            "shop-photos/number": photos,
            "unit-replies/number": replies,
            "campaigns/number": [campaign, second],
            "visits/number": [visit],
            "ratings/number": [rating],
            "clone-cases/case_no": [case.case_no for case in suspected],
            "fake-plaque-reports/case_no": [received.report.case_no for received in reported],
            "clones/case_no": [case.case_no for case in suspected],
            "fake-plaques/case_no": [received.report.case_no for received in reported],
            "known-fakes/number": [known.number],
            "tip-offs/case_no": [one.report.case_no for one in filed],
            "inquiries/case_no": queries,
            "retaliations/case_no": retaliation,
            "retaliation/case_no": retaliation,
            "consumer-warnings/number": [warned.number],
            "feedback/number": [said.number],
            "emergencies/case_no": [emergency.case_no],
            "into": [filed[0].report.case_no],
            "of": [filed[0].report.case_no],
            "purpose": ["location", "rating_publication"],
            "serial": [serial],
            "kind": ["png", "pdf"],
            "account_id": [colleague.account_id],
            "token": [shop.token],
            "visit_ticket": [ticket],
            "certificate_no": [shop.certificate_no],
            "role": ["city_officer", "volunteer"],
        }
    )


def _public_record(callers: Callers, shop: Shop) -> tuple[list[str], list[str], list[str]]:
    """Numbers of a penalty that is shown, of a photo that waits, and of a reply that waits."""
    town, officer = callers.town, callers.browser(Role.CITY_OFFICER).actor()
    member = callers.browser(Role.STATION_MEMBER).actor()
    today = date(2026, 11, 23)
    penalty = town.act(
        public_record.publish,
        officer,
        shop.certificate_no,
        kind=EntryKind.PENALTY,
        text="销售的电热水壶经抽检不合格，罚款 5000 元。",
        decided_on=today,
        source_url="https://scjgj.example.gov.cn/penalties/118",
        shown_until=today + timedelta(days=90),
    ).number
    photo = town.act(
        public_record.send_photo, member, shop.certificate_no, public_record.prepare(photos.clean(picture()))
    ).number
    reply = town.act(public_record.send_reply, member, shop.certificate_no, text="已经全部下架。").number
    return [penalty], [photo], [reply]


def _serial(callers: Callers, name: str) -> str:
    """The serial of a new shop's plate."""
    shop = callers.town.shop(name)
    with callers.app.app_context(), unit_of_work(read_only=True):
        return badges.by_token(shop.token).plate.serial
