"""Acts and their leaves stand or fall together; the sequencer keeps its promise; others can check what it signs."""

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from backend.access.actor import SYSTEM
from backend.certification import queries as certificates
from backend.certification import service as certification
from backend.certification.lifecycle import CERTIFICATE
from backend.certification.rules import Ground
from backend.infrastructure.database import db, session, unit_of_work
from backend.infrastructure.jobs import work as work_of
from backend.infrastructure.rate_limit import limiter
from backend.kernel.clock import FixedClock
from backend.transparency import notes, queries, service
from backend.transparency.model import LogHead, LogLeaf
from backend.transparency.rules import ACTS, HEAD_EVERY, MERGE_DELAY
from backend.transparency.rules import Act as Written
from tests.foreign.running import ask
from tests.pages.town import Shop, Town
from tests.transparency.conftest import Act

Merge = Callable[[], int]
DEEDS: dict[str, tuple[Any, ...]] = {
    "rectify": (certification.rectify, Ground.G13_STANDARD_NOT_MET),
    "suspend": (certification.suspend, Ground.G04_FOOD_ACCIDENT),
    "restore": (certification.restore,),
    "revoke": (certification.revoke, Ground.G05_FALSE_MATERIAL),
    "cancel": (certification.cancel, Ground.G21_VOLUNTARY),
}


def said(app: Flask) -> list[dict[str, Any]]:
    """What the leaves say, in the order of their writing."""
    with app.app_context(), unit_of_work(read_only=True):
        return [json.loads(text) for text in session().scalars(sa.select(LogLeaf.content).order_by(LogLeaf.sequence))]


def heads(app: Flask) -> list[LogHead]:
    with app.app_context(), unit_of_work(read_only=True):
        found = list(queries.heads(0, 1000))
        session().expunge_all()
        return found


def test_every_step_of_a_certificates_life_leaves_a_leaf(
    app: Flask, town: Town, shop: Shop, act: Act, clock: FixedClock
) -> None:
    for name in ("rectify", "restore", "suspend", "restore", "rectify", "suspend", "cancel"):
        act(*DEEDS[name])
    leaves = said(app)
    assert [leaf["act"] for leaf in leaves] == [
        "award", "rectify", "restore", "suspend", "restore", "rectify", "suspend", "cancel",
    ]  # fmt: skip
    assert leaves[0] == {
        "act": "award",
        "at": "2026-11-23T02:00:00Z",
        "certificate": shop.certificate_no,
        "issued_on": "2026-01-05",
        "on": "2026-01-05",
        "state": "certified",
        "unit": "瓯越电器",
        "uscc": "91330302MA2ABCDE7X",
        "v": 1,
        "valid_until": "2029-01-04",
    }
    assert [leaf.get("ground") for leaf in leaves[-2:]] == ["G04", "G21"]
    assert {leaf["on"] for leaf in leaves[1:]} == {"2026-11-23"}


def test_expiry_revocation_and_renewal_leave_leaves_too(app: Flask, town: Town, act: Act, clock: FixedClock) -> None:
    act(certification.renew, date(2026, 12, 1))
    clock.advance(days=30)
    town.act(certification.expire_due, SYSTEM)
    assert [leaf["act"] for leaf in said(app)] == ["award", "renew", "expire"]
    other = town.shop("鹿城书店")
    town.act(lambda: certification.revoke(SYSTEM, certificates.by_number(other.certificate_no), Ground.G01_PENALTY))
    assert said(app)[-1]["act"] == "revoke"
    assert {row.action for row in CERTIFICATE.rows} | {"renew", "import"} == set(ACTS), "every step has its word"


def test_without_its_leaf_an_act_is_not_done(app: Flask, act: Act, shop: Shop) -> None:
    for name in ("rectify", "suspend", "restore", "suspend", "revoke"):
        before = _state(app, shop), len(said(app))
        _rename(app, "log_leaf", "log_leaf_away")
        with pytest.raises(sa.exc.DBAPIError):
            act(*DEEDS[name])
        _rename(app, "log_leaf_away", "log_leaf")
        assert (_state(app, shop), len(said(app))) == before
        act(*DEEDS[name])
        assert (_state(app, shop), len(said(app))) != before, "the control"


def _rename(app: Flask, table: str, to: str) -> None:
    with app.app_context(), db.engine.connect().execution_options(fangxin_writes=True) as opened:
        opened.execute(sa.text(f"ALTER TABLE {table} RENAME TO {to}"))
        opened.commit()


