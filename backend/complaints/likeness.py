"""Which disputes are like one another, and what is known of who brings them: facts for the officer, never a score.

source: Order 121 §16(2) for the same dispute; §17 for what an officer weighs when it is in doubt that somebody bought for daily life
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.infrastructure.scoping import visible
from backend.infrastructure.sealing import blind_index

from .model import Complainant, Complaint, Settlement

#: Within which another dispute with the same unit may be the same one. source: feature 56 of the domain reference; ours
WINDOW = timedelta(days=90)
_YEAR = timedelta(days=365)
_MOST = 20


@dataclass(frozen=True)
class Like:
    """Another dispute that may be the same one, and in what it is alike."""

    settlement: Settlement
    complaint: Complaint | None
    because: tuple[str, ...]


@dataclass(frozen=True)
class Fact:
    """One thing that was counted, and what it says of itself."""

    label: str
    count: int
    note: str


def mark(text: str) -> bytes:
    """By which equal texts are found: what was typed without blanks and punctuation. The text cannot be read from it."""
    plain = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())
    return blind_index("dispute-facts", hashlib.sha256(plain.encode()).hexdigest())


def plain_order_no(typed: str | None) -> str | None:
    """An order number as it is kept and compared: without blanks, letters large. None for nothing typed"""
    kept = "".join(unicodedata.normalize("NFKC", typed or "").split()).upper()
    return kept or None


def address_index(address: str) -> bytes:
    """By which equal addresses are found."""
    plain = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", address).casefold())
    return blind_index("complainant-address", plain)


def like(settlement: Settlement) -> list[Like]:
    """Other disputes with the same unit, within ninety days before or after, of the same person, phone or order number."""
    held = session().get(Complainant, settlement.complainant_id) if settlement.complainant_id else None
    same_phone = Complainant.phone_index == held.phone_index if held else sa.false()
    same_order = Settlement.order_no == settlement.order_no if settlement.order_no else sa.false()
    same_person = Settlement.consumer_id == settlement.consumer_id
    statement = (
        sa.select(Settlement, Complaint, Complainant.phone_index)
        .outerjoin(Complaint, Complaint.settlement_id == Settlement.id)
        .outerjoin(Complainant, Complainant.id == Settlement.complainant_id)
        .where(
            Settlement.unit_id == settlement.unit_id,
            Settlement.id != settlement.id,
            Settlement.opened_at.between(settlement.opened_at - WINDOW, settlement.opened_at + WINDOW),
            sa.or_(same_person, same_phone, same_order),
        )
        .order_by(Settlement.opened_at.desc())
        .limit(_MOST)
    )
    found = []
    for other, complaint, phone in session().execute(statement):
        because = []
        if other.consumer_id == settlement.consumer_id:
            because.append("同一个人提的")
        if held is not None and phone == held.phone_index:
            because.append("电话相同")
        if settlement.order_no and other.order_no == settlement.order_no:
            because.append("订单号相同")
        if settlement.facts_mark is not None and other.facts_mark == settlement.facts_mark:
            because.append("写的经过相同")
        found.append(Like(other, complaint, tuple(because)))
    return found


@dataclass(frozen=True)
class Merged:
    """Complaints about one dispute: the one that this one is handled in, and those that are handled in this one."""

    into: Complaint | None
    others: Sequence[Complaint]


def merged(complaint: Complaint) -> Merged:
    """What a complaint was merged into or with, for who may read the complaint."""
    statement = sa.select(Complaint).where(Complaint.merged_into == complaint.id).order_by(Complaint.id)
    return Merged(_into(complaint), session().scalars(statement).all())


def own_into(complaint: Complaint) -> str | None:
    """The number of the author's own complaint in which this one is handled; None where it is nobody's or another's."""
    into = _into(complaint)
    return into.case_no if into and into.consumer_id == complaint.consumer_id else None


def own_with(actor: Actor, unit_id: str) -> list[Settlement]:
    """What the actor has already brought against a unit within ninety days, the newest first; requests taken back left out."""
    statement = sa.select(Settlement).where(
        visible(Settlement, actor, Action.SETTLEMENT_WITHDRAW),
        Settlement.unit_id == unit_id,
        Settlement.opened_at >= current.now() - WINDOW,
        Settlement.state != "withdrawn",
    )
    return list(session().scalars(statement.order_by(Settlement.id.desc()).limit(_MOST)))


def facts(complaint: Complaint) -> list[Fact]:
    """What §17 lets an officer weigh, counted over a year: numbers alone, in a fixed order, and nothing that adds them up."""
    settlement = session().get_one(Settlement, complaint.settlement_id)
    held = session().get_one(Complainant, complaint.complainant_id)
    since = current.now() - _YEAR
    mine = sa.and_(Complaint.consumer_id == complaint.consumer_id, Complaint.opened_at >= since)
    alike = sa.and_(_is(Settlement.facts_mark, settlement.facts_mark), Settlement.opened_at >= since)
    others = Complainant.account_id != complaint.consumer_id
    given = Complainant.given_at >= since
    people, texts = (
        sa.func.count(sa.distinct(Complainant.account_id)),
        sa.func.count(sa.distinct(Settlement.consumer_id)),
    )
    return [
        Fact("这个人一年内的投诉", _count(sa.func.count(), mine), "含这一件"),
        Fact("其中对这家单位的", _count(sa.func.count(), mine, Complaint.unit_id == complaint.unit_id), "含这一件"),
        Fact("其中涉及的单位", _count(sa.func.count(sa.distinct(Complaint.unit_id)), mine), "家"),
        Fact("写的经过完全相同的诉求", _count(sa.func.count(), alike), "不看标点和空格，含这一件"),
        Fact("写过相同经过的人", _count(texts, alike), "个账号，含本人"),
        Fact(
            "用过同一个电话的其他人",
            _count(people, Complainant.phone_index == held.phone_index, others, given),
            "个账号",
        ),
        Fact(
            "用过同一个地址的其他人",
            _count(people, _is(Complainant.address_index, held.address_index), others, given),
            "个账号，同住的家人也会这样",
        ),
    ]


def _count(what: sa.ColumnElement[int], *where: sa.ColumnElement[bool]) -> int:
    return session().scalar(sa.select(what).where(*where)) or 0


def _is(column: Any, index: bytes | None) -> sa.ColumnElement[bool]:
    """Equal marks; what has none is like nothing."""
    return column == index if index is not None else sa.false()


def _into(complaint: Complaint) -> Complaint | None:
    return session().get(Complaint, complaint.merged_into) if complaint.merged_into else None
