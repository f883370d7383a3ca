"""What is done to a certificate. Whoever calls refreshes the unit's card in the same transaction (badges.service)."""

from collections.abc import Mapping
from datetime import date

from backend.access.actor import Actor
from backend.casework import queries as cases
from backend.casework import service as casework
from backend.infrastructure import audit, current
from backend.infrastructure.database import session, take_turns
from backend.merchants.model import Unit
from backend.notifications import service as notifications
from backend.transparency import service as transparency
from backend.transparency.rules import Act

from . import queries
from .model import Certificate
from .rules import PREFIX, Ground


def award(actor: Actor, unit: Unit, number: str, issued_on: date, valid_until: date) -> Certificate:
    """Certify a unit.

    valid_until   last valid day
    raises        Conflict by the database when the unit holds an open certificate or the number is taken
    """
    certificate = Certificate(
        unit_id=unit.id,
        station_id=unit.station_id,
        county_code=unit.county_code,
        number=number,
        issued_on=issued_on,
        valid_until=valid_until,
        rule_set="2026",
    )
    casework.apply(certificate, "award", actor, due_on={"V1": valid_until})
    session().add(certificate)
    _log(certificate, "award", unit=unit)
    return certificate


def next_number(year: int) -> str:
    """The number of the year's next certificate, as the register writes them; who asks next waits until this one is stored."""
    take_turns(f"certificate-number:{year}")
    prefix = f"{PREFIX}{year}-"
    return f"{prefix}{queries.greatest_number(prefix) + 1:05d}"


def renew(actor: Actor, certificate: Certificate, valid_until: date, *, issued_on: date | None = None) -> None:
    """Extend or shorten the validity of an open certificate (年度后评价, or a corrected register).

    issued_on   a corrected day of issue
    """
    before = {"issued_on": certificate.issued_on.isoformat(), "valid_until": certificate.valid_until.isoformat()}
    certificate.valid_until, certificate.issued_on = valid_until, issued_on or certificate.issued_on
    casework.move_due(certificate, "V1", valid_until)
    audit.record(
        actor,
        "certificate.renew",
        "certificate",
        certificate.id,
        chain=certificate.county_code,
        before=before,
        after={"issued_on": certificate.issued_on.isoformat(), "valid_until": valid_until.isoformat()},
    )
    notifications.drop(renewal_notices(certificate))
    _log(certificate, "renew")


def renewal_notices(certificate: Certificate) -> str:
    """What the keys of notices that it may be renewed begin with; they are taken back when it is renewed or ends."""
    return f"certificate:{certificate.id}:renewal:"


def rectify(actor: Actor, certificate: Certificate, ground: Ground, due_on: date | None = None) -> None:
    """Order a rectification (整改), by `due_on` or within the usual period."""
    _take(certificate, "rectify", actor, ground, due_on={"R1": due_on} if due_on else None)


def suspend(actor: Actor, certificate: Certificate, ground: Ground) -> None:
    """Suspend (暂停) until restored or revoked."""
    _take(certificate, "suspend", actor, ground)


def restore(actor: Actor, certificate: Certificate) -> None:
    """End a rectification or suspension in the unit's favour."""
    _take(certificate, "restore", actor)


def revoke(actor: Actor, certificate: Certificate, ground: Ground) -> None:
    """Revoke (撤销). The decision and its second officer stand in `supervision`."""
    _take(certificate, "revoke", actor, ground)


def cancel(actor: Actor, certificate: Certificate, ground: Ground) -> None:
    """Cancel (注销) without fault: closed, moved, voluntary."""
    _take(certificate, "cancel", actor, ground)


def expire_due(actor: Actor, limit: int = 200) -> list[Certificate]:
    """Expire every certificate whose last valid day has passed.

    returns   the certificates that expired, whose cards the caller refreshes
    """
    ids = cases.due_case_ids(Certificate.__tablename__, "V1", current.now(), limit)
    expired = [certificate for certificate in map(_by_id, ids) if certificate is not None]
    for certificate in expired:
        _take(certificate, "expire", actor)
    return expired


def _by_id(certificate_id: str) -> Certificate | None:
    return session().get(Certificate, certificate_id)


def _take(
    certificate: Certificate,
    action: str,
    actor: Actor,
    ground: Ground | None = None,
    due_on: Mapping[str, date] | None = None,
) -> None:
    """One step of the certificate's life, with the reason that the public reads and the log's leaf."""
    casework.apply(certificate, action, actor, ground=ground, due_on=due_on)
    certificate.ground = ground.value if ground else None
    certificate.reason_on = current.today() if certificate.state != "certified" else None
    if certificate.state not in queries.OPEN:
        notifications.drop(renewal_notices(certificate))
    _log(certificate, action)


def _log(certificate: Certificate, act: str, unit: Unit | None = None) -> None:
    """The act in the transparency log; if that fails, so does the act."""
    named = unit or session().get_one(Unit, certificate.unit_id)
    transparency.record(
        Act(
            act=act,
            certificate=certificate.number,
            unit=named.name,
            uscc=named.merchant.uscc,
            state=certificate.state or "",
            ground=certificate.ground,
            on=certificate.issued_on if act == "award" else current.today(),
            issued_on=certificate.issued_on,
            valid_until=certificate.valid_until,
            at=current.now(),
        )
    )
