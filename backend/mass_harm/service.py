"""Noting clusters, and telling of each once."""

from collections.abc import Iterable

from backend.access.actor import Role
from backend.accounts import queries as accounts
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.notifications import service as notifications

from . import queries
from .model import Cluster
from .rules import WINDOW, Crowd


def note(crowds: Iterable[Crowd]) -> int:
    """Keep what was counted; tell council and joint-meeting office of what was not large enough within the last thirty days.

    Part of the caller's unit of work. returns how many clusters are new
    """
    now, new = current.now(), 0
    for crowd in crowds:
        known = queries.newest(crowd.unit_id, crowd.nature)
        if known is not None and known.seen_at > now - WINDOW:
            known.people, known.last_at, known.seen_at = max(known.people, crowd.people), crowd.last_at, now
            continue
        cluster = Cluster(**vars(crowd), noticed_at=now, seen_at=now)
        session().add(cluster)
        session().flush()
        new += 1
        for person in dict.fromkeys((*accounts.holders(Role.COUNCIL), *accounts.holders(Role.JOINT_OFFICE))):
            notifications.queue(
                person,
                "mass_harm_noticed",
                {"unit_name": crowd.unit_name, "people": crowd.people, "step": crowd.nature_zh},
                event_key=f"mass_harm:{cluster.id}:noticed",
                link="/console/mass-harm",
            )
    return new
