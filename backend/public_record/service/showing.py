"""The way of a photo or a reply to the public, the card's section, and who is told; shared by the use cases beside it."""

from collections.abc import Mapping
from typing import Any

from backend.access.actor import Actor, Role
from backend.access.policy import Action
from backend.accounts import queries as accounts
from backend.badges import cards
from backend.certification.model import Certificate
from backend.infrastructure import audit, current
from backend.infrastructure.database import session
from backend.kernel.clock import local_date
from backend.kernel.errors import InvalidInput, NotPossibleNow
from backend.merchants.model import Unit
from backend.notifications import service as notifications
from backend.public_record import queries
from backend.public_record.model import (
    CateringGrade,
    KitchenLink,
    Objection,
    PublicEntry,
    ShopPhoto,
    Submission,
    UnitReply,
)
from backend.public_record.rules import Showing

_DECIDED: Mapping[type[Submission], Action] = {
    ShopPhoto: Action.SHOP_PHOTO_DECIDE,
    UnitReply: Action.UNIT_REPLY_DECIDE,
    KitchenLink: Action.KITCHEN_LINK_DECIDE,
}


def refresh_record(unit_id: str) -> None:
    """Write grades, entries, replies and the kitchen's address on the unit's card again."""
    session().flush()
    today = current.today()
    replies = {reply.about: _reply_shown(reply) for reply in queries.in_state(UnitReply, unit_id, Showing.SHOWN)}
    disputed = {found.entry_id: found for found in queries.objections_of(unit_id) if found.state == "received"}
    held = [entry for entry in queries.entries(unit_id) if entry.shown_until >= today]
    kitchen = next(iter(queries.in_state(KitchenLink, unit_id, Showing.SHOWN)), None)
    content: dict[str, Any] = {
        "grades": [_grade_shown(grade) for grade in queries.newest_grades(unit_id)],
        "entries": [
            {**_entry_shown(entry, disputed.get(entry.id)), "reply": replies.get(entry.number)}
            for entry in held
            if entry.withdrawn_on is None
        ],
        "withdrawn": [_tombstone(entry) for entry in held if entry.withdrawn_on is not None],
        "reply": replies.get(""),
        "kitchen": {"url": kitchen.url, "host": kitchen.url.split("/")[2].partition("?")[0]} if kitchen else None,
    }
    cards.write_section(unit_id, "record", content if any(content.values()) else None)


def check_waiting(found: Submission, *, show: bool, reason: str) -> None:
    """raises NotPossibleNow when it was decided already, InvalidInput for a refusal without a reason"""
    if found.showing is not Showing.WAITING:
        raise NotPossibleNow("decided_already", f"已经处理过了：{found.showing.zh}。", state=found.showing)
    if not show and not reason:
        raise InvalidInput("reason_missing", "不公开要写明理由。", fields={"reason": ["请写明理由，联络站看得到。"]})


def decided(actor: Actor, found: Submission, showing: Showing, reason: str) -> None:
    """Note the decision, with who made it."""
    found.showing, found.refusal = showing, reason or None
    found.decided_by, found.decided_at = actor.account_id, current.now()
    note(actor, _DECIDED[type(found)], found, before={"showing": "waiting"}, after={"showing": showing.value})
    session().flush()


def tell_decided(found: Submission, step: str) -> None:
    """Tell the station what became of it."""
    decision = "已公开" if found.showing is Showing.SHOWN else "没有通过审核"
    certificate = queries.unit_holder(found.unit_id)
    tell(certificate, "public_content_decided", f"{found.number}:{found.showing.value}", step=step, decision=decision)


def tell(certificate: Certificate, template: str, event: str, **params: str) -> None:
    """A notice to every member of the station."""
    unit = session().get_one(Unit, certificate.unit_id)
    for member in accounts.holders(Role.STATION_MEMBER, station_id=certificate.station_id):
        notifications.queue(
            member,
            template,
            {"unit_name": unit.name, **params},
            event_key=f"public_record:{event}",
            link=f"/station/units/{certificate.number}",
        )


def note(actor: Actor, action: str, row: PublicEntry | Submission, **values: Any) -> None:
    """An audit row about a row of the record."""
    audit.record(actor, action, row.__tablename__, row.id, chain=row.county_code, **values)


def _grade_shown(grade: CateringGrade) -> dict[str, str]:
    return {
        "kind": grade.kind.value,
        "kind_zh": grade.kind.zh,
        "level": grade.level.value,
        "words": grade.level.words(grade.kind),
        "on": grade.graded_on.isoformat(),
        "source": grade.source,
    }


def _entry_shown(entry: PublicEntry, disputed: Objection | None) -> dict[str, str | None]:
    return {
        "number": entry.number,
        "kind": entry.kind.value,
        "kind_zh": entry.kind.zh,
        "text": entry.text,
        "on": entry.decided_on.isoformat(),
        "source": entry.source_url,
        "until": entry.shown_until.isoformat(),
        "disputed_on": local_date(disputed.opened_at).isoformat() if disputed else None,
        "corrected_on": entry.corrected_on.isoformat() if entry.corrected_on else None,
    }


def _tombstone(entry: PublicEntry) -> dict[str, str]:
    return {
        "kind_zh": entry.kind.zh,
        "on": entry.decided_on.isoformat(),
        "withdrawn_on": entry.withdrawn_on.isoformat() if entry.withdrawn_on else "",
        "reason": entry.withdraw_reason or "",
        "until": entry.shown_until.isoformat(),
    }


def _reply_shown(reply: UnitReply) -> dict[str, str]:
    return {"text": reply.text, "on": local_date(reply.sent_at).isoformat()}
