"""Giving certificates their places in the status lists. Periodic work of the worker."""

import secrets
from collections.abc import Sequence

import sqlalchemy as sa

from backend.certification.model import Certificate
from backend.infrastructure.database import session, take_turns, unit_of_work

from .model import StatusPlace
from .rules import LIST_LENGTH

_A_TURN = 2000
#: Bits of a list that are given away before the next one begins.
_CAPACITY = LIST_LENGTH


def give_places() -> int:
    """Give every certificate that has none a random place in the newest list. returns how many got one"""
    given = 0
    while waiting := _waiting():
        with unit_of_work():
            take_turns("status-places")
            given += _give(waiting)
    return given


def _waiting() -> Sequence[str]:
    without = ~sa.exists().where(StatusPlace.certificate_id == Certificate.id)
    with unit_of_work(read_only=True) as opened:
        return opened.scalars(sa.select(Certificate.id).where(without).limit(_A_TURN)).all()


def _give(ids: Sequence[str]) -> int:
    there = set(session().scalars(sa.select(StatusPlace.certificate_id).where(StatusPlace.certificate_id.in_(ids))))
    number = session().scalar(sa.select(sa.func.max(StatusPlace.list_number))) or 1
    free = _free(number)
    for certificate_id in ids:
        if certificate_id in there:  # another worker was here
            continue
        if not free:
            number += 1
            free = _free(number)
        session().add(StatusPlace(certificate_id=certificate_id, list_number=number, position=free.pop()))
    session().flush()
    return len(ids) - len(there)


def _free(number: int) -> list[int]:
    """Places of a list that nobody has, in random order."""
    taken = set(session().scalars(sa.select(StatusPlace.position).where(StatusPlace.list_number == number)))
    if len(taken) >= _CAPACITY:
        return []
    free = [position for position in range(LIST_LENGTH) if position not in taken]
    chance = secrets.SystemRandom()
    return chance.sample(free, min(_CAPACITY - len(taken), _A_TURN))
