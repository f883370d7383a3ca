"""Suspected clones: opened by what people told or by an officer, checked on site, confirmed or dismissed."""

from dataclasses import asdict

from backend.access.actor import SYSTEM, Actor
from backend.access.policy import Action
from backend.authenticity import queries, rules, signals
from backend.authenticity.model import CloneCase
from backend.authenticity.rules import Because, Cleared
from backend.badges import queries as badges
from backend.badges import service as badge_service
from backend.badges.model import Plate
from backend.casework import service as casework
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.kernel.errors import Conflict, NotPossibleNow
from backend.kernel.identifiers import new_case_number
from backend.merchants.model import Unit

from .telling import tell_joint_office, tell_officers, tell_station


def consider(plate: Plate) -> CloneCase | None:
    """Open a case when the present window holds enough; its plate's row is held by the caller.

    A voided plate says so by itself to whoever scans it, so nothing is opened for it.
    """
    if plate.voided_at is not None or queries.open_case_of(plate.id) is not None:
        return None
    evidence = signals.evidence(plate)
    because = rules.suspicion(evidence)
    return _open(SYSTEM, plate, because, evidence) if because else None


def open_case(actor: Actor, serial: str) -> CloneCase:
    """An officer opens a case, from a signal or from what they saw.

    raises   NotFound, NotPermitted, NotPossibleNow for a voided plate, Conflict when one is under way
    """
    plate = badges.plate_by_serial(actor, Action.CLONE_CASE_OPEN, serial)
    if plate.voided_at is not None:
        raise NotPossibleNow("plate_voided_already", "这块牌已经作废了，不用再核查。", state="voided")
    if queries.open_case_of(plate.id) is not None:
        raise Conflict("clone_case_under_way", "这块牌已有一件疑似冒用在办理，请在那一件里核查。")
    return _open(actor, plate, Because.OFFICER, signals.evidence(plate))


def check(actor: Actor, case_no: str) -> CloneCase:
    """Begin the check on site; who begins is in charge."""
    case = queries.clone_case(actor, Action.CLONE_CASE_CHECK, case_no)
    casework.apply(case, "check", actor)
    case.officer_id = actor.account_id
    return case


def confirm(actor: Actor, case_no: str, *, text: str) -> CloneCase:
    """The plate was copied: it is voided in this transaction, the unit is told, the office is asked for a new one.

    text   what was found on site, for the file; the unit is told the outcome alone
    """
    case = queries.clone_case(actor, Action.CLONE_CASE_CONFIRM, case_no)
    casework.apply(case, "confirm", actor)
    case.officer_id, case.decision_text = actor.account_id, text
    if session().get_one(Plate, case.plate_id).voided_at is None:
        badge_service.void_plate(actor, case.serial, "cloned")
    tell_station(case, "plate_cloned")
    tell_joint_office(case, "plate_to_replace")
    return case


def dismiss(actor: Actor, case_no: str, *, ground: Cleared, text: str) -> CloneCase:
    """The plate was not copied. What was told so far counts no more, and the next case needs more people."""
    case = queries.clone_case(actor, Action.CLONE_CASE_DISMISS, case_no)
    casework.apply(case, "dismiss", actor, ground=ground)
    case.officer_id, case.cleared, case.decision_text = actor.account_id, ground, text
    return case


def _open(actor: Actor, plate: Plate, because: Because, evidence: rules.Evidence) -> CloneCase:
    unit = session().get_one(Unit, plate.unit_id)
    case = CloneCase(
        case_no=new_case_number("MY", current.today()),
        plate_id=plate.id,
        serial=plate.serial,
        unit_id=unit.id,
        unit_name=unit.name,
        county_code=plate.county_code,
        because=because,
        evidence=asdict(evidence),
        rule_set="2026",
    )
    casework.apply(case, "open", actor, ground=because)
    session().add(case)
    session().flush()
    tell_officers(case, "clone_suspected")
    return case
