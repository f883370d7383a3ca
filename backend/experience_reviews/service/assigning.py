"""A visit comes to a volunteer, by the draw or from one who stepped back."""

from backend.access.actor import Actor
from backend.casework import queries as cases
from backend.casework import service as casework
from backend.experience_reviews import rules
from backend.experience_reviews.model import Campaign, Visit
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.kernel.identifiers import new_case_number
from backend.merchants.model import Unit
from backend.notifications import service as notifications


def assign(actor: Actor, campaign: Campaign, drawn: rules.Drawn) -> None:
    """Give a drawn visit to its volunteer, who is told."""
    unit = session().get_one(Unit, drawn.unit_id)
    visit = Visit(
        number=new_case_number("RW", current.today()),
        campaign_id=campaign.id,
        unit_id=unit.id,
        volunteer_id=drawn.volunteer_id,
        second=drawn.second,
        county_code=unit.county_code,
        rule_set="2026",
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
