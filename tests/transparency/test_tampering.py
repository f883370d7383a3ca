"""Somebody with all rights on the database changes the log. Whoever kept a head finds out; and nothing is signed over it."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result
from flask import Flask

from backend.certification import service as certification
from backend.certification.rules import Ground
from backend.cli import main
from backend.infrastructure.database import db, session, unit_of_work
from backend.kernel.clock import FixedClock
from backend.transparency import merkle, queries, service
from backend.transparency.model import LogHead, LogLeaf, LogNode
from backend.transparency.monitor import Fetched, Tampered, check, differences
from backend.transparency.service import LogBroken
from tests.pages.town import Shop
from tests.transparency.conftest import Act

Merge = Callable[[], int]


@pytest.fixture
def grown(act: Act, merge: Merge, clock: FixedClock) -> None:
    """Five leaves, an hour between them, a head over each."""
    merge()
    for step in (certification.suspend, certification.restore, certification.rectify, certification.revoke):
        clock.advance(hours=1)
        act(step, *([] if step is certification.restore else [Ground.G01_PENALTY]))
        merge()


def exported(app: Flask) -> dict[str, list[str]]:
    """What a monitor fetches."""
    with app.app_context(), unit_of_work(read_only=True):
        return {
            "keys": queries.verifier_keys(),
            "heads": [head.note for head in queries.every_head()],
            "entries": [leaf.content for leaf in queries.every_entry()],
        }


def judge(held: dict[str, list[str]], kept: str | None = None) -> str | None:
    """What a monitor says; None when all is well."""
    try:
        check(Fetched(held["heads"], held["entries"]), held["keys"], kept)
    except Tampered as fault:
        return str(fault)
    return None


def break_in(app: Flask, kind: str, *statements: sa.Executable) -> None:
    """With the triggers out of the way, as who owns the database can have it."""
    with app.app_context(), db.engine.connect().execution_options(fangxin_writes=True) as opened:
        if kind == "sqlite":
            names = opened.execute(
                sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'log_%'")
            ).scalars()
            for name in names.all():
                opened.execute(sa.text(f"DROP TRIGGER {name}"))
        else:
            for table in ("log_leaf", "log_node", "log_head"):
                opened.execute(sa.text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        for statement in statements:
            opened.execute(statement)
        opened.commit()


def forged(app: Flask, position: int, **changed: Any) -> tuple[str, str]:
    """A leaf's content with something else in it, and its hash."""
    with app.app_context(), unit_of_work(read_only=True):
        content = json.loads(queries.entries(position, 1)[0].content) | changed
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text, merkle.leaf_hash(text.encode()).hex()


@pytest.mark.usefixtures("grown")
def test_control_an_honest_log_holds_and_may_grow(app: Flask, merge: Merge, clock: FixedClock) -> None:
    held = exported(app)
    assert judge(held) is None
    assert (len(held["heads"]), len(held["entries"])) == (5, 5)
    for note in held["heads"]:
        assert judge(held, note) is None
    clock.advance(days=2)
    merge()
    assert judge(exported(app), held["heads"][-1]) is None


@pytest.mark.usefixtures("grown")
def test_a_changed_leaf_is_found(app: Flask, database_kind: str) -> None:
    for changed in ({"act": "restore"}, {"on": "2026-01-01"}, {"certificate": "FX-X"}, {"ground": "G21"}):
        content, hashed = forged(app, 1, **changed)
        break_in(app, database_kind, sa.update(LogLeaf).filter_by(position=1).values(content=content, hash=hashed))
        assert "条目与树头不符" in (judge(exported(app)) or "")


@pytest.mark.usefixtures("grown")
def test_a_removed_leaf_is_found(app: Flask, database_kind: str) -> None:
    break_in(
        app,
        database_kind,
        sa.delete(LogLeaf).filter_by(position=1),
        sa.update(LogLeaf).where(LogLeaf.position > 1).values(position=LogLeaf.position + 10),
        sa.update(LogLeaf).where(LogLeaf.position > 10).values(position=LogLeaf.position - 11),
    )
    held = exported(app)
    assert len(held["entries"]) == 4
    assert "条目与树头不符" in (judge(held) or "")
    assert "缺少条目" in (judge({**held, "entries": held["entries"][:1]}) or "")


