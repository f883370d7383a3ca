"""Runs the migrations on the application's database."""

import sqlalchemy as sa
from alembic import context
from flask import current_app

from backend.infrastructure.database import Base, UtcDateTime
from backend.infrastructure.full_text import is_declared


def render_item(kind: str, item: object, _context: object) -> str | bool:
    """Types of our own are written as the plain types behind them, so that a migration never imports the application."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    """Upgrade or downgrade online. SQLite rebuilds tables, so foreign keys are off meanwhile and checked afterwards."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect().execution_options(fangxin_writes=True) as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            compare_type=True,
            render_item=render_item,
            include_object=is_declared,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        if sqlite:
            broken = connection.execute(sa.text("PRAGMA foreign_key_check")).all()
            connection.commit()
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")
            if broken:
                raise RuntimeError(f"foreign keys are broken after the migration: {broken[:5]}")
    engine.dispose()  # what was prepared on its connections does not outlive the tables


run()
