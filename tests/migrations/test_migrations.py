"""The migrations lead from nothing to what the models say, and back; on both databases the same."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade

from backend.infrastructure.database import Base, db, session, unit_of_work
from backend.infrastructure.full_text import is_declared
from backend.schema import MIGRATIONS, bring_up_to_date, check_schema
from backend.transparency import queries as log
from backend.transparency import service as transparency
from backend.transparency.merkle import leaf_hash
from tests.migrations.rows import dummy_row

Described = dict[str, Any]


@pytest.fixture
def connection(app: Flask) -> Iterator[sa.Connection]:
    """A connection for writing; nothing of it is kept."""
    with app.app_context(), db.engine.connect().execution_options(fangxin_writes=True) as opened:
        yield opened
        opened.rollback()


def described(connection: sa.Connection) -> Described:
    """Tables with columns, indexes, keys and triggers, as the database itself has them."""
    inspector = sa.inspect(connection)
    found: Described = {}
    for table in inspector.get_table_names():
        found[table] = {
            "columns": [(c["name"], str(c["type"]), c["nullable"]) for c in inspector.get_columns(table)],
            "primary": inspector.get_pk_constraint(table),
            "foreign": sorted(str(key) for key in inspector.get_foreign_keys(table)),
            "unique": sorted(str(key) for key in inspector.get_unique_constraints(table)),
            "indexes": sorted(_index(index) for index in inspector.get_indexes(table)),
            "checks": sorted(str(check) for check in inspector.get_check_constraints(table)),
        }
    if connection.dialect.name == "sqlite":
        triggers = sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
    else:
        triggers = sa.text(
            "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname"
        )
    found["triggers"] = [tuple(row) for row in connection.execute(triggers)]
    return found


def _index(index: Any) -> str:
    where = {name: str(value) for name, value in index.get("dialect_options", {}).items()}
    return f"{index['name']} {index['column_names']} {index['unique']} {where}"


def differences(connection: sa.Connection) -> list[Any]:
    """What the models say and the database has not, or the other way round."""
    context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": is_declared})
    return list(compare_metadata(context, Base.metadata))


def test_there_is_one_head_and_one_line_of_descent() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS))
    assert len(scripts.get_heads()) == 1
    assert len(scripts.get_bases()) == 1
    revisions = [script.revision for script in scripts.walk_revisions()]
    assert revisions == [f"{number:04}" for number in range(len(revisions), 0, -1)]


def test_down_and_up_again_gives_the_same(app: Flask) -> None:
    with app.app_context():
        with db.engine.connect() as connection:
            before = described(connection)
        downgrade(revision="base")
        with db.engine.connect() as connection:
            empty = described(connection)
        bring_up_to_date()
        with db.engine.connect() as connection:
            after = described(connection)
    assert set(empty) == {"alembic_version", "triggers"}
    assert empty["triggers"] == []
    assert len(before) > 30
    assert after == before


def test_every_step_down_can_be_taken_up_again(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    scripts = ScriptDirectory(str(MIGRATIONS))
    # Each of the two hundred commands would read every migration anew.
    monkeypatch.setattr(ScriptDirectory, "from_config", lambda _config: scripts)
    revisions = [script.revision for script in scripts.walk_revisions()]
    with app.app_context():
        for revision in revisions[1:]:
            downgrade(revision=revision)
            upgrade(revision="+1")
            downgrade(revision=revision)
        upgrade()
        with db.engine.connect() as connection:
            assert differences(connection) == []


def test_the_models_are_what_the_migrations_made(connection: sa.Connection) -> None:
    assert differences(connection) == []


def test_control_a_forgotten_migration_is_seen(connection: sa.Connection) -> None:
    connection.execute(sa.text("ALTER TABLE job ADD COLUMN forgotten VARCHAR(5)"))
    connection.execute(sa.text("DROP INDEX ix_job_state_finished_at"))
    found = [difference[0] if isinstance(difference, tuple) else difference for difference in differences(connection)]
    assert sorted(found) == ["add_index", "remove_column"]


def test_an_old_structure_is_not_ready(app: Flask) -> None:
    with app.app_context():
        assert check_schema() is None
        downgrade(revision="-1")
        assert check_schema() == "migrations are missing: fangxin upgrade"


def test_foreign_keys_hold_after_the_migrations(app: Flask, database_kind: str) -> None:
    """They are off while SQLite rebuilds tables; afterwards they must be on and every reference must lead somewhere."""
    with app.app_context():
        downgrade(revision="-1")
        upgrade()
        with unit_of_work():
            if database_kind == "sqlite":
                assert session().execute(sa.text("PRAGMA foreign_keys")).scalar() == 1
                assert session().execute(sa.text("PRAGMA foreign_key_check")).all() == []
        table = Base.metadata.tables["role_grant"]
        with pytest.raises(sa.exc.IntegrityError), unit_of_work():
            session().execute(sa.insert(table).values(dummy_row(table)))


def test_a_register_from_before_the_log_is_noted_in_it(app: Flask) -> None:
    """Certificates that were awarded before there was a log: a leaf for each, marked as such, and they enter the tree."""
    revisions = ScriptDirectory(str(MIGRATIONS)).walk_revisions()
    began = next(script for script in revisions if script.path.endswith("_transparency.py"))
    known = {"unit": {"name": "瓯和百货"}, "certificate": {"number": "FX-1", "state": "revoked", "ground": "G05"}}
    with app.app_context():
        downgrade(revision=began.down_revision)
        with db.engine.connect().execution_options(fangxin_writes=True) as opened:
            for name in ("merchant", "liaison_station", "unit", "certificate"):
                table = Base.metadata.tables[name]
                there = {column["name"] for column in sa.inspect(opened).get_columns(name)}
                values = dummy_row(table) | known.get(name, {})
                opened.execute(sa.insert(table).values({key: values[key] for key in values if key in there}))
            opened.commit()
        upgrade()
        assert transparency.merge() == 1
        with unit_of_work(read_only=True):
            (leaf,) = log.entries(0, 10)
            assert leaf.hash == leaf_hash(leaf.content.encode()).hex()
            noted = json.loads(leaf.content)
    assert noted.pop("at")
    assert noted == {
        "act": "import", "certificate": "FX-1", "ground": "G05", "issued_on": "2026-11-23", "on": "2026-11-23",
        "state": "revoked", "unit": "瓯和百货", "uscc": "x", "v": 1, "valid_until": "2026-11-23",
    }  # fmt: skip
