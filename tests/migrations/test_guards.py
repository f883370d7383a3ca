"""What the database itself refuses, whoever asks: changes of append-only rows, back-dated deadlines; and what it takes."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.infrastructure.database import AppendOnly, Base, RowBase, db
from tests.conftest import PRESENT
from tests.migrations.rows import dummy_row

APPEND_ONLY = sorted(model.__tablename__ for model in AppendOnly.__subclasses__())
OFFICER = "019ab0f4-7d4e-7cc0-8a55-6f1d0c1b2a3e"
DEADLINE = Base.metadata.tables["deadline"]


@pytest.fixture
def loose(app: Flask, database_kind: str) -> Iterator[sa.Connection]:
    """A connection that does not look at references, so that any row can be tried alone; nothing of it is kept."""
    with app.app_context(), db.engine.connect().execution_options(fangxin_writes=True) as opened:
        if database_kind == "sqlite":
            opened.exec_driver_sql("ROLLBACK")
            opened.exec_driver_sql("PRAGMA foreign_keys=OFF")
            opened.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            references = sa.text(
                "SELECT conrelid::regclass, conname FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace"
            )
            for table, name in opened.execute(references).all():
                opened.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        yield opened
        opened.rollback()
        if database_kind == "sqlite":
            opened.invalidate()


def refused(connection: sa.Connection, statement: sa.Executable) -> bool:
    """Whether a trigger refuses the statement."""
    try:
        with connection.begin_nested():
            connection.execute(statement)
    except sa.exc.DBAPIError as error:
        if "append-only" not in str(error) and "back-dated" not in str(error):
            raise
        return True
    return False


def _is_told(column: sa.Column[object]) -> bool:
    """A text, a number, a day or a yes or no that a row was written with."""
    plain = isinstance(column.type, sa.String | sa.Integer | sa.Boolean | sa.Date) and not isinstance(
        column.type, sa.Enum
    )
    return plain and not column.nullable and column.name != "sequence"


def test_the_append_only_tables_are_these() -> None:
    assert APPEND_ONLY == [
        "audit_entry", "case_event", "catering_grade", "complaint_move", "dispatch_move", "fund_cap", "group_answer",
        "identity_view", "ledger_entry", "log_head", "log_leaf", "mediation_consent", "message", "paper_serving",
        "phone_view", "plate_event",
        "reporter_view", "retaliation_protection", "status_place",
    ]  # fmt: skip


@pytest.mark.parametrize("name", APPEND_ONLY)
def test_an_append_only_row_cannot_be_changed_or_deleted(loose: sa.Connection, database_kind: str, name: str) -> None:
    table = Base.metadata.tables[name]
    loose.execute(sa.insert(table).values(dummy_row(table)))
    told = next(column for column in table.columns if _is_told(column))
    held = dummy_row(table)[told.name]
    other = held + timedelta(days=1) if isinstance(held, date) else {"x": "y", 1: 2, False: True}[held]
    assert refused(loose, sa.update(table).values({told.name: other}))
    assert refused(loose, sa.delete(table))
    if database_kind == "postgresql":
        assert refused(loose, sa.text(f"TRUNCATE {name}"))
    else:
        replacing = {**dummy_row(table), "sequence": 1, told.name: other}
        assert refused(loose, sa.insert(table).prefix_with("OR REPLACE").values(replacing))
    assert loose.execute(sa.select(told)).scalars().all() == [held]


def test_a_message_can_be_emptied_and_nothing_else(loose: sa.Connection) -> None:
    table = Base.metadata.tables["message"]
    loose.execute(sa.insert(table).values(dummy_row(table)))
    assert refused(loose, sa.update(table).values(text="", at=PRESENT + timedelta(days=1)))
    assert not refused(loose, sa.update(table).values(text=""))
    assert refused(loose, sa.update(table).values(text="y"))
    assert loose.execute(sa.select(table.c.text)).scalar_one() == ""


@pytest.mark.parametrize("name", ["complaint_move", "dispatch_move"])
def test_the_reason_of_a_move_can_be_emptied_and_nothing_else(loose: sa.Connection, name: str) -> None:
    table = Base.metadata.tables[name]
    loose.execute(sa.insert(table).values(dummy_row(table)))
    for column, other in (("at", PRESENT + timedelta(days=1)), ("from_body", "y"), ("by_id", OFFICER)):
        assert refused(loose, sa.update(table).values({"reason": "", column: other})), column
    assert not refused(loose, sa.update(table).values(reason=""))
    assert refused(loose, sa.update(table).values(reason="y"))
    assert loose.execute(sa.select(table.c.reason)).scalar_one() == ""


def test_control_an_ordinary_row_can_be_changed_and_deleted(loose: sa.Connection) -> None:
    table = Base.metadata.tables["job"]
    loose.execute(sa.insert(table).values(dummy_row(table)))
    assert not refused(loose, sa.update(table).values(name="y"))
    assert not refused(loose, sa.delete(table))


@pytest.fixture
def late(loose: sa.Connection) -> sa.Connection:
    """With one deadline that was missed and stopped."""
    loose.execute(
        sa.insert(DEADLINE).values(
            {
                **dummy_row(DEADLINE),
                "due_at": PRESENT + timedelta(days=1),
                "breached_at": PRESENT + timedelta(days=2),
                "stopped_at": PRESENT + timedelta(days=3),
            }
        )
    )
    return loose


@pytest.mark.parametrize(
    "change",
    [
        {"started_at": PRESENT + timedelta(days=5)},
        {"due_at": PRESENT + timedelta(days=9)},
        {"breached_at": None},
        {"breached_at": PRESENT},
        {"stopped_at": None},
        {"stopped_at": PRESENT},
        {"clock": "C9"},
        {"case_id": "019ab0f4-7d4e-7cc0-8a55-6f1d0c1b2a3f"},
    ],
    ids=str,
)
def test_late_stays_late(late: sa.Connection, change: dict[str, object]) -> None:
    assert refused(late, sa.update(DEADLINE).values(change))


def test_a_deadline_cannot_be_deleted(late: sa.Connection, database_kind: str) -> None:
    assert refused(late, sa.delete(DEADLINE))
    if database_kind == "sqlite":
        row = late.execute(sa.select(DEADLINE)).mappings().one()
        replacing = sa.insert(DEADLINE).prefix_with("OR REPLACE").values({**row, "breached_at": None})
        assert refused(late, replacing)


def test_control_a_running_deadline_may_be_held_missed_and_stopped(loose: sa.Connection) -> None:
    loose.execute(sa.insert(DEADLINE).values(dummy_row(DEADLINE)))
    for change in (
        {"due_at": PRESENT + timedelta(days=3), "held_days": 2},
        {"breached_at": PRESENT + timedelta(days=4)},
        {"stopped_at": PRESENT + timedelta(days=5), "state": "stopped"},
    ):
        assert not refused(loose, sa.update(DEADLINE).values(change)), change


ENUMS = [
    (str(mapper.local_table), column.name)
    for mapper in sorted(RowBase.registry.mappers, key=lambda mapper: str(mapper.local_table))
    for column in mapper.local_table.columns
    if isinstance(column.type, sa.Enum)
]


def test_every_member_of_every_choice_can_be_kept(loose: sa.Connection) -> None:
    """Autogenerate does not see CHECK constraints: a new member could pass every comparison and fail in production."""
    assert len(ENUMS) > 15
    for table_name, column_name in ENUMS:
        table = Base.metadata.tables[table_name]
        kind = table.columns[column_name].type
        assert isinstance(kind, sa.Enum)
        assert kind.enum_class is not None
        for member in kind.enum_class:
            with loose.begin_nested() as attempt:
                loose.execute(sa.insert(table).values({**dummy_row(table), column_name: member}))
                held = loose.execute(sa.select(table.columns[column_name])).scalars().all()
                assert held == [member], (table_name, column_name, member)
                attempt.rollback()
