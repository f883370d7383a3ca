"""The card: its sections, and how it is read for a scan."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from backend.certification.model import Certificate
from backend.certification.rules import Ground, Standing, is_past, standing
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.kernel.identifiers import county_name
from backend.merchants.model import Unit
from backend.merchants.rules import Commitment, public_contact

from . import freshness
from .model import Card
from .rules import closing_on, record_on


@dataclass(frozen=True)
class Shown:
    """What a scan shows.

    standing   of the plate and its unit's certificate, today
    sections   what of the card is public today
    etag       changes when the card or the standing does
    past       the certificate ended so long ago that its reason and record are not public any more
    """

    standing: Standing
    sections: Mapping[str, Any]
    etag: str
    past: bool


def write_section(unit_id: str, name: str, content: Mapping[str, Any] | None) -> None:
    """Replace one section of a unit's card, or remove it with None. Part of the caller's transaction.

    name   'unit' and 'certificate' are written here; the others, such as 'score', 'outcomes', 'record', by the packages above
    """
    _write(unit_id, {name: content})


def write_unit(unit: Unit, certificate: Certificate, missing: Mapping[str, Mapping[str, Any]]) -> None:
    """Write who the unit is and how its certificate stands, in one step.

    missing   sections that are written only when the card has none of their name
    """
    _write(unit.id, {"unit": _unit_section(unit), "certificate": _certificate_section(certificate)}, missing)


def write_certificate(certificate: Certificate) -> None:
    """Write the section from which the standing is read."""
    write_section(certificate.unit_id, "certificate", _certificate_section(certificate))


def _write(
    unit_id: str,
    contents: Mapping[str, Mapping[str, Any] | None],
    missing: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
) -> None:
    card = session().get(Card, unit_id, with_for_update=True)
    if card is None:
        card = Card(unit_id=unit_id, sections={}, revision=0, changed_at=current.now())
        session().add(card)
    sections = {**missing, **card.sections, **contents}
    card.sections = {name: dict(content) for name, content in sections.items() if content is not None}
    card.revision += 1
    card.changed_at = current.now()
    freshness.touch(unit_id)


def _unit_section(unit: Unit) -> dict[str, Any]:
    county = county_name(unit.county_code)
    shown = public_contact(
        unit.merchant.uscc,
        unit.category,
        merchant=unit.merchant.name,
        address=unit.address,
        county=county,
        phone=unit.phone,
    )
    return {
        "name": unit.name,
        "category": unit.category.value,
        "category_zh": unit.category.zh,
        "county_code": unit.county_code,
        "county": county,
        "address": shown.address,
        "lng": unit.lng if shown.located else None,
        "lat": unit.lat if shown.located else None,
        "phone": shown.phone,
        "website": unit.website,
        "opening_hours": unit.opening_hours,
        "merchant": shown.merchant,
        "station": unit.station.name,
        "station_phone": unit.station.phone,
        "commitments": [
            {"code": item["code"], "text": Commitment(item["code"]).text(item["days"])} for item in unit.commitments
        ],
    }


def _certificate_section(certificate: Certificate) -> dict[str, Any]:
    return {
        "number": certificate.number,
        "state": certificate.state,
        "issued_on": certificate.issued_on.isoformat(),
        "valid_until": certificate.valid_until.isoformat(),
        "reason": Ground(certificate.ground).zh if certificate.ground else None,
        "reason_on": certificate.reason_on.isoformat() if certificate.reason_on else None,
    }


def show(unit_id: str) -> Shown:
    """The unit's card as of today: one read by key."""
    card = session().get_one(Card, unit_id)
    return shown(card.revision, card.sections)


def shown(revision: int, sections: Mapping[str, Any]) -> Shown:
    """A card as of today."""
    certificate, today = sections["certificate"], current.today()
    state, acted_on = certificate["state"], certificate["reason_on"]
    found = standing(state, date.fromisoformat(certificate["valid_until"]), today)
    past = is_past(state, date.fromisoformat(acted_on) if acted_on else None, today)
    if past:
        sections = {"unit": {**sections["unit"], "commitments": []}, "certificate": {**certificate, "reason": None}}
    sections = {
        **sections,
        "closing": closing_on(sections.get("closing"), state, today),
        "record": record_on(sections.get("record") or {}, today),
    }
    return Shown(found, sections, f"{revision}-{found.value}", past)


def section(unit_id: str, name: str) -> Mapping[str, Any]:
    """One section of a unit's card; empty when the card has none of this name."""
    card = session().get(Card, unit_id)
    found: Mapping[str, Any] = card.sections.get(name, {}) if card else {}
    return found
