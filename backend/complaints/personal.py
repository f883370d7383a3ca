"""What disputes keep of a person: to show, to correct, to forget on request, and to forget when its time is over.

A dispute that stayed between the parties is forgotten when its consumer asks. One that the bureau handled is an administrative file and
is kept for its period. Whatever the reason, the same words stand in the place of what is gone, so that a station cannot tell it.
"""

import os
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.casework import queries as cases
from backend.infrastructure import audit, current
from backend.infrastructure.database import session
from backend.infrastructure.sealing import blind_index
from backend.kernel.errors import NotPossibleNow
from backend.kernel.identifiers import access_hash, check_phone, new_code
from backend.kernel.wording import GONE

from . import conversation, phones, queries
from .conversation_model import Message
from .delegation_model import Delegation
from .identity_model import IdentityRequest
from .lifecycle import COMPLAINT, SETTLEMENT
from .likeness import address_index
from .mediation_model import MediationMeeting, Recusal
from .model import Complainant, Complaint, ComplaintMove, Evidence, IdentityView, Settlement
from .paper_model import IssuedPaper
from .rules import Side


@dataclass(frozen=True)
class Erased:
    """What became of a person's disputes: how many were forgotten, the numbers of those kept, photos to delete, and who else had a hand in them."""

    forgotten: int
    kept: list[str]
    object_keys: list[str]
    others: set[str]


def export(account_id: str) -> list[dict[str, Any]]:
    """The person's disputes with everything they said and who looked at their identity, the oldest first."""
    mine = sa.select(Settlement).filter_by(consumer_id=account_id).order_by(Settlement.id)
    return [_exported(one) for one in session().scalars(mine)]


def running(account_id: str) -> list[str]:
    """Numbers of the person's disputes that are not at an end."""
    mine = (
        sa.select(Settlement.case_no)
        .outerjoin(Complaint, Complaint.settlement_id == Settlement.id)
        .where(
            Settlement.consumer_id == account_id,
            sa.or_(Settlement.state.not_in(SETTLEMENT.closed), Complaint.state.not_in(COMPLAINT.closed)),
        )
        .order_by(Settlement.id)
    )
    return list(session().scalars(mine))


def correct(actor: Actor, case_no: str, *, name: str, phone: str, address: str) -> Settlement:
    """Put right the identity that the person gave for one dispute; what was wrong is not kept.

    raises   NotFound, InvalidInput, NotPossibleNow when no identity was given or its time is over
    """
    settlement = queries.settlement(actor, Action.DATA_CORRECT, case_no)
    held = _identity(settlement)
    if held is None or held.erased_at is not None:
        raise NotPossibleNow("no_identity_held", "这件事没有保存您的姓名、电话和地址，不用更正。")
    number = check_phone(phone)
    held.name, held.phone, held.address = name, number, address
    held.phone_index, held.phone_erased_at = blind_index("complainant-phone", number), None
    held.address_index = address_index(address)
    changed = {"fields": ["name", "phone", "address"]}
    audit.record(
        actor, Action.DATA_CORRECT.value, "settlement", settlement.id, chain=settlement.county_code, after=changed
    )
    return settlement


def identities(account_id: str) -> list[tuple[Settlement, Complainant]]:
    """The person's disputes for which an identity is held, with it, the newest first."""
    mine = (
        sa.select(Settlement, Complainant)
        .join(Complainant, Complainant.id == Settlement.complainant_id)
        .where(Settlement.consumer_id == account_id, Complainant.erased_at.is_(None))
        .order_by(Settlement.id.desc())
    )
    return [(settlement, held) for settlement, held in session().execute(mine)]


def handled(account_id: str) -> int:
    """How many of the person's disputes came to the bureau."""
    return session().scalar(sa.select(sa.func.count()).where(Complaint.consumer_id == account_id)) or 0


