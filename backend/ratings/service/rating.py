"""Rating a unit, and what becomes of a rating."""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from backend.access.actor import SYSTEM, Actor
from backend.access.policy import Action
from backend.accounts import queries as accounts
from backend.badges import cards
from backend.badges import queries as badges
from backend.infrastructure import audit, current
from backend.infrastructure.database import session, unit_of_work
from backend.infrastructure.jobs import enqueue
from backend.infrastructure.screening import suggested
from backend.infrastructure.wechat.client import Suggest
from backend.kernel.errors import Conflict, InvalidInput, NotPossibleNow
from backend.kernel.identifiers import new_case_number
from backend.merchants.model import Unit
from backend.notifications import service as notifications

from .. import queries, rules
from ..model import Rating, RatingSlot
from ..rules import HideGround, Moderation, Proof

MODERATE = "moderate_rating"
_BATCH = 100


def rate(
    actor: Actor,
    *,
    visit_ticket: str,
    stars: int,
    facets: dict[str, int | None],
    text: str = "",
    purchase_no: str | None = None,
) -> Rating:
    """Rate the unit whose plate was scanned. The text is published after WeChat's check.

    visit_ticket   from a scan within the last seven days
    purchase_no    number of a receipt or payment, which weighs more; each proves one rating
    raises         InvalidInput, Conflict when the unit was rated within 30 days
    """
    plate, _ = badges.visited(visit_ticket)
    _take_slot(actor, plate.unit_id)
    rating = Rating(
        number=new_case_number("PJ", current.today()),
        account_id=actor.account_id,
        unit_id=plate.unit_id,
        county_code=plate.county_code,
        plate_id=plate.id,
        stars=stars,
        **{name: facets.get(name) for name in rules.FACETS},
        text=text,
        proof=Proof.PURCHASE if purchase_no else Proof.VISIT,
        purchase_hash=_purchase_hash(plate.unit_id, purchase_no) if purchase_no else None,
        moderation=Moderation.WAITING if text else Moderation.PUBLISHED,
        rated_at=current.now(),
        published_at=None if text else current.now(),
    )
    session().add(rating)
    try:
        session().flush()
    except IntegrityError:
        raise InvalidInput(
            "purchase_no_used", "这个消费凭证号已经用于另一条评价。", fields={"purchase_no": ["已经用过，请核对。"]}
        ) from None
    if text:
        enqueue(MODERATE, {"rating_id": rating.id}, dedupe=f"{MODERATE}:{rating.id}")
    else:
        refresh_score(rating.unit_id)
    return rating


def withdraw(actor: Actor, number: str) -> None:
    """Take one's own rating back; nobody else can."""
    rating = queries.get(actor, Action.RATING_WITHDRAW, number)
    if rating.moderation is Moderation.WITHDRAWN:
        raise NotPossibleNow("rating_withdrawn", "这条评价已经撤回了。", state=rating.moderation)
    rating.moderation = Moderation.WITHDRAWN
    session().flush()
    refresh_score(rating.unit_id)


def hide(actor: Actor, number: str, ground: HideGround) -> None:
    """Hide a rating for one of the grounds of law; the row and its tombstone stay. source: 浙江省电子商务条例 §19"""
    rating = queries.get(actor, Action.RATING_HIDE, number)
    if rating.moderation not in {Moderation.PUBLISHED, Moderation.IN_REVIEW}:
        raise NotPossibleNow("rating_not_public", "这条评价现在没有公开，不用隐藏。", state=rating.moderation)
    before, rating.moderation, rating.hide_ground = rating.moderation, Moderation.HIDDEN, ground
    if before is Moderation.IN_REVIEW:
        _tell(rating, "rating_refused", {"ground": ground.zh})
    audit.record(
        actor,
        "rating.hide",
        "rating",
        rating.id,
        chain=rating.county_code,
        ground=ground,
        before={"moderation": before.value},
        after={"moderation": rating.moderation.value},
    )
    session().flush()
    refresh_score(rating.unit_id)


