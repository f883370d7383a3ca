"""What the council does: prepare, draw, close, publish."""

import sqlalchemy as sa

from backend.access.actor import Actor, Role
from backend.access.policy import Action
from backend.accounts import queries as accounts
from backend.badges import cards
from backend.casework import service as casework
from backend.certification import queries as certificates
from backend.experience_reviews import queries, rules
from backend.experience_reviews.model import Campaign
from backend.infrastructure import current
from backend.infrastructure.audit import CITY_CHAIN
from backend.infrastructure.database import session
from backend.kernel.errors import InvalidInput, NotPossibleNow
from backend.kernel.identifiers import new_case_number
from backend.merchants.model import Unit
from backend.merchants.rules import Category
from backend.notifications import service as notifications

from .assigning import assign
from .conflicts import conflicts_of


def create(actor: Actor, *, title: str, category: Category, sample_size: int, checklist: list[str]) -> Campaign:
    """Prepare a campaign.

    checklist   1 to 20 items, each answered pass, fail or not applicable
    """
    if len(set(checklist)) != len(checklist):
        raise InvalidInput("checklist_repeats", "检查项有重复，请删掉。", fields={"checklist": ["有重复的检查项。"]})
    campaign = Campaign(
        number=new_case_number("TY", current.today()),
        title=title,
        category=category,
        sample_size=sample_size,
        checklist=checklist,
        created_by=actor.account_id,
        county_code=CITY_CHAIN,
        rule_set="2026",
    )
    casework.apply(campaign, "create", actor)
    session().add(campaign)
    return campaign


def draw(actor: Actor, number: str) -> Campaign:
    """Draw the units and assign the volunteers, reproducibly; each volunteer is told.

    raises   NotPossibleNow when there are too few volunteers without conflicts
    """
    campaign = queries.campaign(actor, Action.CAMPAIGN_DRAW, number)
    standing = certificates.units_in(("certified", "rectifying"))
    frame = list(session().scalars(sa.select(Unit.id).where(Unit.category == campaign.category, Unit.id.in_(standing))))
    people = accounts.holders(Role.VOLUNTEER)
    seed = rules.seed_of(campaign.number, frame, people, campaign.sample_size)
    try:
        drawn = rules.draw(frame, people, conflicts_of(people), campaign.sample_size, seed)
    except rules.NotEnoughVolunteers:
        raise NotPossibleNow(
            "volunteers_missing",
            "没有足够的志愿者：有的单位找不到没有利害关系的志愿者，请先邀请更多志愿者。",
            state=campaign.state,
        ) from None
    if not drawn:
        raise NotPossibleNow("frame_empty", "名录里没有这个类别的单位，不能抽取。", state=campaign.state)
    casework.apply(campaign, "draw", actor, details={"frame": len(frame), "visits": len(drawn)})
    campaign.seed, campaign.frame_size = seed, len(frame)
    for item in drawn:
        assign(actor, campaign, item)
    return campaign


def close(actor: Actor, number: str) -> Campaign:
    """End the visiting; visits that are still open lapse later by their own clocks."""
    campaign = queries.campaign(actor, Action.CAMPAIGN_CLOSE, number)
    casework.apply(campaign, "close", actor)
    return campaign


def publish(actor: Actor, number: str, *, summary: str) -> Campaign:
    """Publish with method and sample size; each visited unit's card shows its result.

    raises   NotPossibleNow when no visit was handed in
    """
    campaign = queries.campaign(actor, Action.CAMPAIGN_PUBLISH, number)
    done = [visit for visit in queries.visits_of(campaign.id) if visit.state == "submitted"]
    if not done:
        raise NotPossibleNow("no_visit_submitted", "还没有提交的体验表，不能公布。", state=campaign.state)
    casework.apply(campaign, "publish", actor, details={"visits": len(done)})
    campaign.summary, campaign.published_at = summary, current.now()
    by_unit: dict[str, list[list[str]]] = {}
    for visit in done:
        by_unit.setdefault(visit.unit_id, []).append(visit.answers)
    items = rules.findings(campaign.checklist, [visit.answers for visit in done])
    campaign.results = {
        "frame": campaign.frame_size,
        "drawn": len({visit.unit_id for visit in queries.visits_of(campaign.id)}),
        "visited": len(by_unit),
        "visits": len(done),
        "items": [
            {"item": item.item, "passed": item.passed, "failed": item.failed, "share": item.share} for item in items
        ],
    }
    for unit_id, answers in by_unit.items():
        _show_on_card(campaign, unit_id, rules.unit_score(answers), len(answers))
        _tell_station(campaign, session().get_one(Unit, unit_id))
    return campaign


def _show_on_card(campaign: Campaign, unit_id: str, score: float | None, visits: int) -> None:
    held = cards.section(unit_id, "reviews").get("reports", [])
    report = {
        "campaign": campaign.number,
        "title": campaign.title,
        "score": score,
        "visits": visits,
        "published_on": current.today().isoformat(),
    }
    cards.write_section(unit_id, "reviews", {"reports": [report, *held][:5]})


def _tell_station(campaign: Campaign, unit: Unit) -> None:
    for member in accounts.holders(Role.STATION_MEMBER, station_id=unit.station_id):
        notifications.queue(
            member,
            "report_published",
            {"unit_name": unit.name, "campaign": campaign.title},
            event_key=f"campaign:{campaign.id}:published:{unit.id}",
            link="/reports",
        )
