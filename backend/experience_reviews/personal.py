"""What experience reviews keep of a volunteer: to show. What was found on a visit is the council's and stays, without a name."""

from typing import Any

import sqlalchemy as sa

from backend.infrastructure.database import session

from .model import Visit


def export(account_id: str) -> list[dict[str, Any]]:
    """The person's visits, the oldest first."""
    mine = sa.select(Visit).filter_by(volunteer_id=account_id).order_by(Visit.id)
    return [
        {
            "编号": one.number,
            "状态": one.__lifecycle__.states[one.state or ""],
            "分派时间": one.opened_at,
            "到店时间": one.visited_at,
            "提交时间": one.submitted_at,
            "说明": one.remark,
        }
        for one in session().scalars(mine)
    ]
