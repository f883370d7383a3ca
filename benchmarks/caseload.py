"""Lists and the deadline sweep with 10,000 and with 1,000,000 complaints behind them, of which 1,000 are open: what is closed must cost nothing."""

import statistics
import time
from collections.abc import Callable, Mapping
from typing import Any, cast

import sqlalchemy as sa

from backend.access.actor import Actor, Role
from backend.accounts import service as accounts
from backend.badges import queries as badges
from backend.badges.model import Plate
from backend.casework.model import Deadline
from backend.complaints import queries, service, views
from backend.complaints.model import Complaint, Settlement
from backend.complaints.rules import Nature, Request
from backend.demo.people import make_staff, officer, with_role
from backend.infrastructure import current
from backend.infrastructure.database import Model, db, session, unit_of_work
from benchmarks import report
from benchmarks.installation import Installation, fill, installation

_SIZES = (10_000, 1_000_000)
_OPEN = 1_000
_DUE = 1_000
_TIMES = 21
_IDENTITY = service.Identity("林小满", "13800138000", "温州市鹿城区五马街道")


def measure(database: str) -> None:
    """Print and keep milliseconds and growth. The embedded database is not meant for a million."""
    found: dict[int, dict[str, float]] = {}
    for size in _SIZES:
        with installation(database) as made:
            fill(made)
            found[size] = _one(made, size)
    small, large = (found[size] for size in _SIZES)
    rows = [
        {"": name, "10,000 ms": small[name], "1,000,000 ms": large[name], "growth": large[name] / small[name]}
        for name in small
    ]
    report.show(f"caseload; {database}, {_OPEN:,} open, medians of {_TIMES}", rows)
    report.keep(f"caseload-{database}", {"rows": rows})


def _one(made: Installation, size: int) -> dict[str, float]:
    with made.app.app_context():
        staff = make_staff()
        clerk = officer(staff, "lucheng")
        consumer = accounts.sign_in_by_wechat(made.double.code("consumer")).actor
        with unit_of_work(read_only=True):
            plate = session().scalars(sa.select(Plate).where(Plate.county_code == "330302").limit(1)).one()
            token, station_id = badges.token_of(plate), plate.station_id
        member = with_role("zhan-wang", Role.STATION_MEMBER, station_id)
        _template(consumer, member, token)
        _copies(size)
        reads: dict[str, Callable[[], object]] = {
            "station's inbox": lambda: views.inbox_rows(member),
            "officer's queue": lambda: queries.officers_queue(clerk),
            "officer's archive": lambda: queries.officers_archive(clerk),
            "officer's list": lambda: queries.complaints(clerk),
            "consumer's list": lambda: queries.settlements(consumer),
        }
        timed = {name: _median(lambda read=read: _read(read)) for name, read in reads.items()}  # type: ignore[misc]
        timed["sweep, nothing due"] = _median(service.sweep)
        timed[f"sweep, {_DUE:,} due"] = _all_due()
        db.session.remove()
    return timed


def _template(consumer: Actor, member: Actor, token: str) -> None:
    """One dispute at the station and one at the bureau, made by the services; the others are their copies."""
    wanted = {"token": token, "nature": Nature.QUALITY, "wanted": [Request.REFUND], "amount_fen": 12_800}
    told = {"happened_on": current.today(), "facts": "买的电饭煲用了三天就不通电，店里不给退。"}
    for escalated in (False, True):
        with unit_of_work():
            number = service.submit(consumer, **wanted, **told).settlement.case_no  # type: ignore[arg-type]
        if escalated:
            with unit_of_work():
                service.refuse(member, number, text="已经拆封，不退。")
            with unit_of_work():
                service.escalate(consumer, number, _IDENTITY)


#: Every index that is not a constraint's.
_INDEXES = sa.text(
    "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(:tables)"
    " AND indexname NOT IN (SELECT conname FROM pg_constraint)"
)


