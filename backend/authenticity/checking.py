"""The plaque checker (真假牌查询): is this plaque ours, not ours, or known to be false? Nothing that is asked is kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

import sqlalchemy as sa

from backend.badges import cards
from backend.badges import queries as badges
from backend.badges.queries import UnknownBadge
from backend.certification.model import Certificate
from backend.certification.rules import Standing
from backend.infrastructure.database import session
from backend.kernel.errors import InvalidInput
from backend.merchants import queries as merchants

from . import plaque_words, queries
from .model import KnownFake

_MOST_UNITS = 5


class Verdict(StrEnum):
    """What can be said of a plaque."""

    OURS = "ours"
    NAME_ONLY = "name_only"
    KNOWN_FAKE = "known_fake"
    NOT_OURS = "not_ours"

    @property
    def zh(self) -> str:
        """The verdict in words."""
        return _VERDICT_ZH[self]


_VERDICT_ZH = {
    Verdict.OURS: "这个编号是我们发的",
    Verdict.NAME_ONLY: "名录里有这个名字，还要核对牌上的编号",
    Verdict.KNOWN_FAKE: "这是已知的假牌",
    Verdict.NOT_OURS: "不是我们发的",
}


@dataclass(frozen=True)
class FoundUnit:
    """A unit to compare with what stands on the plaque."""

    name: str
    address: str
    county: str
    certificate_no: str
    serial: str | None
    standing: Standing


@dataclass(frozen=True)
class Checked:
    """The answer. foreign: hosts to which codes on the plaque lead that are not ours"""

    verdict: Verdict
    units: Sequence[FoundUnit] = field(default_factory=list)
    fakes: Sequence[KnownFake] = field(default_factory=list)
    foreign: Sequence[str] = field(default_factory=list)


def check(words: str = "", codes: Iterable[str] = ()) -> Checked:
    """Say what a plaque is, by the words that were typed and the codes that were read from its photo.

    A number or code of ours decides; words of a known fake are said all the same, since false plaques copy true numbers.
    raises   InvalidInput when there is nothing to check
    """
    read = [*codes, *([words] if "://" in words else [])]
    if not words.strip() and not read:
        message = "请填写牌上的字或编号，或者上传一张看得清二维码的照片。"
        raise InvalidInput("nothing_to_check", message, fields={"words": [message]})
    fakes = [fake for fake in queries.known_fakes() if plaque_words.gives_away(fake.words, words)]
    by_code, foreign = _by_codes(read)
    units = [*by_code, *_by_numbers(" ".join([words, *read]))]
    if fakes:
        return Checked(Verdict.KNOWN_FAKE, _unlike(units), fakes, foreign)
    if units:
        return Checked(Verdict.OURS, _unlike(units), foreign=foreign)
    if not foreign and (named := _by_name(words)):
        return Checked(Verdict.NAME_ONLY, named)
    return Checked(Verdict.NOT_OURS, foreign=foreign)


def _by_codes(codes: Sequence[str]) -> tuple[list[FoundUnit], list[str]]:
    """Units of codes that are ours, and the hosts of those that are not."""
    units, foreign = [], []
    for code in codes:
        try:
            scanned = badges.by_token(badges.token_from(code))
        except UnknownBadge:
            foreign.append(_host(code))
        else:
            units.append(_unit(scanned.plate.unit_id, scanned.plate.serial, scanned.standing))
    return units, foreign


def _by_numbers(text: str) -> list[FoundUnit]:
    """Units whose certificate's number stands in a text; with a copy's digits after it, those must be a plate's of ours."""
    found, seen = [], plaque_words.normal(text)
    for certificate in _certificates_in(text):
        number = plaque_words.normal(certificate.number)
        copy = plaque_words.copy_after(number, seen)
        if not copy:
            found.append(_unit(certificate.unit_id, None, cards.show(certificate.unit_id).standing))
            continue
        found.extend(
            _unit(plate.unit_id, plate.serial, badges.seen(plate).standing)
            for plate in badges.plates_of_unit(certificate.unit_id)
            if plaque_words.normal(plate.serial) == number + copy
        )
    return found


def _certificates_in(text: str) -> Sequence[Certificate]:
    """Certificates by the numbers in a text: as printed, by the index; else however they are written, by looking at all."""
    if not plaque_words.may_hold_number(text):
        return []
    parts = plaque_words.candidates(text)
    starts = [part.rpartition("-")[0] for part in parts]
    statement = sa.select(Certificate).limit(_MOST_UNITS)
    exact = session().scalars(statement.where(Certificate.number.in_([*parts, *starts]))).all()
    if exact:
        return exact
    written: sa.ColumnElement[str] = sa.func.upper(Certificate.number)
    for mark in plaque_words.MARKS:
        written = sa.func.replace(written, mark, "")
    inside = sa.literal(plaque_words.normal(text)).contains(written)
    longest = statement.where(sa.func.length(written) >= plaque_words.LEAST_NUMBER, inside)
    # Of two numbers of which one begins the other, the longer one stands there.
    return session().scalars(longest.order_by(sa.func.length(written).desc()).limit(1)).all()


def _by_name(words: str) -> list[FoundUnit]:
    if len(plaque_words.normal(words)) < 2:
        return []
    found = merchants.search(words).units[:_MOST_UNITS]
    return [_unit(unit.id, None, cards.show(unit.id).standing) for unit in found]


def _unit(unit_id: str, serial: str | None, standing: Standing) -> FoundUnit:
    sections = cards.show(unit_id).sections
    unit = sections["unit"]
    number = sections["certificate"]["number"]
    return FoundUnit(unit["name"], unit["address"], unit["county"], number, serial, standing)


def _unlike(units: Sequence[FoundUnit]) -> list[FoundUnit]:
    """Each certificate once; the one with a serial is met first."""
    seen: dict[str, FoundUnit] = {}
    for unit in units:
        seen.setdefault(unit.certificate_no, unit)
    return list(seen.values())


def _host(code: str) -> str:
    """Where a code leads, cut short; never drawn as a link."""
    try:
        host = urlsplit(code).hostname
    except ValueError:
        host = None
    return (host or "不是网址")[:80]