def test_without_its_act_a_leaf_is_not_kept(app: Flask, act: Act) -> None:
    def and_then_fail(actor: object, certificate: Any) -> None:
        certification.suspend(SYSTEM, certificate, Ground.G04_FOOD_ACCIDENT)
        session().flush()
        raise RuntimeError("something else of the same act fails")

    with pytest.raises(RuntimeError):
        act(and_then_fail)
    assert [leaf["act"] for leaf in said(app)] == ["award"]


def _state(app: Flask, shop: Shop) -> str | None:
    with app.app_context(), unit_of_work(read_only=True):
        return certificates.by_number(shop.certificate_no).state


def test_a_sole_traders_code_is_left_out() -> None:
    day = date(2026, 1, 5)
    written = Written(
        "award",
        "FX-1",
        "王记面馆",
        "92330381MA2TE5T28C",
        "certified",
        None,
        day,
        day,
        day,
        datetime(2026, 1, 5, tzinfo=UTC),
    )
    assert "uscc" not in json.loads(written.canonical())
    assert "uscc" in json.loads(replace(written, uscc="91330302MA2TE5T1X2").canonical()), "the control"


def test_the_promise_is_kept_by_the_worker(app: Flask, act: Act, clock: FixedClock, work: Callable[[], None]) -> None:
    """A worker that turns every few seconds, as it does: every leaf stands under a head within the promised time."""
    work()
    for name in ("rectify", "restore", "suspend"):
        clock.advance(seconds=7)
        act(*DEEDS[name])
        acted = clock.now()
        covered = len(said(app))
        while (newest := heads(app)[-1]).size < covered:
            clock.advance(seconds=1)
            work()
            assert clock.now() - acted <= MERGE_DELAY
        assert newest.at - acted <= MERGE_DELAY
    with app.app_context():
        assert work_of().table.periodics["periodic:merge_log"].every * 2 < MERGE_DELAY, "room for a slow turn"


def test_a_head_is_signed_when_the_tree_grew_and_once_a_day(
    app: Flask, act: Act, merge: Merge, clock: FixedClock
) -> None:
    assert [merge(), merge()] == [1, 0]
    act(*DEEDS["suspend"])
    merge()
    assert [head.size for head in heads(app)] == [1, 2]
    clock.advance(seconds=HEAD_EVERY.total_seconds())
    merge()
    merge()
    assert [head.size for head in heads(app)] == [1, 2, 2]


def test_a_large_backlog_is_taken_in_pieces(
    app: Flask, act: Act, merge: Merge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "_LEAVES_A_TURN", 2)
    for name in ("rectify", "restore", "suspend"):
        act(*DEEDS[name])
    assert merge() == 4
    assert [head.size for head in heads(app)] == [2, 4]


def test_two_sequencers_at_once_give_each_place_once(app: Flask, act: Act, shop: Shop, clock: FixedClock) -> None:
    for name in ("rectify", "restore", "suspend", "restore", "suspend"):
        act(*DEEDS[name])
    started = threading.Barrier(3)

    def run() -> None:
        with app.app_context():
            started.wait()
            service.merge()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context(), unit_of_work(read_only=True):
        assert [leaf.position for leaf in queries.every_entry()] == list(range(6))
    assert heads(app)[-1].size == 6


def _everything(client: FlaskClient, shop: Shop) -> dict[str, Any]:
    """The log as its addresses show it, with every proof, as the verifiers of others take it."""

    def get(path: str) -> Any:
        limiter.reset()
        answer = client.get(f"/api/v1/transparency{path}")
        assert answer.status_code == 200, answer.text
        return answer.get_json()

    newest, signed = get("/head"), get("/heads?limit=1000")["heads"]
    entries = get("/entries?limit=1000")["entries"]
    by_size = {head["size"]: head for head in signed}
    inclusions = [
        {"content": e["content"], "position": e["position"], "proof": get(f"/inclusion?hash={e['hash']}&size={size}")["proof"], "note": head["note"]}
        for size, head in by_size.items()
        for e in entries[:size]
    ]  # fmt: skip
    inclusions += [
        {**found["entry"], "proof": found["proof"], "note": newest["note"]}
        for found in get(f"/certificates/{shop.certificate_no}")["entries"]
    ]
    consistencies = [
        {
            **get(f"/consistency?first={first}&second={second}"),
            "first_root": by_size[first]["root"],
            "second_root": by_size[second]["root"],
        }
        for first in by_size
        for second in by_size
        if first < second
    ]
    return {
        "keys": newest["keys"],
        "notes": [head["note"] for head in signed],
        "inclusions": inclusions,
        "contents": [entry["content"] for entry in entries],
        "consistencies": consistencies,
    }


