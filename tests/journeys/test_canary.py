"""A complainant's identity reaches nobody but the officer who asks for it with a purpose: not by any answer, log line or file."""

import base64
import io
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule

from backend.access.actor import Role
from backend.complaints.model import IdentityView
from backend.infrastructure.audit import AuditEntry
from backend.infrastructure.database import Base, db, session, unit_of_work
from backend.infrastructure.rate_limit import limiter
from tests.api.callers import Operation
from tests.calling import Caller
from tests.console.office import YUEQING, Office
from tests.pages.town import Browser, Shop, Town
from tests.public_record.conftest import entry_body
from tests.scene import Callers, picture, request_body
from wechat_double.credentials import MINI_APP_ID
from wechat_double.server import Double

from .traces import found, written

PEOPLE = {
    "si-tu": {"name": "司徒青岚", "phone": "13812340987", "address": "鹿城区蝉街百里坊弄 7 号 901 室"},
    "pu-yang": {"name": "濮阳静姝", "phone": "13957786420", "address": "瓯海区梧田大堡底 19 号后门"},
}
#: Addresses that are not asked, with the reason.
NOT_ASKED = {
    "static": "files of ours",
    "bootstrap.static": "files of Bootstrap",
    "mini_program.packages": "files of the mini-program's framework",
    "mini_program.file": "files of the mini-program",
    "api_docs_file": "files of the documentation",
    "badges.artwork": "a drawing of the register's data; its pixels are tested with the artwork",
    "console_units.artwork": "the same drawing",
    "accounts.sign_out": "ends the session that asks",
    "sign_in.sign_out": "ends the session that asks",
    "accounts.change_password": "ends the sessions that ask",
    "console_sign_in.change_password": "ends the sessions that ask",
}
PURPOSE = {"purpose": "电话联系约定调解时间"}
FIELDS = {
    **PURPOSE,
    "idempotency_key": "canary-0001",
    "ground": "R16_2",
    "text": "法院已经受理，正在审理。",
    "stars": "5",
    "code": "0000000000",
}


@dataclass
class Seeded:
    """The consumers whose values must not be found, and what leads to their cases."""

    consumers: list[Caller]
    values: list[str]
    numbers: dict[str, list[str]]
    token: str
    photo: str
    hits: list[tuple[str, str, str]] = field(default_factory=list)
    answers: int = 0

    def addresses(self, rule: Rule) -> list[str]:
        """The rule's address for everything that exists."""
        path = rule.rule
        kinds = (
            "ratings",
            "removals",
            "complaints",
            "campaigns",
            "reports",
            "visits",
            "volunteer",
            "certificates",
            "units",
            "transparency",
            "public-entries",
            "shop-photos",
            "unit-replies",
        )
        kind = next((one for one in kinds if f"/{one}" in path), "settlements")
        values = self.numbers[kind] if {"number", "case_no"} & rule.arguments else [""]
        token = self.photo if "/evidence/" in path else self.token
        kind_of = "png" if "plates" in path or "artwork" in path else "notice"
        others = {
            "token": token,
            "serial": self.numbers["serial"][0],
            "kind": kind_of,
            "purpose": "location",
            "part": 1,
            "proposal": 1,
            "reference": "1",
        }
        others |= {"code": "0000000000", "username": "tongshi-1", "position": 1}
        others |= {"list_purpose": "revocation", "list_number": "1"}
        others |= dict.fromkeys(
            ("account_id", "grant_id", "row_id", "answer_id"), "019ab0f4-7d4e-7cc0-8a55-6f1d0c1b2a3e"
        )
        with_values = [{**others, "number": value, "case_no": value} for value in values]
        return [path_of(rule, one) for one in with_values]

    def look(self, who: str, what: str, content: bytes) -> None:
        """Note what is found in an answer."""
        self.answers += 1
        self.hits += [(who, what, value) for value in found(self.values, content)]


def path_of(rule: Rule, values: dict[str, str]) -> str:
    """The rule's address with these values."""
    built = rule.build({name: values[name] for name in rule.arguments}, append_unknown=False)
    assert built is not None
    return str(built[1])


