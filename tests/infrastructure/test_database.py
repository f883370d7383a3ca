"""The unit of work: no increment lost between processes, reads that cannot write, and a busy answer instead of a fault."""

import fcntl
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import OperationalError

from backend.app import create_app
from backend.infrastructure.database import Busy, WriteRefused, db, session, unit_of_work
from backend.infrastructure.jobs import Job
from backend.infrastructure.settings import Settings, load_settings
from backend.kernel.clock import FixedClock
from tests.conftest import PRESENT
from tests.environment import environment
from tests.infrastructure import writers

PROCESSES, TIMES = 4, 40


@pytest.fixture
def tally(app: Flask) -> None:
    """A row to count in."""
    with app.app_context(), unit_of_work():
        for statement in (writers.CREATE, writers.ROW):
            session().execute(sa.text(statement))


def counted(app: Flask) -> int:
    with app.app_context(), unit_of_work(read_only=True):
        return int(session().execute(sa.text(writers.READ)).scalar_one())


@pytest.mark.usefixtures("tally")
def test_four_processes_lose_no_increment(app: Flask, settings: Settings, tmp_path: Path) -> None:
    committed = writers.run("ours", settings.database_url, tmp_path / "more", processes=PROCESSES, times=TIMES)
    assert committed == PROCESSES * TIMES
    assert counted(app) == committed


def test_control_plain_transactions_lose_or_fail(tmp_path: Path) -> None:
    path = tmp_path / "plain.sqlite3"
    connection = sqlite3.connect(path)
    for statement in ("PRAGMA journal_mode=WAL", writers.CREATE, writers.ROW):
        connection.execute(statement)
    connection.commit()
    committed = writers.run("plain", f"sqlite:///{path}", tmp_path, processes=PROCESSES, times=2000)
    held = connection.execute(writers.READ).fetchone()[0]
    connection.close()
    assert committed < PROCESSES * 2000 or held < committed


def test_every_connection_has_the_habits(app: Flask, database_kind: str) -> None:
    with app.app_context():
        opened = [db.engine.connect() for _ in range(3)]
        for connection in opened:
            if database_kind == "sqlite":
                found = {
                    name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                    for name in ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "busy_timeout")
                }
                assert found == {
                    "journal_mode": "wal",
                    "synchronous": 2,
                    "foreign_keys": 1,
                    "recursive_triggers": 1,
                    "busy_timeout": 10000,
                }
            else:
                assert connection.exec_driver_sql("SHOW transaction_isolation").scalar() == "read committed"
        for connection in opened:
            connection.close()


def job(name: str) -> Job:
    return Job(name=name, payload={}, due_at=PRESENT, made_at=PRESENT)


def names(app: Flask) -> list[str]:
    with app.app_context(), unit_of_work(read_only=True):
        return list(session().scalars(sa.select(Job.name).order_by(Job.name)))


def add(name: str) -> None:
    session().add(job(name))
    session().flush()


def add_and_fail() -> None:
    add("lost")
    raise ZeroDivisionError


def change() -> None:
    session().scalars(sa.select(Job)).one().name = "changed"
    session().flush()


def delete() -> None:
    session().delete(session().scalars(sa.select(Job)).one())
    session().flush()


def nest() -> None:
    with unit_of_work():
        add("inner")


def act(app: Flask, deed: Callable[[], object], *, read_only: bool = False) -> None:
    """The deed in a unit of work of its own."""
    with app.app_context(), unit_of_work(read_only=read_only):
        deed()


def test_a_unit_of_work_keeps_all_or_nothing(app: Flask) -> None:
    act(app, lambda: add("kept"))
    with pytest.raises(ZeroDivisionError):
        act(app, add_and_fail)
    assert names(app) == ["kept"]


@pytest.mark.parametrize("read_only", [False, True])
def test_units_of_work_do_not_nest(app: Flask, read_only: bool) -> None:
    with pytest.raises(RuntimeError, match="nest"):
        act(app, nest, read_only=read_only)
    assert names(app) == []


