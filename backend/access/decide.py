"""Decisions from the policy table: may this actor do this at all, and to this record."""

from .actor import Actor, Grant
from .policy import POLICY, Action, Scope

#: Scope → (attribute of the record, attribute of the grant or actor that it must equal).
SCOPE_PAIRS: dict[Scope, tuple[str, str]] = {
    Scope.OWN: ("owner_id", "account_id"),
    Scope.STATION: ("station_id", "station_id"),
    Scope.COUNTY: ("county_code", "county_code"),
    Scope.DEPARTMENT: ("department_code", "department_code"),
    Scope.ASSIGNED: ("assignee_id", "account_id"),
}


def may(actor: Actor, action: Action) -> bool:
    """Whether any role of the actor may do this to some record."""
    return any(grant.role in POLICY[action] for grant in actor.grants)


def reach(actor: Actor, action: Action) -> frozenset[tuple[Scope, str | None]]:
    """The scopes in which the actor may act, each with the value a record must carry.

    returns   pairs (scope, value); (ANY, None) reaches every record; empty means denied
    """
    pairs: set[tuple[Scope, str | None]] = set()
    for grant in actor.grants:
        scope = POLICY[action].get(grant.role)
        if scope is Scope.ANY:
            return frozenset({(Scope.ANY, None)})
        if scope is not None:
            value = _value(actor, grant, scope)
            if value is not None:
                pairs.add((scope, value))
    return frozenset(pairs)


def permits(actor: Actor, action: Action, record: object, columns: dict[Scope, str]) -> bool:
    """Whether the actor may do this to this record.

    columns   scope → attribute of the record that it compares; a scope that is absent reaches nothing
    """
    return any(
        scope is Scope.ANY or (scope in columns and getattr(record, columns[scope]) == value)
        for scope, value in reach(actor, action)
    )


def _value(actor: Actor, grant: Grant, scope: Scope) -> str | None:
    attribute = SCOPE_PAIRS[scope][1]
    return actor.account_id if attribute == "account_id" else getattr(grant, attribute)
