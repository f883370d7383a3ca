"""Two complaints about one dispute are handled as one; a person decides that they are. source: Order 121 §16(2)"""

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.bodies import queries as bodies
from backend.casework import service as casework
from backend.complaints import queries
from backend.complaints.lifecycle import COMPLAINT
from backend.complaints.model import Complainant, Complaint
from backend.infrastructure.database import session
from backend.kernel.errors import InvalidInput, NotPossibleNow

from .telling import take_back_notices, tell_consumer


def merge(actor: Actor, case_no: str, *, into: str, text: str) -> Complaint:
    """Merge a complaint that is not decided yet into another open one of the same person with the same unit.

    into     number of the complaint in which it is handled from now on
    text     why it is the same dispute; told to the complainant
    raises   NotPossibleNow, InvalidInput, NotFound
    """
    complaint = queries.complaint(actor, Action.COMPLAINT_MERGE, case_no)
    casework.apply(complaint, "merge", actor)
    other = queries.complaint(actor, Action.COMPLAINT_MERGE, into)
    if other.id == complaint.id or other.unit_id != complaint.unit_id:
        raise _invalid("not_same_unit", "请填对同一家单位的另一件投诉的编号。")
    if not _same_person(complaint, other):
        raise _invalid("not_same_person", "两件投诉不是同一个人提的，不能合并。几个人为同一件事投诉的，各办各的。")
    if other.state in COMPLAINT.closed:
        raise NotPossibleNow(
            "other_closed", "那件投诉已经办结，不能并入。同一件事已经办过的，请按不予受理办理。", state=complaint.state
        )
    complaint.merged_into, complaint.decision_text = other.id, text
    take_back_notices(complaint)
    told = bodies.reached(other.county_code)
    tell_consumer(complaint, "complaint_merged", body=told.name, phone=told.phone)
    return complaint


def _same_person(one: Complaint, other: Complaint) -> bool:
    if one.consumer_id == other.consumer_id:
        return True
    phones = sa.select(sa.func.count(sa.distinct(Complainant.phone_index))).where(
        Complainant.id.in_([one.complainant_id, other.complainant_id])
    )
    return session().scalar(phones) == 1


def _invalid(code: str, words: str) -> InvalidInput:
    return InvalidInput(code, words, fields={"into": [words]})
