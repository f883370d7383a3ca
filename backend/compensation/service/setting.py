"""What is settled before anybody is paid: who hosts whom, and how much a station pays first."""

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.certification import queries as certificates
from backend.compensation.model import FundCap, HostedUnit
from backend.infrastructure import audit, current
from backend.infrastructure.database import session
from backend.infrastructure.scoping import get_for
from backend.kernel.errors import InvalidInput
from backend.merchants.model import Unit
from backend.merchants.rules import Category

_HOSTS = {Category.MARKET, Category.SCENIC_AREA}


def set_host(actor: Actor, number: str, *, host: str) -> HostedUnit:
    """Note that a unit trades in the place of a market or scenic area.

    number, host   certificate numbers of the stall and of its host
    raises         NotFound, NotPermitted, InvalidInput when the host is neither market nor scenic area, or the unit itself
    """
    unit, hosting = _unit(actor, Action.HOST_SET, number), _unit(actor, Action.HOST_SET, host)
    if hosting.category not in _HOSTS or hosting.id == unit.id:
        words = "主办方应当是市场或者景区，也不能是这家单位自己。"
        raise InvalidInput("host_unsuitable", words, fields={"host": [words]})
    held = session().scalars(sa.select(HostedUnit).where(HostedUnit.unit_id == unit.id)).one_or_none()
    before = held.host_unit_id if held else None
    row = held or HostedUnit(unit_id=unit.id)
    row.host_unit_id, row.set_by, row.set_at = hosting.id, str(actor.account_id), current.now()
    session().add(row)
    audit.record(
        actor,
        "unit.host_set",
        "unit",
        unit.id,
        chain=unit.county_code,
        before={"host": before},
        after={"host": hosting.id},
    )
    return row


def set_cap(actor: Actor, number: str, *, per_case_fen: int, per_day_fen: int) -> FundCap:
    """Say how much the station of a unit pays first, per case and per day; the former caps stay in the record.

    raises   NotFound, NotPermitted, InvalidInput when a day allows less than a case
    """
    unit = _unit(actor, Action.FUND_CAP_SET, number)
    if per_day_fen < per_case_fen:
        words = "每天的限额不能比每件的限额少。"
        raise InvalidInput("cap_unsuitable", words, fields={"per_day_fen": [words]})
    cap = FundCap(
        station_id=unit.station_id,
        per_case_fen=per_case_fen,
        per_day_fen=per_day_fen,
        set_by=str(actor.account_id),
        set_at=current.now(),
    )
    session().add(cap)
    return cap


def _unit(actor: Actor, action: Action, number: str) -> Unit:
    certificate = certificates.by_number(number)
    return get_for(Unit, actor, action, Unit.id, certificate.unit_id, seen_by=Action.UNIT_READ)
