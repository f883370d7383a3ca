"""The tests' own ground: a database that was used is as new for the next test, whatever the last one did to it."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.databases import Databases

_USES = {
    "rows": "DELETE FROM calendar_day; UPDATE card_version SET value = 7",
    "rows that may not be deleted": "INSERT INTO audit_entry"
    " (chain, position, at, actor_kind, action, subject_type, subject_id, previous_hash, hash)"
    " VALUES ('', 1, now(), 'system', 'try', 'try', '1', '', '')",
    "sequences": "SELECT setval(sequencename::regclass, 50) FROM pg_sequences",
    "a table of its own": "CREATE TABLE left_behind (id int)",
    "a guard switched off": "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
}


def _look(url: str) -> tuple[object, ...]:
    """All rows of all tables, where the sequences stand, tables and triggers."""
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        names = connection.scalars(
            sa.text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        ).all()
        rows = [sorted(map(str, connection.execute(sa.text(f'SELECT * FROM "{name}"')).all())) for name in names]  # noqa: S608
        starts = connection.execute(sa.text("SELECT sequencename, last_value FROM pg_sequences ORDER BY 1")).all()
        triggers = connection.execute(sa.text("SELECT tgname, tgenabled FROM pg_trigger ORDER BY 1, 2")).all()
        found = (names, rows, starts, [row for row in triggers if not row[0].startswith("RI_")])
    engine.dispose()
    return found


@pytest.mark.parametrize("use", _USES.values(), ids=_USES)
def test_a_used_postgresql_is_as_new(databases: Databases, tmp_path: Path, use: str) -> None:
    with databases.fresh("postgresql", tmp_path) as url:
        new, engine = _look(url), sa.create_engine(url)
    with engine.connect() as left_open:
        left_open.execute(sa.text("SELECT * FROM account"))
        with engine.begin() as connection:
            for statement in use.split("; "):
                connection.execute(sa.text(statement))
        assert _look(url) != new, "the control"
        with databases.fresh("postgresql", tmp_path) as again:
            assert _look(again) == new
        left_open.invalidate()
    engine.dispose()
