"""A town with shops, their stations and people who call the API, beside a WeChat double."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

from tests.scene import callers, office, settings, shop, town

__all__ = ["callers", "office", "settings", "shop", "town"]

#: What opens and ends a transaction, and what a pool sends to try a connection; none of it reads a row.
_FRAME = ("BEGIN", "SET TRANSACTION", "ROLLBACK", "PRAGMA query_only")
Watch = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture
def reads(app: Flask) -> Watch:
    """A context that lists the statements that the database was asked to answer meanwhile."""

    @contextmanager
    def watch() -> Iterator[list[str]]:
        asked: list[str] = []

        def note(connection: sa.Connection, cursor: object, statement: str, *rest: object) -> None:
            if not statement.startswith(_FRAME):
                asked.append(statement)

        event.listen(sa.Engine, "before_cursor_execute", note)
        try:
            with app.app_context():
                yield asked
        finally:
            event.remove(sa.Engine, "before_cursor_execute", note)

    return watch
