"""The joint meeting over JSON, for the complainant; departments and the office work at the console."""

from types import SimpleNamespace

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.complaints import queries as complaints
from backend.infrastructure.http import ApiBlueprint, endpoint
from backend.kernel.errors import NotFound

from . import queries, schemas, views

blueprint = ApiBlueprint("joint_meeting", __name__, description="联席会议：涉及几个部门的投诉由谁牵头")


@blueprint.get("/complaints/<case_no>/dispatch")
@endpoint(Action.DISPATCH_READ, reply=schemas.DispatchForConsumer)
def dispatch(actor: Actor, case_no: str) -> SimpleNamespace:
    """消费者：联席会议交给谁牵头、结果怎样"""
    complaint = complaints.complaint(actor, Action.COMPLAINT_READ, case_no)
    found = queries.of_complaint(complaint.id)
    if found is None:
        raise NotFound("not_dispatched", "这件投诉没有提请联席会议，由市场监管部门办理。")
    return views.for_consumer(found)
