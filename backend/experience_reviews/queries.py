"""Reads of campaigns and visits."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure.database import session
from backend.infrastructure.scoping import get_for, visible
from backend.kernel.errors import NotFound
from backend.kernel.identifiers import read_case_number
from backend.merchants.model import Unit

from .model import Campaign, Visit


def campaign(actor: Actor, action: Action, number: str) -> Campaign:
    """raises NotFound, NotPermitted"""
    return get_for(
        Campaign,
        actor,
        action,
        Campaign.number,
        read_case_number(number),
        seen_by=Action.CAMPAIGN_READ,
        missing="没有这项体验活动。",
    )


def campaigns(actor: Actor) -> Sequence[Campaign]:
    """All campaigns that the actor may read, the newest first."""
    statement = sa.select(Campaign).where(visible(Campaign, actor, Action.CAMPAIGN_READ))
    return session().scalars(statement.order_by(Campaign.id.desc()).limit(100)).all()


def published() -> Sequence[Campaign]:
    """Published campaigns, the newest first; open to everybody."""
    statement = sa.select(Campaign).where(Campaign.state == "published")
    return session().scalars(statement.order_by(Campaign.published_at.desc()).limit(50)).all()


def published_one(number: str) -> Campaign:
    """A published campaign by its number. raises NotFound"""
    statement = sa.select(Campaign).where(Campaign.number == read_case_number(number), Campaign.state == "published")
    found = session().scalars(statement).one_or_none()
    if found is None:
        raise NotFound("report_not_found", "没有这份体验报告，或者还没有公布。")
    return found


def visit(actor: Actor, action: Action, number: str) -> Visit:
    """raises NotFound, NotPermitted"""
    return get_for(
        Visit,
        actor,
        action,
        Visit.number,
        read_case_number(number),
        seen_by=Action.VISIT_READ,
        missing="没有这项体验任务。",
    )


def visits(actor: Actor) -> Sequence[Visit]:
    """The visits that the actor may read, the newest first."""
    statement = sa.select(Visit).where(visible(Visit, actor, Action.VISIT_READ))
    return session().scalars(statement.order_by(Visit.id.desc()).limit(200)).all()


def visits_with_units(campaign_id: str) -> Sequence[tuple[Visit, Unit]]:
    """All visits of a campaign with the units visited, in the order of the draw."""
    statement = sa.select(Visit, Unit).join(Unit, Unit.id == Visit.unit_id).where(Visit.campaign_id == campaign_id)
    return [(visit, unit) for visit, unit in session().execute(statement.order_by(Visit.id))]


def uncovered(campaign_ids: Collection[str]) -> dict[str, list[str]]:
    """Campaign id → names of drawn units that nobody visits: every volunteer stepped back or let the visit lapse."""
    live = sa.func.sum(sa.case((Visit.state.in_(("assigned", "started", "submitted")), 1), else_=0))
    rows = session().execute(
        sa.select(Visit.campaign_id, Unit.name)
        .join(Unit, Unit.id == Visit.unit_id)
        .where(Visit.campaign_id.in_(campaign_ids))
        .group_by(Visit.campaign_id, Unit.id, Unit.name)
        .having(live == 0)
        .order_by(Unit.name)
    )
    found: dict[str, list[str]] = {}
    for campaign_id, name in rows:
        found.setdefault(campaign_id, []).append(name)
    return found


def visits_of(campaign_id: str) -> Sequence[Visit]:
    """All visits of a campaign in the order of the draw."""
    return session().scalars(sa.select(Visit).filter_by(campaign_id=campaign_id).order_by(Visit.id)).all()
