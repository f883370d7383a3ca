"""Makes a used PostgreSQL database as new in a few milliseconds, where a copy of the template takes some hundred.

Every table is emptied and gets back the rows that the template had; sequences start where they did. What changes the structure
itself (a test's own table, a trigger switched off) is noted by the database, and such a one is not as new again.
"""

import time
from typing import Any, Self

import psycopg
from psycopg import sql

#: Emptying leaves dead rows behind; after so many times a fresh copy costs less than wading through them.
_TIMES = 60
_ENDS_WITHIN_S = 5.0

_NOTE_CHANGES = """
CREATE TABLE kept."changed structure" (command text);
CREATE FUNCTION kept.note() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO kept."changed structure" VALUES (tg_tag);
END $$;
CREATE EVENT TRIGGER kept_note ON ddl_command_end EXECUTE FUNCTION kept.note();
"""
_END_OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


class Refilled:
    """One database, just copied from its template; a connection to it is held."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection
        self._left = _TIMES
        tables = [name for (name,) in self._rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        filled = [name for name in tables if self._rows(sql.SQL("SELECT 1 FROM {} LIMIT 1").format(_public(name)))]
        sequences = self._rows(
            "SELECT sequencename, start_value, last_value FROM pg_sequences WHERE schemaname = 'public'"
        )
        connection.execute("CREATE SCHEMA kept")
        for name in filled:
            keep = sql.SQL("CREATE TABLE {} AS SELECT * FROM {}")
            connection.execute(keep.format(_kept(name), _public(name)))
        fill = sql.SQL("INSERT INTO {} SELECT * FROM {}")
        #: Neither foreign keys nor the guards of what must not be deleted speak up for a replica.
        self._refill = (
            sql.SQL(";")
            .join(
                [
                    sql.SQL("SET LOCAL session_replication_role = replica"),
                    *(sql.SQL("DELETE FROM {}").format(_public(name)) for name in tables),
                    *(fill.format(_public(name), _kept(name)) for name in filled),
                    *(
                        sql.SQL("SELECT setval({}, {}, {})").format(f"public.{name}", last or start, last is not None)
                        for name, start, last in sequences
                    ),
                ]
            )
            .as_string(connection)
        )
        connection.execute(_NOTE_CHANGES)

    @classmethod
    def of(cls, url: str) -> Self:
        """url   of the new database, in libpq's form"""
        return cls(psycopg.connect(url, autocommit=True))

    def as_new(self) -> bool:
        """Whether the database is as new now; if not, it must be copied again. Who was connected is so no more."""
        self._left -= 1
        until = time.monotonic() + _ENDS_WITHIN_S
        while self._rows(_END_OTHERS):
            if time.monotonic() > until:
                return False
            time.sleep(0.001)
        if self._left <= 0 or self._rows('SELECT 1 FROM kept."changed structure" LIMIT 1'):
            return False
        with self._connection.transaction():
            self._connection.execute(self._refill.encode())
        return True

    def close(self) -> None:
        self._connection.close()

    def _rows(self, statement: str | sql.Composed) -> list[tuple[Any, ...]]:
        return self._connection.execute(statement).fetchall()


def _public(name: str) -> sql.Identifier:
    return sql.Identifier("public", name)


def _kept(name: str) -> sql.Identifier:
    """Where the template's rows of this table are kept."""
    return sql.Identifier("kept", name)
