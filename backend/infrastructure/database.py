"""The database: engine settings, the model base, the unit of work. The only module that commits or rolls back."""

import fcntl
import threading
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase, Mapped, ORMExecuteState, Session, mapped_column
from uuid_utils import uuid7

from .prepared import Prepared, command, rolled_back
from .turns import step_aside

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Declarative base; every constraint gets a name, so that migrations can speak of it."""

    metadata = sa.MetaData(naming_convention=_NAMES)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})

if TYPE_CHECKING:

    class RowBase(Base):
        __abstract__ = True
        __tablename__: str
else:
    RowBase = db.Model


class UtcDateTime(sa.TypeDecorator[datetime]):
    """Aware UTC in, aware UTC out, on both databases; refuses naive values."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("instants must be aware")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


#: 64-bit integer key; SQLite only counts up a plain INTEGER.
Sequence = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
#: JSON that both databases keep.
Json = sa.JSON()


def enum_column(enum: type[StrEnum]) -> sa.Enum:
    """Column type that stores a StrEnum's value as text and gives the member back."""
    return sa.Enum(
        enum,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=False,
        length=40,
    )


def new_id() -> str:
    """A new UUIDv7 as text; ids made later sort later."""
    return str(uuid7())


class Model(RowBase):
    """Base of rows that change. The id is made at construction, so that it is known before the flush."""

    __abstract__ = True
    id: Mapped[str] = mapped_column(sa.Uuid(as_uuid=False), primary_key=True)

    def __init__(self, **values: Any) -> None:
        super().__init__(**{"id": new_id(), **values})


class AppendOnly(RowBase):
    """Base of rows that are written once. A trigger refuses UPDATE and DELETE; order is that of the sequence."""

    __abstract__ = True
    sequence: Mapped[int] = mapped_column(Sequence, primary_key=True, autoincrement=True)


#: recursive_triggers: without it INSERT OR REPLACE would delete the old row past the triggers that guard append-only tables.
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000", "foreign_keys=ON", "recursive_triggers=ON")


class Busy(Exception):
    """The database cannot take the write now; the caller should try again shortly. Nothing was written."""


class WriteRefused(RuntimeError):
    """A read-only unit of work tried to write: a programming error."""


class _WriterQueue:
    """Lets one writer at a time into the embedded database, across threads and processes.

    SQLite's own busy handler polls with growing pauses and starves writers (p99 in seconds); a queue before it does not.
    """

    def __init__(self, path: Path, wait_s: float) -> None:
        self._path = path
        self._wait_s = wait_s
        self._threads = threading.Lock()

    @contextmanager
    def turn(self) -> Generator[None]:
        until = time.monotonic() + self._wait_s
        step_aside()
        if not self._threads.acquire(timeout=self._wait_s):
            raise Busy
        try:
            with self._path.open("ab") as handle:
                while True:
                    try:
                        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                        break
                    except BlockingIOError:
                        if time.monotonic() > until:
                            raise Busy from None
                        time.sleep(0.001)
                yield
        finally:
            self._threads.release()


def init_database(app: Flask, *, url: str, writer_wait_s: float) -> None:
    """Bind the application to its database and set the connection habits.

    SQLite: WAL, synchronous=FULL (an acknowledged write survives a power cut), foreign keys, BEGIN IMMEDIATE for writers.
    PostgreSQL: a connection that rested is tried before use; bounded pool, read-only transactions for reads. Nothing begins by itself.
    """
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        path.parent.mkdir(parents=True, exist_ok=True)
        app.extensions["fangxin_writer_queue"] = _WriterQueue(Path(f"{path}.writer"), writer_wait_s)
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_size": 20, "max_overflow": 0, "pool_timeout": 5}
    else:
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
            "pool_size": 10,
            "max_overflow": 0,
            "pool_timeout": 5,
            "pool_recycle": 300,
            "connect_args": {"autocommit": True},
        }
    db.init_app(app)
    with app.app_context():
        if url.startswith("sqlite"):
            event.listen(db.engine, "connect", _prepare_sqlite)
            event.listen(db.engine, "begin", _begin_sqlite)
        else:
            event.listen(db.engine, "begin", _begin_postgresql)
            event.listen(db.engine, "rollback", rolled_back)
            _try_after_rest(db.engine)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get("fangxin_writes")
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if writes is False else 'OFF'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(connection: sa.Connection) -> None:
    reads = connection.get_execution_options().get("fangxin_writes") is False
    command(connection, b"BEGIN READ ONLY" if reads else b"BEGIN READ WRITE")


