"""What stands in a case is what its forms say: the values of each form, for whom it is addressed to."""

from datetime import date, datetime

from backend.bodies.rules import BODIES, OFFICE
from backend.complaints import queries
from backend.complaints.identity_requests import newest_request
from backend.complaints.mediation import mediation_of
from backend.complaints.model import Complaint, Settlement
from backend.complaints.rules import Addressee, EvidenceKind, Request, Side, item
from backend.documents.rules import FORMS
from backend.infrastructure.database import session
from backend.kernel.masking import masked
from backend.kernel.wording import local_day, local_time, yuan
from backend.merchants import queries as merchants

from .identity import Identity, identity_of

#: What people typed, masked in what goes to the merchant.
_TYPED = ("reason", "facts", "agreement")


def form_values(complaint: Complaint, form: int, party: Addressee, dated: date) -> dict[str, str]:
    """Key → text for a form. What goes to the merchant names nobody, and what was typed is masked. raises CannotOpen"""
    identity = identity_of(complaint.complainant_id) if party is Addressee.CONSUMER else None
    values = {**_common(complaint, identity), **_own(complaint, form, dated)}
    if party is Addressee.MERCHANT:
        values |= {key: masked(values[key]) for key in _TYPED if key in values}
        if form == 9:
            values["name"] = complaint.alias
    return {key: value for key, value in values.items() if key in FORMS[form].keys}


def register_values(
    dispute: Settlement, case_no: str, opened_at: datetime, identity: Identity | None
) -> dict[str, str]:
    """Key → text for the register form (form 1), which holds what every other form says of the dispute.

    identity   None for what the merchant reads: the unit's own name stands where the form addresses somebody
    """
    unit = merchants.unit(dispute.unit_id)
    photos = queries.evidence(dispute.id, Side.CONSUMER)
    return {
        "case_no": case_no,
        "received_on": local_day(opened_at),
        "name": identity.name if identity else dispute.unit_name,
        "phone": identity.phone if identity else "",
        "address": identity.address if identity else "",
        "consent_publish": "同意" if dispute.consent_publish else "不同意",
        "consent_delegate": "同意" if dispute.consent_delegate else "不同意",
        "respondent": dispute.unit_name,
        "respondent_address": unit.address,
        "respondent_phone": unit.phone,
        "happened_on": local_day(dispute.happened_on),
        "amount": yuan(dispute.amount_fen) if dispute.amount_fen else "没有写明",
        "facts": dispute.facts,
        "evidence": _evidence([one.kind for one in photos]),
        "request": "、".join(one.zh for one in Request if one.value in dispute.wanted),
    }


def _common(complaint: Complaint, identity: Identity | None) -> dict[str, str]:
    dispute = session().get_one(Settlement, complaint.settlement_id)
    return register_values(dispute, complaint.case_no, complaint.opened_at, identity)


def _evidence(kinds: list[EvidenceKind]) -> str:
    counted = [(EvidenceKind.PHOTO, "张"), (EvidenceKind.PDF, "份")]
    said = [f"{kind.zh} {kinds.count(kind)} {word}" for kind, word in counted if kind in kinds]
    return "、".join(said) or "没有提交"


def _meeting(complaint: Complaint) -> dict[str, str]:
    mediation = mediation_of(complaint)
    meeting = mediation.meetings[-1]
    return {
        "meeting_at": local_time(meeting.meeting_at),
        "place": f"{meeting.way.zh}，{meeting.place}",
        "mediator": mediation.names[meeting.mediator_id],
    }


def _proof(complaint: Complaint) -> dict[str, str]:
    asked = newest_request(complaint.id)
    return {"reason": asked.reason, "until": local_day(asked.until)} if asked else {}


def _forwarded(complaint: Complaint) -> dict[str, str]:
    """To whom the newest move brings it, and why."""
    move = queries.moves(complaint.id)[-1]
    brought = move.step == "pass_to_office"
    advice = f"。本局认为应由{BODIES[move.to_body].name}处理" if brought else ""
    evidence = _evidence([one.kind for one in queries.evidence(complaint.settlement_id, Side.CONSUMER)])
    return {
        "name": (OFFICE if brought else BODIES[move.to_body]).name,
        "kind": "投诉",
        "reason": f"{move.basis}{advice}。{move.reason}",
        "enclosed": f"投诉登记表一份；证据：{evidence}",
    }


def _own(complaint: Complaint, form: int, dated: date) -> dict[str, str]:
    """What a form says of its own decision."""
    values = {"decided_on": local_day(dated), "agreed_on": local_day(dated)}
    ground = complaint.refusal_ground if form == 6 else complaint.termination_ground
    if ground is not None:
        values |= {
            "ground_code": ground.value,
            "ground_item": item(ground),
            "ground": ground.zh,
            "reason": complaint.decision_text or "",
        }
    if form == 3:
        values |= _forwarded(complaint)
    if form == 4:
        values |= _proof(complaint)
    if form == 6 and complaint.right_body_name:
        values |= {"right_body": complaint.right_body_name, "right_body_reach": complaint.right_body_reach or ""}
    if form == 7:
        values |= _meeting(complaint)
    if form == 9:
        values["agreement"] = complaint.agreement_text or ""
    return values
