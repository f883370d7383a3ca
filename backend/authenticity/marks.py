"""Telling tappers apart for a day without knowing them: digests under a random salt that is thrown away."""

import ipaddress
import secrets
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.infrastructure.insertion import insert_once
from backend.infrastructure.sealing import blind_index

from .model import PlaceReport, TapperSalt
from .rules import WINDOW


@dataclass(frozen=True)
class Tapper:
    """Who taps, as the door saw it; never stored. address: of the net; agent: what the browser calls itself."""

    address: str
    agent: str


@dataclass(frozen=True)
class Mark:
    """What is kept of a tapper for one window."""

    salt_on: date
    device: bytes
    address: bytes
    repeated: bool
    new_address: bool


def mark(tapper: Tapper, plate_id: str) -> Mark:
    """The tapper's digests for one plate, and whether the same phone or address told something within the window.

    Called with the plate's row held, so that two taps do not miss each other.
    """
    today = current.today()
    device, address = _digests(tapper, plate_id, _salt(today))
    marks = {(today, device, address)}
    yesterday = session().get(TapperSalt, today - timedelta(days=1))
    if yesterday is not None:
        marks.add((yesterday.day, *_digests(tapper, plate_id, yesterday.salt)))
    earlier = session().execute(
        sa.select(PlaceReport.salt_on, PlaceReport.device_mark, PlaceReport.address_mark).where(
            PlaceReport.plate_id == plate_id, PlaceReport.at > current.now() - WINDOW
        )
    )
    seen = {(on, bytes(part)) for on, *parts in earlier for part in parts if part is not None}
    return Mark(
        salt_on=today,
        device=device,
        address=address,
        repeated=any((on, one) in seen for on, one, _ in marks),
        new_address=not any((on, one) in seen for on, _, one in marks),
    )


def forget() -> int:
    """Empty the marks whose window is over, and throw away the salts that no living mark needs. returns how many marks"""
    old = sa.update(PlaceReport).where(
        PlaceReport.at <= current.now() - WINDOW,
        sa.or_(PlaceReport.device_mark.is_not(None), PlaceReport.address_mark.is_not(None)),
    )
    emptied = old.values(device_mark=None, address_mark=None).returning(PlaceReport.id)
    count = len(session().scalars(emptied.execution_options(synchronize_session=False)).all())
    session().execute(sa.delete(TapperSalt).where(TapperSalt.day < current.today() - timedelta(days=1)))
    return count


def _salt(today: date) -> bytes:
    insert_once(TapperSalt, {"day": today, "salt": secrets.token_bytes(32)})
    return session().scalars(sa.select(TapperSalt.salt).where(TapperSalt.day == today)).one()


def _digests(tapper: Tapper, plate_id: str, salt: bytes) -> tuple[bytes, bytes]:
    network, key = _network(tapper.address), salt.hex()
    return (
        blind_index("tapper/device", f"{key}\0{plate_id}\0{network}\0{tapper.agent}"),
        blind_index("tapper/address", f"{key}\0{plate_id}\0{network}"),
    )


def _network(address: str) -> str:
    """The address, or the /64 of an IPv6 address: within it a phone takes a new one whenever it likes."""
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((read, 64), strict=False)) if read.version == 6 else str(read)
