"""Experience reviews at the council: campaigns, the draw, the visits as they come in, the report."""

from typing import Any

from flask import flash, url_for

from backend.access.actor import Actor, Role
from backend.access.decide import may
from backend.access.policy import Action
from backend.accounts import queries as accounts
from backend.casework import queries as cases
from backend.experience_reviews import queries, rules, schemas, service
from backend.experience_reviews.model import Campaign, Visit
from backend.infrastructure.web import form, page
from backend.kernel.identifiers import county_name
from backend.merchants import queries as merchants
from backend.merchants.rules import Category
from backend.pages.case_steps import clocks

from .course import course
from .doors import may_invite, possible, staff_blueprint
from .schemas import Button, CampaignForm

blueprint = staff_blueprint("console_campaigns", "/campaigns")

_ANSWERS = {"pass": "做到了", "fail": "没有做到", "na": "没遇到"}


@blueprint.get("")
@page(Action.CAMPAIGN_READ, "console/campaigns.html")
def campaigns(actor: Actor) -> dict[str, Any]:
    found = queries.campaigns(actor)
    due = cases.next_deadlines("campaign", [campaign.id for campaign in found])
    open_ones = sorted((row for row in found if row.id in due), key=lambda row: due[row.id].due_at)
    return {
        "rows": [
            {
                "campaign": campaign,
                "state_zh": campaign.__lifecycle__.states[campaign.state or ""],
                "clock": clocks(campaign, [due[campaign.id]])[0] if campaign.id in due else None,
            }
            for campaign in [*open_ones, *(row for row in found if row.id not in due)]
        ],
        "may_create": may(actor, Action.CAMPAIGN_CREATE),
        "may_invite": may_invite(actor, Role.VOLUNTEER),
        "volunteers": len(accounts.holders(Role.VOLUNTEER)),
    }


@blueprint.get("/new")
@page(Action.CAMPAIGN_CREATE, "console/campaign_new.html")
def new(_actor: Actor) -> dict[str, Any]:
    counts = merchants.counts_by_category()
    return {
        "categories": [(kind.value, f"{kind.zh}（名录里有 {counts.get(kind, 0)} 家）") for kind in Category],
        "volunteers": len(accounts.holders(Role.VOLUNTEER)),
        "most_checks": rules.MOST_CHECKS,
    }


@blueprint.post("/new")
@form(Action.CAMPAIGN_CREATE, CampaignForm, back="console_campaigns.new", idempotent=True)
def create(actor: Actor, body: dict[str, Any]) -> str:
    return _after(service.create(actor, **body), "活动已建好，下一步抽取单位和志愿者。")


@blueprint.get("/<number>")
@page(Action.CAMPAIGN_READ, "console/campaign.html")
def campaign(actor: Actor, number: str) -> dict[str, Any]:
    found = queries.campaign(actor, Action.CAMPAIGN_READ, number)
    sees_visits = may(actor, Action.VISIT_READ)
    visits = queries.visits_with_units(found.id) if sees_visits else []
    aliases = accounts.aliases({visit.volunteer_id for visit, _ in visits})
    due = cases.next_deadlines("visit", [visit.id for visit, _ in visits])
    done = [visit for visit, _ in visits if visit.state == "submitted"]
    return {
        "campaign": found,
        "state_zh": found.__lifecycle__.states[found.state or ""],
        "possible": possible(actor, found, Campaign),
        "clocks": clocks(found, cases.deadlines(found)),
        "events": course(found),
        "volunteers": len(accounts.holders(Role.VOLUNTEER)),
        "may_invite": may_invite(actor, Role.VOLUNTEER),
        "sees_visits": sees_visits,
        "visits": [
            {
                "visit": visit,
                "unit": unit,
                "county": county_name(unit.county_code),
                "state_zh": visit.__lifecycle__.states[visit.state or ""],
                "volunteer": aliases.get(visit.volunteer_id, ""),
                "clock": clocks(visit, [due[visit.id]])[0] if visit.id in due else None,
                "answers": _answers(found, visit),
            }
            for visit, unit in visits
        ],
        "done": len(done),
        "findings": rules.findings(found.checklist, [visit.answers for visit in done]) if done else [],
        "uncovered": queries.uncovered([found.id]).get(found.id, []) if sees_visits else [],
        "second_share": f"{rules.SECOND_VISITS:.0%}",
    }


@blueprint.post("/<number>/draw")
@form(Action.CAMPAIGN_DRAW, Button, back="console_campaigns.campaign")
def draw(actor: Actor, number: str, body: dict[str, Any]) -> str:
    return _after(service.draw(actor, number), "已抽取单位并分派志愿者，志愿者会收到通知。")


@blueprint.post("/<number>/close")
@form(Action.CAMPAIGN_CLOSE, Button, back="console_campaigns.campaign")
def close(actor: Actor, number: str, body: dict[str, Any]) -> str:
    return _after(service.close(actor, number), "体验已结束，下一步写总结、公布报告。")


@blueprint.post("/<number>/publish")
@form(Action.CAMPAIGN_PUBLISH, schemas.PublishIn, back="console_campaigns.campaign")
def publish(actor: Actor, number: str, body: dict[str, Any]) -> str:
    return _after(service.publish(actor, number, **body), "报告已公布，所有人都能看到。")


def _answers(found: Campaign, visit: Visit) -> list[tuple[str, str]]:
    """Pairs (item, answer) of a visit that was handed in."""
    return [(item, _ANSWERS[answer]) for item, answer in zip(found.checklist, visit.answers or [], strict=False)]


def _after(found: Campaign, words: str) -> str:
    flash(words, "success")
    return url_for("console_campaigns.campaign", number=found.number)
