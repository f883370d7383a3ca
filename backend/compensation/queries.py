"""Reads of advance payments, recoveries, caps and the ledger."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.complaints import queries as complaints
from backend.complaints.model import Settlement
from backend.infrastructure.database import session
from backend.infrastructure.scoping import get_for, visible
from backend.kernel.identifiers import read_case_number

from . import rules
from .model import AdvancePayment, FundCap, HostedUnit, LedgerEntry, Recovery
from .rules import Account, Act

_MOST = 200


def advance(actor: Actor, action: Action, case_no: str) -> AdvancePayment:
    """raises NotFound, NotPermitted, InvalidInput"""
    number = read_case_number(case_no)
    return get_for(AdvancePayment, actor, action, AdvancePayment.case_no, number, seen_by=Action.ADVANCE_READ)


def recovery(actor: Actor, action: Action, case_no: str) -> Recovery:
    """raises NotFound, NotPermitted, InvalidInput"""
    number = read_case_number(case_no)
    return get_for(Recovery, actor, action, Recovery.case_no, number, seen_by=Action.RECOVERY_READ)


def advances(actor: Actor) -> Sequence[AdvancePayment]:
    """The payments that the actor may read, the newest first, 200 at most."""
    mine = sa.select(AdvancePayment).where(visible(AdvancePayment, actor, Action.ADVANCE_READ))
    return session().scalars(mine.order_by(AdvancePayment.id.desc()).limit(_MOST)).all()


def advances_to_decide(actor: Actor) -> Sequence[AdvancePayment]:
    """The payments of the stations that the actor is a member of, the newest first, 200 at most."""
    mine = sa.select(AdvancePayment).where(visible(AdvancePayment, actor, Action.ADVANCE_APPROVE))
    return session().scalars(mine.order_by(AdvancePayment.id.desc()).limit(_MOST)).all()


def advances_of(actor: Actor, settlement_no: str) -> tuple[Settlement, Sequence[AdvancePayment]]:
    """A consumer's own settlement request and the payments asked for it, the newest first. raises NotFound, InvalidInput"""
    settlement = complaints.settlement(actor, Action.ADVANCE_REQUEST, settlement_no)
    asked = sa.select(AdvancePayment).where(AdvancePayment.settlement_id == settlement.id)
    return settlement, session().scalars(asked.order_by(AdvancePayment.id.desc())).all()


def recoveries(actor: Actor) -> Sequence[Recovery]:
    """The recoveries that the actor may read, the newest first, 200 at most."""
    mine = sa.select(Recovery).where(visible(Recovery, actor, Action.RECOVERY_READ))
    return session().scalars(mine.order_by(Recovery.id.desc()).limit(_MOST)).all()


def standing_advance(settlement_id: str) -> AdvancePayment | None:
    """The payment of a settlement request that was not declined; there is one at most."""
    return (
        session()
        .scalars(
            sa.select(AdvancePayment).where(
                AdvancePayment.settlement_id == settlement_id, AdvancePayment.state != "declined"
            )
        )
        .one_or_none()
    )


def host_of(unit_id: str) -> str | None:
    """The id of the unit in whose place this one trades."""
    return session().scalar(sa.select(HostedUnit.host_unit_id).where(HostedUnit.unit_id == unit_id))


def cap_of(station_id: str) -> FundCap | None:
    """The cap that holds for a station now."""
    newest = sa.select(FundCap).where(FundCap.station_id == station_id).order_by(FundCap.sequence.desc())
    return session().scalars(newest.limit(1)).first()


def approved_on(station_id: str, day: date) -> int:
    """Fen that a station agreed on a local day to pay first."""
    total = session().scalar(
        sa.select(sa.func.coalesce(sa.func.sum(AdvancePayment.amount_fen), 0)).where(
            AdvancePayment.payer_station_id == station_id,
            AdvancePayment.decided_on == day,
            AdvancePayment.state.in_(("approved", "paid")),
        )
    )
    return int(total or 0)


def ledger_faults() -> list[str]:
    """What is wrong with the ledger: an act that does not sum to zero, a balance that its cases contradict; empty when sound."""
    number = sa.func.coalesce(AdvancePayment.case_no, "?")
    sums = session().execute(
        sa.select(number, LedgerEntry.act, sa.func.sum(LedgerEntry.amount_fen), sa.func.count())
        .outerjoin(AdvancePayment, AdvancePayment.id == LedgerEntry.payment_id)
        .group_by(LedgerEntry.payment_id, AdvancePayment.case_no, LedgerEntry.act)
    )
    return rules.faults(
        [(str(case_no), str(Act(act).value), int(total), int(count)) for case_no, act, total, count in sums],
        [*_owed(), *_paid()],
    )


def _balance(account: Account, *, act: Act | None = None) -> sa.ScalarSelect[int]:
    held = sa.select(sa.func.coalesce(sa.func.sum(LedgerEntry.amount_fen), 0)).where(
        LedgerEntry.payment_id == AdvancePayment.id, LedgerEntry.account == account
    )
    return (held.where(LedgerEntry.act == act) if act else held).scalar_subquery()


def _owed() -> list[tuple[str, int, int]]:
    """What is to be recovered for each payment of a host, and what its case says."""
    rows = session().execute(
        sa.select(AdvancePayment.case_no, _balance(Account.TO_RECOVER), Recovery.amount_fen, Recovery.state).outerjoin(
            Recovery, Recovery.payment_id == AdvancePayment.id
        )
    )
    return [(case_no, int(held), (amount or 0) if state == "owed" else 0) for case_no, held, amount, state in rows]


def _paid() -> list[tuple[str, int, int]]:
    """What left the fund for each payment, and what its case says."""
    rows = session().execute(
        sa.select(
            AdvancePayment.case_no,
            _balance(Account.FUND, act=Act.PAID),
            AdvancePayment.amount_fen,
            AdvancePayment.state,
        )
    )
    return [(case_no, -int(held), amount if state == "paid" else 0) for case_no, held, amount, state in rows]
