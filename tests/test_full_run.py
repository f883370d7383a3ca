"""The plugin that refuses skips, on small suites of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.full_run import LONGEST

ROOT = Path(__file__).resolve().parents[1]
SKIPPED_TEST = """
import pytest

def test_passes():
    pass

def test_skips():
    pytest.skip("no such program")

@pytest.mark.skip(reason="marked")
def test_is_marked():
    pass

@pytest.mark.xfail(reason="known", strict=True)
def test_is_known_to_fail():
    assert False
"""
SKIPPED_MODULE = 'import pytest\npytest.importorskip("no_such_module_anywhere")\n'


def outcome(folder: Path, source: str, *, full: bool) -> tuple[int, str]:
    """Exit status and words of a run of one test file."""
    (folder / "test_inner.py").write_text(source)
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **({"FANGXIN_FULL": "1"} if full else {})}
    command = [sys.executable, "-m", "pytest", "-p", "tests.full_run", "-p", "no:cacheprovider", "-q", "-rfE"]
    done = subprocess.run(
        [*command, f"--rootdir={folder}", "."], cwd=folder, env=environment, capture_output=True, text=True
    )
    return done.returncode, done.stdout


def test_a_full_run_refuses_skipped_tests(tmp_path: Path) -> None:
    status, words = outcome(tmp_path, SKIPPED_TEST, full=True)
    assert status == pytest.ExitCode.TESTS_FAILED
    assert "1 failed, 1 passed, 1 xfailed, 1 error" in words
    assert "no such program" in words


def test_a_full_run_refuses_skipped_modules(tmp_path: Path) -> None:
    status, words = outcome(tmp_path, SKIPPED_MODULE, full=True)
    assert status == pytest.ExitCode.INTERRUPTED
    assert "no_such_module_anywhere" in words


@pytest.mark.parametrize("source", [SKIPPED_TEST, SKIPPED_MODULE])
def test_control_an_ordinary_run_skips(tmp_path: Path, source: str) -> None:
    status, words = outcome(tmp_path, source, full=False)
    assert status in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}
    assert "failed" not in words.replace("xfailed", "")


def test_the_longest_come_first(tmp_path: Path) -> None:
    assert [start for start in LONGEST if not (ROOT / start).exists()] == []
    for name in ("tests/access/test_a.py", "tests/browser/test_b.py", "tests/browser/test_every_page.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("def test_one(): pass\n\ndef test_first_is_second(): pass\n")
    command = [sys.executable, "-m", "pytest", "-p", "tests.full_run", "--collect-only", "-q", f"--rootdir={tmp_path}"]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    done = subprocess.run([*command, "."], cwd=tmp_path, env=environment, capture_output=True, text=True)
    found = [line for line in done.stdout.splitlines() if "::" in line]
    assert [line.partition("::")[0].rpartition("/")[2] for line in found[::2]] == [
        "test_every_page.py", "test_b.py", "test_a.py",
    ]  # fmt: skip
    assert [line.partition("::")[2] for line in found[:2]] == ["test_one", "test_first_is_second"]