@pytest.fixture
def seeded(app: Flask, callers: Callers, town: Town, shop: Shop, double: Double) -> Seeded:
    """One complaint at the bureau, one request that would be filed by itself, with photos, ratings, a proposal and a campaign."""
    app.config["WTF_CSRF_ENABLED"] = False
    browsers = {name: town.person(name) for name in PEOPLE}
    first, second = (callers.of(browser) for browser in browsers.values())
    made = first.post("/settlements", request_body(shop, identity=PEOPLE["si-tu"]), 201)
    other = second.post("/settlements", request_body(shop, file_for_me=True, identity=PEOPLE["pu-yang"]), 201)
    number = made["case_no"]
    for who, case, name in ((first, number, "si-tu"), (second, other["case_no"], "pu-yang")):
        who.post(f"/settlements/{case}/messages", {"text": f"请打 {PEOPLE[name]['phone']} 找我。"}, 201)
    about = {"about": f"都是在这家店买的电饭煲，请打 {PEOPLE['si-tu']['phone']} 找我。"}
    code = first.post(f"/settlements/{number}/group", about, 201)["code"]
    second.post(f"/settlements/{other['case_no']}/group/join", {"code": code}, 201)
    election = {"matter": "election", "text": f"推选一号，电话 {PEOPLE['pu-yang']['phone']}。", "candidates": [1]}
    second.post(f"/settlements/{other['case_no']}/group/proposals", election, 201)
    photo = {"photo": (io.BytesIO(picture()), f"{PEOPLE['si-tu']['name']}.jpg"), "for_station": "true"}
    assert first.api("POST", f"/settlements/{number}/photos", first.token, data=photo).status_code == 201
    first.post("/settlements", request_body(shop, identity={**PEOPLE["si-tu"], "phone": "138123409870000"}), 422)
    callers.member(shop, "zhan-zhang").post(f"/settlements/{number}/refuse", {"text": "小票丢了，没有办法退货。"})
    complaint = first.post(f"/settlements/{number}/escalate", {}, 201)["case_no"]
    ticket = first.post("/scans", {"token": shop.token})["visit_ticket"]
    rating = first.post("/ratings", {"visit_ticket": ticket, "stars": 1}, 201)["number"]
    volunteer, council = callers.volunteer("zhiyuan-sun"), callers.staff(Role.COUNCIL)
    campaign = {"title": "商店体验", "category": "shop", "sample_size": 1, "checklist": ["价格标得清楚"]}
    campaign_no = council.post("/campaigns", campaign, 201)["number"]
    council.post(f"/campaigns/{campaign_no}/draw")
    visit = volunteer.get("/visits")["visits"][0]["number"]
    proposal = {"certificate_no": shop.certificate_no, "ground": "G07", "statement": "多次不答复消费者的诉求。"}
    removal = callers.staff().post("/removals", proposal, 201)["case_no"]
    entry = callers.staff().post(f"/units/{shop.certificate_no}/entries", entry_body(), 201)["number"]
    values = [value for person in PEOPLE.values() for value in person.values()]
    for name in PEOPLE:
        values += [double.state.openid(MINI_APP_ID, name), double.state.unionid(name)]
    values += [str(first.account_id), str(second.account_id), made["access_code"]]
    numbers = {
        "settlements": [number, other["case_no"]],
        "complaints": [complaint],
        "ratings": [rating],
        "removals": [removal],
        "campaigns": [campaign_no],
        "reports": [campaign_no],
        "visits": [visit],
        "volunteer": [visit],
        "certificates": [shop.certificate_no],
        "units": [shop.certificate_no],
        "transparency": [shop.certificate_no],
        "public-entries": [entry],
        "shop-photos": ["ZP20261123-0000000"],
        "unit-replies": ["HY20261123-0000000"],
        "serial": [f"{shop.certificate_no}-01"],
    }
    url = first.get(f"/settlements/{number}")["photos"][0]["url"]
    return Seeded([first, second], values, numbers, shop.token, url.rsplit("/", 1)[1])


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What the application logs, as its own handler writes it."""
    held, root = io.StringIO(), logging.getLogger()
    ours = next(handler for handler in root.handlers if getattr(handler, "fangxin", False))
    handler = logging.StreamHandler(held)
    handler.setFormatter(ours.formatter)
    for one in ours.filters:
        handler.addFilter(one)
    root.addHandler(handler)
    yield held
    root.removeHandler(handler)


def _everybody(town: Town, office: Office, shop: Shop) -> dict[str, Browser]:
    """Everybody who must not learn the identity unasked."""
    return {
        "member": town.member(shop, "zhan-wang"),
        "member of another station": town.member(town.shop("鹿城书店", station="南塘联络站"), "zhan-li"),
        "volunteer": town.volunteer("zhiyuan-zhao"),
        "stranger": town.person("lu-ren"),
        "nobody": office.nobody(),
        "officer of another county": office.at_desk(Role.COUNTY_OFFICER, county=YUEQING),
        "council": office.at_desk(Role.COUNCIL),
        "joint office": office.at_desk(Role.JOINT_OFFICE),
        "operator": office.at_desk(Role.OPERATOR),
        "officer of the county": office.at_desk(Role.COUNTY_OFFICER),
    }


def _ask(seeded: Seeded, app: Flask, everybody: dict[str, Browser], methods: frozenset[str]) -> dict[str, int]:
    """Everybody asks every address by these methods. returns how many answers each got that were no refusal"""
    document = app.test_client().get("/api/v1/openapi.json").get_json()
    good = dict.fromkeys(everybody, 0)
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint not in NOT_ASKED]
    for who, browser in everybody.items():
        for rule in rules:
            for method in sorted((rule.methods or set()) & methods):
                for address in seeded.addresses(rule):
                    if address.endswith("/identity") and who == "officer of the county":
                        continue  # the way in which that officer may know it; asked below
                    answer = browser.client.open(address, method=method, **_request(rule, method, document, browser))
                    assert answer.status_code != 429
                    good[who] += answer.status_code < 400
                    headers = str(answer.headers).encode()
                    seeded.look(who, f"{method} {address} {answer.status_code}", answer.data + headers)
    return good


def _request(rule: Rule, method: str, document: Any, browser: Browser) -> dict[str, Any]:
    limiter.reset()
    if not rule.rule.startswith("/api/"):
        return {} if method == "GET" else {"data": FIELDS}
    headers = {"Authorization": f"Bearer {browser.session_token}"} if browser.session_token else {}
    headers["Idempotency-Key"] = f"canary-{rule.endpoint}"
    if method == "GET":
        return {"headers": headers}
    template = "/" + "/".join(_braced(part) for part in rule.rule.strip("/").split("/"))
    described = document["paths"].get(template, {}).get(method.lower(), {})
    return {"headers": headers, "json": Operation(method, template, described).example or {}}


def _braced(part: str) -> str:
    return "{" + part[1:-1].rsplit(":", 1)[-1] + "}" if part.startswith("<") else part


def _stored(app: Flask) -> bytes:
    """Every value of every row, as the database holds it."""
    with app.app_context(), db.engine.connect() as connection:
        rows = [
            value
            for table in Base.metadata.sorted_tables
            for row in connection.execute(sa.select(table))
            for value in row
        ]
    parts = [value if isinstance(value, bytes) else str(value).encode() for value in rows if value is not None]
    return b"\n".join(bytes(part) for part in parts)


def test_an_identity_reaches_nobody_unasked(
    app: Flask, seeded: Seeded, town: Town, office: Office, shop: Shop, callers: Callers, logged: io.StringIO
) -> None:
    everybody = _everybody(town, office, shop)
    good = _ask(seeded, app, everybody, frozenset({"GET"}))
    changed = _ask(seeded, app, everybody, frozenset({"POST", "PUT", "DELETE"}))
    assert seeded.hits == []
    assert seeded.answers > 1000
    assert all(count >= 10 for count in good.values()), good
    assert changed["member"] >= 1, "the control: what is asked can succeed"
    lines = logged.getvalue().splitlines()
    assert len(lines) >= seeded.answers
    assert all(json.loads(line)["logger"] for line in lines if line.startswith('{"at"'))
    assert found(seeded.values, logged.getvalue().encode()) == []
    personal = seeded.values[:-3]
    stored = _stored(app)
    assert found(personal, stored) == [], "at rest everything personal is sealed"
    assert found(["小票丢了，没有办法退货。"], stored), "the control: what is not sealed is found"
    data = app.extensions["fangxin"].settings.data_dir
    files = [path for path in data.rglob("*") if path.is_file()]
    assert any(path.suffix == ".jpg" for path in files), "the control: there are files to look at"
    for path in files:
        assert found(personal, path.name.encode() + path.read_bytes()) == []


def test_control_the_countys_officer_finds_it_and_the_complainant_reads_that_they_did(
    app: Flask, seeded: Seeded, callers: Callers, logged: io.StringIO
) -> None:
    officer, complainant = callers.staff(), seeded.consumers[0]
    path = f"/complaints/{seeded.numbers['complaints'][0]}"
    assert complainant.get(path)["identity_views"] == []
    answer = officer.api("POST", f"{path}/identity", officer.token, PURPOSE)
    seeded.look("officer", "identity", answer.data)
    assert [value for _, _, value in seeded.hits] == list(PEOPLE["si-tu"].values())
    assert answer.headers["Cache-Control"] == "no-store"
    (look,) = complainant.get(path)["identity_views"]
    assert look == {"at": "2026-11-23T02:00:00+00:00", **PURPOSE}
    with app.app_context(), unit_of_work(read_only=True):
        views = session().scalars(sa.select(IdentityView.officer_id)).all()
        noted = sa.select(AuditEntry.actor_id, AuditEntry.chain).where(AuditEntry.action == "complaint.identity_reveal")
        audited = [tuple(row) for row in session().execute(noted)]
    assert views == [officer.account_id]
    assert audited == [(officer.account_id, "330302")]
    assert found(seeded.values[:3], logged.getvalue().encode()) == []
    logging.getLogger("canary").warning("a careless line about %s", seeded.values[0])
    assert found(seeded.values[:3], logged.getvalue().encode()) == seeded.values[:1], "a careless line would be found"
    assert seeded.consumers[1].get("/settlements")["settlements"], "the other one's case is untouched"


@pytest.mark.parametrize("value", [*PEOPLE["si-tu"].values(), "o1234567890abcdef1234567890ab"])
def test_control_a_value_is_found_however_it_is_written(value: str) -> None:
    neighbours = ("", "a", "ab", "地址：")
    writings = [value, json.dumps(value), quote(value), quote(value, safe=""), value.encode().hex()]
    for before in neighbours:
        writings.append(base64.b64encode(f"{before}{value}后".encode()).decode())
        writings.append(base64.urlsafe_b64encode(f'{{"k":"{before}{value}"}}'.encode()).decode())
    for writing in writings:
        assert found([value], f"<p>{writing}</p>".encode()) == [value], writing
    assert found([value], "消费者·K7Q3 提交了诉求".encode()) == []
    assert all(len(form) >= 8 for form in written(value))
