"""Processes that each add one to the same row many times: read, then write. Run as `python -m tests.infrastructure.writers`.

`ours` goes through the application's unit of work. `plain` is the control: the same statements in SQLite's ordinary
transactions, which is what one gets without the settings of backend/infrastructure/database.py.
"""

import sqlite3
import subprocess
import sys
from pathlib import Path

CREATE = "CREATE TABLE tally (id INTEGER PRIMARY KEY, count INTEGER NOT NULL)"
ROW = "INSERT INTO tally (id, count) VALUES (1, 0)"
READ = "SELECT count FROM tally WHERE id = 1"
WRITE = "UPDATE tally SET count = {} WHERE id = 1"


def ours(url: str, folder: str, times: int) -> int:
    """Increments through units of work. returns how many were committed"""
    import sqlalchemy as sa

    from backend.app import create_app
    from backend.infrastructure.database import session, unit_of_work
    from backend.infrastructure.settings import load_settings
    from tests.environment import environment

    app = create_app(load_settings(environment(url, Path(folder))))
    with app.app_context():
        for _ in range(times):
            with unit_of_work():
                lock = " FOR UPDATE" if session().get_bind().dialect.name == "postgresql" else ""
                count = session().execute(sa.text(READ + lock)).scalar_one()
                session().execute(sa.text(WRITE.format(int(count) + 1)))
    return times


def plain(url: str, _folder: str, times: int) -> int:
    """Increments as sqlite3 does by itself. returns how many were committed"""
    done = 0
    with sqlite3.connect(url.removeprefix("sqlite:///"), timeout=10) as connection:
        connection.isolation_level = None
        connection.execute("PRAGMA synchronous=OFF")
        for _ in range(times):
            try:
                connection.execute("BEGIN")
                count = connection.execute(READ).fetchone()[0]
                connection.execute(WRITE.format(count + 1))
                connection.execute("COMMIT")
                done += 1
            except sqlite3.OperationalError:
                connection.execute("ROLLBACK")
    connection.close()
    return done


def run(kind: str, url: str, folder: Path, *, processes: int, times: int) -> int:
    """Start the processes together. returns how many increments they committed, all in all"""
    command = [sys.executable, "-m", "tests.infrastructure.writers", kind, url, str(folder), str(times)]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(processes)]
    return sum(int(process.communicate(timeout=120)[0]) for process in started)


if __name__ == "__main__":
    print({"ours": ours, "plain": plain}[sys.argv[1]](sys.argv[2], sys.argv[3], int(sys.argv[4])))