def erase(account_id: str) -> Erased:
    """Forget the person's disputes that no bureau handled; the others are kept for their period."""
    mine = sa.select(Settlement).filter_by(consumer_id=account_id).order_by(Settlement.id).with_for_update()
    handled = set(session().scalars(sa.select(Complaint.settlement_id).filter_by(consumer_id=account_id)))
    forgotten, kept, keys = 0, [], []
    others: set[str] = set()
    for settlement in session().scalars(mine).all():
        if settlement.id in handled:
            kept.append(settlement.case_no)
            continue
        others |= {event.actor_id for event in cases.events(settlement) if event.actor_id is not None}
        keys += _forget(settlement)
        forgotten += 1
    return Erased(forgotten, kept, keys, others - {account_id})


def forget_unused_identities(before: datetime, batch: int, *, really: bool) -> int:
    """Names, phones and addresses given for disputes that ended before without a complaint. returns how many"""
    never = ~sa.exists().where(Complaint.complainant_id == Complainant.id)
    over = (
        sa.select(Complainant)
        .join(Settlement, Settlement.complainant_id == Complainant.id)
        .where(never, Complainant.erased_at.is_(None), *_ended(Settlement, SETTLEMENT.closed, before))
    )
    return _each(over, batch, really, _forget_identity)


def forget_phones(before: datetime, batch: int, *, really: bool) -> int:
    """Phones of complainants whose complaint ended before; they were for reaching them. returns how many"""
    over = (
        sa.select(Complainant)
        .join(Complaint, Complaint.complainant_id == Complainant.id)
        .where(Complainant.phone_erased_at.is_(None), *_ended(Complaint, COMPLAINT.closed, before))
    )
    return _each(over, batch, really, _forget_phone)


def forget_identities(before: datetime, batch: int, *, really: bool) -> int:
    """Names and addresses of complainants whose complaint ended before. returns how many"""
    over = (
        sa.select(Complainant)
        .join(Complaint, Complaint.complainant_id == Complainant.id)
        .where(Complainant.erased_at.is_(None), *_ended(Complaint, COMPLAINT.closed, before))
    )
    return _each(over, batch, really, _forget_identity)


def forget_photos(before: datetime, batch: int, *, really: bool) -> list[str] | int:
    """Photos of disputes that ended before without a complaint. returns keys of what is to be deleted, or how many"""
    over = (
        sa.select(Evidence)
        .join(Settlement, Settlement.id == Evidence.settlement_id)
        .where(Settlement.state != "escalated", *_ended(Settlement, SETTLEMENT.closed, before))
        .limit(batch)
    )
    found = session().scalars(over).all()
    if not really:
        return len(found)
    keys = [one.object_key for one in found]
    for one in found:
        session().delete(one)
    return keys


def forget_disputes(before: datetime, batch: int, *, really: bool) -> list[str] | int:
    """Words and photos of disputes that ended before, at the bureau if they came there. returns as `forget_photos`"""
    over = (
        sa.select(Settlement)
        .outerjoin(Complaint, Complaint.settlement_id == Settlement.id)
        .where(
            Settlement.erased_at.is_(None),
            sa.or_(
                sa.and_(Settlement.state != "escalated", *_ended(Settlement, SETTLEMENT.closed, before)),
                sa.and_(*_ended(Complaint, COMPLAINT.closed, before)),
            ),
        )
        .limit(batch)
    )
    found = session().scalars(over).all()
    return [key for one in found for key in _forget(one)] if really else len(found)


def _ended(
    model: type[Settlement | Complaint], closed: frozenset[str], before: datetime
) -> tuple[sa.ColumnElement[bool], ...]:
    return model.state.in_(closed), model.state_since < before


def _each(statement: "sa.Select[Any]", batch: int, really: bool, act: Any) -> int:
    found = session().scalars(statement.distinct().limit(batch)).all()
    for one in found if really else ():
        act(one)
    return len(found)


def _forget_phone(held: Complainant) -> None:
    held.phone, held.phone_index, held.phone_erased_at = GONE, os.urandom(16), current.now()


def _forget_identity(held: Complainant) -> None:
    _forget_phone(held)
    held.name, held.address, held.erased_at = GONE, GONE, current.now()
    held.address_index = None


