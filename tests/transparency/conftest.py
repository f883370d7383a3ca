"""A town whose certificates are acted on, and the worker that merges what was done."""

from collections.abc import Callable

import pytest

from backend.access.actor import SYSTEM
from backend.badges import service as badges
from backend.certification import queries as certificates
from backend.kernel.clock import FixedClock
from backend.transparency import service as transparency
from tests.pages.town import Shop, Town
from tests.scene import callers, office, settings, shop, town, work

__all__ = ["callers", "office", "settings", "shop", "town", "work"]

Act = Callable[..., None]


@pytest.fixture
def act(town: Town, shop: Shop) -> Act:
    """Does something to the shop's certificate."""

    def run(deed: Callable[..., object], *arguments: object) -> None:
        def step() -> None:
            certificate = certificates.by_number(shop.certificate_no)
            deed(SYSTEM, certificate, *arguments)
            badges.announce_standing(certificate)

        town.act(step)

    return run


@pytest.fixture
def merge(town: Town, clock: FixedClock) -> Callable[[], int]:
    """Half a minute later the sequencer brings what waits into the tree. gives how many leaves it appended"""

    def run() -> int:
        clock.advance(seconds=30)
        with town.app.app_context():
            return transparency.merge()

    return run
