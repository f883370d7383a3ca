"""Proposing, replying, deciding; and the other measures of dynamic management, each with the unit's card in the same transaction."""

from backend.access.actor import SYSTEM, Actor, Role
from backend.access.policy import Action
from backend.accounts import queries as accounts
from backend.badges import cards
from backend.badges import service as badges
from backend.casework import queries as cases
from backend.casework import service as casework
from backend.certification import queries as certificates
from backend.certification import service as certification
from backend.certification.model import Certificate
from backend.certification.rules import Ground
from backend.favourites import service as favourites
from backend.infrastructure import current
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.errors import Conflict, NotPossibleNow
from backend.kernel.identifiers import new_case_number
from backend.merchants.model import Unit
from backend.notifications import service as notifications

from . import queries
from .lifecycle import FOUR_EYES
from .model import Removal

#: Clock of a measure → what the officers do when it is over; the lifecycle's alerts say that they are told.
_MEASURES = {"R1": "复核整改结果", "S1": "决定恢复或撤销证书"}


def propose(actor: Actor, certificate_no: str, *, ground: Ground, statement: str) -> Removal:
    """Propose to revoke a certificate; the unit may state its case within five working days.

    raises   NotFound, NotPermitted, NotPossibleNow when there is nothing to revoke, Conflict when one is under way
    """
    certificate = certificates.get(actor, Action.REMOVAL_PROPOSE, certificate_no)
    possible = casework.allowed(certificate)
    if "revoke" not in possible:
        raise NotPossibleNow(
            "certificate_closed",
            "这张证书已经撤销、注销或过期，不能再提案。",
            state=certificate.state,
            allowed=possible,
        )
    if queries.open_for(certificate.id) is not None:
        raise Conflict("removal_under_way", "这张证书已有一件摘牌提案在办理，请先办结那一件。")
    unit = session().get_one(Unit, certificate.unit_id)
    card = cards.show(unit.id)
    removal = Removal(
        case_no=new_case_number("ZP", current.today()),
        certificate_id=certificate.id,
        unit_id=unit.id,
        unit_name=unit.name,
        station_id=unit.station_id,
        county_code=unit.county_code,
        ground=ground,
        statement=statement,
        dossier={name: card.sections.get(name, {}) for name in ("score", "outcomes")},
        proposed_by=actor.account_id,
        rule_set="2026",
    )
    casework.apply(removal, "propose", actor, ground=ground)
    session().add(removal)
    session().flush()
    due = cases.next_deadlines("removal", [removal.id])[removal.id].due_at
    _tell_station(removal, "removal_proposed", ground=ground.zh, due=due)
    return removal


def reply(actor: Actor, case_no: str, *, text: str) -> Removal:
    """The unit states its case (陈述申辩)."""
    removal = queries.removal(actor, Action.REMOVAL_REPLY, case_no)
    casework.apply(removal, "reply", actor)
    removal.reply_text = text
    _tell_officers(removal)
    return removal


def decide(actor: Actor, case_no: str, *, revoke: bool, text: str) -> Removal:
    """Decide as a second officer. Revoking changes certificate, card, notices and audit in this one transaction.

    raises   NotPossibleNow when the decider is the proposer, or before the unit could reply
    """
    action = Action.REMOVAL_DECIDE_REVOKE if revoke else Action.REMOVAL_DECIDE_KEEP
    removal = queries.removal(actor, action, case_no)
    facts = {FOUR_EYES: removal.proposed_by != actor.account_id}
    casework.apply(removal, "decide_revoke" if revoke else "decide_keep", actor, ground=removal.ground, facts=facts)
    removal.decided_by, removal.decision_text = actor.account_id, text
    if revoke:
        certificate = session().get_one(Certificate, removal.certificate_id, with_for_update=True)
        certification.revoke(actor, certificate, removal.ground)
        _announce(certificate)
    notifications.drop(f"removal:{removal.id}:")
    _tell_station(removal, "removal_decided", decision="撤销证书" if revoke else "不撤销")
    return removal


def withdraw(actor: Actor, case_no: str) -> Removal:
    """Take the proposal back."""
    removal = queries.removal(actor, Action.REMOVAL_WITHDRAW, case_no)
    casework.apply(removal, "withdraw", actor)
    notifications.drop(f"removal:{removal.id}:")
    return removal


