"""What stands on the public record of the demonstration's units: shop fronts, grades, a penalty with a reply, a warning."""

from datetime import timedelta
from typing import Any

from backend.access.actor import Actor
from backend.infrastructure import current, photos
from backend.merchants import queries as merchants
from backend.merchants.rules import Category
from backend.public_record import queries
from backend.public_record import service as public_record
from backend.public_record.rules import EntryKind, GradeKind, GradeLevel

from .scene import Story, act
from .shop_fronts import shop_front

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_SOURCE = "https://scjgj.wenzhou.example.gov.cn/gongshi"


def photographed(officer: Actor, certificates: list[tuple[str, str]]) -> Story:
    """Officers put up a shop front of every unit. certificates: pairs (unit id, certificate number)"""
    for unit_id, number in certificates:
        unit = act(merchants.unit, unit_id)
        act(
            public_record.send_photo,
            officer,
            number,
            public_record.prepare(photos.clean(shop_front(unit.name, unit.category))),
        )
    yield _HOUR


def graded(officer: Actor, certificates: list[tuple[str, str]]) -> Story:
    """Restaurants get the grade of the year, and one of an inspection later on."""
    levels = (GradeLevel.EXCELLENT, GradeLevel.GOOD, GradeLevel.EXCELLENT, GradeLevel.FAIR)
    eateries = [
        number for unit_id, number in certificates if act(merchants.unit, unit_id).category is Category.RESTAURANT
    ]
    for kind, source, pause in (
        (GradeKind.YEAR, "鹿城区市场监管局年度评定", 40 * _DAY),
        (GradeKind.INSPECTION, "鹿城区市场监管局日常检查", _HOUR),
    ):
        for place, number in enumerate(eateries):
            level = levels[(place + (kind is GradeKind.INSPECTION)) % len(levels)]
            values: dict[str, Any] = {"kind": kind, "level": level, "source": source}
            act(public_record.record_grade, officer, number, graded_on=current.today() - 3 * _DAY, **values)
        yield pause


def punished_and_answered(officer: Actor, member: Actor, number: str) -> Story:
    """A small penalty, and what the unit has to say."""
    text = "两款商品没有明码标价，责令改正，罚款 500 元。"
    penalty = _published(officer, number, EntryKind.PENALTY, text, days=90)
    yield 30 * _HOUR
    words = "当天已经补上价签，并安排专人每天开门前检查一遍。给大家添了麻烦，谢谢监督。"
    reply = act(public_record.send_reply, member, number, text=words, about=penalty)
    yield 20 * _HOUR
    act(public_record.decide_reply, officer, reply.number, show=True)
    yield _DAY
    thanks = "周末排队时间长的问题，从这个月起加开一个收银台。"
    answer = act(public_record.send_reply, member, number, text=thanks)
    yield 5 * _HOUR
    act(public_record.decide_reply, officer, answer.number, show=True)


def warned(council: Actor, number: str) -> Story:
    """The council warns."""
    text = "近期收到多件储值卡退款慢的反映，请看清条款，不要一次充值太多。"
    _published(council, number, EntryKind.WARNING, text, days=180)
    yield _HOUR


def watched(officer: Actor, member: Actor, number: str) -> Story:
    """A restaurant's kitchen can be watched."""
    link = act(public_record.send_kitchen, member, number, url="https://chufang.example.com/wenzhou/12")
    yield 5 * _HOUR
    act(public_record.decide_kitchen, officer, link.number, show=True)


def objected(member: Actor, unit_id: str, number: str) -> Story:
    """The station objects to the warning; nobody has checked it yet."""
    warning = next(one for one in act(queries.entries, unit_id) if one.kind is EntryKind.WARNING)
    text = "反映退款慢的是同一幢楼里另一家店办的卡，我店不办储值卡，请核对后更正。"
    act(public_record.raise_objection, member, number, about=warning.number, text=text)
    yield _HOUR


def waiting(member: Actor, unit_id: str, number: str) -> Story:
    """A station's photo and reply that nobody has looked at yet."""
    unit = act(merchants.unit, unit_id)
    act(
        public_record.send_photo,
        member,
        number,
        public_record.prepare(photos.clean(shop_front(f"{unit.name}新店招", unit.category))),
    )
    act(public_record.send_reply, member, number, text="有两条评价说的是隔壁店，我们已经在门口加了指示牌。")
    yield _HOUR


def _published(actor: Actor, number: str, kind: EntryKind, text: str, *, days: int) -> str:
    today = current.today()
    values = {"kind": kind, "text": text, "decided_on": today - 5 * _DAY, "shown_until": today + days * _DAY}
    return str(act(public_record.publish, actor, number, source_url=f"{_SOURCE}/{today:%Y%m%d}", **values).number)
