"""A complaint as an answer over JSON, in the schema of whoever asked."""

from backend.access.actor import Actor
from backend.infrastructure.database import session
from backend.infrastructure.fields import Output
from backend.infrastructure.http import Reply

from . import schemas, views
from .model import Complaint, Settlement


def complaint_for(actor: Actor, complaint: Complaint) -> Reply:
    """The complaint as officers, its author or the station read it."""
    settlement = session().get_one(Settlement, complaint.settlement_id)
    schema: type[Output] = schemas.ComplaintForStation
    if actor.is_staff:
        schema = schemas.ComplaintForOfficer
    elif complaint.consumer_id == actor.account_id:
        schema = schemas.ComplaintForConsumer
    return Reply(schema().dump(views.complaint_view(actor, complaint, settlement)), dumped=True)
