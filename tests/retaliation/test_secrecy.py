"""What somebody tells of retaliation reaches no merchant, station, council or officer who is involved; a planted leak is found."""

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.access.actor import Role
from backend.infrastructure.database import db
from backend.retaliation.model import Retaliation, RetaliationNote
from tests.calling import Caller
from tests.console.office import YUEQING, Office
from tests.pages.town import Browser, Shop, Town
from tests.reports import test_secrecy as reports
from tests.scene import Callers, request_body

WHAT = "店主在鹊桥路口贴了我的名字，还说再投诉就不客气。"
PHONE = "13712346789"


@pytest.fixture
def case(app: Flask, town: Town, shop: Shop, consumer: Caller, callers: Callers) -> dict[str, str]:
    """Retaliation against a signed-in consumer of the shop."""
    app.config["WTF_CSRF_ENABLED"] = False
    number = consumer.post("/settlements", request_body(shop), 201)["case_no"]
    body = {"acts": ["threatened"], "what": WHAT, "phone": PHONE, "case_no": number}
    told = consumer.post("/retaliations", body, 201)
    return {"case_no": told["case_no"], "code": told["access_code"]}


@pytest.fixture(autouse=True)
def secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the search looks for."""
    monkeypatch.setattr(reports, "SECRETS", [WHAT, PHONE, "打击报复：瓯越电器"])


def test_nobody_but_an_officer_who_is_not_involved_learns_of_it(
    app: Flask, town: Town, office: Office, shop: Shop, case: dict[str, str]
) -> None:
    others: dict[str, Browser] = {
        "member of the unit's station": town.member(shop, "zhan-wang"),
        "stranger": town.person("lu-ren"),
        "the consumer's own pages": town.person("gu-ke"),
        "nobody": office.nobody(),
        "council": office.at_desk(Role.COUNCIL),
        "officer of another county": office.at_desk(Role.COUNTY_OFFICER, county=YUEQING),
    }
    assert {who: reports.leaks(app, browser, case, shop) for who, browser in others.items()} == {
        who: [] for who in others
    }
    hits = reports.leaks(app, office.at_desk(Role.COUNTY_OFFICER), case, shop)
    assert f"/console/retaliation/{case['case_no']}" in hits, "the control: the search finds what is there"


def test_control_a_leak_planted_on_the_stations_page_is_found(
    app: Flask, town: Town, shop: Shop, case: dict[str, str]
) -> None:
    def careless(answer):  # type: ignore[no-untyped-def]
        if answer.mimetype == "text/html" and not answer.direct_passthrough:
            answer.set_data(answer.get_data() + f"<!-- {PHONE} -->".encode())
        return answer

    app.after_request_funcs.setdefault(None, []).append(careless)
    assert "/station" in reports.leaks(app, town.member(shop, "zhan-wang"), case, shop)
    app.after_request_funcs[None].remove(careless)


def test_no_row_of_it_names_the_person(app: Flask, consumer: Caller, case: dict[str, str]) -> None:
    with app.app_context(), db.engine.connect() as connection:
        rows = [str(connection.execute(sa.select(kind.__table__)).all()) for kind in (Retaliation, RetaliationNote)]
    assert "瓯越电器" in rows[0], "the control"
    assert not any(value in row for row in rows for value in (str(consumer.account_id), WHAT, PHONE))
