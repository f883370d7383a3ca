"""A town of 100,000 certified units, twins of the plan's 3,000: our tables and, on PostgreSQL, the peers' with the same facts.

Our cards hold scores and outcomes as our own rules compute them from a million ratings and 300,000 complaints; the peers get the
ratings and complaints themselves. All of it comes from one seed, so that runs are alike.
"""

import random
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from backend.badges.model import Card, Plate
from backend.certification.model import Certificate
from backend.certification.rules import Ground
from backend.infrastructure import current
from backend.infrastructure.database import RowBase, db, session, unit_of_work
from backend.kernel.identifiers import badge_token
from backend.merchants.model import Unit
from backend.ratings.rules import METHOD, Counted, Proof, score
from benchmarks.installation import Installation, fill
from benchmarks.peers.filling import PeerTables

UNITS = 100_000
_BATCH = 5_000
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_COMPLAINT_STATES = ("performed", "refused", "escalated", "lapsed", "awaiting_answer")
#: Which of a hundred units do not stand well: state and ground.
_MEASURED = {20: ("suspended", Ground.G07_REFUSES_LIAISON), 40: ("rectifying", Ground.G13_STANDARD_NOT_MET)}
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Twin:
    """A unit made after an imported one: its rows, and what people said of it.

    ratings      (stars, proof, day)
    complaints   (state, whether the station let it go unanswered)
    """

    number: int
    unit: Row
    certificate: Row
    plate: Row
    card: Row
    token: str
    ratings: Sequence[tuple[int, Proof, date]]
    complaints: Sequence[tuple[str, bool]]


def settle(made: Installation, units: int = UNITS) -> list[str]:
    """Fill the installation; gives the tokens of the twins, shuffled. The imported units themselves stay as they are."""
    fill(made)
    chance = random.Random(1)
    tokens: list[str] = []
    peers = PeerTables(made.postgresql_url) if made.postgresql_url else None
    with made.app.app_context():
        with unit_of_work(read_only=True):
            patterns = _patterns()
            today = current.today()
        keys = current.runtime().settings.badge_keys
        for start in range(0, units, _BATCH):
            numbers = range(start, min(start + _BATCH, units))
            twins = [_twin(number, patterns[number % len(patterns)], keys, chance, today) for number in numbers]
            _store(twins)
            tokens += [twin.token for twin in twins]
            if peers is not None:
                peers.write(twins)
        db.session.remove()
    if peers is not None:
        peers.finish()
    chance.shuffle(tokens)
    return tokens


def _patterns() -> list[tuple[Row, Row, Row, Row]]:
    """Rows of unit, certificate, plate and card of every imported unit."""
    held = [
        {row[key]: dict(row) for row in session().execute(sa.select(model.__table__)).mappings()}
        for model, key in ((Unit, "id"), (Certificate, "unit_id"), (Plate, "unit_id"), (Card, "unit_id"))
    ]
    units, certificates, plates, cards = held
    return [(unit, certificates[key], plates[key], cards[key]) for key, unit in sorted(units.items())]


def _twin(
    number: int, pattern: tuple[Row, Row, Row, Row], keys: Mapping[str, bytes], chance: random.Random, today: date
) -> Twin:
    unit, certificate, plate, card = pattern
    name, serial_of = f"{unit['name'][:70]}{number}店", f"{certificate['number']}-{number}"
    state, ground = _MEASURED.get(number % 100, (certificate["state"], None))
    reason_on = today - timedelta(days=number % 30) if ground else None
    unit_id, token_id = _id(chance), "".join(chance.choices(_CROCKFORD, k=12))
    ratings = [
        (
            chance.choice((1, 2, 3, 4, 4, 5, 5, 5, 5)),
            chance.choice(tuple(Proof)),
            today - timedelta(chance.randrange(700)),
        )
        for _ in range(chance.randrange(21))
    ]
    complaints = [(chance.choice(_COMPLAINT_STATES), chance.random() < 0.1) for _ in range(chance.randrange(7))]
    acted = {"state": state, "ground": ground, "reason_on": reason_on}
    sections = {
        **card["sections"],
        "unit": {**card["sections"]["unit"], "name": name},
        "certificate": {
            **card["sections"]["certificate"],
            "number": serial_of,
            "state": state,
            "reason": ground.zh if ground else None,
            "reason_on": reason_on.isoformat() if reason_on else None,
        },
        "score": _score(ratings, today),
        "outcomes": _outcomes(complaints),
    }
    return Twin(
        number,
        {**unit, "id": unit_id, "name": name, "search_text": f"{name} {unit['search_text']}"[:500]},
        {**certificate, "id": _id(chance), "unit_id": unit_id, "number": serial_of, **acted},
        {**plate, "id": _id(chance), "unit_id": unit_id, "serial": f"{serial_of}-01"[-30:], "token_id": token_id},
        {**card, "unit_id": unit_id, "sections": sections},
        badge_token(plate["key_id"], token_id, keys[plate["key_id"]]),
        ratings,
        complaints,
    )


def _id(chance: random.Random) -> str:
    return str(uuid.UUID(int=chance.getrandbits(128), version=4))


def _score(ratings: Sequence[tuple[int, Proof, date]], today: date) -> dict[str, Any]:
    found = score((Counted(*rating) for rating in ratings), today)
    return {**asdict(found), "spread": list(found.spread), "method": METHOD}


def _outcomes(complaints: Sequence[tuple[str, bool]]) -> dict[str, int]:
    states = [state for state, _ in complaints]
    unanswered = sum(late for _, late in complaints)
    return {
        "received": len(states),
        "answered_in_time": max(len(states) - unanswered - states.count("awaiting_answer"), 0),
        "unanswered": unanswered,
        "settled": states.count("performed"),
        "escalated": states.count("escalated"),
    }


def _store(twins: Sequence[Twin]) -> None:
    tables: dict[type[RowBase], list[Row]] = {
        Unit: [twin.unit for twin in twins],
        Certificate: [twin.certificate for twin in twins],
        Plate: [twin.plate for twin in twins],
        Card: [twin.card for twin in twins],
    }
    with unit_of_work():
        for model, rows in tables.items():
            session().execute(sa.insert(model.__table__), rows)
