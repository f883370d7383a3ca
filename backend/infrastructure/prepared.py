"""Statements that stand written at a module's head: put together once, then given to the driver as they are.

SQLAlchemy's execution of a statement that it knows already costs twice what driver and database take together, and psycopg's cursor
as much again as the rest of the driver (decision 0025). For statements of plain columns on paths that are walked all the time;
everything else is the session's.
"""

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property
from typing import Any, NamedTuple, cast

import psycopg
import sqlalchemy as sa
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGresult
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.exc import DBAPIError

#: Under this name a connection of the pool keeps what sends its statements.
_SENDER = "fangxin_sender"
_Convert = Callable[[Any], Any]
#: Types whose values JSON gives back, an enum's by its value.
_KEPT_BY_JSON = (sa.String, sa.Integer, sa.Boolean, sa.Uuid, sa.JSON)


class _Made(NamedTuple):
    """A statement as one kind of database takes it. order: of its values"""

    text: str
    constants: Mapping[str, Any]
    order: tuple[str, ...]
    given: tuple[tuple[str, _Convert], ...]
    taken: tuple[_Convert | None, ...]


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

    def as_json(self) -> sa.ScalarSelect[Any]:
        """All its rows as one value, a JSON array of arrays; PostgreSQL."""
        inner = cast("Any", self._statement).subquery()
        rows = sa.func.json_agg(sa.func.json_build_array(*inner.c), type_=sa.JSON)
        return sa.select(sa.func.coalesce(rows, sa.literal_column("'[]'::json"))).select_from(inner).scalar_subquery()

    def rows_of_json(self, told: Sequence[Sequence[Any]]) -> list[Any]:
        """The rows of that value. raises TypeError for a column that JSON does not bring back as it was"""
        return self._named(told, self._of_json)

    def _named(self, rows: Sequence[Sequence[Any]], converted: Sequence[_Convert | None]) -> list[Any]:
        return [
            self._row(
                *[value if convert is None else convert(value) for value, convert in zip(row, converted, strict=True)]
            )
            for row in rows
        ]

    @cached_property
    def _columns(self) -> list[Any]:
        return list(getattr(self._statement, "selected_columns", ()))

    @cached_property
    def _row(self) -> Callable[..., Any]:
        return (
            namedtuple("Row", [column.key or "_" for column in self._columns], rename=True) if self._columns else tuple
        )

    @cached_property
    def _of_json(self) -> list[_Convert | None]:
        for column in self._columns:
            if not isinstance(column.type, _KEPT_BY_JSON) or getattr(column.type, "as_uuid", False):
                raise TypeError(f"{column}: JSON does not bring back its values as they were")
        return [_enum_of(column.type) for column in self._columns]

    def _fetch(
        self, found: Any, dialect: sa.Dialect, told: Mapping[str, Any], lost: Callable[[Any], None]
    ) -> list[Any]:
        made = self._made.get(dialect.name) or self._make(dialect)
        values: Any = {**made.constants, **told}
        for name, convert in made.given:
            values[name] = convert(values[name])
        send = found.info.get(_SENDER) or _sender(found)
        try:
            rows = send(made.text, [values[name] for name in made.order])
        except dialect.loaded_dbapi.Error as error:
            if dialect.is_disconnect(error, found, None):
                lost(error)
            raise DBAPIError.instance(made.text, None, error, dialect.loaded_dbapi.Error, dialect=dialect) from error
        return self._named(rows, made.taken) if made.taken else []

    def _make(self, dialect: sa.Dialect) -> _Made:
        compiled = cast("Any", self._statement).compile(dialect=_numbering(dialect))
        given = [
            (name, _giving(bound.type, dialect)) for name, bound in compiled.binds.items() if name in compiled.params
        ]
        made = _Made(
            compiled.string,
            {name: value for name, value in compiled.params.items() if value is not None},
            tuple(compiled.positiontup),
            tuple((name, convert) for name, convert in given if convert is not None),
            tuple(_taking(column.type, dialect) for column in self._columns),
        )
        self._made[dialect.name] = made
        return made


def command(connection: sa.Connection, text: bytes) -> None:
    """Give PostgreSQL a command that has neither values nor rows, as it is. raises psycopg's errors"""
    _checked(connection.connection.driver_connection.pgconn.exec_(text))  # type: ignore[union-attr]


def rolled_back(connection: sa.Connection) -> None:
    """The transaction of a connection was rolled back, and with it psycopg may have thrown away every prepared statement."""
    if connection.invalidated:  # Gone, with all that was prepared on it.
        return
    sender = connection.connection.info.get(_SENDER)
    if isinstance(sender, _ByLibpq):
        sender.doubtful = True


class _ByCursor:
    """Statements of a connection to the embedded database: on one cursor, which made anew costs as much as a small statement."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._cursor = connection.cursor()

    def __call__(self, text: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """The statement's rows. raises the driver's errors"""
        return self._cursor.execute(text, values).fetchall()


class _ByLibpq:
    """Statements of a connection to PostgreSQL, each prepared there at its first use and then executed by its name.

    Values go as text without a type, so that the server takes each as what its place in the statement needs.
    """

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self._server = connection.pgconn
        self._adapting = Transformer(connection)
        self._names: dict[str, bytes] = {}
        self._made = 0
        self.doubtful = False

    def __call__(self, text: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """The statement's rows; none of one that gives none. raises psycopg's errors"""
        if self.doubtful:
            self._forget_lost()
        name = self._names.get(text) or self._prepare(text)
        adapting = self._adapting
        told: Any = adapting.dump_sequence(values, [PyFormat.TEXT] * len(values))
        result = _checked(self._server.exec_prepared(name, told))
        adapting.set_pgresult(result)
        return adapting.load_rows(0, result.ntuples, tuple)

    def _prepare(self, text: str) -> bytes:
        self._made += 1
        name = f"fangxin_{self._made}".encode()
        _checked(self._server.prepare(name, text.encode()))
        self._names[text] = name
        return name

    def _forget_lost(self) -> None:
        result = _checked(self._server.exec_(b"SELECT name FROM pg_prepared_statements"))
        living = {result.get_value(number, 0) for number in range(result.ntuples)}
        self._names = {text: name for text, name in self._names.items() if name in living}
        self.doubtful = False


def _checked(result: PGresult) -> PGresult:
    if result.status not in {ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK}:
        raise error_from_result(result)
    return result


def _sender(found: Any) -> _ByCursor | _ByLibpq:
    held = found.driver_connection
    sender = _ByCursor(held) if isinstance(held, sqlite3.Connection) else _ByLibpq(held)
    found.info[_SENDER] = sender
    return sender


@cache
def _numbering(dialect: sa.Dialect) -> sa.Dialect:
    """The dialect with places for values as its server reads them: PostgreSQL's are numbered, psycopg's have names."""
    return type(dialect)(paramstyle="numeric_dollar") if dialect.name == "postgresql" else dialect  # type: ignore[call-arg]


def _giving(kind: sa.types.TypeEngine[Any], dialect: sa.Dialect) -> _Convert | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _enum_of(kind: sa.types.TypeEngine[Any]) -> _Convert | None:
    return _taking(kind, DefaultDialect()) if isinstance(kind, sa.Enum) else None


def _taking(kind: sa.types.TypeEngine[Any], dialect: sa.Dialect) -> _Convert | None:
    return kind.dialect_impl(dialect).result_processor(dialect, None)