#: So long after its last use a connection is taken to be alive; the database may have been restarted since. Seconds.
_RESTED_S = 1.0


def _try_after_rest(engine: sa.Engine) -> None:
    @event.listens_for(engine, "checkin")
    def note_use(_connection: object, record: Any) -> None:
        record.info["used_at"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def try_after_rest(connection: Any, record: Any, _proxy: object) -> None:
        if time.monotonic() - record.info.get("used_at", float("-inf")) < _RESTED_S:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error:
            raise DisconnectionError from None  # the pool opens another one


def committed(statement: Prepared, told: Mapping[str, Any]) -> list[Any]:
    """What one statement reads outside any unit of work."""
    return statement.committed_rows(db.engine, told)


def reading_engine(app: Flask, connections: int) -> sa.Engine:
    """An engine for single statements that read: nothing begins, nothing ends, no connection is tried before it is used.

    A connection that has died fails its statement, and the next one is new.
    """
    with app.app_context():
        url = db.engine.url
    engine = sa.create_engine(
        url,
        isolation_level="AUTOCOMMIT",
        pool_size=connections,
        max_overflow=0,
        pool_timeout=5,
        pool_reset_on_return=None,
    )
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


def session() -> Session:
    """The session of the current unit of work."""
    return db.session()


def connection() -> sa.Connection:
    """The connection of the current unit of work.

    For statements of plain columns that are written once, at the module's head: they cost a third of what the same costs when it is
    put together for the session at every request. They see what was flushed.
    """
    found: sa.Connection = session().info["connection"]
    return found


_TURN = sa.text("SELECT pg_advisory_xact_lock(hashtext(:name))")


def take_turns(name: str) -> None:
    """Wait until nobody else is in a transaction that took its turn under this name; SQLite has one writer anyway."""
    found = connection()
    if found.dialect.name == "postgresql":
        found.execute(_TURN, {"name": name})


@contextmanager
def unit_of_work(*, read_only: bool = False) -> Generator[Session]:
    """One transaction: commit at the end, roll back on any exception.

    read_only   refuses every write, also by mistake
    raises      Busy when the writer queue is full; database errors as they are
    """
    if db.session().info.get("unit_of_work"):
        raise RuntimeError("units of work do not nest")
    if read_only:
        with _transaction(writes=False) as opened:
            yield opened
        return
    queue = _queue()
    if queue is None:
        with _transaction(writes=True) as opened:
            yield opened
        return
    with queue.turn(), _transaction(writes=True) as opened:
        yield opened


def _queue() -> _WriterQueue | None:
    found: _WriterQueue | None = current_app.extensions.get("fangxin_writer_queue")
    return found


@contextmanager
def _transaction(*, writes: bool) -> Generator[Session]:
    opened = db.session()
    opened.rollback()
    opened.info["unit_of_work"] = "write" if writes else "read"
    try:
        opened.info["connection"] = opened.connection(execution_options={"fangxin_writes": writes})
        yield opened
        if writes:
            from .audit import append_pending
            from .insertion import send_waiting

            opened.flush()
            send_waiting(opened)  # before the audit's turn is taken: whoever has it waits for nobody
            append_pending(opened)
            send_waiting(opened)
        else:
            opened.expunge_all()  # what was never flushed is not written
        opened.commit()  # after reading too: at a rollback psycopg throws away what it prepared
    finally:
        opened.info.clear()
        opened.rollback()


@event.listens_for(Session, "before_flush")
def _refuse_flush(opened: Session, _context: object, _instances: object) -> None:
    if opened.info.get("unit_of_work") == "read" and (opened.new or opened.dirty or opened.deleted):
        raise WriteRefused("a read-only unit of work must not change rows")


@event.listens_for(Session, "do_orm_execute")
def _refuse_statement(state: ORMExecuteState) -> None:
    if state.session.info.get("unit_of_work") == "read" and (state.is_insert or state.is_update or state.is_delete):
        raise WriteRefused("a read-only unit of work must not execute a write")
