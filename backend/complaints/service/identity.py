"""A complainant's real identity: kept sealed, read by those alone who may, every look of an officer noted. source: Order 121 §10"""

from dataclasses import dataclass, replace
from datetime import datetime

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.complaints import queries
from backend.complaints.identity_requests import newest_request
from backend.complaints.likeness import address_index
from backend.complaints.model import Complainant, IdentityView
from backend.infrastructure import audit, current
from backend.infrastructure.database import session
from backend.infrastructure.sealing import blind_index
from backend.kernel.errors import InvalidInput
from backend.kernel.identifiers import check_phone

from .protection import check_unlocked


@dataclass(frozen=True)
class Identity:
    """A consumer's real identity; kind and number of an ID where the bureau had asked for them. source: Order 121 §10"""

    name: str
    phone: str
    address: str
    id_kind: str | None = None
    id_number: str | None = None


#: What a complaint needs of its author.
PARTS = ("name", "phone", "address")


def incomplete(*missing: str) -> InvalidInput:
    """What to raise where these parts of an identity are missing. source: Order 121 §10"""
    return InvalidInput(
        "identity_missing",
        "向市场监管部门投诉须提供真实的姓名、电话和通讯地址。",
        fields={part: ["投诉必须填写。"] for part in missing},
        article="总局令第121号 第十条",
    )


def reveal_identity(actor: Actor, case_no: str, *, purpose: str) -> tuple[Identity, datetime]:
    """The complainant's name, phone and address; the look is written down and shown to the complainant.

    returns   the identity, and when the look was noted
    raises    NotPossibleNow while it is locked
    source    PIPL §51
    """
    complaint = queries.complaint(actor, Action.IDENTITY_REVEAL, case_no)
    check_unlocked(complaint.complainant_id)
    now = current.now()
    session().add(IdentityView(complaint_id=complaint.id, officer_id=actor.account_id, at=now, purpose=purpose))
    audit.record(actor, Action.IDENTITY_REVEAL, "complaint", complaint.id, chain=complaint.county_code)
    found, proof = identity_of(complaint.complainant_id), newest_request(complaint.id)
    if proof is not None and proof.id_kind is not None:
        found = replace(found, id_kind=proof.id_kind.zh, id_number=proof.id_number)
    return found, now


def identity_of(complainant_id: str) -> Identity:
    """The identity that was given for a dispute; for those alone who may read it."""
    held = session().get_one(Complainant, complainant_id)
    return Identity(held.name or "", held.phone or "", held.address or "")


def keep_identity(actor: Actor, identity: Identity) -> Complainant:
    """Keep the identity that somebody gave for a dispute, sealed. raises InvalidInput for what is missing, or no phone number"""
    if missing := [part for part in PARTS if not getattr(identity, part)]:
        raise incomplete(*missing)
    phone = check_phone(identity.phone)
    complainant = Complainant(
        account_id=actor.account_id,
        name=identity.name,
        phone=phone,
        phone_index=blind_index("complainant-phone", phone),
        address=identity.address,
        address_index=address_index(identity.address),
        given_at=current.now(),
    )
    session().add(complainant)
    session().flush()
    return complainant
