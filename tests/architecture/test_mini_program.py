"""The mini-program's files: types hold, the package stays small, and nothing of this machine or of a package is in it."""

import json
import subprocess
from pathlib import Path

import pytest

from scripts.node_packages import MINI_PROGRAM, node, provide

APP = MINI_PROGRAM / "app"
_MOST_BYTES = 500 * 1024


def _check_types(project: Path) -> subprocess.CompletedProcess[str]:
    compiler = MINI_PROGRAM / "node_modules" / "typescript" / "bin" / "tsc"
    return subprocess.run([str(node()), str(compiler), "-p", str(project)], capture_output=True, text=True, timeout=120)


def test_its_types_hold() -> None:
    provide(MINI_PROGRAM)
    done = _check_types(MINI_PROGRAM / "jsconfig.json")
    assert done.returncode == 0, done.stdout


def test_a_wrong_type_is_found(tmp_path: Path) -> None:
    """The control: the same settings refuse a program that asks a phone for what it does not have."""
    provide(MINI_PROGRAM)
    settings = json.loads((MINI_PROGRAM / "jsconfig.json").read_text(encoding="utf-8"))
    (tmp_path / "page.js").write_text("wx.noSuchThing({})\n", encoding="utf-8")
    options = {**settings["compilerOptions"], "typeRoots": [str(MINI_PROGRAM / "node_modules")]}
    (tmp_path / "jsconfig.json").write_text(json.dumps({"compilerOptions": options, "include": ["page.js"]}))
    done = _check_types(tmp_path / "jsconfig.json")
    assert done.returncode != 0
    assert "noSuchThing" in done.stdout


def test_the_package_is_small() -> None:
    size = sum(path.stat().st_size for path in APP.rglob("*") if path.is_file())
    assert 0 < size <= _MOST_BYTES


@pytest.mark.parametrize("kind", ["wxml", "json", "js"])
def test_every_page_has_its_files_and_no_file_is_alone(kind: str) -> None:
    """A page without a style of its own has no .wxss."""
    listed = set(json.loads((APP / "app.json").read_text(encoding="utf-8"))["pages"])
    have = {path.relative_to(APP).with_suffix("").as_posix() for path in (APP / "pages").rglob(f"index.{kind}")}
    assert have == listed
