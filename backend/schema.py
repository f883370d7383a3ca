"""Brings a database to the newest structure, with the working calendar that every deadline needs."""

from functools import cache
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import Migrate, upgrade

from backend.casework import calendar
from backend.infrastructure import current
from backend.infrastructure.database import db, unit_of_work

MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations"
_FIRST_YEAR = 2024
_YEARS_AHEAD = 3


def init_migrations(app: Flask) -> None:
    """Tell Flask-Migrate where the migrations are."""
    Migrate(app, db, directory=str(MIGRATIONS))


def check_schema() -> str | None:
    """Readiness: None when the database has the structure that this code was written for."""
    with unit_of_work(read_only=True) as opened:
        held = MigrationContext.configure(opened.connection()).get_current_heads()
    return None if set(held) == _heads() else "migrations are missing: fangxin upgrade"


@cache
def _heads() -> frozenset[str]:
    return frozenset(ScriptDirectory(str(MIGRATIONS)).get_heads())


def bring_up_to_date() -> None:
    """Run every migration that the database has not seen, then seed the calendar's missing years."""
    upgrade()
    with unit_of_work():
        calendar.seed(_FIRST_YEAR, current.today().year + _YEARS_AHEAD)
