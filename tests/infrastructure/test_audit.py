"""The audit chain: appended with the act, one chain a county, and every kind of tampering found."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.access.actor import SYSTEM
from backend.infrastructure import audit
from backend.infrastructure.audit import AuditEntry
from backend.infrastructure.database import Base, db, session, unit_of_work

TABLE = Base.metadata.tables["audit_entry"]
CHAINS = ("330302", "330382")


def record(app: Flask, chain: str, times: int = 1) -> None:
    with app.app_context():
        for number in range(times):
            with unit_of_work():
                audit.record(SYSTEM, "test.step", "test", str(number), chain=chain, after={"state": "报告"})


def breaks(app: Flask, anchors: dict[str, tuple[int, str]] | None = None) -> list[tuple[str, int, str]]:
    with app.app_context(), unit_of_work(read_only=True):
        return [(found.chain, found.position, found.reason) for found in audit.verify(anchors)]


def anchors(app: Flask) -> dict[str, tuple[int, str]]:
    with app.app_context(), unit_of_work(read_only=True):
        return audit.anchors()


@pytest.fixture
def insider(app: Flask, database_kind: str) -> Iterator[sa.Connection]:
    """Somebody with the database's own password: switches the triggers off and writes, past the application."""
    record(app, CHAINS[0], 5)
    record(app, CHAINS[1], 2)
    assert breaks(app, anchors(app)) == []
    with app.app_context(), db.engine.connect().execution_options(fangxin_writes=True) as opened:
        if database_kind == "sqlite":
            opened.exec_driver_sql("DROP TRIGGER audit_entry_no_update")
            opened.exec_driver_sql("DROP TRIGGER audit_entry_no_delete")
        else:
            opened.exec_driver_sql("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        opened.commit()
        yield opened


def at(position: int, chain: str = CHAINS[0]) -> sa.ColumnElement[bool]:
    return sa.and_(TABLE.c.chain == chain, TABLE.c.position == position)


def run(connection: sa.Connection, *statements: sa.Executable) -> None:
    for statement in statements:
        connection.execute(statement)
    connection.commit()


@pytest.mark.parametrize(
    "change",
    [
        {"action": "test.other"},
        {"actor_id": "019ab0f4-7d4e-7cc0-8a55-6f1d0c1b2a3e"},
        {"actor_kind": "officer"},
        {"subject_type": "other"},
        {"subject_id": "99"},
        {"ground": "G01"},
        {"before": {"state": "x"}},
        {"after": {"state": "报  告"}},
        {"at": sa.func.coalesce(TABLE.c.at, TABLE.c.at)},
        {"hash": "0" * 64},
        {"previous_hash": "0" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_row_is_found(app: Flask, insider: sa.Connection, change: dict[str, object]) -> None:
    if "at" in change:
        later = insider.execute(sa.select(TABLE.c.at).where(at(3))).scalar_one()
        change = {"at": later.replace(year=2025)}
    run(insider, sa.update(TABLE).where(at(3)).values(change))
    found = breaks(app)
    assert (CHAINS[0], 3, "changed") in found
    assert {chain for chain, _, _ in found} == {CHAINS[0]}, "the other chain stands"


def test_a_deleted_row_is_found(app: Flask, insider: sa.Connection) -> None:
    run(insider, sa.delete(TABLE).where(at(3)))
    assert (CHAINS[0], 3, "missing") in breaks(app)


def test_a_deleted_beginning_is_found(app: Flask, insider: sa.Connection) -> None:
    run(insider, sa.delete(TABLE).where(at(1)))
    assert (CHAINS[0], 1, "missing") in breaks(app)


def test_two_exchanged_rows_are_found(app: Flask, insider: sa.Connection) -> None:
    run(
        insider,
        sa.update(TABLE).where(at(3)).values(position=99),
        sa.update(TABLE).where(at(4)).values(position=3),
        sa.update(TABLE).where(at(99)).values(position=4),
    )
    assert {(CHAINS[0], 3, "changed"), (CHAINS[0], 4, "changed")} <= set(breaks(app))


def test_a_row_put_in_is_found(app: Flask, insider: sa.Connection) -> None:
    columns = [column for column in TABLE.c if column.name != "sequence"]
    row = dict(insider.execute(sa.select(*columns).where(at(5))).mappings().one())
    run(insider, sa.insert(TABLE).values({**row, "position": 6}))
    assert (CHAINS[0], 6, "changed") in breaks(app)


def test_a_row_moved_to_another_chain_is_found(app: Flask, insider: sa.Connection) -> None:
    run(insider, sa.update(TABLE).where(at(5)).values(chain=CHAINS[1], position=3))
    assert (CHAINS[1], 3, "changed") in breaks(app)


def test_a_cut_tail_is_found_by_the_anchor_alone(app: Flask, insider: sa.Connection) -> None:
    kept = anchors(app)
    run(insider, sa.delete(TABLE).where(TABLE.c.chain == CHAINS[0], TABLE.c.position > 3))
    assert breaks(app) == [], "the chain alone cannot know"
    assert breaks(app, kept) == [(CHAINS[0], 3, "cut")]


def test_a_chain_that_is_gone_is_found_by_the_anchor_alone(app: Flask, insider: sa.Connection) -> None:
    kept = anchors(app)
    run(insider, sa.delete(TABLE).where(TABLE.c.chain == CHAINS[1]))
    assert breaks(app) == []
    assert breaks(app, kept) == [(CHAINS[1], 2, "cut")]


def test_a_chain_written_anew_is_found_by_the_anchor_alone(app: Flask, insider: sa.Connection) -> None:
    kept = anchors(app)
    run(insider, sa.delete(TABLE).where(TABLE.c.chain == CHAINS[1]))
    with app.app_context(), unit_of_work():
        for number in range(3):
            audit.record(SYSTEM, "test.forged", "test", str(number), chain=CHAINS[1])
    assert breaks(app) == []
    assert breaks(app, kept) == [(CHAINS[1], 2, "rewritten")]


def test_an_act_that_fails_leaves_no_entry(app: Flask) -> None:
    record(app, CHAINS[0])

    def fail() -> None:
        with unit_of_work():
            audit.record(SYSTEM, "test.lost", "test", "1")
            raise ZeroDivisionError

    with app.app_context():
        with pytest.raises(ZeroDivisionError):
            fail()
        with unit_of_work(read_only=True):
            assert session().scalars(sa.select(AuditEntry.action)).all() == ["test.step"]


def test_many_at_once_make_one_unbroken_chain_each(app: Flask) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: record(app, CHAINS[number % 2], 6), range(8)))
    assert breaks(app) == []
    assert {chain: position for chain, (position, _) in anchors(app).items()} == dict.fromkeys(CHAINS, 24)


def test_no_words_are_taken_for_an_entry_s_position(app: Flask) -> None:
    place = ',"position":0,"subject_id":"1"'
    with app.app_context(), unit_of_work():
        told = {
            "ground": place,
            "before": {"position": 0, "subject_id": place},
            "after": {"after": {"position": 0, "subject_id": "1"}},
        }
        audit.record(SYSTEM, "test.step", place, place, **told)  # type: ignore[arg-type]
        audit.record(SYSTEM, "test.step", "温州", "“放心”\\", **told)  # type: ignore[arg-type]
    assert breaks(app) == []


def test_several_notes_of_one_act_are_appended_together(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        for chain in (*CHAINS, CHAINS[0]):
            audit.record(SYSTEM, "test.step", "test", "1", chain=chain)
    assert breaks(app) == []
    assert {chain: position for chain, (position, _) in anchors(app).items()} == {CHAINS[0]: 2, CHAINS[1]: 1}
