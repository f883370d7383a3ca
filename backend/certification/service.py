"""What is done to a certificate. Whoever calls refreshes the unit's card in the same transaction (badges.service)."""

from datetime import date

from backend.access.actor import Actor
from backend.casework import queries as cases
from backend.casework import service as casework
from backend.infrastructure import audit, current
from backend.infrastructure.database import session
from backend.merchants.model import Unit

from .model import Certificate
from .rules import Ground


def award(actor: Actor, unit: Unit, number: str, issued_on: date, valid_until: date) -> Certificate:
    """Certify a unit.

    valid_until   last valid day
    raises        Conflict by the database when the unit holds an open certificate or the number is taken
    """
    now = current.now()
    certificate = Certificate(
        unit_id=unit.id,
        station_id=unit.station_id,
        county_code=unit.county_code,
        number=number,
        issued_on=issued_on,
        valid_until=valid_until,
        opened_at=now,
        state_since=now,
        rule_set="2026",
    )
    casework.apply(certificate, "award", actor, due_on={"V1": valid_until})
    session().add(certificate)
    return certificate


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


def rectify(actor: Actor, certificate: Certificate, ground: Ground, due_on: date | None = None) -> None:
    """Order a rectification (整改), by `due_on` or within the usual period."""
    casework.apply(certificate, "rectify", actor, ground=ground, due_on={"R1": due_on} if due_on else None)
    _explain(certificate, ground)


def suspend(actor: Actor, certificate: Certificate, ground: Ground) -> None:
    """Suspend (暂停) until restored or revoked."""
    casework.apply(certificate, "suspend", actor, ground=ground)
    _explain(certificate, ground)


def restore(actor: Actor, certificate: Certificate) -> None:
    """End a rectification or suspension in the unit's favour."""
    casework.apply(certificate, "restore", actor)
    _explain(certificate, None)


def revoke(actor: Actor, certificate: Certificate, ground: Ground) -> None:
    """Revoke (撤销). The decision and its second officer stand in `supervision`."""
    casework.apply(certificate, "revoke", actor, ground=ground)
    _explain(certificate, ground)


def cancel(actor: Actor, certificate: Certificate, ground: Ground) -> None:
    """Cancel (注销) without fault: closed, moved, voluntary."""
    casework.apply(certificate, "cancel", actor, ground=ground)
    _explain(certificate, ground)


def expire_due(actor: Actor, limit: int = 200) -> list[Certificate]:
    """Expire every certificate whose last valid day has passed.

    returns   the certificates that expired, whose cards the caller refreshes
    """
    ids = cases.due_case_ids(Certificate.__tablename__, "V1", current.now(), limit)
    expired = [certificate for certificate in map(_by_id, ids) if certificate is not None]
    for certificate in expired:
        casework.apply(certificate, "expire", actor)
        _explain(certificate, None)
    return expired


def _by_id(certificate_id: str) -> Certificate | None:
    return session().get(Certificate, certificate_id)


def _explain(certificate: Certificate, ground: Ground | None) -> None:
    certificate.ground = ground.value if ground else None
    certificate.reason_on = current.today() if certificate.state != "certified" else None
