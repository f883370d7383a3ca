"""Rows written past the mapper: at most once, as one statement that both databases know; or with the unit of work's others, in one.

What every step writes beside its own record (event, clocks, notices, audit, the stored reply) is told to the unit of work and goes to
the database together: before the session's next statement, at the latest before the commit.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple, cast

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import ORMExecuteState, Session

from .database import RowBase, WriteRefused, connection, session

_WAITING = "rows to write"


class _Kind(NamedTuple):
    """Rows that one statement can write.

    once   leave alone what a unique constraint says exists
    """

    table: sa.Table
    columns: tuple[str, ...]
    once: bool


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
            found.execute(_write(kind), rows)
        return
    told = {f"rows_{number}": json.dumps(rows, default=_plain) for number, rows in enumerate(waiting.values())}
    found.execute(_write_together(tuple(waiting)), told)


@event.listens_for(Session, "do_orm_execute")
def _send_before(state: ORMExecuteState) -> None:
    """A statement of the session sees what was told to the unit of work before it."""
    send_waiting(state.session)


@cache
def _insert_once(table: sa.Table, dialect: str) -> sa.Executable:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(table).on_conflict_do_nothing().returning(*table.primary_key.columns)


@cache
def _write(kind: _Kind) -> sa.Insert:
    insert = sqlite.insert(kind.table).inline()
    return insert.on_conflict_do_nothing() if kind.once else insert


@cache
def _write_together(kinds: tuple[_Kind, ...]) -> sa.Executable:
    """One statement for any number of rows of these kinds. Each kind's rows are one parameter, a JSON array in their order."""
    parts = []
    for number, kind in enumerate(kinds):
        of_this_table: sa.ColumnElement[Any] = sa.literal_column(f"NULL::{kind.table.name}")
        told = sa.cast(sa.bindparam(f"rows_{number}", type_=sa.Text), sa.JSON)
        rows = sa.func.json_populate_recordset(of_this_table, told).alias(f"told_{number}")
        values = sa.select(*(sa.column(name, kind.table.c[name].type) for name in kind.columns)).select_from(rows)
        insert = postgresql.insert(kind.table).from_select(kind.columns, values, include_defaults=False)
        parts.append((insert.on_conflict_do_nothing() if kind.once else insert).cte(f"insert_{number}"))
    return sa.select(sa.literal_column("1")).add_cte(*parts)


def _plain(value: object) -> str:
    """What JSON does not know, as PostgreSQL reads it."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("instants must be aware")
        return value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return f"\\x{value.hex()}"
    raise TypeError(f"{type(value).__name__} is not written past the mapper")
