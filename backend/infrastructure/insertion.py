"""Insert a row unless its like is there already, as one statement that both databases know."""

from collections.abc import Mapping
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from .database import RowBase, session


def insert_once(model: type[RowBase], values: Mapping[str, Any]) -> bool:
    """Insert the row; do nothing when a unique constraint says that it exists. Inside the caller's unit of work.

    returns   whether this call inserted it
    A look before the insert would let two callers through; an IntegrityError would end the caller's transaction on PostgreSQL.
    """
    insert = postgresql.insert if session().get_bind().dialect.name == "postgresql" else sqlite.insert
    table = cast("sa.Table", model.__table__)
    statement = insert(table).values(**values).on_conflict_do_nothing().returning(*table.primary_key.columns)
    return session().execute(statement).first() is not None