def rectify(actor: Actor, certificate_no: str, *, ground: Ground) -> Certificate:
    """Order a rectification within the usual period."""
    certificate = certificates.get(actor, Action.CERTIFICATE_RECTIFY, certificate_no)
    certification.rectify(actor, certificate, ground)
    return _announce(certificate)


def suspend(actor: Actor, certificate_no: str, *, ground: Ground) -> Certificate:
    """Suspend a certificate."""
    certificate = certificates.get(actor, Action.CERTIFICATE_SUSPEND, certificate_no)
    certification.suspend(actor, certificate, ground)
    return _announce(certificate)


def restore(actor: Actor, certificate_no: str) -> Certificate:
    """End a rectification or suspension in the unit's favour."""
    certificate = certificates.get(actor, Action.CERTIFICATE_RESTORE, certificate_no)
    certification.restore(actor, certificate)
    return _announce(certificate)


def cancel(actor: Actor, certificate_no: str, *, ground: Ground) -> Certificate:
    """Cancel a certificate without fault."""
    certificate = certificates.get(actor, Action.CERTIFICATE_CANCEL, certificate_no)
    certification.cancel(actor, certificate, ground)
    return _announce(certificate)


def sweep() -> int:
    """Close replies whose time has run out and expire certificates; opens its own units of work. returns cases touched"""
    with unit_of_work():
        for removal_id, _clock in casework.mark_breaches("removal", ("P2",)):
            _tell_late(session().get_one(Removal, removal_id))
        for certificate_id, clock in casework.mark_breaches("certificate", tuple(_MEASURES)):
            _tell_measure_over(session().get_one(Certificate, certificate_id), clock)
    with unit_of_work(read_only=True):
        silent = cases.due_case_ids("removal", "P1", current.now())
    for removal_id in silent:
        with unit_of_work():
            removal = session().get_one(Removal, removal_id, with_for_update=True)
            if removal.state == "awaiting_reply":
                casework.apply(removal, "close_reply", SYSTEM)
                _tell_officers(removal)
    with unit_of_work():
        expired = certification.expire_due(SYSTEM)
        for certificate in expired:
            _announce(certificate)
    return len(silent) + len(expired)


def _announce(certificate: Certificate) -> Certificate:
    """The card, and the notices of the station and of who keeps the unit, in the transaction of the change."""
    badges.announce_standing(certificate)
    favourites.tell(certificate)
    return certificate


def _tell_station(removal: Removal, template: str, **params: object) -> None:
    for member in accounts.holders(Role.STATION_MEMBER, station_id=removal.station_id):
        notifications.queue(
            member,
            template,
            {"case_no": removal.case_no, "unit_name": removal.unit_name, **params},  # type: ignore[dict-item]
            event_key=f"removal:{removal.id}:{template}",
            link=f"/station/removals/{removal.case_no}",
        )


def _tell_officers(removal: Removal) -> None:
    _ask_to_decide(removal, accounts.holders(Role.COUNTY_OFFICER, county_code=removal.county_code), "deadline_near")


def _tell_late(removal: Removal) -> None:
    county = accounts.holders(Role.COUNTY_OFFICER, county_code=removal.county_code)
    _ask_to_decide(removal, [*county, *accounts.holders(Role.CITY_OFFICER)], "deadline_missed")


def _ask_to_decide(removal: Removal, officers: list[str], template: str) -> None:
    session().flush()
    due = cases.next_deadlines("removal", [removal.id])[removal.id].due_at
    for officer in dict.fromkeys(officers):
        if officer != removal.proposed_by:
            notifications.queue(
                officer,
                template,
                {"case_no": removal.case_no, "unit_name": removal.unit_name, "step": "决定是否撤销证书", "due": due},
                event_key=f"removal:{removal.id}:decide:{template}",
                link=f"/console/removals/{removal.case_no}",
            )


def _tell_measure_over(certificate: Certificate, clock: str) -> None:
    deadline = next(one for one in cases.open_deadlines(certificate) if one.clock == clock)
    unit = session().get_one(Unit, certificate.unit_id)
    for officer in accounts.holders(Role.COUNTY_OFFICER, county_code=certificate.county_code):
        notifications.queue(
            officer,
            "deadline_missed",
            {
                "case_no": certificate.number,
                "unit_name": unit.name,
                "step": _MEASURES[clock],
                "due": deadline.due_at,
            },
            event_key=f"certificate:{certificate.id}:late:{deadline.id}",
            link=f"/console/units/{certificate.number}",
        )
