"""Every step of a dispute has its words, for the people it concerns and for the office: a step without them breaks the page."""

import pytest

from backend.applications.lifecycle import APPLICATION
from backend.complaints.lifecycle import COMPLAINT, DELEGATION, SETTLEMENT
from backend.console import course
from backend.enrolments.lifecycle import ENROLMENT
from backend.kernel.transitions import Table
from backend.pages import case_steps


@pytest.mark.parametrize("words", [case_steps._STEPS, course._STEPS], ids=["pages", "console"])
@pytest.mark.parametrize("table", [SETTLEMENT, COMPLAINT, APPLICATION], ids=lambda table: table.name)
def test_every_step_has_words(table: Table, words: dict[str, dict[str, str]]) -> None:
    assert set(words[table.name]) == table.actions


@pytest.mark.parametrize("table", [DELEGATION, ENROLMENT], ids=lambda table: table.name)
def test_every_step_has_words_at_the_desk(table: Table) -> None:
    assert set(course._STEPS[table.name]) == table.actions
