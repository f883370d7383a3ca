"""What keeping units tells of a person: to show, and to forget."""

from typing import Any

import sqlalchemy as sa

from backend.infrastructure.database import session
from backend.merchants.model import Unit

from .model import KeptUnit


def export(account_id: str) -> list[dict[str, Any]]:
    """The units that the person keeps, the oldest first."""
    mine = sa.select(KeptUnit, Unit.name).join(Unit, Unit.id == KeptUnit.unit_id)
    rows = session().execute(mine.where(KeptUnit.account_id == account_id).order_by(KeptUnit.id))
    return [{"单位": name, "时间": row.kept_at} for row, name in rows]


def erase(account_id: str) -> None:
    """Forget which units the person kept."""
    session().execute(sa.delete(KeptUnit).where(KeptUnit.account_id == account_id))
