"""Reads of ratings."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure.database import session
from backend.infrastructure.scoping import get_for, visible
from backend.kernel.clock import local_date
from backend.merchants.model import Unit

from .model import Rating, RatingPhoto
from .rules import Counted, Moderation, PhotoState


def published(unit_id: str, limit: int = 20, before: str | None = None) -> Sequence[Rating]:
    """Published and hidden ratings of a unit, the newest first; a hidden one shows its ground, not its text.

    before   id of the last rating of the page before
    """
    statement = sa.select(Rating).where(
        Rating.unit_id == unit_id, Rating.moderation.in_((Moderation.PUBLISHED, Moderation.HIDDEN))
    )
    if before is not None:
        statement = statement.where(Rating.id < before)
    return session().scalars(statement.order_by(Rating.id.desc()).limit(limit)).all()


def counted(unit_id: str) -> list[Counted]:
    """The published ratings of a unit as the score sees them."""
    rows = session().execute(
        sa.select(Rating.stars, Rating.proof, Rating.rated_at).where(
            Rating.unit_id == unit_id, Rating.moderation == Moderation.PUBLISHED
        )
    )
    return [Counted(row.stars, row.proof, local_date(row.rated_at)) for row in rows]


def rated_units() -> Sequence[str]:
    """Ids of the units with a published rating, in order."""
    statement = sa.select(Rating.unit_id).where(Rating.moderation == Moderation.PUBLISHED)
    return session().scalars(statement.distinct().order_by(Rating.unit_id)).all()


def get(actor: Actor, action: Action, number: str) -> Rating:
    """raises NotFound, NotPermitted"""
    return get_for(Rating, actor, action, Rating.number, number, seen_by=action, missing="没有这条评价。")


def public(number: str) -> Rating | None:
    """The published rating of this number."""
    if "\0" in number:
        return None
    return session().scalars(sa.select(Rating).filter_by(number=number, moderation=Moderation.PUBLISHED)).one_or_none()


def mine(actor: Actor) -> list[tuple[Rating, str]]:
    """The actor's own ratings with the name of what they are about, the newest first."""
    own = sa.select(Rating, Unit.name).join(Unit, Unit.id == Rating.unit_id)
    found = own.where(visible(Rating, actor, Action.RATING_WITHDRAW)).order_by(Rating.id.desc()).limit(100)
    return [(rating, name) for rating, name in session().execute(found)]


def to_moderate(actor: Actor) -> Sequence[Rating]:
    """Ratings that WeChat's check sent to a person's review, and public ones with photos that wait for one, the oldest first."""
    photos = sa.select(RatingPhoto.rating_id).where(RatingPhoto.showing == PhotoState.WAITING)
    waits = (Rating.moderation == Moderation.PUBLISHED) & Rating.id.in_(photos)
    statement = sa.select(Rating).where(
        (Rating.moderation == Moderation.IN_REVIEW) | waits, visible(Rating, actor, Action.RATING_HIDE)
    )
    return session().scalars(statement.order_by(Rating.id).limit(100)).all()


def units_rated_by(account_ids: Sequence[str], since: datetime) -> Sequence[tuple[str, str]]:
    """Pairs (account, unit) rated since then, for the volunteers' conflict rule."""
    rows = session().execute(
        sa.select(Rating.account_id, Rating.unit_id).where(Rating.account_id.in_(account_ids), Rating.rated_at >= since)
    )
    return [(account_id, unit_id) for account_id, unit_id in rows]