def _copies(size: int) -> None:
    """Open and closed disputes over all units, and each one's clocks; the closed ones are older."""
    with unit_of_work() as opened:
        places = sa.text(
            "CREATE TEMPORARY TABLE town AS"
            " SELECT id, station_id, county_code, row_number() OVER (ORDER BY id) AS place FROM unit"
        )
        opened.execute(places)
        people = sa.text(
            "CREATE TEMPORARY TABLE crowd AS SELECT id, row_number() OVER (ORDER BY id) AS place FROM account"
        )
        opened.execute(people)
        # Copies of rows that stand need no look at what they refer to, and an index is made faster over all rows than row by row.
        opened.execute(sa.text("SET LOCAL session_replication_role = replica"))
        indexes = opened.execute(
            _INDEXES, {"tables": [each.__tablename__ for each in (Settlement, Complaint, Deadline)]}
        ).all()
        for index in indexes:
            opened.execute(sa.text(f"DROP INDEX {index.indexname}"))
        complaint = opened.scalars(sa.select(Complaint)).one()
        waiting = opened.scalars(sa.select(Settlement).where(Settlement.state == "awaiting_answer")).one()
        lodged = opened.get_one(Settlement, complaint.settlement_id)
        for kind, count, closed in (("a", _OPEN - 1, False), ("c", size - _OPEN, True)):
            there = {"unit_id": "town.id", "station_id": "town.station_id", "county_code": "town.county_code"}
            ended = {"state": "'performed'"} if closed else {}
            ours = {"id": _uuid(kind, "s"), "case_no": f"'HJ-{kind}' || n", "consumer_id": "crowd.id", **there}
            _copy(Settlement, waiting.id, count, {**ours, "complaint_no": "''", **ended})
            ended = {"state": "'mediated'"} if closed else {}
            theirs = {
                "id": _uuid(kind, "t"),
                "case_no": f"'TS-{kind}' || n",
                "settlement_id": _uuid(kind, "l"),
                **there,
            }
            ours = {"id": _uuid(kind, "l"), "case_no": f"'HL-{kind}' || n", "consumer_id": "crowd.id", **there}
            _copy(Settlement, lodged.id, count, ours)
            _copy(Complaint, complaint.id, count, {**theirs, "consumer_id": "crowd.id", **ended})
            stopped = {"state": "'stopped'", "stopped_at": "origin.started_at"} if closed else {}
            for case_id, mark in ((waiting.id, "s"), (complaint.id, "t")):
                for clock in opened.scalars(
                    sa.select(Deadline).where(Deadline.case_id == case_id, Deadline.state == "running")
                ):
                    own = {"id": _uuid(kind + clock.clock, mark), "case_id": _uuid(kind, mark), **stopped}
                    _copy(Deadline, clock.id, count, own)
        for index in indexes:
            opened.execute(sa.text(index.indexdef))
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")


def _uuid(kind: str, mark: str) -> str:
    """An id that grows with n; the open ones' are newer."""
    age = "0198" if kind.startswith("c") else "01a0"
    return f"('{age}' || lpad(to_hex(n), 8, '0') || '7' || substr(md5('{kind}{mark}' || n), 1, 19))::uuid"


def _copy(model: type[Model], row_id: str, count: int, changed: Mapping[str, str]) -> None:
    """Copy a row so many times; `n` counts from 1.

    changed   column → SQL of its value; columns that the table does not have are left out
    """
    columns = list(cast("sa.Table", model.__table__).columns.keys())
    values = ", ".join(changed.get(name, f"origin.{name}") for name in columns)
    session().execute(
        sa.text(
            f"INSERT INTO {model.__tablename__} ({', '.join(columns)}) SELECT {values} FROM generate_series(1, :count) AS n"  # noqa: S608
            " JOIN town ON town.place = 1 + n % (SELECT count(*) FROM town)"
            " JOIN crowd ON crowd.place = 1 + n % (SELECT count(*) FROM crowd)"
            f" JOIN {model.__tablename__} AS origin ON origin.id = :row_id"
        ),
        {"count": count, "row_id": row_id},
    )


def _all_due() -> float:
    """Let the first thousand open clocks run out, and sweep until nothing is left. returns milliseconds"""
    with unit_of_work() as opened:
        some = sa.select(Deadline.id).where(Deadline.state == "running", Deadline.clock == "M1").limit(_DUE)
        opened.execute(
            sa.update(Deadline)
            .where(Deadline.id.in_(some))
            .values(due_at=current.now())
            .execution_options(synchronize_session=False)
        )
    began = time.monotonic()
    while service.sweep():
        continue
    return 1000 * (time.monotonic() - began)


def _read(read: Callable[[], object]) -> Any:
    with unit_of_work(read_only=True):
        return read()


def _median(act: Callable[[], object]) -> float:
    """Milliseconds of the middle one of some calls, after a first one."""
    act()
    took = []
    for _ in range(_TIMES):
        began = time.monotonic()
        act()
        took.append(time.monotonic() - began)
    return 1000 * statistics.median(took)
