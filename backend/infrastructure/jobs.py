"""Jobs: work that is promised inside a transaction and done after it, and work that is done every so often.

A job is enqueued in the unit of work of what it follows from, so that it exists exactly when that was committed. Handlers are idempotent:
a job whose worker died is done again. Periodic work is one job per slot of time, made by whichever worker gets there first.
"""

import logging
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask, current_app
from sqlalchemy.orm import Mapped, mapped_column

from . import current, leasing, metrics
from .database import Json, Model, UtcDateTime, new_id, unit_of_work
from .insertion import insert_later, insert_once
from .lease_keeper import LeaseKeeper
from .leasing import LeasedRow, WorkState

Handler = Callable[[Mapping[str, Any]], object]
Scalar = str | int
_REFERENCE = re.compile(r"[A-Za-z0-9_.:\-]{1,80}")
_PERIODIC = "periodic:"
#: What the key of a job begins with when it may come again later.
SLOT = "slot:"
#: So many people are told in one unit of work.
PIECE = 500
_KEEP_FINISHED = timedelta(days=30)
_log = logging.getLogger(__name__)


class Job(LeasedRow):
    """One piece of work. `payload` holds ids alone; `dedupe` names it for good, so that it is enqueued once."""

    name: Mapped[str] = mapped_column(sa.String(80))
    payload: Mapped[Any] = mapped_column(Json)
    dedupe: Mapped[str | None] = mapped_column(sa.String(160), unique=True)


class PeriodicRun(Model):
    """Marks one slot of one periodic work as planned."""

    __table_args__ = (sa.UniqueConstraint("name", "slot"),)

    name: Mapped[str] = mapped_column(sa.String(80))
    slot: Mapped[int] = mapped_column(sa.BigInteger)
    at: Mapped[datetime] = mapped_column(UtcDateTime(), index=True)


