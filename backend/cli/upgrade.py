"""`fangxin upgrade`: the database's schema."""

from pathlib import Path

import click
from flask_migrate import Migrate  # type: ignore[import-untyped]
from flask_migrate import upgrade as migrate_upgrade

from backend.infrastructure.database import db

from .application import application

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


@click.command(help="把数据库升级到最新结构。可以重复执行。")
def upgrade() -> None:
    """Run every migration that the database has not seen."""
    with application() as app:
        Migrate(app, db, directory=str(MIGRATIONS))
        migrate_upgrade()
    click.echo("数据库结构已是最新。")


COMMANDS = (upgrade,)
