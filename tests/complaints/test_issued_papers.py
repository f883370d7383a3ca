"""Official forms stay as they were issued; how each was served is noted and read by its addressee."""

import hashlib
import json

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.complaints.paper_model import IssuedPaper
from backend.infrastructure.database import db, session, unit_of_work
from backend.kernel.clock import FixedClock
from backend.merchants.model import Unit
from tests.calling import Caller
from tests.pages.town import Shop
from tests.scene import IDENTITY, Callers, accepted

PURPOSE = {"purpose": "打印盖章后送达投诉人"}
REASON = {"ground": "T23_3", "text": "商家明确表示不能达成协议，联系投诉人 13857712345 也没有新方案。"}


@pytest.fixture
def officer(callers: Callers) -> Caller:
    return callers.staff()


@pytest.fixture
def path(consumer: Caller, member: Caller, officer: Caller, shop: Shop) -> str:
    """A complaint that has just been accepted."""
    return accepted(consumer, member, officer, shop)


def _listed(caller: Caller, path: str) -> dict[str, dict[str, object]]:
    return {one["reference"]: one for one in caller.get(path)["documents"]}


def test_a_form_says_for_ever_what_it_said_when_it_was_issued(
    path: str, consumer: Caller, shop: Shop, app: Flask
) -> None:
    before = consumer.get(f"{path}/documents/5")
    with app.app_context(), unit_of_work():
        unit = session().get_one(Unit, shop.unit_id)
        unit.address = "搬到别处去了"
    assert consumer.get(f"{path}/documents/5") == before
    assert "搬到别处去了" not in json.dumps(consumer.get(f"{path}/documents/1"), ensure_ascii=False)


def test_its_fingerprint_can_be_computed_by_whoever_holds_it(path: str, consumer: Caller) -> None:
    for reference, listed in _listed(consumer, path).items():
        held = consumer.get(f"{path}/documents/{reference}")
        text = json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert hashlib.sha256(text.encode()).hexdigest() == listed["sha256"]
        assert held["number"] == listed["document_no"]


def test_what_names_the_complainant_is_sealed_at_rest(path: str, app: Flask) -> None:
    with app.app_context(), unit_of_work(read_only=True):
        rows = session().execute(sa.select(IssuedPaper.__table__)).mappings().all()
        opened = [row.text or "" for row in session().scalars(sa.select(IssuedPaper))]
    assert len(rows) == 2
    for row in rows:
        assert IDENTITY["name"] not in repr({k: v for k, v in row.items() if k != "text_sealed"})
        assert IDENTITY["name"].encode() not in row["text_sealed"]
    assert all(IDENTITY["name"] in text for text in opened), "the control: opened, it is there"


def test_what_is_told_at_once_is_served_by_internet(path: str, consumer: Caller) -> None:
    (serving,) = _listed(consumer, path)["5"]["servings"]  # type: ignore[misc]
    assert serving == {"way": "internet", "way_zh": "网络送达", "served_on": "2026-11-23"}
    assert _listed(consumer, path)["1"]["servings"] == [], "the register form is served on nobody"


def test_an_officer_notes_how_a_form_was_served(
    path: str, consumer: Caller, officer: Caller, clock: FixedClock
) -> None:
    address = f"{path}/documents/5/servings"
    assert officer.refused(address, {"way": "letter", "served_on": "2026-11-30"}, 422) == "serving_day_wrong"
    assert officer.refused(address, {"way": "letter", "served_on": "2026-11-01"}, 422) == "serving_day_wrong"
    officer.post(address, {"way": "letter", "served_on": "2026-11-23"})
    assert [one["way"] for one in _listed(consumer, path)["5"]["servings"]] == ["internet", "letter"]  # type: ignore[attr-defined]
    by_mail = {"way": "email", "served_on": "2026-11-23"}
    assert officer.refused(f"{path}/documents/1/servings", by_mail, 422) == "serving_way_wrong"
    assert officer.refused(f"{path}/documents/7/servings", by_mail, 404) == "document_missing"
    consumer.refused(address, by_mail, 403)


