"""Record-level permission: the SQL condition and the fetch, both from the policy table."""

from typing import Any, ClassVar, Protocol, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from backend.access.actor import Actor
from backend.access.decide import permits, reach
from backend.access.policy import Action, Scope
from backend.kernel.errors import NotFound, NotPermitted

from .database import Model, session


class Scoped(Protocol):
    """A model that says which of its columns the scopes compare."""

    __scope__: ClassVar[dict[Scope, str]]


M = TypeVar("M", bound=Model)


def visible(model: type[M], actor: Actor, action: Action) -> sa.ColumnElement[bool]:
    """The condition that holds for exactly the rows of `model` on which the actor may do `action`."""
    columns: dict[Scope, str] = getattr(model, "__scope__", {})
    conditions: list[sa.ColumnElement[bool]] = []
    for scope, value in reach(actor, action):
        if scope is Scope.ANY:
            return sa.true()
        if scope in columns:
            conditions.append(getattr(model, columns[scope]) == value)
    return sa.or_(*conditions) if conditions else sa.false()


def get_for(
    model: type[M],
    actor: Actor,
    action: Action,
    key: InstrumentedAttribute[Any],
    value: object,
    *,
    seen_by: Action,
    missing: str = "没有找到这条记录，请核对编号。",
) -> M:
    """The one row whose `key` is `value`, if the actor may do `action` to it. On PostgreSQL the row is locked by writers.

    seen_by   the action that makes the record visible at all
    raises    NotFound when the row is absent or not visible; NotPermitted when visible but not for this action
    """
    if isinstance(value, str) and "\0" in value:
        # PostgreSQL refuses to compare such a text, SQLite does not find it.
        raise NotFound("record_not_found", missing)
    statement = sa.select(model).where(key == value)
    if session().info.get("unit_of_work") == "write":
        statement = statement.with_for_update(of=model)
    row = session().scalars(statement).one_or_none()
    columns: dict[Scope, str] = getattr(model, "__scope__", {})
    if row is not None and permits(actor, action, row, columns):
        return row
    if row is None or not permits(actor, seen_by, row, columns):
        raise NotFound("record_not_found", missing)
    raise NotPermitted("action_not_permitted", "您可以查看这条记录，但没有办理这一步的权限。")
