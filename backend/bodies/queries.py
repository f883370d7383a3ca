"""Reads of bodies with how they are reached."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from backend.infrastructure.database import session

from .model import BodyContact
from .rules import BODIES, Body


@dataclass(frozen=True)
class Reached:
    """A body, and how people reach it now. own: whether the number is the body's own, not the line that always answers"""

    body: Body
    phone: str
    address: str | None
    own: bool

    @property
    def name(self) -> str:
        """The body's name."""
        return self.body.name


def reached(code: str) -> Reached:
    """One body with its contact. raises KeyError for a code that is none"""
    return all_reached([code])[0]


def all_reached(codes: Iterable[str] = BODIES) -> list[Reached]:
    """Bodies with their contacts, in the order asked for; all of them when nothing is asked. raises KeyError"""
    wanted = list(codes)
    held = {row.code: row for row in session().scalars(sa.select(BodyContact).where(BodyContact.code.in_(wanted)))}
    return [_reached(BODIES[code], held.get(code)) for code in wanted]


def _reached(body: Body, contact: BodyContact | None) -> Reached:
    if contact is None:
        return Reached(body, body.line, None, own=False)
    return Reached(body, contact.phone, contact.address, own=True)