def test_termination_reaches_both_each_in_its_way(path: str, consumer: Caller, member: Caller, officer: Caller) -> None:
    officer.post(f"{path}/terminate", REASON)
    assert _listed(consumer, path)["8"]["servings"] == []
    officer.post(f"{path}/serve-notice", {"consumer_way": "letter", "merchant_way": "in_person"})
    assert _listed(consumer, path)["8"]["servings"][0]["way"] == "letter"  # type: ignore[index]
    assert list(_listed(member, path)) == ["8-m"]
    assert _listed(member, path)["8-m"]["servings"][0]["way"] == "in_person"  # type: ignore[index]


def test_the_merchants_copy_names_nobody(path: str, consumer: Caller, member: Caller, officer: Caller) -> None:
    officer.post(f"{path}/terminate", REASON)
    copy = member.get(f"{path}/documents/8-m")
    told = json.dumps(copy, ensure_ascii=False)
    for personal in IDENTITY.values():
        assert personal not in told
        assert personal not in str(member.get(path))
    assert "［已隐去］" in told
    assert IDENTITY["name"] in json.dumps(consumer.get(f"{path}/documents/8"), ensure_ascii=False), "the control"
    member.get(f"{path}/documents/8", 404)
    consumer.get(f"{path}/documents/8-m", 404)
    answer = officer.api("POST", f"{path}/documents/8-m", officer.token, PURPOSE)
    assert answer.content_type == "application/pdf"
    assert consumer.get(path)["identity_views"] == [], "what names nobody is no look"


def test_both_take_home_the_agreement_that_they_signed(
    path: str, consumer: Caller, member: Caller, officer: Caller
) -> None:
    for party in (consumer, member):
        party.post(f"{path}/consent", {"agree": True})
    text = "商家三日内退还货款 128.50 元，打到 13857712345 的微信。"
    officer.post(f"{path}/record-agreement", {"text": text, "closing": "signed"})
    assert ("9" in _listed(consumer, path), list(_listed(member, path))) == (True, ["9-m"])
    copy = member.get(f"{path}/documents/9-m")
    told = json.dumps(copy, ensure_ascii=False)
    assert "退还货款 128.50 元" in told
    assert not [personal for personal in IDENTITY.values() if personal in told]
    assert IDENTITY["name"] in json.dumps(consumer.get(f"{path}/documents/9"), ensure_ascii=False), "the control"
    number = consumer.get(path)["settlement_no"]
    shown = member.api("GET", f"{path}/documents/9-m/pdf", member.token)
    assert (number[:2], shown.content_type) == ("HJ", "application/pdf")


def test_two_calls_to_meet_are_two_forms(path: str, consumer: Caller, member: Caller, officer: Caller) -> None:
    for party in (consumer, member):
        party.post(f"{path}/consent", {"agree": True})
    for day in ("2026-12-01", "2026-12-08"):
        meeting = {"meeting_on": day, "meeting_time": "14:30", "way": "phone", "place": "本局致电双方"}
        officer.post(f"{path}/invite", meeting)
    assert [*_listed(officer, path)] == ["1", "5", "7", "7-m", "7-2", "7-2-m"]
    first, second = (consumer.get(f"{path}/documents/{one}") for one in ("7", "7-2"))
    assert "2026年12月1日" in first["paragraphs"][1]
    assert "2026年12月8日" in second["paragraphs"][1]
    assert second["number"].endswith("-2号")


def test_a_form_from_before_they_were_kept_is_filled_when_opened(
    path: str, consumer: Caller, officer: Caller, app: Flask
) -> None:
    with app.app_context(), db.engine.begin() as opened:
        opened.execution_options(fangxin_writes=True).execute(sa.delete(IssuedPaper))
    listed = _listed(consumer, path)
    assert list(listed) == ["1", "5"]
    assert listed["5"]["sha256"] is None
    assert consumer.get(f"{path}/documents/5")["title"] == "投诉受理决定书"
    officer.refused(f"{path}/documents/5/servings", {"way": "letter", "served_on": "2026-11-23"}, 404)
