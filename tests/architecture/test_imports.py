"""The import contracts of setup.cfg hold, and each of them would notice a violation."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: (contract, file that gets a line, the line)
VIOLATIONS = [
    ("downwards only", "backend/accounts/queries.py", "import backend.badges.service"),
    ("downwards only", "backend/complaints/queries.py", "import backend.ratings.queries"),
    ("downwards only", "backend/newcomer/__init__.py", ""),
    ("is pure", "backend/certification/rules.py", "import sqlalchemy"),
    ("is pure", "backend/complaints/clocks.py", "import backend.casework.service"),
    ("is pure", "backend/access/decide.py", "import flask"),
    ("WeChat's library", "backend/notifications/delivery.py", "import wechatpy"),
    ("draws codes", "backend/merchants/queries.py", "import qrcode"),
    ("open pictures", "backend/complaints/queries.py", "import PIL"),
    ("stand-in for WeChat", "backend/infrastructure/api.py", "import wechat_double"),
    ("stand-in for WeChat", "wechat_double/state.py", "import backend.kernel.clock"),
]


def lint(folder: Path) -> tuple[int, str]:
    """Exit status and words of import-linter on the tree in `folder`, and on no other."""
    program = Path(sys.executable).with_name("lint-imports")
    # The folder goes before the editable installation, whose packages have the same names.
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(folder), "COLUMNS": "200"}
    done = subprocess.run(
        [str(program), "--no-cache", "--config", "setup.cfg"],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return done.returncode, " ".join(done.stdout.split())


@pytest.fixture(scope="module")
def copied_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the contracts speak about."""
    folder = tmp_path_factory.mktemp("tree")
    for package in ("backend", "wechat_double"):
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__", "static"))
    shutil.copy(ROOT / "setup.cfg", folder)
    return folder


def test_the_contracts_hold(copied_tree: Path) -> None:
    status, words = lint(copied_tree)
    assert status == 0, words


@pytest.mark.parametrize(("contract", "file", "line"), VIOLATIONS)
def test_control_a_violation_is_seen(copied_tree: Path, contract: str, file: str, line: str) -> None:
    path = copied_tree / file
    before = path.read_bytes() if path.exists() else None
    path.parent.mkdir(exist_ok=True)
    path.write_bytes((before or b"") + f"\n{line}\n".encode())
    try:
        status, words = lint(copied_tree)
    finally:
        if before is None:
            shutil.rmtree(path.parent)
        else:
            path.write_bytes(before)
    assert status != 0
    broken = words.partition("Broken contracts")[2]
    assert contract in broken
    assert (line.removeprefix("import ") or "backend.newcomer") in broken
