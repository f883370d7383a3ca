"""A town with a shop whose certificate is in the status lists, and what a verifier fetches of us."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from backend.app import create_app
from backend.credentials import service as credentials
from backend.credentials.rules import Purpose
from backend.infrastructure.database import db
from backend.infrastructure.rate_limit import limiter
from backend.infrastructure.settings import Settings
from backend.kernel.clock import Clock
from tests.pages.town import Shop, Town
from tests.scene import callers, office, settings, shop, town, work
from tests.transparency.conftest import act

__all__ = ["act", "callers", "office", "settings", "shop", "town", "work"]


@dataclass
class Verifier:
    """Somebody who fetches our files."""

    client: FlaskClient

    def text(self, path: str, status: int = 200) -> str:
        limiter.reset()
        answer = self.client.get(path)
        assert answer.status_code == status, answer.text
        return answer.text

    def did(self) -> dict[str, Any]:
        limiter.reset()
        found: dict[str, Any] = self.client.get("/.well-known/did.json").get_json(force=True)
        return found

    def credential(self, shop: Shop) -> str:
        return self.text(f"/units/{shop.certificate_no}/credential")

    def lists(self, number: int = 1) -> list[str]:
        return [self.text(f"/credentials/status/{purpose.value}/{number}") for purpose in Purpose]


@pytest.fixture
def verifier(client: FlaskClient) -> Verifier:
    return Verifier(client)


Elsewhere = Callable[..., Flask]


@pytest.fixture
def elsewhere(settings: Settings, clock: Clock) -> Iterator[Elsewhere]:
    """Makes the application on the same database with other settings: another address, other keys."""
    made: list[Flask] = []

    def make(**changed: Any) -> Flask:
        made.append(create_app(replace(settings, **changed), clock=clock))
        return made[-1]

    yield make
    for app in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def give_places(app: Flask) -> Callable[[], int]:
    """The worker's turn at the status lists."""

    def run() -> int:
        with app.app_context():
            return credentials.give_places()

    return run


@pytest.fixture
def certified(town: Town, shop: Shop, give_places: Callable[[], int]) -> Shop:
    """The shop, with its place in the lists."""
    give_places()
    return shop