@dataclass(frozen=True)
class Periodic:
    """Work done once in every slot of time, over all workers.

    every     length of a slot, one second to seven days; slots are counted from 1970-01-01T00:00Z
    handler   idempotent, opens its own units of work; a run that fails is tried again until the next slot begins
    """

    name: str
    every: timedelta
    handler: Callable[[], object]

    def __post_init__(self) -> None:
        if not timedelta(seconds=1) <= self.every <= timedelta(days=7):
            raise ValueError(f"{self.name}: a slot lasts from one second to seven days")

    def slot(self, at: datetime) -> int:
        """Number of the slot in which the aware instant falls."""
        return int(at.timestamp() // self.every.total_seconds())

    def end(self, slot: int) -> datetime:
        """The instant at which the slot is over."""
        return datetime.fromtimestamp((slot + 1) * self.every.total_seconds(), UTC)


class JobTable:
    """Which function does which job, and what is done periodically."""

    def __init__(self, handlers: Mapping[str, Handler], periodics: Iterable[Periodic] = ()) -> None:
        """handlers   job name → idempotent function of the payload, called in an application context with no transaction open"""
        self._handlers = dict(handlers)
        self.periodics = {f"{_PERIODIC}{periodic.name}": periodic for periodic in (*periodics, HOUSEKEEPING)}

    def run(self, job: Job) -> None:
        """Do a job. raises LookupError for a name that this version does not know, and whatever the handler raises"""
        if job.name in self.periodics:
            self.periodics[job.name].handler()
        else:
            self._handlers[job.name](job.payload)

    def retry_until(self, job: Job) -> datetime | None:
        """When a failed job is replaced by the next slot's anyway; None for what is not periodic."""
        periodic = self.periodics.get(job.name)
        return periodic.end(periodic.slot(current.now())) if periodic else None


@dataclass(frozen=True)
class Work:
    """Everything the application's workers do.

    deliver   sends what is due outwards and returns how much it took up; called in an application context
    """

    table: JobTable
    deliver: Callable[[], int]


def init_work(app: Flask, work: Work) -> None:
    """Give the application its work."""
    app.extensions["fangxin_work"] = work


def work() -> Work:
    """The running application's work."""
    found: Work = current_app.extensions["fangxin_work"]
    return found


def enqueue(
    name: str, payload: Mapping[str, Scalar] | None = None, *, dedupe: str | None = None, due_at: datetime | None = None
) -> None:
    """Promise a job in the caller's unit of work.

    payload   ids, codes and numbers; text that could be a person's is refused
    dedupe    a job with this key is enqueued once, ever; a key that begins with SLOT names a slot of time and is forgotten with it
    due_at    not before this instant; now by default
    """
    for value in (payload or {}).values():
        if not isinstance(value, int) and not _REFERENCE.fullmatch(value):
            raise ValueError(f"the payload of job {name} must hold ids alone")
    now = current.now()
    values = {
        "id": new_id(), "name": name, "payload": dict(payload or {}), "dedupe": dedupe, "due_at": due_at or now,
        "made_at": now, "state": WorkState.READY, "tries": 0,
    }  # fmt: skip
    insert_later(Job, values, once=True)


def go_on(name: str, payload: Mapping[str, Scalar], done: Sequence[str]) -> None:
    """Promise the next piece of a job that is done in pieces of `PIECE`, in the unit of work of this one; nothing after the last.

    done   ids of this piece, in order; the next job's payload has the last one as `after`
    """
    if len(done) < PIECE:
        return
    rest = {**payload, "after": done[-1]}
    enqueue(name, rest, dedupe=SLOT + ":".join([name, *map(str, rest.values())]))


def plan(*periodics: Periodic) -> dict[str, int]:
    """Enqueue the present slots' runs, but for those that another worker planned or whose earlier run is not finished.

    returns   the slot of each, by name
    """
    now = current.now()
    slots = {one.name: one.slot(now) for one in periodics}
    with unit_of_work(read_only=True) as opened:
        runs = sa.select(PeriodicRun.name, PeriodicRun.slot).where(
            sa.tuple_(PeriodicRun.name, PeriodicRun.slot).in_(slots.items())
        )
        known = {name for name, _slot in opened.execute(runs)}
    missing = sorted(slots.keys() - known)  # in one order, so that two workers never wait for each other
    if missing:
        with unit_of_work() as opened:
            jobs_of = {f"{_PERIODIC}{name}": name for name in missing}
            unfinished = sa.select(Job.name).where(Job.name.in_(jobs_of), Job.state == WorkState.READY)
            mine = [one for one in missing if insert_once(PeriodicRun, _run_of(one, slots[one]))]
            running = {jobs_of[name] for name in opened.scalars(unfinished)}
            for name in mine:
                if name not in running:
                    enqueue(f"{_PERIODIC}{name}", {"slot": slots[name]}, dedupe=f"{_PERIODIC}{name}:{slots[name]}")
    return slots


def _run_of(name: str, slot: int) -> dict[str, Any]:
    return {"id": new_id(), "name": name, "slot": slot, "at": current.now()}


def run_next(table: JobTable, keeper: LeaseKeeper) -> bool:
    """Claim and do one due job, with a heartbeat on its lease, and record the outcome.

    returns   False when no job was due
    """
    claimed = leasing.claim(Job, 1, keeper.lease)
    for job in claimed:
        try:
            with keeper.keep(job):
                table.run(job)
        except Exception as error:  # noqa: BLE001  (whatever a handler raises is a failed try)
            _failed(table, job, error)
        else:
            leasing.finish(job)
    return bool(claimed)


def purge() -> int:
    """Delete jobs that were done or dropped, and marks of periodic runs, 30 days after; dead jobs and used dedupe keys stay. returns rows"""
    before = current.now() - _KEEP_FINISHED
    finished = sa.delete(Job).where(
        Job.state.in_([WorkState.DONE, WorkState.DROPPED]),
        Job.finished_at < before,
        sa.or_(Job.dedupe.is_(None), Job.name.startswith(_PERIODIC), Job.dedupe.startswith(SLOT)),
    )
    with unit_of_work() as opened:
        results = [
            opened.execute(statement) for statement in (finished, sa.delete(PeriodicRun).where(PeriodicRun.at < before))
        ]
    return sum(int(getattr(result, "rowcount", 0)) for result in results)


def _failed(table: JobTable, job: Job, error: Exception) -> None:
    reason = type(error).__name__
    outcome = leasing.retry(job, reason, until=table.retry_until(job))
    metrics.EVENTS.labels(f"job_{outcome or 'lost'}").inc()
    fields = {"job": job.name, "row": job.id, "tries": job.tries, "outcome": outcome or "taken over"}
    _log.error("job failed", extra=fields, exc_info=error)


HOUSEKEEPING = Periodic("purge-finished-jobs", timedelta(days=1), purge)
