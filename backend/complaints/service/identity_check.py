"""Proof of identity: asked for with a last day (form 4), given by the complainant. source: Order 121 §10, §16(5), §16(6)"""

import re
from datetime import date, timedelta

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.casework import service as casework
from backend.complaints import queries
from backend.complaints.identity_model import IdentityRequest
from backend.complaints.identity_requests import newest_request
from backend.complaints.model import Complaint
from backend.complaints.rules import IdKind
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.kernel.errors import InvalidInput, NotPossibleNow
from backend.kernel.identifiers import check_resident_id

from .paperwork import issue
from .telling import tell_consumer, tell_officers

_LONGEST = timedelta(days=30)
_OTHER_ID = re.compile(r"[A-Z0-9]{5,20}")


def ask_identity(actor: Actor, case_no: str, *, reason: str, until: date) -> Complaint:
    """Ask for proof of identity until a day; the periods of the complaint run on.

    until    from tomorrow to 30 days from now
    raises   InvalidInput identity_day_wrong; NotPossibleNow while a request waits for its answer
    """
    complaint = queries.complaint(actor, Action.COMPLAINT_ASK_IDENTITY, case_no)
    if complaint.officer_id is None:
        complaint.officer_id = actor.account_id
    last = newest_request(complaint.id)
    number = last.number + 1 if last else 1
    casework.apply(complaint, "ask_identity", actor, details={"number": number})
    if last is not None and last.answered_at is None and last.until >= current.today():
        raise NotPossibleNow(
            "identity_asked_already", "已经请投诉人提供身份证明，期限还没有到。", state=complaint.state
        )
    if not current.today() < until <= current.today() + _LONGEST:
        raise InvalidInput(
            "identity_day_wrong", "提供期限应在明天以后、30 天以内。", fields={"until": ["请重新选择。"]}
        )
    asked = IdentityRequest(
        complaint_id=complaint.id,
        number=number,
        reason=reason,
        until=until,
        asked_at=current.now(),
        asked_by=actor.account_id,
    )
    session().add(asked)
    issue(actor, complaint, 4, part=number)
    tell_consumer(complaint, "identity_asked", event=f":{number}", due=until)
    return complaint


def answer_identity(actor: Actor, case_no: str, *, id_kind: IdKind, id_number: str) -> Complaint:
    """The complainant gives kind and number of an ID; late is better than never. raises InvalidInput, NotPossibleNow"""
    complaint = queries.complaint(actor, Action.COMPLAINT_ANSWER_IDENTITY, case_no)
    casework.apply(complaint, "answer_identity", actor)
    asked = newest_request(complaint.id)
    if asked is None or asked.answered_at is not None:
        raise NotPossibleNow(
            "identity_not_asked", "市场监管部门没有请您提供身份证明，不用填写。", state=complaint.state
        )
    asked.id_kind, asked.id_number = id_kind, _checked(id_kind, id_number)
    asked.answered_at = current.now()
    tell_officers(complaint, "identity_given", event=f":{asked.number}")
    return complaint


def _checked(kind: IdKind, typed: str) -> str:
    if kind is IdKind.RESIDENT:
        return check_resident_id(typed)
    number = re.sub(r"\s", "", typed).upper()
    if not _OTHER_ID.fullmatch(number):
        raise InvalidInput(
            "id_number_invalid", "证件号码不对，请照证件填写字母和数字。", fields={"id_number": ["请核对。"]}
        )
    return number
