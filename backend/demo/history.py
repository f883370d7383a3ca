"""What happened in the demonstration's past: ratings, disputes that ended in every way, measures, an experience review."""

import random
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from backend.access.actor import Actor, Role
from backend.badges import queries as badges
from backend.certification.rules import Ground
from backend.complaints import service as complaints
from backend.complaints.rules import Closing, Nature, Offer, RefusalGround, TerminationGround
from backend.experience_reviews import queries as visits
from backend.experience_reviews import service as reviews
from backend.infrastructure import current
from backend.infrastructure.database import unit_of_work
from backend.kernel.errors import DomainError
from backend.merchants import queries as merchants
from backend.merchants.model import Unit
from backend.merchants.rules import Category
from backend.ratings import service as ratings
from backend.supervision import service as supervision

from . import genuineness, later_stories, people, records, texts
from .cast import HOUR, Shop
from .filing import escalated, lodged, submitted, ticket
from .scene import Story, act
from .sweeping import sweeps

_DAYS = 100
_RATED_UNITS, _RATINGS, _DISPUTES = 20, 180, 36


def choose_shops() -> list[Shop]:
    """Units of the old town whose certificates stand throughout, the same ones each time."""
    with unit_of_work(read_only=True):
        found = [unit for category in Category for unit in merchants.search("", category, "330302").units]
        return [shop for shop in map(_shop, sorted(found, key=lambda unit: unit.id)) if shop][: 2 * _RATED_UNITS]


def stories(start: datetime, staff: dict[str, dict[str, str]], shops: list[Shop]) -> Iterator[tuple[datetime, Story]]:
    """Everything that happens, with the instant at which it begins; the first day is `start`.

    shops   the first one is the one with the richest history
    """
    chance = random.Random(54)  # noqa: S311  (a sample, not a secret)
    consumers = [people.person(name) for name in ("guke-chen", "guke-lin", *(f"guke-{n}" for n in range(14)))]
    members = {
        shop.station_id: people.with_role("zhan-wang", Role.STATION_MEMBER, shop.station_id) for shop in shops[:3]
    }
    for shop in shops[3:]:
        members.setdefault(shop.station_id, people.with_role("zhan-li", Role.STATION_MEMBER, shop.station_id))
    for name in ("zhiyuan-zhao", "zhiyuan-sun"):
        people.with_role(name, Role.VOLUNTEER)
    lucheng, first, second = (people.officer(staff, name) for name in ("lucheng", "shiju1", "shiju2"))

    def moment() -> datetime:
        return start + timedelta(days=chance.uniform(0, _DAYS - 1))

    for _ in range(_RATINGS):
        shop = shops[min(int(chance.expovariate(0.15)), min(_RATED_UNITS, len(shops)) - 1)]
        yield moment(), _rating(chance.choice(consumers), shop, chance.choice(texts.RATINGS))
    courses: tuple[Callable[..., Story], ...] = (
        _settled,
        _mediated,
        _unanswered,
        _refused_and_ended,
        _not_accepted,
        _tested,
    )
    for number in range(_DISPUTES):
        shop = shops[number % min(12, len(shops))]
        consumer = consumers[number % len(consumers)]
        course = courses[number % len(courses)]
        yield (
            moment(),
            course(
                consumer, members[shop.station_id], lucheng, shop, texts.fitting(texts.DISPUTES, number, shop.category)
            ),
        )
    late = start + timedelta(days=_DAYS - 6)
    for number, course in enumerate(courses[:4]):
        shop, consumer = shops[number % 3], consumers[number % 2]
        dispute = texts.fitting(texts.DISPUTES, -1 - number, shop.category)
        yield late + number * 30 * HOUR, course(consumer, members[shop.station_id], lucheng, shop, dispute)
    yield start + timedelta(days=90), _rectified(lucheng, shops[-1])
    yield start + timedelta(days=80), _suspended(lucheng, shops[-2])
    yield start + timedelta(days=40), _revoked(first, second, shops[-3])
    yield start + timedelta(days=30), _campaign(people.officer(staff, "xiaobaowei"), published=True)
    yield start + timedelta(days=96), _campaign(people.officer(staff, "xiaobaowei"), published=False)
    yield from genuineness.stories(start, lucheng, people.officer(staff, "xiaobaowei"), copied_plates(shops))
    held = [(shop.unit_id, shop.certificate_no) for shop in shops]
    yield start + 3 * HOUR, records.photographed(first, held)
    yield start + timedelta(days=20), records.graded(first, held)
    punished = records.punished_and_answered(lucheng, members[shops[0].station_id], shops[0].certificate_no)
    yield start + timedelta(days=70), punished
    yield start + timedelta(days=85), records.warned(people.officer(staff, "xiaobaowei"), shops[0].certificate_no)
    fresh = records.waiting(members[shops[1].station_id], shops[1].unit_id, shops[1].certificate_no)
    yield start + timedelta(days=99), fresh
    objected = records.objected(members[shops[0].station_id], shops[0].unit_id, shops[0].certificate_no)
    yield start + timedelta(days=98), objected
    for eatery in [shop for shop in shops if shop.category is Category.RESTAURANT][:1]:
        watched = records.watched(lucheng, members[eatery.station_id], eatery.certificate_no)
        yield start + timedelta(days=60), watched
    yield from later_stories.stories(start, staff, shops, members)
    yield start + 2 * HOUR, sweeps()


