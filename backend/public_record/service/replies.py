"""Replies of a unit: written by its station, shown after an officer or the council has read them."""

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.kernel.errors import NotFound, NotPossibleNow
from backend.kernel.identifiers import new_case_number
from backend.public_record import queries
from backend.public_record.model import UnitReply
from backend.public_record.rules import Showing

from .showing import check_waiting, decided, note, refresh_record, tell_decided


def send_reply(actor: Actor, number: str, *, text: str, about: str = "") -> UnitReply:
    """What the unit with this certificate answers in public; shown after an officer or the council has read it.

    about    number of an entry that is shown; empty for an answer to the ratings
    raises   NotFound, NotPermitted, NotPossibleNow
    """
    certificate = queries.unit_of(actor, Action.UNIT_REPLY_SEND, number)
    if about:
        entry = next((one for one in queries.entries(certificate.unit_id) if one.number == about), None)
        if entry is None:
            raise NotFound("record_not_found", "没有这条公示信息。")
        if not entry.is_shown(current.today()):
            raise NotPossibleNow("entry_not_shown", "这条信息已经不再公示，不用回应。", state="withdrawn")
    for waiting in queries.replies_about(certificate.unit_id, about, Showing.WAITING):
        waiting.showing = Showing.REPLACED
    session().flush()
    reply = UnitReply(
        number=new_case_number("HY", current.today()),
        unit_id=certificate.unit_id,
        county_code=certificate.county_code,
        about=about,
        text=text,
        showing=Showing.WAITING,
        sent_by=actor.account_id,
        sent_at=current.now(),
    )
    session().add(reply)
    note(actor, Action.UNIT_REPLY_SEND, reply, after={"number": reply.number})
    return reply


def decide_reply(actor: Actor, number: str, *, show: bool, reason: str = "") -> UnitReply:
    """Show a reply that waits, in place of the one shown before; or refuse it with a reason.

    raises   NotFound, NotPermitted, NotPossibleNow, InvalidInput
    """
    reply = queries.reply(actor, Action.UNIT_REPLY_DECIDE, number)
    check_waiting(reply, show=show, reason=reason)
    if show:
        for before in queries.replies_about(reply.unit_id, reply.about, Showing.SHOWN):
            before.showing = Showing.REPLACED
        session().flush()
    decided(actor, reply, Showing.SHOWN if show else Showing.REFUSED, reason)
    refresh_record(reply.unit_id)
    tell_decided(reply, "回应")
    return reply
