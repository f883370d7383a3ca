"""pytest plugin (`-p tests.full_run`) for runs of everything: the longest files come first, and FANGXIN_FULL=1 makes a skipped
test a failed one.

Files are dealt out one after the other: a long one that is dealt last leaves the other processes idle.
On a developer's machine a test may skip what is not installed; where everything must be checked, a skip hides a hole.
"""

import os
from collections.abc import Generator

import pytest

#: Files, or folders of them, that take longest, the longest first.
LONGEST = (
    "tests/browser/test_every_page.py",
    "tests/browser",  # one after the other, since all of them share one city
    "tests/journeys/test_canary.py",
    "tests/api/test_schemathesis.py",
    "tests/demo/test_run.py",
    "tests/api",
    "tests/journeys/test_every_row.py",
    "tests/worker",
    "tests/migrations",
    "tests/faults",
    "tests/cli/test_units.py",
    "tests/journeys",
    "tests/badges",
    "tests/complaints",
    "tests/console",
    "tests/infrastructure/test_database.py",
    "tests/ratings",
    "tests/reports",
    "tests/wechat",
    "tests/retaliation",
    "tests/follow_up",
)


def is_full() -> bool:
    """Whether nothing may be left out."""
    return os.environ.get("FANGXIN_FULL") == "1"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest first; the others, and the tests within a file, stay in their order."""
    items.sort(key=lambda item: _place(item.nodeid))


def _place(nodeid: str) -> int:
    return next((place for place, start in enumerate(LONGEST) if nodeid.startswith(start)), len(LONGEST))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _refuse_skip(report)
    return report


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if not is_full() or report.outcome != "skipped" or hasattr(report, "wasxfail"):
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
    report.outcome = "failed"
    report.longrepr = f"skipped where nothing may be skipped (FANGXIN_FULL=1): {reason}"
