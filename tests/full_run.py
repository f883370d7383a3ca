"""pytest plugin (`-p tests.full_run`): with FANGXIN_FULL=1 a skipped test is a failed one.

On a developer's machine a test may skip what is not installed; where everything must be checked, a skip hides a hole.
"""

import os
from collections.abc import Generator

import pytest


def is_full() -> bool:
    """Whether nothing may be left out."""
    return os.environ.get("FANGXIN_FULL") == "1"


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
