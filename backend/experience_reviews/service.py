"""What the council and its volunteers do. Conflicts known to features beside this one are passed in by whoever calls."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress

import sqlalchemy as sa
from flask import Flask, current_app

from backend.access.actor import SYSTEM, Actor, Role
from backend.access.policy import Action
from backend.accounts import queries as accounts
from backend.badges import cards, tickets
from backend.badges import queries as badges
from backend.casework import queries as cases
from backend.casework import service as casework
from backend.certification import queries as certificates
from backend.infrastructure import current
from backend.infrastructure.audit import CITY_CHAIN
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.errors import InvalidInput, NotPossibleNow
from backend.kernel.identifiers import new_case_number
from backend.merchants.model import Unit
from backend.merchants.rules import Category
from backend.notifications import service as notifications

from . import queries, rules
from .model import Campaign, Visit

#: Clock of a campaign → what the council should have done; the lifecycle's alerts say that it is told.
_STEPS = {"E1": "抽取体验单位", "E2": "结束体验", "E3": "公布体验报告"}
Conflicts = Callable[[list[str]], Mapping[str, AbstractSet[str]]]


def init_conflicts(app: Flask, conflicts: Conflicts) -> None:
    """Give the application the conflicts that only packages beside this one know.

    conflicts   volunteer ids → for each the unit ids barred to them
    """
    app.extensions["fangxin_conflicts"] = conflicts


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
        opened_at=current.now(),
        state_since=current.now(),
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
    conflicts: Conflicts = current_app.extensions["fangxin_conflicts"]
    seed = rules.seed_of(campaign.number, frame, people, campaign.sample_size)
    try:
        drawn = rules.draw(frame, people, conflicts(people), campaign.sample_size, seed)
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
        _assign(actor, campaign, item)
    return campaign


def declare_conflict(actor: Actor, number: str) -> Visit:
    """The volunteer has an interest in the unit and steps back; while the visiting goes on another one takes over.

    Without anybody free the unit stays open, and the council reads so in the campaign.
    """
    visit = queries.visit(actor, Action.VISIT_DECLARE_CONFLICT, number)
    casework.apply(visit, "declare_conflict", actor)
    _reassign(visit)
    return visit


def start(actor: Actor, number: str, *, visit_ticket: str) -> Visit:
    """Bind the visit to a scan of the unit's own plate; the form is due 72 hours later.

    raises   InvalidInput when the scanned plate is another unit's, or was scanned before the visit was assigned
    """
    visit = queries.visit(actor, Action.VISIT_START, number)
    seen = tickets.read(visit_ticket)
    plate = badges.plate_by_id(seen.plate_id)
    if plate.unit_id != visit.unit_id:
        raise InvalidInput(
            "other_unit_scanned",
            "您扫的不是这次要体验的单位，请核对店名后重新扫码。",
            fields={"visit_ticket": ["扫到的是另一家单位。"]},
        )
    if seen.hour < visit.opened_at.replace(minute=0, second=0, microsecond=0):
        raise InvalidInput(
            "scan_before_assignment",
            "这次扫码早于任务分派的时间，请到店重新扫码。",
            fields={"visit_ticket": ["请到店重新扫码。"]},
        )
    casework.apply(visit, "start", actor)
    visit.plate_id, visit.visited_at = plate.id, seen.hour
    return visit


def submit(actor: Actor, number: str, *, answers: list[str], remark: str) -> Visit:
    """Hand the form in; it cannot be changed afterwards.

    answers   one of 'pass', 'fail', 'na' for each item of the checklist, in its order
    """
    visit = queries.visit(actor, Action.VISIT_SUBMIT, number)
    checklist = session().get_one(Campaign, visit.campaign_id).checklist
    if len(answers) != len(checklist):
        raise InvalidInput(
            "answers_incomplete",
            f"共有 {len(checklist)} 个检查项，请逐项填写。",
            fields={"answers": ["有检查项没有填。"]},
        )
    casework.apply(visit, "submit", actor)
    visit.answers, visit.remark, visit.submitted_at = answers, remark, current.now()
    return visit


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
    return campaign


def sweep() -> int:
    """Let visits lapse whose time has run out and tell the council of late campaigns; opens its own units of work.

    returns   how many visits and campaigns were touched
    """
    with unit_of_work():
        late = casework.mark_breaches("campaign", tuple(_STEPS))
        for campaign_id, clock in late:
            _tell_council(session().get_one(Campaign, campaign_id), clock)
    with unit_of_work(read_only=True):
        due = {case_id for clock in ("V1", "V2") for case_id in cases.due_case_ids("visit", clock, current.now())}
    for visit_id in sorted(due):
        with unit_of_work():
            visit = session().get_one(Visit, visit_id, with_for_update=True)
            if visit.state in {"assigned", "started"}:
                casework.apply(visit, "lapse", SYSTEM)
    return len(late) + len(due)


def _reassign(visit: Visit) -> None:
    # The campaign's row is held, so that of several who step back at once each sees the other's successor.
    campaign = session().get_one(Campaign, visit.campaign_id, with_for_update=True)
    if campaign.state != "visiting" or campaign.seed is None:
        return
    session().flush()
    people = accounts.holders(Role.VOLUNTEER)
    conflicts: Conflicts = current_app.extensions["fangxin_conflicts"]
    held = queries.visits_of(campaign.id)
    load = {person: sum(1 for one in held if one.volunteer_id == person) for person in people}
    had_it = {one.volunteer_id for one in held if one.unit_id == visit.unit_id}
    with suppress(rules.NotEnoughVolunteers):
        successor = rules.replacement(visit.unit_id, load, conflicts(people), had_it, campaign.seed)
        _assign(SYSTEM, campaign, rules.Drawn(visit.unit_id, successor, second=visit.second))


def _tell_council(campaign: Campaign, clock: str) -> None:
    due = next(one for one in cases.open_deadlines(campaign) if one.clock == clock).due_at
    for member in accounts.holders(Role.COUNCIL):
        notifications.queue(
            member,
            "deadline_missed",
            {"case_no": campaign.number, "unit_name": campaign.title, "step": _STEPS[clock], "due": due},
            event_key=f"campaign:{campaign.id}:late:{clock}",
            link=f"/console/campaigns/{campaign.number}",
        )


def _assign(actor: Actor, campaign: Campaign, drawn: rules.Drawn) -> None:
    unit = session().get_one(Unit, drawn.unit_id)
    visit = Visit(
        number=new_case_number("RW", current.today()),
        campaign_id=campaign.id,
        unit_id=unit.id,
        volunteer_id=drawn.volunteer_id,
        second=drawn.second,
        county_code=unit.county_code,
        rule_set="2026",
        opened_at=current.now(),
        state_since=current.now(),
    )
    casework.apply(visit, "assign", actor)
    session().add(visit)
    session().flush()
    due = cases.next_deadlines("visit", [visit.id])[visit.id].due_at
    notifications.queue(
        visit.volunteer_id,
        "visit_assigned",
        {"campaign": campaign.title, "visit_no": visit.number, "due": due},
        event_key=f"visit:{visit.id}:assigned",
        link=f"/volunteer/{visit.number}",
    )


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
