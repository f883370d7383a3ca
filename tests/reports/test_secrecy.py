"""A reporter's name, phone and words reach nobody but officers: no page or answer of anybody else, no row, no log line."""

import io
import logging
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.access.actor import Role
from backend.infrastructure.database import Base, db
from backend.reports.model import Report, ReporterView
from tests.console.office import YUEQING, Office
from tests.journeys.traces import found
from tests.pages.town import Browser, Shop, Town
from tests.scene import Callers, picture

REPORTER = {"name": "欧阳举旗", "phone": "13712346789"}
FACTS = "后厨靠窗的冰箱里有三袋过期调味料，只有当班的人看得到。"
PLACE = "后厨靠窗的冰箱"
SECRETS = [*REPORTER.values(), FACTS, PLACE]


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What the application logs."""
    held = io.StringIO()
    handler, root = logging.StreamHandler(held), logging.getLogger()
    root.addHandler(handler)
    yield held
    root.removeHandler(handler)


@pytest.fixture
def report(app: Flask, town: Town, shop: Shop, callers: Callers) -> dict[str, str]:
    """A report by somebody who is signed in, on the badge of a shop, with a photo and an answer."""
    app.config["WTF_CSRF_ENABLED"] = False
    browser = town.person("ju-bao")
    reporter = callers.of(browser)
    body = {"suspicion": "food", "facts": FACTS, "place": PLACE, "token": shop.token, **REPORTER}
    receipt = reporter.post("/tip-offs", body, 201)
    held = {"case_no": receipt["case_no"], "code": receipt["access_code"]}
    photo = {"photo": (io.BytesIO(picture()), f"{REPORTER['name']}.jpg"), **held}
    assert reporter.api("POST", "/tip-offs/photos", reporter.token, data=photo).status_code == 201
    reporter.post("/tip-offs/answers", {**held, "text": FACTS})
    return {**held, "account_id": str(browser.actor().account_id)}


def addresses(app: Flask, report: dict[str, str], shop: Shop) -> list[str]:
    """Every GET address, with what leads to the report and its unit."""
    values = {
        "token": shop.token,
        "number": shop.certificate_no,
        "case_no": report["case_no"],
        "kind": "png",
        "part": 1,
        "reference": "1",
    }
    values |= {
        "serial": f"{shop.certificate_no}-01",
        "purpose": "location",
        "code": "0000000000",
        "username": "tongshi-1",
    }
    values |= {"list_purpose": "revocation", "list_number": "1", "position": 1}
    values |= dict.fromkeys(("account_id", "grant_id", "row_id"), "019ab0f4-7d4e-7cc0-8a55-6f1d0c1b2a3e")
    found_there = []
    for rule in app.url_map.iter_rules():
        files = {"static", "bootstrap.static", "api_docs_file", "mini_program.packages", "mini_program.file"}
        skipped = rule.endpoint in files or rule.endpoint.endswith("artwork")
        if "GET" in (rule.methods or set()) and not skipped:
            built = rule.build({name: values[name] for name in rule.arguments}, append_unknown=False)
            assert built is not None
            found_there.append(str(built[1]))
    return found_there


def leaks(app: Flask, browser: Browser, report: dict[str, str], shop: Shop) -> list[str]:
    """Addresses whose answer holds one of the secrets, or tells that there is a report."""
    hits = []
    for address in addresses(app, report, shop):
        headers = {"Authorization": f"Bearer {browser.session_token}"} if browser.session_token else {}
        answer = browser.client.open(address, headers=headers if address.startswith("/api/") else {})
        if found([*SECRETS, report["code"]], answer.data + str(answer.headers).encode()):
            hits.append(address)
        elif answer.status_code == 200 and report["case_no"] not in address and found([report["case_no"]], answer.data):
            hits.append(f"number: {address}")
    return hits


def test_nobody_outside_the_bureau_learns_of_it(
    app: Flask, town: Town, office: Office, shop: Shop, report: dict[str, str], logged: io.StringIO
) -> None:
    others = {
        "member of the unit's station": town.member(shop, "zhan-wang"),
        "stranger": town.person("lu-ren"),
        "nobody": office.nobody(),
        "council": office.at_desk(Role.COUNCIL),
        "joint office": office.at_desk(Role.JOINT_OFFICE),
        "officer of another county": office.at_desk(Role.COUNTY_OFFICER, county=YUEQING),
    }
    assert {who: leaks(app, browser, report, shop) for who, browser in others.items()} == {who: [] for who in others}
    assert found(SECRETS, logged.getvalue().encode()) == []


def test_control_the_countys_officer_reads_the_facts_and_a_careless_line_is_found(
    app: Flask, office: Office, shop: Shop, report: dict[str, str], logged: io.StringIO
) -> None:
    hits = leaks(app, office.at_desk(Role.COUNTY_OFFICER), report, shop)
    assert f"/console/tip-offs/{report['case_no']}" in hits, "the search finds what is there to be found"
    logging.getLogger("careless").warning("reported by %s", REPORTER["name"])
    assert found(SECRETS, logged.getvalue().encode()) == [REPORTER["name"]]


def test_control_a_leak_planted_on_the_units_page_is_found(
    app: Flask, town: Town, shop: Shop, report: dict[str, str]
) -> None:
    def careless(answer):  # type: ignore[no-untyped-def]
        if answer.mimetype == "text/html" and not answer.direct_passthrough:
            answer.set_data(answer.get_data() + f"<!-- {REPORTER['phone']} -->".encode())
        return answer

    app.after_request_funcs.setdefault(None, []).append(careless)
    assert "/station" in leaks(app, town.member(shop, "zhan-wang"), report, shop)
    app.after_request_funcs[None].remove(careless)


def test_nothing_at_rest_names_the_reporter(app: Flask, report: dict[str, str]) -> None:
    with app.app_context(), db.engine.connect() as connection:
        parts = [
            bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
            for table in Base.metadata.sorted_tables
            for row in connection.execute(sa.select(table))
            for value in row
            if value is not None
        ]
        rows = connection.execute(sa.select(Report.__table__)).all()
    stored = b"\n".join(parts)
    assert found([*SECRETS, report["code"]], stored) == []
    assert found(["瓯越电器"], stored), "the control: what is not sealed is found"
    assert report["account_id"] not in str(rows), "who was signed in is not kept"
    about = [part for part in parts if report["account_id"].encode() in part]
    assert len(about) < 12, "sign-in leaves its rows; the report leaves none"


def test_the_contact_is_seen_for_a_purpose_and_the_look_is_kept(
    app: Flask, callers: Callers, report: dict[str, str]
) -> None:
    officer, path = callers.staff(), f"/tip-offs/{report['case_no']}/reporter"
    assert officer.refused(path, {}, 422)
    assert officer.post(path, {"purpose": "电话核对事发时间"}) == REPORTER
    with app.app_context(), db.engine.connect() as connection:
        looks = connection.execute(sa.select(ReporterView.officer_id, ReporterView.purpose)).all()
    assert [tuple(map(str, look)) for look in looks] == [(officer.account_id, "电话核对事发时间")]