@pytest.mark.usefixtures("grown")
def test_a_back_dated_leaf_is_found(app: Flask, act: Act, merge: Merge, clock: FixedClock, database_kind: str) -> None:
    """Somebody sets the machine's clock back for an act and forward again: the leaf is whole, the signature right."""
    now = clock.now()
    clock.advance(hours=-3)
    with app.app_context(), unit_of_work():
        written = json.loads(queries.entries(4, 1)[0].content) | {"at": clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")}
        text = json.dumps(written, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        session().add(LogLeaf(certificate_no="FX", content=text, hash=merkle.leaf_hash(text.encode()).hex()))
    clock.set(now)
    merge()
    assert "倒签" in (judge(exported(app)) or "")


@pytest.mark.usefixtures("grown")
def test_a_rolled_back_log_is_found_by_who_kept_a_head(app: Flask, database_kind: str) -> None:
    kept = exported(app)["heads"][-1]
    break_in(
        app,
        database_kind,
        sa.delete(LogHead).where(LogHead.size > 3),
        sa.delete(LogLeaf).where(LogLeaf.position >= 3),
    )
    assert judge(exported(app)) is None, "without a kept head nobody could tell"
    assert "上次见到的树头不见了" in (judge(exported(app), kept) or "")


@pytest.mark.usefixtures("grown")
def test_a_log_rewritten_from_the_start_is_found_by_who_kept_a_head(
    app: Flask, merge: Merge, clock: FixedClock, database_kind: str
) -> None:
    """The operator holds the key, rewrites history whole and signs it anew: the perfect forgery."""
    kept = exported(app)["heads"][-1]
    content, hashed = forged(app, 4, act="restore", state="certified")
    break_in(
        app,
        database_kind,
        sa.delete(LogHead),
        sa.delete(LogNode),
        sa.update(LogLeaf).filter_by(position=4).values(content=content, hash=hashed),
        sa.update(LogLeaf).values(position=None),
    )
    merge()
    assert judge(exported(app)) is None, "without a kept head nobody could tell"
    assert "上次见到的树头不见了" in (judge(exported(app), kept) or "")


@pytest.mark.usefixtures("grown")
def test_no_head_is_signed_over_a_tree_that_was_changed(
    app: Flask, act: Act, merge: Merge, clock: FixedClock, database_kind: str
) -> None:
    break_in(app, database_kind, sa.update(LogNode).filter_by(level=0, number=4).values(hash=b"\0" * 32))
    before = len(exported(app)["heads"])
    clock.advance(days=1)
    with pytest.raises(LogBroken):
        merge()
    assert len(exported(app)["heads"]) == before


def test_a_leaf_changed_while_it_waits_does_not_enter(app: Flask, merge: Merge, database_kind: str, act: Act) -> None:
    break_in(app, database_kind, sa.update(LogLeaf).values(content='{"act":"revoke"}'))
    with pytest.raises(LogBroken):
        merge()
    assert exported(app)["heads"] == []


def test_the_clock_set_back_signs_nothing(app: Flask, act: Act, merge: Merge, clock: FixedClock) -> None:
    merge()
    act(certification.suspend, Ground.G04_FOOD_ACCIDENT)
    clock.advance(hours=-1)
    with pytest.raises(LogBroken), app.app_context():
        service.merge()


def test_a_placed_leaf_stays_where_it_is(app: Flask, merge: Merge, shop: Shop) -> None:
    merge()
    for statement in (
        sa.update(LogLeaf).values(position=7),
        sa.update(LogLeaf).values(position=None),
        sa.update(LogNode).values(hash=b"x" * 32),
        sa.delete(LogNode),
    ):
        with app.app_context(), db.engine.connect().execution_options(fangxin_writes=True) as opened:
            with pytest.raises(sa.exc.DBAPIError, match="append-only"):
                opened.execute(statement)
            opened.rollback()


def command(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.mark.usefixtures("grown")
def test_the_command_remembers_and_cries_out(app: Flask, merge: Merge, clock: FixedClock, tmp_path: Path) -> None:
    file, state = tmp_path / "log.json", tmp_path / "state.json"

    def write(held: dict[str, list[str]]) -> None:
        file.write_text(json.dumps(held), encoding="utf-8")

    honest = exported(app)
    write(honest)
    first = command("verify-log", file, "--state", state)
    assert (first.exit_code, "透明日志完整" in first.output) == (0, True), first.output
    write({**honest, "heads": honest["heads"][:3], "entries": honest["entries"][:3]})
    rolled_back = command("verify-log", file, "--state", state)
    assert (rolled_back.exit_code, "上次见到的树头不见了" in rolled_back.output) == (1, True)
    write({**honest, "entries": ["{}", *honest["entries"][1:]]})
    assert command("verify-log", file).exit_code == 1
    clock.advance(days=1)
    merge()
    write(exported(app))
    assert command("verify-log", file, "--state", state).exit_code == 0
    assert command("verify-log", file, "--key", "x+y+z").exit_code == 1
    for broken in ("", "[]", "{}", '{"keys": 1, "heads": 2, "entries": 3}'):
        file.write_text(broken)
        result = command("verify-log", file)
        assert (result.exit_code, "读不出来" in result.output) == (1, True), broken


@pytest.mark.usefixtures("grown")
def test_a_certificate_changed_by_hand_contradicts_the_log(app: Flask, shop: Shop, clock: FixedClock) -> None:
    entries = exported(app)["entries"]
    row = {"certificate": shop.certificate_no, "state": "revoked", "valid_until": "2029-01-04"}
    assert differences(entries, [row], clock.now()) == [], "the control"
    for changed in ({**row, "state": "certified"}, {**row, "valid_until": "2039-01-04"}):
        (found,) = differences(entries, [changed], clock.now())
        assert "不一致" in found
    (found,) = differences(entries, [row, {**row, "certificate": "FX-X"}], clock.now())
    assert "日志里却没有" in found
    before = clock.now() - timedelta(minutes=45)
    assert "名录里却没有" in differences(entries, [], before)[0]
    assert differences(entries, [{**row, "state": "rectifying"}], before) == [], "what came later is left out"
