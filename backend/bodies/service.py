"""Keeping the bodies' telephone numbers."""

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure import audit, current
from backend.infrastructure.database import session
from backend.kernel.errors import NotFound
from backend.kernel.identifiers import check_phone

from .model import BodyContact
from .rules import BODIES


def set_contact(actor: Actor, code: str, *, phone: str, address: str | None = None) -> None:
    """Enter how a body is reached; complainants are told this number from now on. raises NotFound, InvalidInput"""
    if code not in BODIES:
        raise NotFound("body_not_found", "没有这个单位，请从名录里选。")
    contact = session().get(BodyContact, code, with_for_update=True)
    if contact is None:
        contact = BodyContact(code=code)
        session().add(contact)
    contact.phone, contact.address, contact.changed_at = check_phone(phone), address, current.now()
    audit.record(actor, Action.BODY_CONTACT_SET, "body_contact", code, after={"phone": contact.phone})
