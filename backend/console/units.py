"""Units: finding one by name, certificate number or plate serial, and everything that is known of it."""

from typing import Any

from flask import Response, redirect, request, url_for

from backend.access.actor import Actor, Role
from backend.access.decide import may, permits
from backend.access.policy import Action
from backend.accounts import queries as accounts
from backend.badges import cards
from backend.badges import queries as badges
from backend.badges import service as badge_service
from backend.badges.rules import LONGEST_LABEL, MOST_OF_A_UNIT, VoidReason
from backend.casework import queries as cases
from backend.certification import queries as certificates
from backend.certification.model import Certificate
from backend.certification.rules import Ground
from backend.closing_notices import queries as closing_notices
from backend.infrastructure import current
from backend.infrastructure.headers import attachment
from backend.infrastructure.paging import row_id
from backend.infrastructure.web import page
from backend.kernel.errors import NotFound
from backend.kernel.identifiers import COUNTIES, county_name
from backend.merchants import queries as merchants
from backend.merchants.rules import Category, Commitment
from backend.pages.case_steps import clocks
from backend.pages.station_plates import PLACES
from backend.supervision import queries as supervision

from .course import course
from .doors import may_invite, possible, staff_blueprint

blueprint = staff_blueprint("console_units", "/units")

#: Grounds without fault, for cancelling; all others are for measures and proposals.
WITHOUT_FAULT = (Ground.G20_CLOSED_OR_MOVED, Ground.G21_VOLUNTARY)
_FAULTS = [(ground.value, ground.zh) for ground in Ground if ground not in WITHOUT_FAULT]
VOID_REASONS = {reason.value: reason.zh for reason in VoidReason}


@blueprint.get("")
@page(Action.UNIT_READ, "console/units.html")
def search(actor: Actor) -> dict[str, Any] | Response:
    words = "".join(char for char in request.args.get("words", "") if char.isprintable()).strip()[:100]
    number = _certificate_no(actor, words)
    if number is not None:
        return redirect(url_for(".unit", number=number), 303)  # type: ignore[return-value]
    category, county = request.args.get("category", ""), request.args.get("county", "")
    found = merchants.search_for(
        actor,
        words,
        Category(category) if category in set(Category) else None,
        county if county in COUNTIES else None,
        request.args.get("after", type=row_id),
    )
    held = certificates.newest_of_units([unit.id for unit in found.units])
    today = current.today()
    return {
        "rows": [
            {
                "unit": unit,
                "county": county_name(unit.county_code),
                "certificate": held.get(unit.id),
                "standing": held[unit.id].standing_on(today) if unit.id in held else None,
            }
            for unit in found.units
        ],
        "total": found.total,
        "next_page": url_for(".search", words=words, category=category, county=county, after=found.after)
        if found.after
        else None,
        "words": words,
        "category": category,
        "county": county,
        "categories": [(kind.value, kind.zh) for kind in Category],
        "counties": list(COUNTIES.items()),
    }


@blueprint.get("/<number>")
@page(Action.UNIT_READ, "console/unit.html")
def unit(actor: Actor, number: str) -> dict[str, Any]:
    """A unit by the number of any certificate that it ever held."""
    asked = certificates.get(actor, Action.UNIT_READ, number)
    found, certificate = merchants.unit(asked.unit_id), certificates.newest_of_unit(asked.unit_id) or asked
    sections = cards.show(found.id).sections
    sees_plates = permits(actor, Action.PLATE_READ, certificate, Certificate.__scope__)
    plates = badges.plates_of_unit(found.id) if sees_plates else []
    return {
        "unit": found,
        "county": county_name(found.county_code),
        "certificate": certificate,
        "standing": certificate.standing_on(current.today()),
        "reason": Ground(certificate.ground).zh if certificate.ground else None,
        "commitments": [Commitment(item["code"]).text(item["days"]) for item in found.commitments],
        "score": sections.get("score", {}),
        "outcomes": sections.get("outcomes", {}),
        "clocks": clocks(certificate, cases.deadlines(certificate)),
        "earlier": [row for row in certificates.of_unit(found.id) if row.id != certificate.id],
        "events": course(certificate),
        "closings": closing_notices.of(found.id) if may(actor, Action.CLOSING_READ) else [],
        "sees_record": may(actor, Action.RECORD_READ),
        "possible": possible(actor, certificate, Certificate),
        "faults": _FAULTS,
        "without_fault": [(ground.value, ground.zh) for ground in WITHOUT_FAULT],
        "open_removal": supervision.open_for(certificate.id) if may(actor, Action.REMOVAL_READ) else None,
        "may_propose": permits(actor, Action.REMOVAL_PROPOSE, certificate, Certificate.__scope__)
        and certificate.state in certificates.OPEN,
        "sees_plates": sees_plates,
        "plates": plates,
        "may_order": permits(actor, Action.PLATE_ORDER, certificate, Certificate.__scope__),
        "places": PLACES,
        "most_plates": MOST_OF_A_UNIT,
        "longest_label": LONGEST_LABEL,
        "may_void": permits(actor, Action.PLATE_VOID, certificate, Certificate.__scope__),
        "voidable": [(plate.serial, plate.serial) for plate in plates if plate.voided_at is None],
        "void_reasons": list(VOID_REASONS.items()),
        "members": accounts.station_members(found.station_id),
        "may_invite": may_invite(actor, Role.STATION_MEMBER)
        and permits(actor, Action.INVITATION_CREATE, certificate, Certificate.__scope__),
    }


@blueprint.get("/plates/<serial>.<any(png, pdf, svg):kind>")
@page(Action.PLATE_READ, "console/unit.html")
def artwork(actor: Actor, serial: str, kind: str) -> Response:
    """What the printer needs of a plate."""
    plate = badges.plate_by_serial(actor, Action.PLATE_READ, serial)
    if kind == "png":
        content, content_type = badge_service.artwork_png(plate), "image/png"
    elif kind == "pdf":
        content, content_type = badge_service.artwork_pdf(plate), "application/pdf"
    else:
        content, content_type = badge_service.artwork_svg(plate), "image/svg+xml"
    headers = {"Content-Disposition": attachment(f"{serial}.{kind}")}
    return Response(content, content_type=content_type, headers=headers)


def _certificate_no(actor: Actor, typed: str) -> str | None:
    """The number of the certificate that was typed by its number or by a plate's serial, of a unit that the actor oversees."""
    for held in certificates.newest_of_units(certificates.units_numbered(typed)).values():
        try:
            return certificates.get(actor, Action.UNIT_READ, held.number).number
        except NotFound:
            continue
    return None
