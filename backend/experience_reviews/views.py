"""A visit as its volunteer reads it, a campaign as the council does."""

from collections.abc import Sequence
from types import SimpleNamespace

from backend.casework import queries as cases
from backend.certification import queries as certificates
from backend.infrastructure.database import session
from backend.merchants.model import Unit
from backend.merchants.rules import Category

from . import queries
from .model import Campaign, Visit


def campaign_views(campaigns: Sequence[Campaign]) -> list[SimpleNamespace]:
    """The campaigns, each with the names of drawn units that nobody visits."""
    session().flush()
    open_units = queries.uncovered([campaign.id for campaign in campaigns])
    return [
        SimpleNamespace(
            **{attribute.key: getattr(campaign, attribute.key) for attribute in campaign.__mapper__.column_attrs},
            __lifecycle__=campaign.__lifecycle__,
            uncovered=open_units.get(campaign.id, []),
        )
        for campaign in campaigns
    ]


def visit_view(visit: Visit) -> SimpleNamespace:
    """The visit with its unit, checklist and deadline."""
    unit, campaign = session().get_one(Unit, visit.unit_id), session().get_one(Campaign, visit.campaign_id)
    certificate = certificates.newest_of_unit(unit.id)
    nearest = cases.next_deadlines("visit", [visit.id]).get(visit.id)
    has_door = unit.category is not Category.ONLINE_SHOP
    return SimpleNamespace(
        number=visit.number,
        state=visit.state,
        __lifecycle__=visit.__lifecycle__,
        state_zh=visit.__lifecycle__.states[visit.state or ""],
        unit_name=unit.name,
        certificate_no=certificate.number if certificate else None,
        address=unit.address,
        lng=unit.lng if has_door else None,
        lat=unit.lat if has_door else None,
        campaign=campaign.title,
        checklist=campaign.checklist,
        due_at=nearest.due_at if nearest else None,
        answers=visit.answers,
        remark=visit.remark,
    )
