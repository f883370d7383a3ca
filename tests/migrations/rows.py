"""Rows for the tests of the structure: the right kind of value in every column, meaning nothing."""

from typing import Any

import sqlalchemy as sa

from tests.conftest import PRESENT


def dummy_row(table: sa.Table) -> dict[str, Any]:
    """A value for each column that needs one; references lead nowhere."""
    return {column.name: _dummy(column) for column in table.columns if not column.nullable and not _counted(column)}


def _counted(column: sa.Column[Any]) -> bool:
    return column.name == "sequence"


def _dummy(column: sa.Column[Any]) -> Any:
    kind = column.type
    if isinstance(kind, sa.Enum):
        assert kind.enum_class is not None
        return next(iter(kind.enum_class))
    known: tuple[tuple[Any, Any], ...] = (
        (sa.Uuid, "019ab0f4-7d4e-7cc0-8a55-6f1d0c1b2a3e"),
        (sa.Boolean, False),
        (sa.Integer, 1),
        (sa.Float, 1.0),
        (sa.JSON, {}),
        (sa.LargeBinary, b"x"),
        (sa.String, "x"),
        (sa.Date, PRESENT.date()),
    )
    return next((value for family, value in known if isinstance(kind, family)), PRESENT)
