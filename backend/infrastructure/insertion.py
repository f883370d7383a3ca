"""Rows written past the mapper: at most once, as one statement that both databases know; or with the unit of work's others, in one.

What every step writes beside its own record (event, clocks, notices, audit, the stored reply) is told to the unit of work and goes to
the database together: before the session's next statement, at the latest before the commit.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple, cast

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import ORMExecuteState, Session

from .database import RowBase, WriteRefused, connection, session

_WAITING = "rows to write"
#: Parameters of one statement; the driver does not remember how it reads longer ones.
_MOST_PARAMETERS = 50


class _Kind(NamedTuple):
    """Rows that one statement can write.

    once   leave alone what a unique constraint says exists
    """

    table: sa.Table
    columns: tuple[str, ...]
    once: bool


_Waiting = tuple[_Kind, Mapping[str, Any]]


def insert_once(model: type[RowBase], values: Mapping[str, Any]) -> bool:
    """Insert the row; do nothing when a unique constraint says that it exists. Inside the caller's unit of work.

    returns   whether this call inserted it
    A look before the insert would let two callers through; an IntegrityError would end the caller's transaction on PostgreSQL.
    """
    found = connection()
    statement = _insert_once(cast("sa.Table", model.__table__), found.dialect.name)
    return found.execute(statement, dict(values)).first() is not None


def insert_later(model: type[RowBase], values: Mapping[str, Any], *, once: bool = False) -> None:
    """Insert the row with the unit of work's other rows. The mapper's defaults are not filled in.

    once   do nothing when a unique constraint says that it exists
    """
    info = session().info
    if info.get("unit_of_work") != "write":
        raise WriteRefused("rows are written in a unit of work that may write")
    kind = _Kind(cast("sa.Table", model.__table__), tuple(values), once)
    info.setdefault(_WAITING, {}).setdefault(kind, []).append(values)


def send_waiting(opened: Session) -> None:
    """Write what waits, on PostgreSQL in one statement. For the unit of work."""
    waiting: dict[_Kind, list[Mapping[str, Any]]] = opened.info.pop(_WAITING, {})
    if not waiting:
        return
    opened.flush()  # what waits may refer to the mapper's rows
    found = opened.connection()
    if found.dialect.name == "sqlite":
        for kind, rows in waiting.items():
            found.execute(_write(kind, "sqlite"), [_named(values) for values in rows])
        return
    for part in _parts([(kind, values) for kind, rows in waiting.items() for values in rows]):
        statement = _write_together(tuple(kind for kind, _ in part), found.dialect)
        told = {name: value for row, (_, values) in enumerate(part) for name, value in _named(values, row).items()}
        found.exec_driver_sql(statement.text, statement.bound(told))


def _parts(rows: Sequence[_Waiting]) -> Iterator[Sequence[_Waiting]]:
    """The rows in order, as many at a time as go in one statement."""
    begin = parameters = 0
    for end, (kind, _) in enumerate(rows):
        parameters += len(kind.columns)
        if parameters > _MOST_PARAMETERS and end > begin:
            yield rows[begin:end]
            begin, parameters = end, len(kind.columns)
    yield rows[begin:]


class _Together(NamedTuple):
    """A statement that is put together once for all rows of its shape; the library would do it again for every one.

    processors   parameter → what makes the driver's value of ours, where anything does
    """

    text: str
    processors: Mapping[str, Callable[[Any], Any]]

    def bound(self, told: dict[str, Any]) -> dict[str, Any]:
        """The parameters as the driver takes them."""
        return told | {name: process(told[name]) for name, process in self.processors.items()}


@event.listens_for(Session, "do_orm_execute")
def _send_before(state: ORMExecuteState) -> None:
    """A statement of the session sees what was told to the unit of work before it."""
    send_waiting(state.session)


def _named(values: Mapping[str, Any], row: int = 0) -> dict[str, Any]:
    return {f"{name}_{row}": value for name, value in values.items()}


@cache
def _insert_once(table: sa.Table, dialect: str) -> sa.Executable:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(table).on_conflict_do_nothing().returning(*table.primary_key.columns)


@cache
def _write(kind: _Kind, dialect: str, row: int = 0, rows: int = 1) -> sa.Insert:
    """The statement that writes some rows of a kind."""
    named = [
        {name: sa.bindparam(f"{name}_{number}", type_=kind.table.c[name].type) for name in kind.columns}
        for number in range(row, row + rows)
    ]
    insert = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(kind.table).inline()
    return (insert.on_conflict_do_nothing() if kind.once else insert).values(named if rows > 1 else named[0])


@cache
def _write_together(kinds: tuple[_Kind, ...], dialect: sa.Dialect) -> _Together:
    """One statement for rows of these kinds, in this order; equal ones are neighbours."""
    parts, row = [], 0
    for kind, alike in groupby(kinds):
        rows = len(list(alike))
        parts.append(_write(kind, "postgresql", row, rows).cte(f"rows_{row}"))
        row += rows
    compiled = sa.select(sa.literal_column("1")).add_cte(*parts).compile(dialect=dialect)
    found = {
        f"{name}_{row}": kind.table.c[name].type.dialect_impl(dialect).bind_processor(dialect)
        for row, kind in enumerate(kinds)
        for name in kind.columns
    }
    return _Together(str(compiled), {name: process for name, process in found.items() if process is not None})