def release(actor: Actor, number: str) -> None:
    """Publish a rating that WeChat's check sent to a person's review."""
    rating = queries.get(actor, Action.RATING_HIDE, number)
    if rating.moderation is not Moderation.IN_REVIEW:
        raise NotPossibleNow("rating_not_in_review", "这条评价不在等待人工审核。", state=rating.moderation)
    _publish(actor, rating)


def moderate(payload: Mapping[str, Any]) -> None:
    """The worker's job: ask WeChat about the text with no transaction open, then publish, hold or refuse."""
    with unit_of_work(read_only=True):
        rating = session().get(Rating, payload["rating_id"])
        if rating is None or rating.moderation is not Moderation.WAITING:
            return
        openid, text = accounts.openid_of(rating.account_id), rating.text
    suggest = suggested(openid, text)
    with unit_of_work():
        rating = session().get(Rating, payload["rating_id"], with_for_update=True)
        if rating is None or rating.moderation is not Moderation.WAITING:
            return
        if suggest is Suggest.PASS:
            _publish(SYSTEM, rating)
        elif suggest is Suggest.REVIEW:
            rating.moderation = Moderation.IN_REVIEW
        else:
            rating.moderation = Moderation.REFUSED
            _tell(rating, "rating_refused", {"ground": "文字没有通过微信的内容安全检查"})
        audit.record(SYSTEM, Action.RATING_MODERATE, "rating", rating.id, after={"moderation": rating.moderation.value})


def refresh_score(unit_id: str) -> None:
    """Compute the unit's score again and write it on the card, unless it is what the card shows."""
    found = rules.score(queries.counted(unit_id), current.today())
    content = {**asdict(found), "spread": list(found.spread), "method": rules.METHOD}
    if cards.section(unit_id, "score") != content:
        cards.write_section(unit_id, "score", content)


def age_scores() -> int:
    """Let every score grow a day older; opens its own units of work. returns how many units have one"""
    with unit_of_work(read_only=True):
        unit_ids = queries.rated_units()
    for start in range(0, len(unit_ids), _BATCH):
        with unit_of_work():
            for unit_id in unit_ids[start : start + _BATCH]:
                refresh_score(unit_id)
    return len(unit_ids)


def _publish(actor: Actor, rating: Rating) -> None:
    rating.moderation, rating.published_at = Moderation.PUBLISHED, current.now()
    session().flush()
    refresh_score(rating.unit_id)
    _tell(rating, "rating_published", {})


def _tell(rating: Rating, template: str, more: dict[str, str]) -> None:
    unit = session().get_one(Unit, rating.unit_id)
    notifications.queue(
        rating.account_id,
        template,
        {"unit_name": unit.name, **more},
        event_key=f"rating:{rating.id}:{rating.moderation.value}",
        link="/my/ratings",
    )


def _take_slot(actor: Actor, unit_id: str) -> None:
    now = current.now()
    slot = (
        session()
        .scalars(sa.select(RatingSlot).filter_by(account_id=actor.account_id, unit_id=unit_id).with_for_update())
        .one_or_none()
    )
    if slot is None:
        session().add(RatingSlot(account_id=actor.account_id, unit_id=unit_id, rated_at=now))
        try:
            session().flush()
        except IntegrityError:
            raise _too_soon(30) from None
        return
    left = rules.EVERY - (now - slot.rated_at)
    if left.total_seconds() > 0:
        raise _too_soon(math.ceil(left / timedelta(days=1)))
    slot.rated_at = now


def _too_soon(days: int) -> Conflict:
    return Conflict("rated_already", f"您最近评价过这家单位，30 天内只能评价一次，请 {days} 天后再来。")


def _purchase_hash(unit_id: str, purchase_no: str) -> str:
    return hashlib.sha256(f"{unit_id}/{''.join(purchase_no.split()).upper()}".encode()).hexdigest()
