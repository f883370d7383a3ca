"""The command line, as an operator uses it: an environment, a command, an exit code."""

import base64
import json
import os
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from flask import Flask

from backend.access.actor import SYSTEM
from backend.app import create_app
from backend.cli import main
from backend.infrastructure import audit, current
from backend.infrastructure.database import db, session, unit_of_work
from backend.infrastructure.idempotency import StoredReply
from backend.infrastructure.settings import load_settings
from tests.cli.conftest import Run


def _record(app: Flask, times: int = 1) -> None:
    with app.app_context():
        for number in range(times):
            with unit_of_work():
                audit.record(SYSTEM, "test.step", "test", str(number))


def _tamper(app: Flask, database_kind: str, statement: str) -> None:
    """What an insider with the database's own password can do: switch the triggers off and write."""
    with app.app_context(), db.engine.begin() as connection:
        if database_kind == "sqlite":
            connection.exec_driver_sql("DROP TRIGGER audit_entry_no_update")
            connection.exec_driver_sql("DROP TRIGGER audit_entry_no_delete")
        else:
            connection.exec_driver_sql("ALTER TABLE audit_entry DISABLE TRIGGER ALL")
        connection.exec_driver_sql(statement)


def test_wrong_settings_are_listed_in_plain_words(
    run: Run, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    environment["FANGXIN_SEALING_KEYS"] = "short"
    result = run("verify-audit")
    assert result.exit_code == 1
    assert "配置有误" in result.output
    assert "FANGXIN_SEALING_KEYS" in result.output


def test_help_needs_no_settings() -> None:
    result = CliRunner().invoke(main, ["--help"])
    assert result.exit_code == 0
    for command in ("worker", "upgrade", "rotate-sealing-keys", "audit-anchor", "verify-audit"):
        assert command in result.output


def test_the_chain_holds_until_somebody_changes_a_row(
    run: Run, running: Flask, database_kind: str, tmp_path: Path
) -> None:
    _record(running, 3)
    anchors = tmp_path / "anchors.jsonl"
    assert run("audit-anchor", str(anchors)).exit_code == 0
    result = run("verify-audit", "--anchors", str(anchors))
    assert (result.exit_code, result.output) == (0, "审计链完整。\n")
    _tamper(running, database_kind, "UPDATE audit_entry SET ground = 'changed' WHERE position = 2")
    result = run("verify-audit")
    assert result.exit_code == 1
    assert "第 2 条：内容被改动" in result.output


def test_a_cut_tail_is_found_by_the_anchor_alone(run: Run, running: Flask, database_kind: str, tmp_path: Path) -> None:
    _record(running, 3)
    anchors = tmp_path / "anchors.jsonl"
    run("audit-anchor", str(anchors))
    _tamper(running, database_kind, "DELETE FROM audit_entry WHERE position = 3")
    assert run("verify-audit").exit_code == 0  # the control: a chain does not know its own length
    result = run("verify-audit", "--anchors", str(anchors))
    assert result.exit_code == 1
    assert "末尾的记录被删除" in result.output


def test_an_older_anchor_finds_a_chain_that_was_written_anew(
    run: Run, running: Flask, database_kind: str, tmp_path: Path
) -> None:
    _record(running, 2)
    anchors = tmp_path / "anchors.jsonl"
    run("audit-anchor", str(anchors))
    _tamper(running, database_kind, "DELETE FROM audit_entry")
    _record(running, 3)
    run("audit-anchor", str(anchors))
    assert len(anchors.read_text().splitlines()) == 2
    assert run("verify-audit").exit_code == 0
    result = run("verify-audit", "--anchors", str(anchors))
    assert result.exit_code == 1
    assert "整条链被重写" in result.output


@pytest.mark.parametrize("content", ["", "{", json.dumps({"anchors": [1]}), json.dumps({"anchors": {"330300": ["x"]}})])
def test_an_unreadable_anchor_file_is_no_proof(run: Run, running: Flask, tmp_path: Path, content: str) -> None:
    file = tmp_path / "anchors.jsonl"
    file.write_text(content)
    result = run("verify-audit", "--anchors", str(file))
    assert result.exit_code == 1
    assert "锚点文件" in result.output


def test_sealed_values_are_put_under_the_first_key(run: Run, running: Flask, environment: dict[str, str]) -> None:
    with running.app_context(), unit_of_work():
        for number in range(5):
            row = StoredReply(caller="a", key=f"key-{number}", request_hash="", made_at=current.now())
            row.body = f"reply {number}"
            session().add(row)
    environment["FANGXIN_SEALING_KEYS"] = (
        f"2:{base64.b64encode(os.urandom(32)).decode()},{environment['FANGXIN_SEALING_KEYS']}"
    )
    result = run("rotate-sealing-keys", "--batch", "2")
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[-1].startswith("完成，共重新加密 5 条")
    environment["FANGXIN_SEALING_KEYS"] = environment["FANGXIN_SEALING_KEYS"].partition(",")[0]
    newest = create_app(load_settings(environment))
    with newest.app_context():
        with unit_of_work(read_only=True):
            bodies = [row.body for row in session().scalars(sa.select(StoredReply).order_by(StoredReply.key))]
        db.engine.dispose()
    assert bodies == [f"reply {number}" for number in range(5)]
    assert run("rotate-sealing-keys").output.startswith("完成，共重新加密 0 条")
