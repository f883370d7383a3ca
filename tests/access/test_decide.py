"""“May I?” and “list mine” come from one table: for random actors, records and actions they agree, in Python and in SQL."""

from dataclasses import dataclass

import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as some
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from backend.access.actor import Actor, Grant, Role
from backend.access.decide import may, permits
from backend.access.policy import POLICY, Action, Scope
from backend.infrastructure.scoping import visible

COLUMNS = {Scope.OWN: "owner", Scope.STATION: "station", Scope.COUNTY: "county", Scope.ASSIGNED: "assignee"}
_NAMES = some.sampled_from(["a", "b", "c"])
_OR_NONE = some.one_of(some.none(), _NAMES)


class _Base(DeclarativeBase):
    pass


class Record(_Base):
    """A record with a column for every scope."""

    __tablename__ = "record"
    __scope__ = COLUMNS

    number: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[str]
    station: Mapped[str]
    county: Mapped[str]
    assignee: Mapped[str | None]


@dataclass(frozen=True)
class _Row:
    owner: str
    station: str
    county: str
    assignee: str | None


_grants = some.builds(Grant, some.sampled_from(Role), county_code=_OR_NONE, station_id=_OR_NONE)
_actors = some.builds(Actor, _OR_NONE, some.lists(_grants, max_size=3).map(tuple))
_rows = some.lists(some.builds(_Row, _NAMES, _NAMES, _NAMES, _OR_NONE), min_size=1, max_size=6)


@settings(max_examples=300, deadline=None)
@given(_actors, some.sampled_from(Action), _rows)
def test_the_decision_and_the_list_agree(actor: Actor, action: Action, rows: list[_Row]) -> None:
    engine = sa.create_engine("sqlite://")
    _Base.metadata.create_all(engine)
    with Session(engine) as opened:
        opened.add_all(Record(number=number, **vars(row)) for number, row in enumerate(rows))
        opened.flush()
        listed = set(opened.scalars(sa.select(Record.number).where(visible(Record, actor, action))))  # type: ignore[type-var]
    engine.dispose()
    permitted = {number for number, row in enumerate(rows) if permits(actor, action, row, COLUMNS)}
    assert listed == permitted
    assert may(actor, action) or not permitted


@settings(max_examples=200, deadline=None)
@given(_actors, some.sampled_from(Action), _rows)
def test_a_record_without_the_scopes_column_is_out_of_reach(actor: Actor, action: Action, rows: list[_Row]) -> None:
    everywhere = any(grant.role in _roles_for(action) for grant in actor.grants)
    assert all(permits(actor, action, row, {}) == everywhere for row in rows)


def test_an_officer_without_a_county_reaches_nothing() -> None:
    row = _Row("a", "a", "a", None)
    lost = Actor("x", (Grant(Role.COUNTY_OFFICER),))
    assert may(lost, Action.COMPLAINT_ACCEPT)
    assert not permits(lost, Action.COMPLAINT_ACCEPT, row, COLUMNS)
    assert permits(Actor("x", (Grant(Role.COUNTY_OFFICER, county_code="a"),)), Action.COMPLAINT_ACCEPT, row, COLUMNS)


def _roles_for(action: Action) -> set[Role]:
    return {role for role, scope in POLICY[action].items() if scope is Scope.ANY}
