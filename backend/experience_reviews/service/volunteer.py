"""What a volunteer does: step back, visit, hand in."""

from contextlib import suppress

from backend.access.actor import SYSTEM, Actor, Role
from backend.access.policy import Action
from backend.accounts import queries as accounts
from backend.badges import queries as badges
from backend.casework import service as casework
from backend.experience_reviews import queries, rules
from backend.experience_reviews.model import Campaign, Visit
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.kernel.errors import InvalidInput, NotPossibleNow
from backend.notifications import service as notifications

from .assigning import assign
from .conflicts import conflicts_of


def declare_conflict(actor: Actor, number: str) -> Visit:
    """The volunteer has an interest in the unit and steps back; while the visiting goes on another one takes over.

    Without anybody free the unit stays open, and the council reads so in the campaign.
    """
    visit = queries.visit(actor, Action.VISIT_DECLARE_CONFLICT, number)
    casework.apply(visit, "declare_conflict", actor)
    notifications.drop(f"visit:{visit.id}:")
    _reassign(visit)
    return visit


def start(actor: Actor, number: str, *, visit_ticket: str) -> Visit:
    """Bind the visit to a scan of the unit's own plate; the form is due 72 hours later.

    raises   InvalidInput when the scanned plate is another unit's, or was scanned before the visit was assigned;
             NotPossibleNow when the volunteer has rated or complained about the unit since the draw
    """
    visit = queries.visit(actor, Action.VISIT_START, number)
    plate, seen = badges.visited(visit_ticket)
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
    if visit.unit_id in conflicts_of([visit.volunteer_id]).get(visit.volunteer_id, set()):
        raise NotPossibleNow(
            "conflict_since_draw",
            "您评价或投诉过这家单位，或在它的联络站任职，不能做这次体验。请申报回避，由其他志愿者接手。",
            state=visit.state,
            allowed=["declare_conflict"],
        )
    casework.apply(visit, "start", actor)
    visit.plate_id, visit.visited_at = plate.id, seen.hour
    return visit


def submit(actor: Actor, number: str, *, answers: list[str], remark: str) -> Visit:
    """Hand the form in; it cannot be changed afterwards.

    answers   one of 'pass', 'fail', 'na' for each item of the checklist, in its order
    raises    NotPossibleNow when the report is out
    """
    visit = queries.visit(actor, Action.VISIT_SUBMIT, number)
    campaign = session().get_one(
        Campaign, visit.campaign_id, with_for_update=True
    )  # against publishing at the same time
    if campaign.state == "published":
        raise NotPossibleNow("report_published", "这次活动的报告已经公布，不再收体验表。", state=visit.state)
    checklist = campaign.checklist
    if len(answers) != len(checklist):
        raise InvalidInput(
            "answers_incomplete",
            f"共有 {len(checklist)} 个检查项，请逐项填写。",
            fields={"answers": ["有检查项没有填。"]},
        )
    casework.apply(visit, "submit", actor)
    notifications.drop(f"visit:{visit.id}:")
    visit.answers, visit.remark, visit.submitted_at = answers, remark, current.now()
    return visit


def _reassign(visit: Visit) -> None:
    # The campaign's row is held, so that of several who step back at once each sees the other's successor.
    campaign = session().get_one(Campaign, visit.campaign_id, with_for_update=True)
    if campaign.state != "visiting" or campaign.seed is None:
        return
    session().flush()
    people = accounts.holders(Role.VOLUNTEER)
    held = queries.visits_of(campaign.id)
    load = {person: sum(1 for one in held if one.volunteer_id == person) for person in people}
    had_it = {one.volunteer_id for one in held if one.unit_id == visit.unit_id}
    with suppress(rules.NotEnoughVolunteers):
        successor = rules.replacement(visit.unit_id, load, conflicts_of(people), had_it, campaign.seed)
        assign(SYSTEM, campaign, rules.Drawn(visit.unit_id, successor, second=visit.second))
