"""Pages of a list, the newest first: each leads to the next by the last row's id, so that a far page costs what the first one does."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

import sqlalchemy as sa

from .database import Model, session
from .fields import Input, Whole, fields

Row = TypeVar("Row", bound=Model)


class PageQuery(Input):
    """Which page of a list."""

    before = fields.UUID(load_default=None, metadata={"description": "上一页答复里的 next"})
    limit = Whole(1, 100, load_default=50)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """A page of rows. `next` is the `before` of the following page; None on the last."""

    items: Sequence[Row]
    next: str | None


def row_id(typed: str) -> str:
    """A page's cursor in an address. raises ValueError for anything but a row's id, so that the first page is shown"""
    return str(UUID(typed))


def newest_first(statement: sa.Select[Row], model: type[Row], before: object = None, limit: int = 50) -> Page[Row]:
    """A page of a statement's rows by their ids, which grow with time.

    before   the `next` of the page before
    """
    if before is not None:
        statement = statement.where(model.id < str(before))
    rows = session().scalars(statement.order_by(model.id.desc()).limit(limit + 1)).all()
    return Page(rows[:limit], rows[limit - 1].id if len(rows) > limit else None)
