"""What time does: visits lapse, volunteers are reminded, the council hears of late campaigns. Run by the worker."""

from datetime import datetime, timedelta
from functools import partial

from backend.access.actor import SYSTEM, Role
from backend.accounts import queries as accounts
from backend.casework import queries as cases
from backend.casework import service as casework
from backend.experience_reviews.model import Campaign, Visit
from backend.infrastructure import current
from backend.infrastructure.database import session, unit_of_work
from backend.notifications import service as notifications

#: Clock of a campaign → what the council should have done; the lifecycle's alerts say that it is told.
_STEPS = {"E1": "抽取体验单位", "E2": "结束体验", "E3": "公布体验报告"}
_REMIND_BEFORE = timedelta(days=1)


def sweep() -> int:
    """Let visits lapse whose time has run out, remind of those near it, tell the council of late campaigns; own units of work.

    returns   how many visits and campaigns were touched
    """
    with unit_of_work():
        late = casework.mark_breaches("campaign", tuple(_STEPS))
        for campaign_id, clock in late:
            _tell_council(session().get_one(Campaign, campaign_id), clock)
    with unit_of_work(read_only=True):
        due = {case_id for clock in ("V1", "V2") for case_id in cases.due_case_ids("visit", clock, current.now())}
    with unit_of_work():
        _remind(current.now() + _REMIND_BEFORE)
    for visit_id in sorted(due):
        with unit_of_work():
            visit = session().get_one(Visit, visit_id, with_for_update=True)
            if visit.state in {"assigned", "started"}:
                casework.apply(visit, "lapse", SYSTEM)
    return len(late) + len(due)


def _remind(until: datetime) -> None:
    """Remind volunteers of visits whose time runs out before then, once for each of the two clocks."""
    for clock in ("V1", "V2"):
        for visit in map(partial(session().get_one, Visit), cases.due_case_ids("visit", clock, until)):
            due = cases.next_deadlines("visit", [visit.id])[visit.id].due_at
            if due > current.now():
                notifications.queue(
                    visit.volunteer_id,
                    "visit_due_soon",
                    {
                        "campaign": session().get_one(Campaign, visit.campaign_id).title,
                        "visit_no": visit.number,
                        "due": due,
                    },
                    event_key=f"visit:{visit.id}:soon:{clock}",
                    link=f"/volunteer/{visit.number}",
                )


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
