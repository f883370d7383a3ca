"""Readiness of the database's structure."""

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from backend.infrastructure.database import session, unit_of_work


def test_a_database_behind_the_code_is_not_ready(app: Flask, client: FlaskClient) -> None:
    assert "schema" not in client.get("/readyz").get_json()["faults"], "the control"
    with app.app_context(), unit_of_work():
        session().execute(sa.text("UPDATE alembic_version SET version_num = '0001'"))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.get_json()["faults"]["schema"] == "migrations are missing: fangxin upgrade"
