"""Alembic migrations: one numbered file per step, one head. `versions/` says what, `triggers.py` what the database itself refuses."""
