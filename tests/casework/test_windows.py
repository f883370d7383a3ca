"""Clocks in which nobody has to do anything: their end is no lateness, on no page and in no list."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask, render_template_string

from backend.applications.model import Application
from backend.casework.model import Case, Deadline, DeadlineState
from backend.infrastructure.database import unit_of_work
from backend.pages.case_steps import clocks

_BEGAN = datetime(2026, 10, 1, tzinfo=UTC)
_PAGE = """{% from "macros/clocks.html" import case_clocks %}{{ case_clocks(clocks) }}"""
_CHIP = """{% from "console/macros.html" import next_clock %}{{ next_clock(clocks[0]) }}"""


def _rules(kind: type[Case]) -> dict[str, bool]:
    """Clock → whether it is a window, over all rule sets of a kind of case."""
    return {code: rule.window for rules in kind.__clocks__.values() for code, rule in rules.items()}


def test_whoever_is_told_that_somebody_is_late_is_not_told_of_a_window(app: Flask) -> None:
    kinds = Case.__subclasses__()
    windows = {code for kind in kinds for code, window in _rules(kind).items() if window}
    assert {"N1", "Q5", "V1", "D1", "G1"} <= windows
    for kind in kinds:
        rules, table = _rules(kind), kind.__lifecycle__
        assert not [code for code in table.alerts if rules[code]], table.name
        started = {code for row in table.rows for code in row.starts if rules[code]}
        answered = {row.guard.removesuffix(" expired") for row in table.rows if row.guard}
        assert started <= answered, "a window that runs out has an end in the table"


@pytest.mark.parametrize(("code", "is_late"), [("Q5", False), ("Q1", True)], ids=["public notice", "the control"])
@pytest.mark.parametrize("state", list(DeadlineState)[::2], ids=["running", "stopped"])
def test_what_a_page_says_of_a_clock_that_ran_out(app: Flask, code: str, is_late: bool, state: DeadlineState) -> None:
    stopped = state is DeadlineState.STOPPED
    clock = Deadline(
        clock=code, rule_set="2026", state=state, started_at=_BEGAN, due_at=_BEGAN + timedelta(days=7),
        provisional=False, held_days=0, stopped_at=_BEGAN + timedelta(days=8) if stopped else None,
        breached_at=_BEGAN + timedelta(days=8),
    )  # fmt: skip
    case = Application()
    with app.test_request_context(), unit_of_work(read_only=True):
        shown = clocks(case, [clock])
        texts = [render_template_string(one, clocks=shown) for one in (_PAGE, *(() if stopped else (_CHIP,)))]
    for text in texts:
        assert ("late" in text) is is_late
        assert ("超" in text) is is_late