def copied_plates(shops: list[Shop]) -> tuple[str, str]:
    """Tokens of the plates that are copied: one is voided for it, so nobody may be sent there on a visit."""
    between = [shop for shop in shops[3:-3] if shop.category not in {Category.RESTAURANT, Category.COSMETICS}]
    *_, suspected, copied = sorted(between, key=lambda shop: shop.category in {Category.SHOP, Category.MARKET})
    return copied.token, suspected.token


def _shop(unit: Unit) -> Shop | None:
    plates = badges.plates_of_unit(unit.id)
    scanned = badges.by_token(badges.token_of(plates[0]))
    if scanned.standing.value != "VALID":
        return None
    certificate = scanned.shown.sections["certificate"]
    if date.fromisoformat(certificate["valid_until"]) < current.today() + timedelta(days=2 * _DAYS):
        return None
    return Shop(unit.id, unit.station_id, certificate["number"], badges.token_of(plates[0]), unit.category)


def _rating(consumer: Actor, shop: Shop, said: tuple[int, str]) -> Story:
    stars, text = said
    facets = {"safety": stars, "quality": stars, "price": None, "service": min(stars + 1, 5), "redress": None}
    try:
        act(ratings.rate, consumer, visit_ticket=ticket(shop.token), stars=stars, facets=facets, text=text)
    except DomainError:
        return  # the same person rated the same unit within 30 days
    yield HOUR


def _settled(consumer: Actor, member: Actor, _officer: Actor, shop: Shop, said: texts.Dispute) -> Story:
    number = submitted(consumer, shop, said)
    yield 9 * HOUR
    offer: dict[str, Any] = {"kind": Offer.REFUND, "amount_fen": said.amount_fen, "text": "请带小票来店里，当场退款。"}
    if not said.amount_fen:
        offer = {"kind": Offer.APOLOGISE, "amount_fen": 0, "text": "当班经理当面道歉，并更正公示牌。"}
    made = act(complaints.offer, member, number, **offer, perform_by=None)
    yield 20 * HOUR
    act(complaints.accept_offer, consumer, number, offer=made.offer_stamp)
    yield 30 * HOUR
    act(complaints.confirm_performed, consumer, number)


def _mediated(consumer: Actor, member: Actor, officer: Actor, shop: Shop, said: texts.Dispute) -> Story:
    yield from escalated(consumer, member, shop, said)
    number = lodged(consumer)
    yield 40 * HOUR
    act(complaints.accept_complaint, officer, number)
    yield timedelta(days=12)
    act(complaints.answer_consent, consumer, number, agree=True)
    act(complaints.answer_consent, member, number, agree=True)
    agreed = "商家退还货款，并赔偿往返交通费 50 元，当场履行。"
    act(complaints.record_agreement, officer, number, text=agreed, closing=Closing.PERFORMED)


