"""The register's commands as an operator runs them: what they say, how they end, what they leave behind."""

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from flask import Flask

from backend.badges.model import Card
from backend.cli import main
from backend.infrastructure.database import Base, db
from backend.merchants.model import Unit
from backend.merchants.register_file import read_register
from tests.cli.conftest import Run
from tests.merchants.files import HEADERS, line, read_cells, write_csv, write_xlsx


def _everything(app: Flask) -> dict[str, int]:
    """Rows of every table, and the sum of the cards' revisions."""
    with app.app_context(), db.engine.connect() as connection:
        counts = {
            table.name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }
        return {**counts, "revisions": connection.scalar(sa.select(sa.func.sum(Card.revision))) or 0}


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_sample_has_the_plans_three_thousand(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"样本.{kind}"
    result = CliRunner().invoke(main, ["make-sample-units", str(path)])
    assert (result.exit_code, result.stdout) == (0, f"已写入 {path}，共 3000 家单位。\n")
    assert "3000/3000" in result.stderr
    register = read_register(path)
    assert (register.total, register.faults, register.warnings) == (3000, [], [])


def test_the_whole_sample_is_imported_and_again_changes_nothing(run: Run, running: Flask, tmp_path: Path) -> None:
    path = tmp_path / "样本.xlsx"
    run("make-sample-units", str(path))
    result = run("import-units", str(path))
    assert result.exit_code == 0, result.output
    assert "共 3000 行：新增 3000，更新 0，没有变化 0，未导入 0；新发标牌 3000 块。" in result.stdout
    after = _everything(running)
    assert (after["unit"], after["certificate"], after["plate"], after["card"]) == (3000,) * 4
    with running.app_context(), db.engine.connect() as connection:
        counties = connection.execute(sa.select(Unit.county_code).distinct()).all()
    assert len(counties) == 12
    result = run("import-units", str(path))
    assert "共 3000 行：新增 0，更新 0，没有变化 3000，未导入 0；新发标牌 0 块。" in result.stdout
    assert _everything(running) == after
    assert not list(tmp_path.glob("*问题清单*"))


def test_wrong_rows_are_listed_and_the_others_kept(run: Run, running: Flask, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "名录.xlsx", [line(1), line(2, category="酒店"), line(3)])
    result = run("import-units", str(path))
    assert result.exit_code == 0, result.output
    assert "共 3 行：新增 2，更新 0，没有变化 0，未导入 1" in result.stdout
    faults = tmp_path / "名录-问题清单.xlsx"
    assert f"问题清单：{faults}" in result.stdout
    assert read_cells(faults)[1][:4] == [3, "类别", "酒店", "没有这个类别"]
    assert _everything(running)["unit"] == 2


def test_all_or_nothing_ends_with_an_error(run: Run, running: Flask, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "名录.csv", [line(1), line(2, lat="x")])
    before = _everything(running)
    result = run("import-units", "--all-or-nothing", str(path))
    assert result.exit_code == 1
    assert "一行也没有导入" in result.output
    assert (tmp_path / "名录-问题清单.xlsx").exists()
    assert _everything(running) == before


def test_faults_that_cannot_be_listed_beside_the_file_are_shown(run: Run, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "名录.csv", [line(1), line(2, lat="x")])
    (tmp_path / "名录-问题清单.xlsx").mkdir()
    result = run("import-units", str(path))
    assert result.exit_code == 0
    assert "第 3 行，纬度“x”：纬度不是数字" in result.stderr


_BROKEN: dict[str, Callable[[Path], object]] = {
    "缺失.xlsx": lambda path: None,
    "文件夹.xlsx": lambda path: path.mkdir(),
    "空.xlsx": lambda path: path.write_bytes(b""),
    "文字.xlsx": lambda path: path.write_text("你好"),
    "错标题.csv": lambda path: write_csv(path, [line()], headers=["x", *HEADERS[1:]]),
    "乱码.csv": lambda path: path.write_bytes(b"\xff" * 50),
    "名录.doc": lambda path: path.write_bytes(b"x"),
}


@pytest.mark.databases_alike
def test_a_file_that_cannot_be_read_is_a_plain_message(run: Run, running: Flask, tmp_path: Path) -> None:
    before = _everything(running)
    for name, make in _BROKEN.items():
        make(tmp_path / name)
        result = run("import-units", str(tmp_path / name))
        assert result.exit_code == 1, name
        assert isinstance(result.exception, SystemExit), name
        assert result.stderr.splitlines()[-1].startswith("Error: "), name
        assert result.stderr.endswith("。\n"), name
    assert _everything(running) == before
    assert run("import-units", str(write_csv(tmp_path / "名录.csv", [line()]))).exit_code == 0, "the control"
    assert _everything(running) != before


@pytest.mark.parametrize("command", ["make-sample-units", "register-template"])
def test_a_file_that_cannot_be_written_is_a_plain_message(tmp_path: Path, command: str) -> None:
    for name in ("没有的文件夹/名录.xlsx", "没有的文件夹/名录.csv"):
        result = CliRunner().invoke(main, [command, str(tmp_path / name)])
        assert result.exit_code == 1
        assert "写不了" in result.stderr


def test_a_sample_is_a_spreadsheet_or_csv(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["make-sample-units", str(tmp_path / "样本.txt")])
    assert result.exit_code == 1
    assert "以 .xlsx 或 .csv 结尾" in result.stderr
    assert not (tmp_path / "样本.txt").exists()


def test_the_template_is_an_empty_register(tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"
    assert CliRunner().invoke(main, ["register-template", str(path)]).exit_code == 0
    assert read_cells(path) == [HEADERS]
