"""Every cell of the database as text, sealed ones opened: what a person's values are looked for in."""

import json
from collections.abc import Iterable

import sqlalchemy as sa
from flask import Flask

from backend.infrastructure.database import db, session, unit_of_work
from backend.infrastructure.sealing import Sealed


def cells(app: Flask) -> str:
    """All of it, one cell a line."""
    lines = []
    with app.app_context(), unit_of_work(read_only=True):
        for table in db.metadata.sorted_tables:
            for row in session().execute(sa.select(table)):
                lines += [json.dumps(cell, ensure_ascii=False, default=_readable) for cell in row]
        for model, column in Sealed.registry:
            name = column.removesuffix("_sealed")
            lines += [str(getattr(row, name)) for row in session().scalars(sa.select(model))]
    return "\n".join(lines)


def left(app: Flask, values: Iterable[str]) -> list[str]:
    """Which of the values still stand somewhere."""
    everything = cells(app)
    return [value for value in values if value in everything]


def _readable(cell: object) -> str:
    return cell.decode("utf-8", "ignore") if isinstance(cell, bytes) else str(cell)