@pytest.fixture
def grown(act: Act, merge: Merge) -> None:
    """A log of eight leaves and five heads."""
    for names in ((), ("rectify",), ("restore", "suspend"), ("restore", "rectify", "suspend"), ("revoke",)):
        for name in names:
            act(*DEEDS[name])
        merge()


@pytest.mark.usefixtures("grown")
def test_libraries_of_others_verify_heads_and_proofs(client: FlaskClient, shop: Shop) -> None:
    asked = _everything(client, shop)
    answer = ask("log.mjs", asked)
    assert [head["size"] for head in answer["heads"]] == [1, 2, 4, 7, 8]
    assert answer["root"] == answer["heads"][-1]["root"]
    assert answer["inclusions"] == [True] * (1 + 2 + 4 + 7 + 8 + 8)
    assert answer["consistencies"] == [True] * 10
    # The control: each of them refuses what was changed.
    for inclusion in asked["inclusions"]:
        inclusion["content"] = inclusion["content"].replace("certified", "revoked").replace("2029", "2039")
    for consistency in asked["consistencies"]:
        consistency["first_root"] = "00" * 32
    asked["notes"] = [note.replace("time 2026", "time 2025") for note in asked["notes"]]
    answer = ask("log.mjs", asked)
    assert answer["heads"] == ["invalid checkpoint signature"] * 5
    assert all(found is not True for found in answer["inclusions"] + answer["consistencies"])


@pytest.mark.usefixtures("grown")
def test_what_cannot_be_proved_is_refused(client: FlaskClient, act: Act) -> None:
    base = "/api/v1/transparency"
    known = client.get(f"{base}/entries").get_json()["entries"][3]["hash"]
    for path, status, code in (
        (f"/inclusion?hash={'0' * 64}", 404, "log_entry_not_found"),
        ("/inclusion?hash=x", 422, "invalid_input"),
        (f"/inclusion?hash={known}&size=3", 422, "log_size_impossible"),
        (f"/inclusion?hash={known}&size=9", 422, "log_size_impossible"),
        ("/consistency?first=0&second=8", 422, "invalid_input"),
        ("/consistency?first=5&second=4", 422, "log_size_impossible"),
        ("/consistency?first=1&second=9", 422, "log_size_impossible"),
        ("/certificates/NOBODY", 404, "certificate_not_found"),
    ):
        answer = client.get(f"{base}{path}")
        assert (answer.status_code, answer.get_json()["code"]) == (status, code), path


def test_before_the_first_head_and_before_the_merge(client: FlaskClient, shop: Shop, act: Act, merge: Merge) -> None:
    assert client.get("/api/v1/transparency/head").get_json()["code"] == "log_head_missing"
    assert "一分钟内" in client.get("/transparency").text
    merge()
    act(*DEEDS["suspend"])
    found = client.get(f"/api/v1/transparency/certificates/{shop.certificate_no}").get_json()["entries"]
    assert [(one["entry"]["position"], one["proof"]) for one in found] == [(0, []), (None, [])]
    page = client.get(f"/transparency/{shop.certificate_no}").text
    assert "等待进树" in page
    assert "发生食品安全事故" in page
    assert f"/transparency/{shop.certificate_no}" in client.get(f"/units/{shop.certificate_no}").text


def test_a_note_of_another_key_or_log_is_refused(app: Flask, shop: Shop, merge: Merge) -> None:
    merge()
    (head,) = heads(app)
    with app.app_context():
        (key,) = queries.verifier_keys()
    assert notes.read_note(head.note, [key]).size == 1
    stranger = notes.verifier_key("localhost/transparency", b"x" * 32)
    for note, keys in (
        (head.note, []),
        (head.note, [stranger]),
        (head.note.replace("localhost", "elsewhere"), [key]),
        (head.note.replace("\n1\n", "\n01\n"), [key]),
        (head.note.partition("\n\n")[0], [key]),
        ("", [key]),
    ):
        with pytest.raises(notes.BadNote):
            notes.read_note(note, keys)
