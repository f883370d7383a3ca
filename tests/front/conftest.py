"""A town whose scans are served by the front."""

from collections.abc import Iterator

import pytest
from flask import Flask

from backend.front.front import Front
from tests.badges.conftest import reads
from tests.front.asking import Client
from tests.scene import callers, office, settings, shop, town

__all__ = ["callers", "office", "reads", "settings", "shop", "town"]


@pytest.fixture
def front(app: Flask) -> Iterator[Front]:
    """A process that has heard from the database; it asks again when it is told to (`follower.ask`)."""
    made = Front(app)
    made.follower.ask()
    yield made
    made.close()


@pytest.fixture
def phone(front: Front) -> Client:
    return Client(front)