@pytest.mark.parametrize("deed", [lambda: add("new"), change, delete], ids=["add", "change", "delete"])
def test_a_reading_unit_of_work_refuses_the_mapper(app: Flask, deed: Callable[[], None]) -> None:
    act(app, lambda: add("there"))
    with pytest.raises(WriteRefused):
        act(app, deed, read_only=True)
    assert names(app) == ["there"]


def test_what_was_never_flushed_is_never_written(app: Flask) -> None:
    act(app, lambda: session().add(job("never flushed")), read_only=True)
    assert names(app) == []


@pytest.mark.parametrize(
    "statement",
    [
        sa.update(Job).values(name="changed"),
        sa.delete(Job),
        sa.insert(Job).values(name="new", payload={}, due_at=PRESENT, made_at=PRESENT),
    ],
    ids=["update", "delete", "insert"],
)
def test_a_reading_unit_of_work_refuses_statements(app: Flask, statement: sa.Executable) -> None:
    act(app, lambda: add("there"))
    with pytest.raises(WriteRefused):
        act(app, lambda: session().execute(statement), read_only=True)
    assert names(app) == ["there"]


@pytest.mark.parametrize(
    "statement", ["UPDATE job SET name = 'changed'", "DELETE FROM job", "CREATE TABLE other (id INTEGER)"]
)
def test_a_reading_unit_of_work_refuses_raw_sql(app: Flask, statement: str) -> None:
    act(app, lambda: add("there"))
    with pytest.raises(sa.exc.DBAPIError, match=r"readonly|read-only"):
        act(app, lambda: session().execute(sa.text(statement)), read_only=True)
    # The next unit of work on the same connection writes as usual.
    act(app, lambda: session().execute(sa.text("UPDATE job SET name = 'later'")))
    assert names(app) == ["later"]


def test_a_full_writers_queue_is_busy_not_broken(database_kind: str, database_url: str, tmp_path: Path) -> None:
    settings = load_settings(environment(database_url, tmp_path / "data"))
    app = create_app(
        Settings(**{**vars(settings), "writer_wait_s": 0.05}),  # what is waited for never comes
        clock=FixedClock(PRESENT),
    )
    with app.app_context():
        if database_kind == "sqlite":
            with Path(f"{database_url.removeprefix('sqlite:///')}.writer").open("ab") as other:
                fcntl.flock(other, fcntl.LOCK_EX)
                with pytest.raises(Busy), unit_of_work():
                    pass
                answer = app.test_client().post(
                    "/api/v1/staff-sessions",
                    json={"username": "wang.jg", "password": "一句只有自己记得的长话", "one_time_code": "287082"},
                )
                assert (answer.status_code, answer.get_json()["code"]) == (503, "busy")
                assert answer.headers["Retry-After"] == "2"
                # Who only reads does not wait.
                assert app.test_client().get("/api/v1/reports").status_code == 200
        with unit_of_work():
            pass
        db.engine.dispose()


def test_a_thread_that_fails_leaves_the_queue(app: Flask) -> None:
    def fail() -> None:
        with app.app_context(), pytest.raises(ZeroDivisionError), unit_of_work():
            raise ZeroDivisionError

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    with app.app_context(), unit_of_work():
        session().add(job("after"))
    assert names(app) == ["after"]


def test_a_database_that_is_away_is_busy(database_kind: str, databases: object, tmp_path: Path) -> None:
    """No table, no server: an answer to try again, never a 5xx of another kind, and no word about the inside."""
    url = {
        "sqlite": f"sqlite:///{tmp_path / 'empty.sqlite3'}",
        "postgresql": "postgresql+psycopg://postgres@127.0.0.1:9/nowhere?connect_timeout=1",
    }[database_kind]
    app = create_app(load_settings(environment(url, tmp_path / "data")))
    with app.app_context():
        with pytest.raises(OperationalError), unit_of_work(read_only=True):
            session().execute(sa.text("SELECT count(*) FROM job"))
        answer = app.test_client().get("/api/v1/reports")
        db.session.remove()
        db.engine.dispose()
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "2"
    assert "127.0.0.1" not in answer.text
    assert "no such table" not in answer.text
