"""Rows written past the mapper: at most once, as one statement that both databases know; or with the unit of work's others, in one.

What every step writes beside its own record (event, clocks, notices, audit, the stored reply), and on the busiest path the record
too, is told to the unit of work and goes to the database together: before the session's next statement, at the latest before the commit.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple, cast

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import ORMExecuteState, Session, make_transient_to_detached

from .database import Model, RowBase, WriteRefused, connection, session
from .prepared import Prepared

_WAITING = "rows to write"
_RECORDS = "records to write"


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
    info = _writing()
    kind = _Kind(cast("sa.Table", model.__table__), tuple(values), once)
    info.setdefault(_WAITING, {}).setdefault(kind, []).append(values)


def add_later(record: Model) -> None:
    """Insert a new record with the unit of work's other rows; from then on the session keeps it, and its changes, as any other.

    What the mapper writes may refer to the record from the session's next statement on.
    """
    _writing().setdefault(_RECORDS, []).append(record)


def send_waiting(opened: Session) -> None:
    """Write what waits, on PostgreSQL in one statement. For the unit of work."""
    records: list[Model] = opened.info.pop(_RECORDS, [])
    waiting: dict[_Kind, list[Mapping[str, Any]]] = opened.info.pop(_WAITING, {})
    for record in records:
        kind, values = _as_row(record)
        waiting = {kind: [*waiting.pop(kind, []), values], **waiting}  # the others may refer to it
        make_transient_to_detached(record)
    if not waiting:
        return
    opened.flush()  # what waits may refer to the mapper's rows
    found = opened.connection()
    if found.dialect.name == "sqlite":
        for kind, rows in waiting.items():
            found.execute(_write(kind), rows)
    else:
        told = {
            f"rows_{number}": json.dumps(rows, default=_plain, ensure_ascii=False)
            for number, rows in enumerate(waiting.values())
        }
        _write_together(tuple(waiting)).rows(found, told)
    opened.add_all(records)


def _writing() -> dict[Any, Any]:
    info = session().info
    if info.get("unit_of_work") != "write":
        raise WriteRefused("rows are written in a unit of work that may write")
    return info


@event.listens_for(Session, "do_orm_execute")
def _send_before(state: ORMExecuteState) -> None:
    """A statement of the session sees what was told to the unit of work before it."""
    send_waiting(state.session)


@cache
def _insert_once(table: sa.Table, dialect: str) -> sa.Executable:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(table).on_conflict_do_nothing().returning(*table.primary_key.columns)


def _as_row(record: Model) -> tuple[_Kind, Mapping[str, Any]]:
    columns = _columns(type(record))
    told = sa.inspect(record).dict
    values = {name: told.setdefault(key, default) for name, key, default in columns}
    return _Kind(cast("sa.Table", record.__table__), tuple(values), once=False), values


@cache
def _columns(model: type[Model]) -> list[tuple[str, str, Any]]:
    """Of every column its name, the attribute's, and the value while none was given."""
    mapper, found = sa.inspect(model), []
    for attribute in mapper.column_attrs:
        [column] = attribute.columns
        default = column.default
        if default is not None and not default.is_scalar:
            raise TypeError(f"{column}: a default that is made for each row is not filled in past the mapper")
        first = 1 if column is mapper.version_id_col else default.arg if default is not None else None
        found.append((column.name, attribute.key, first))
    return found


@cache
def _write(kind: _Kind) -> sa.Insert:
    insert = sqlite.insert(kind.table).inline()
    return insert.on_conflict_do_nothing() if kind.once else insert


@cache
def _write_together(kinds: tuple[_Kind, ...]) -> Prepared:
    """One statement for any number of rows of these kinds. Each kind's rows are one parameter, a JSON array in their order."""
    parts = []
    for number, kind in enumerate(kinds):
        of_this_table: sa.ColumnElement[Any] = sa.literal_column(f"NULL::{kind.table.name}")
        told = sa.cast(sa.bindparam(f"rows_{number}", type_=sa.Text), sa.JSON)
        rows = sa.func.json_populate_recordset(of_this_table, told).alias(f"told_{number}")
        values = sa.select(*(sa.column(name, kind.table.c[name].type) for name in kind.columns)).select_from(rows)
        insert = postgresql.insert(kind.table).from_select(kind.columns, values, include_defaults=False)
        parts.append((insert.on_conflict_do_nothing() if kind.once else insert).cte(f"insert_{number}"))
    return Prepared(sa.select(sa.literal_column("1")).add_cte(*parts))


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