def _refused_and_ended(consumer: Actor, member: Actor, officer: Actor, shop: Shop, said: texts.Dispute) -> Story:
    yield from escalated(consumer, member, shop, said)
    number = lodged(consumer)
    yield 20 * HOUR
    act(complaints.accept_complaint, officer, number)
    yield timedelta(days=20)
    reason = "经两次组织调解，双方对责任认定分歧较大，经营者明确表示不能达成协议。"
    act(complaints.terminate, officer, number, ground=TerminationGround.T23_3, text=reason)
    yield timedelta(days=2)
    act(complaints.serve_notice, officer, number)


def _not_accepted(consumer: Actor, member: Actor, officer: Actor, shop: Shop, said: texts.Dispute) -> Story:
    yield from escalated(consumer, member, shop, said)
    number = lodged(consumer)
    yield 50 * HOUR
    reason = "提供的材料不能证明在该单位消费，经告知后没有补正。"
    act(complaints.refuse_complaint, officer, number, ground=RefusalGround.R16_5, text=reason)


def _tested(consumer: Actor, member: Actor, officer: Actor, shop: Shop, said: texts.Dispute) -> Story:
    yield from escalated(consumer, member, shop, said)
    number = lodged(consumer)
    yield 30 * HOUR
    act(complaints.accept_complaint, officer, number)
    yield timedelta(days=5)
    act(complaints.pause_for_testing, officer, number)
    yield timedelta(days=200)


def _unanswered(consumer: Actor, _member: Actor, _officer: Actor, shop: Shop, said: texts.Dispute) -> Story:
    submitted(consumer, shop, said, file_for_me=said.nature is Nature.SAFETY)
    yield HOUR


def _rectified(officer: Actor, shop: Shop) -> Story:
    act(supervision.rectify, officer, shop.certificate_no, ground=Ground.G13_STANDARD_NOT_MET)
    yield HOUR


def _suspended(officer: Actor, shop: Shop) -> Story:
    act(supervision.suspend, officer, shop.certificate_no, ground=Ground.G01_PENALTY)
    yield HOUR


def _revoked(first: Actor, second: Actor, shop: Shop) -> Story:
    statement = "半年内三次不履行和解约定，经书面催告仍不改正。"
    proposed = act(
        supervision.propose, first, shop.certificate_no, ground=Ground.G08_NOT_PERFORMED, statement=statement
    )
    yield timedelta(days=25)
    act(supervision.decide, second, proposed.case_no, revoke=True, text="事实清楚，单位没有陈述申辩，决定撤销证书。")


def _campaign(council: Actor, *, published: bool) -> Story:
    title = "餐饮店放心消费体验" if published else "化妆品店明码标价体验"
    category = Category.RESTAURANT if published else Category.COSMETICS
    made = act(reviews.create, council, title=title, category=category, sample_size=6, checklist=list(texts.CHECKLIST))
    yield HOUR
    act(reviews.draw, council, made.number)
    yield timedelta(days=2)
    for name in ("zhiyuan-zhao", "zhiyuan-sun"):
        volunteer = people.person(name)
        with unit_of_work(read_only=True):
            mine = [
                (visit.number, badges.token_of(badges.plates_of_unit(visit.unit_id)[0]))
                for visit in visits.visits(volunteer)
                if visit.campaign_id == made.id and visit.state == "assigned"
            ]
        for number, token in mine if published else mine[:1]:
            act(reviews.start, volunteer, number, visit_ticket=ticket(token))
            yield 2 * HOUR
            answers = ["pass", "pass", "fail", "pass", "na"]
            act(reviews.submit, volunteer, number, answers=answers, remark="店员态度好，联络站电话被海报挡住了。")
            yield 20 * HOUR
    if published:
        act(reviews.close, council, made.number)
        yield timedelta(days=3)
        summary = (
            "本次随机抽取 6 家餐饮店，由志愿者到店体验。多数店明码标价、能开发票；联络站电话公示不够醒目，已提醒改进。"
        )
        act(reviews.publish, council, made.number, summary=summary)