def _forget(settlement: Settlement) -> list[str]:
    """Words, photos, identity and access code of a dispute. returns keys of the photos"""
    settlement.facts, settlement.erased_at = GONE, current.now()
    settlement.facts_mark, settlement.order_no = None, None
    settlement.access_hash = access_hash(new_code())
    for name in ("offer_text", "refusal_text"):
        if getattr(settlement, name) is not None:
            setattr(settlement, name, GONE)
    complaint = queries.complaint_of(settlement.id)
    for name in ("decision_text", "agreement_text"):
        if complaint is not None and getattr(complaint, name) is not None:
            setattr(complaint, name, GONE)
    if complaint is not None:
        _forget_papers(complaint)
        moves = sa.update(ComplaintMove).where(ComplaintMove.complaint_id == complaint.id)
        session().execute(moves.values(reason=""))
    held = _identity(settlement)
    if held is not None and held.erased_at is None:
        _forget_identity(held)
    session().execute(sa.update(Message).where(Message.settlement_id == settlement.id).values(text=""))
    photos = session().scalars(sa.select(Evidence).filter_by(settlement_id=settlement.id)).all()
    for photo in photos:
        session().delete(photo)
    return [photo.object_key for photo in photos]


def _forget_papers(complaint: Complaint) -> None:
    """What the bureau wrote and asked: the number of an ID, forms as issued (they name the complainant), meetings, recusals, delegations. That they were, and when, stays."""
    for asked in session().scalars(sa.select(IdentityRequest).filter_by(complaint_id=complaint.id)):
        asked.reason, asked.id_kind, asked.id_number = GONE, None, None
    for handed in session().scalars(sa.select(Delegation).filter_by(complaint_id=complaint.id)):
        handed.request_text, handed.result_text = GONE, GONE if handed.result_text else None
    session().execute(sa.delete(IssuedPaper).where(IssuedPaper.complaint_id == complaint.id))
    for meeting in session().scalars(sa.select(MediationMeeting).filter_by(complaint_id=complaint.id)):
        meeting.place, meeting.absence_text = GONE, GONE if meeting.absence_text else None
    for recusal in session().scalars(sa.select(Recusal).filter_by(complaint_id=complaint.id)):
        recusal.reason, recusal.decision_text = GONE, GONE if recusal.decision_text else None


def _identity(settlement: Settlement) -> Complainant | None:
    return session().get(Complainant, settlement.complainant_id) if settlement.complainant_id else None


def _exported(one: Settlement) -> dict[str, Any]:
    held = _identity(one)
    complaint = queries.complaint_of(one.id)
    looks = sa.select(IdentityView).filter_by(complaint_id=complaint.id) if complaint else None
    return {
        "编号": one.case_no,
        "单位": one.unit_name,
        "对方看到的称呼": one.alias,
        "状态": SETTLEMENT.states[one.state or ""],
        "提出时间": one.opened_at,
        "消费日期": one.happened_on,
        "金额（分）": one.amount_fen,
        "事情经过": one.facts,
        "订单号": one.order_no,
        "同意公示": one.consent_publish,
        "同意委托调解": one.consent_delegate,
        "身份": {"姓名": held.name, "电话": held.phone, "地址": held.address} if held else None,
        "照片": [
            {"序号": photo.position, "指纹": photo.sha256, "加入时间": photo.added_at}
            for photo in queries.evidence(one.id, Side.CONSUMER)
        ],
        "对话": [{"时间": line.at, "谁": line.side.zh, "内容": line.text} for line in conversation.transcript(one.id)],
        "联络站看过您电话的时间": [look.at for look in phones.looks(one.id)],
        "投诉": {
            "编号": complaint.case_no,
            "状态": COMPLAINT.states[complaint.state or ""],
            "收到时间": complaint.opened_at,
            "查看过您身份的时间和理由": [
                {"时间": look.at, "理由": look.purpose}
                for look in (session().scalars(looks) if looks is not None else ())
            ],
        }
        if complaint
        else None,
    }
