"""Reads of clusters."""

from collections.abc import Sequence

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure.database import session
from backend.infrastructure.scoping import visible

from .model import Cluster

_MOST = 200


def clusters(actor: Actor) -> Sequence[Cluster]:
    """Clusters that the actor may read, the newest first."""
    statement = sa.select(Cluster).where(visible(Cluster, actor, Action.MASS_HARM_READ))
    return session().scalars(statement.order_by(Cluster.id.desc()).limit(_MOST)).all()


def newest(unit_id: str, nature: str) -> Cluster | None:
    """The newest cluster of a unit in one respect."""
    statement = sa.select(Cluster).filter_by(unit_id=unit_id, nature=nature).order_by(Cluster.id.desc()).limit(1)
    return session().scalars(statement).first()
