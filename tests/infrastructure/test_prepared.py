"""Statements that go to the driver give what the session gives, and fail as it does; records written later are the session's."""

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.access.actor import Role
from backend.accounts.model import Account, RoleGrant
from backend.infrastructure import current
from backend.infrastructure.database import WriteRefused, committed, connection, db, session, unit_of_work
from backend.infrastructure.insertion import add_later
from backend.infrastructure.prepared import Prepared

_COLUMNS = (Account.id, Account.alias, Account.created_at, RoleGrant.role, RoleGrant.ended_at)
_GRANTS = (
    sa.select(*_COLUMNS)
    .join(RoleGrant, RoleGrant.account_id == Account.id)
    .where(RoleGrant.role == sa.bindparam("role"), Account.created_at <= sa.bindparam("until"))
)


@pytest.fixture
def account(app: Flask) -> Account:
    with app.app_context(), unit_of_work():
        made = Account(alias="温州人", created_at=current.now())
        session().add(made)
        session().flush()
        session().add(RoleGrant(account_id=made.id, role=Role.COUNTY_OFFICER, granted_at=current.now()))
    return made


def test_values_go_in_and_out_as_in_the_session(app: Flask, account: Account) -> None:
    statement = Prepared(_GRANTS)
    with app.app_context():
        told = {"role": Role.COUNTY_OFFICER, "until": current.now()}
        with unit_of_work(read_only=True):
            expected = [tuple(row) for row in session().execute(_GRANTS, told)]
            inside = statement.rows(connection(), told)
        alone = committed(statement, told)
    assert expected == [tuple(row) for row in inside] == [tuple(row) for row in alone]
    assert (alone[0].id, alone[0].role, alone[0].created_at.tzinfo is None) == (account.id, Role.COUNTY_OFFICER, False)


def test_what_is_not_committed_is_read_inside_alone(app: Flask) -> None:
    statement = Prepared(sa.select(Account.alias).where(Account.alias == sa.bindparam("alias")))
    with app.app_context(), unit_of_work():
        session().add(Account(alias="还没有提交", created_at=current.now()))
        session().flush()
        assert len(statement.rows(connection(), {"alias": "还没有提交"})) == 1
        assert committed(statement, {"alias": "还没有提交"}) == []


def test_errors_are_sqlalchemy_s_and_the_connection_lives_on(app: Flask) -> None:
    broken = Prepared(sa.text("SELECT nothing_of_that_name FROM account WHERE id = :id"))
    with app.app_context():
        with pytest.raises(sa.exc.DBAPIError) as caught, unit_of_work(read_only=True):
            broken.rows(connection(), {"id": "1"})
        assert type(caught.value) in {sa.exc.ProgrammingError, sa.exc.OperationalError}
        with unit_of_work(read_only=True):
            assert session().scalar(sa.select(sa.func.count()).select_from(Account)) is not None


def test_a_lost_connection_leaves_the_pool(app: Flask) -> None:
    statement = Prepared(sa.select(sa.func.count(Account.id)))
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            return  # nothing that could be lost
        assert len(committed(statement, {})) == 1
        held = db.engine.raw_connection()
        held.driver_connection.close()  # type: ignore[union-attr]
        held.close()
        assert len(committed(statement, {})) == 1


def _read_and_fail(statement: Prepared) -> None:
    with unit_of_work():
        for _ in range(10):  # often enough for psycopg to prepare a statement of its own
            session().execute(sa.select(Account.alias)).all()
        statement.rows(connection(), {})
        raise ZeroDivisionError


def _after_a_rollback(app: Flask, *, told: bool) -> int:
    """Read once more after psycopg has thrown away what was prepared; told: that it may have."""
    statement = Prepared(sa.select(sa.func.count(Account.id)))
    with app.app_context():
        with pytest.raises(ZeroDivisionError):
            _read_and_fail(statement)
        with unit_of_work(read_only=True):
            sender = connection().connection.info["fangxin_sender"]
            assert sender.doubtful
            sender.doubtful = told
            return len(statement.rows(connection(), {}))


def test_prepared_statements_outlive_a_rollback(app: Flask, database_kind: str) -> None:
    if database_kind == "sqlite":
        return  # nothing is prepared there
    assert _after_a_rollback(app, told=True) == 1


def test_control_whoever_does_not_ask_what_is_left_misses_it(app: Flask, database_kind: str) -> None:
    if database_kind == "sqlite":
        return
    with pytest.raises(sa.exc.DBAPIError, match="does not exist"):
        _after_a_rollback(app, told=False)


def test_a_record_written_later_is_the_session_s_from_then_on(app: Flask) -> None:
    with app.app_context():
        with unit_of_work():
            record = Account(alias="先记下", created_at=current.now())
            add_later(record)
            record.alias = "寄出前改了"
            assert session().scalar(sa.select(Account.alias).filter_by(id=record.id)) == "寄出前改了"
            assert record in session()
            record.alias = "寄出后改了"
        with unit_of_work(read_only=True):
            assert session().get_one(Account, record.id).alias == "寄出后改了"


def test_no_record_is_written_where_nothing_may_be(app: Flask) -> None:
    with app.app_context(), pytest.raises(WriteRefused), unit_of_work(read_only=True):
        add_later(Account(alias="不许", created_at=current.now()))
