"""Questions that are asked together get the answers that each gets alone, and an answer waits once."""

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.access.actor import Role
from backend.accounts.model import Account, RoleGrant
from backend.infrastructure import current
from backend.infrastructure.asked import Asked, answered, ask
from backend.infrastructure.database import connection, session, unit_of_work
from backend.infrastructure.prepared import Prepared

_NAMED = Prepared(
    sa.select(Account.id, Account.alias).where(Account.alias != sa.bindparam("alias")).order_by(Account.alias.desc())
)
_COUNTED = Prepared(sa.select(sa.func.count(), sa.func.count().filter(Account.alias == sa.bindparam("counted"))))
_GRANTED = Prepared(
    sa.select(RoleGrant.role, RoleGrant.county_code, RoleGrant.account_id).where(RoleGrant.role == sa.bindparam("role"))
)
_QUESTIONS = (
    Asked(_NAMED, {"alias": "丙"}),
    Asked(_COUNTED, {"counted": "甲"}),
    Asked(_GRANTED, {"role": Role.COUNTY_OFFICER}),
    Asked(_GRANTED, {"role": Role.COUNTY_OFFICER}),
)


@pytest.fixture
def people(app: Flask) -> Flask:
    with app.app_context(), unit_of_work():
        for alias in ("甲", "乙", "丙"):
            account = Account(alias=alias, created_at=current.now())
            session().add(account)
            session().flush()
        grant = RoleGrant(account_id=account.id, role=Role.COUNTY_OFFICER, county_code="330302")
        grant.granted_at = current.now()
        session().add(grant)
    return app


def test_together_as_alone(people: Flask) -> None:
    with people.app_context(), unit_of_work():
        alone = [answered(question) for question in _QUESTIONS[:3]]
        ask(*_QUESTIONS[:3])
        together = [answered(question) for question in _QUESTIONS[:3]]
    assert together == alone
    assert [row.alias for row in together[0]][-1] in {"乙", "甲"}
    assert together[2][0].role is Role.COUNTY_OFFICER


def test_no_rows_are_an_answer(people: Flask) -> None:
    nobody = Asked(_GRANTED, {"role": Role.VOLUNTEER})
    with people.app_context(), unit_of_work():
        ask(nobody, _QUESTIONS[1])
        assert answered(nobody) == []


def test_an_answer_waits_once_and_not_beyond_its_unit_of_work(people: Flask) -> None:
    with people.app_context():
        with unit_of_work():
            ask(_QUESTIONS[2])
            session().execute(sa.delete(RoleGrant))
            answered(_QUESTIONS[2])
            assert answered(_QUESTIONS[2]) == []
            ask(_QUESTIONS[2])
            session().add(
                RoleGrant(account_id=answered(_QUESTIONS[0])[0].id, role=Role.COUNTY_OFFICER, granted_at=current.now())
            )
        with unit_of_work(read_only=True):
            assert len(answered(_QUESTIONS[2])) == 1


def test_one_name_tells_one_value(people: Flask) -> None:
    with people.app_context(), unit_of_work():
        if connection().dialect.name == "sqlite":
            return  # asked one by one
        with pytest.raises(TypeError, match="same name"):
            ask(*_QUESTIONS[2:])


def test_what_json_does_not_bring_back_is_refused(people: Flask) -> None:
    dated = Asked(Prepared(sa.select(Account.created_at)), {})
    with people.app_context(), unit_of_work():
        if connection().dialect.name == "sqlite":
            return
        with pytest.raises(TypeError, match="JSON"):
            ask(dated)
