"""Statements that stand written at a module's head: put together once, then executed on the driver's own cursor.

SQLAlchemy's execution of a statement that it knows already costs twice what driver and database take together (decision 0025). For
statements of plain columns on paths that are walked all the time; everything else is the session's.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, cast

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

#: Under this name a connection of the driver keeps its cursor: made anew it costs as much as a small statement's values.
_CURSOR = "fangxin_cursor"
_Convert = Callable[[Any], Any]


class _Made(NamedTuple):
    """A statement as one kind of database takes it. order: of the values, where they have no names"""

    text: str
    constants: Mapping[str, Any]
    order: tuple[str, ...] | None
    given: tuple[tuple[str, _Convert], ...]
    taken: tuple[_Convert | None, ...]
    row: Callable[..., Any]


class Prepared:
    """One statement. Its rows are named tuples; types of columns hold both ways, as in the session."""

    def __init__(self, statement: sa.Executable) -> None:
        self._statement = statement
        self._made: dict[str, _Made] = {}

    def rows(self, connection: sa.Connection, told: Mapping[str, Any]) -> list[Any]:
        """Execute within the connection's transaction. raises SQLAlchemy's DBAPIError, as the connection does"""
        return self._fetch(connection.connection, connection.dialect, told, connection.invalidate)

    def committed_rows(self, engine: sa.Engine, told: Mapping[str, Any]) -> list[Any]:
        """Execute a read on a connection of its own, outside any transaction: nothing begins and nothing ends."""
        found = engine.raw_connection()
        try:
            return self._fetch(found, engine.dialect, told, found.invalidate)
        finally:
            found.close()

    def _fetch(
        self, found: Any, dialect: sa.Dialect, told: Mapping[str, Any], lost: Callable[[Any], None]
    ) -> list[Any]:
        made = self._made.get(dialect.name) or self._make(dialect)
        values: Any = {**made.constants, **told}
        for name, convert in made.given:
            values[name] = convert(values[name])
        if made.order is not None:
            values = tuple(values[name] for name in made.order)
        cursor = found.info.get(_CURSOR)
        if cursor is None:
            cursor = found.info[_CURSOR] = found.cursor()
        try:
            cursor.execute(made.text, values)
            if not made.taken:
                return []
            rows = cursor.fetchall()
        except dialect.loaded_dbapi.Error as error:
            if dialect.is_disconnect(error, found, cursor):
                lost(error)
            raise DBAPIError.instance(made.text, None, error, dialect.loaded_dbapi.Error, dialect=dialect) from error
        converted = made.taken
        return [
            made.row(
                *[value if convert is None else convert(value) for value, convert in zip(row, converted, strict=True)]
            )
            for row in rows
        ]

    def _make(self, dialect: sa.Dialect) -> _Made:
        compiled = cast("Any", self._statement).compile(dialect=dialect)
        given = [
            (name, _giving(bound.type, dialect)) for name, bound in compiled.binds.items() if name in compiled.params
        ]
        columns = list(getattr(self._statement, "selected_columns", ()))
        made = _Made(
            compiled.string,
            {name: value for name, value in compiled.params.items() if value is not None},
            tuple(compiled.positiontup) if compiled.positional else None,
            tuple((name, convert) for name, convert in given if convert is not None),
            tuple(_taking(column.type, dialect) for column in columns),
            namedtuple("Row", [column.key or "_" for column in columns], rename=True) if columns else tuple,
        )
        self._made[dialect.name] = made
        return made


def _giving(kind: sa.types.TypeEngine[Any], dialect: sa.Dialect) -> _Convert | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _taking(kind: sa.types.TypeEngine[Any], dialect: sa.Dialect) -> _Convert | None:
    return kind.dialect_impl(dialect).result_processor(dialect, None)
