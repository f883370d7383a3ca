"""What ratings keep of a person: to show, and to forget."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from backend.infrastructure.database import session
from backend.merchants.model import Unit

from .model import Rating, RatingPhoto, RatingSlot
from .rules import Moderation
from .service import forget_photos, refresh_score


def export(account_id: str) -> list[dict[str, Any]]:
    """The person's ratings, the oldest first."""
    mine = sa.select(Rating, Unit.name).join(Unit, Unit.id == Rating.unit_id).where(Rating.account_id == account_id)
    return [
        {
            "编号": rating.number,
            "单位": name,
            "分数": rating.stars,
            "评语": rating.text,
            "时间": rating.rated_at,
            "公开时间": rating.published_at,
            "状态": rating.moderation.value,
            "照片": len(rating.photos),
        }
        for rating, name in session().execute(mine.order_by(Rating.id))
    ]


def erase(account_id: str) -> None:
    """Take every rating back and delete its words and photos; what an officer hid by law keeps them.

    source   浙江省电子商务条例 §19: what was hidden is retained
    """
    units = set()
    for rating in session().scalars(sa.select(Rating).filter_by(account_id=account_id).with_for_update()):
        rating.purchase_hash = None
        if rating.moderation is Moderation.HIDDEN:
            continue
        rating.text, rating.moderation = "", Moderation.WITHDRAWN
        forget_photos(rating)
        units.add(rating.unit_id)
    session().execute(sa.delete(RatingSlot).where(RatingSlot.account_id == account_id))
    session().flush()
    for unit_id in sorted(units):
        refresh_score(unit_id)


def hidden(account_id: str) -> int:
    """How many of the person's ratings an officer hid."""
    mine = sa.select(sa.func.count()).where(Rating.account_id == account_id, Rating.moderation == Moderation.HIDDEN)
    return session().scalar(mine) or 0


def forget_words(before: datetime, batch: int, *, really: bool) -> int:
    """Delete words and photos of up to a batch of ratings that are not public and were written before. returns how many"""
    hidden = (Moderation.WITHDRAWN, Moderation.REFUSED, Moderation.HIDDEN)
    kept = (Rating.text != "") | Rating.id.in_(sa.select(RatingPhoto.rating_id))
    over = sa.select(Rating).where(Rating.moderation.in_(hidden), Rating.rated_at < before, kept)
    found = session().scalars(over.limit(batch)).all()
    if really:
        for rating in found:
            rating.text, rating.purchase_hash = "", None
            forget_photos(rating)
    return len(found)
