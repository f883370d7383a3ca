"""Commands for plates as an operator runs them: issue, go on, export, and which keys hang where."""

import csv
import io
from pathlib import Path

import pytest
from flask import Flask

from backend.access.actor import SYSTEM
from backend.badges import orders
from backend.badges.rules import Placement
from backend.infrastructure.database import unit_of_work
from tests.cli.conftest import Run
from tests.merchants.files import line, write_csv


@pytest.fixture
def register(run: Run, running: Flask, tmp_path: Path) -> Path:
    """Five units, imported: each has a door plate."""
    path = tmp_path / "register.csv"
    write_csv(path, [line(number) for number in range(1, 6)])
    assert run("import-units", str(path)).exit_code == 0
    return path


def test_plates_are_issued_drawn_and_exported(run: Run, register: Path, tmp_path: Path) -> None:
    result = run("issue-plates", "--placement", "counter")
    assert result.exit_code == 0, result.output
    assert "5 家单位，5 块标牌。" in result.output
    assert "发放了 5 块。" in result.output
    number = result.output.split("订单 ")[1].split("：")[0]
    folder = tmp_path / "印刷"
    early = run("export-plates", number, str(folder))
    assert early.exit_code == 1
    assert "还有 5 块没有画好" in early.output
    assert run("draw-plates", "--processes", "1").exit_code == 0
    assert run("export-plates", number, str(folder)).exit_code == 0
    (folder,) = folder.iterdir()
    assert folder.name == f"{number}-1"
    rows = list(csv.DictReader(io.StringIO((folder / "清单.csv").read_text("utf-8-sig"))))
    assert len(rows) == 5
    assert all((folder / row["文件"]).read_bytes().startswith(b"\x89PNG") for row in rows)
    again = run("issue-plates", "--placement", "counter")
    assert again.exit_code == 1
    assert "没有符合条件的单位" in again.output


def test_an_interrupted_order_is_finished(run: Run, running: Flask, register: Path) -> None:
    with running.app_context(), unit_of_work():
        order = orders.order_for_many(SYSTEM, placement=Placement.TABLE, per_unit=50)
    with running.app_context(), unit_of_work():
        assert orders.issue_piece(order.id).issued == 200
    result = run("issue-plates", "--order", order.number)
    assert result.exit_code == 0, result.output
    assert "发放了 250 块。" in result.output
    assert run("issue-plates", "--order", "DZ20261123-0000013").exit_code == 1


def test_keys_say_what_hangs_on_them(run: Run, register: Path, environment: dict[str, str]) -> None:
    assert run("badge-keys").output == "密钥 1：在用 5 块，已作废 0 块；发新牌\n"
    old = environment["FANGXIN_BADGE_KEYS"]
    environment["FANGXIN_BADGE_KEYS"] = f"2:{old[2:]},{old}"
    run("issue-plates", "--placement", "table")
    lines = run("badge-keys").output.splitlines()
    assert lines == ["密钥 2：在用 5 块，已作废 0 块；发新牌", "密钥 1：在用 5 块，已作废 0 块；核对旧牌"]
    environment["FANGXIN_BADGE_KEYS"] = f"2:{old[2:]}"
    assert "密钥 1：在用 5 块，已作废 0 块；已撤下" in run("badge-keys").output
