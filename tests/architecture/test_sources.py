"""The rules of `sources` hold in the whole application, and each would notice a violation."""

import re

import pytest

from tests.architecture.sources import (
    LONGEST_FILE,
    Rule,
    Source,
    files_are_short,
    names_say_something,
    no_programs_started,
    one_clock,
    sources,
    statements_take_parameters,
    states_change_by_lifecycle,
    templates_are_files,
    transactions_have_one_owner,
)

#: Rule → file that may break it, with the reason.
ALLOWED: dict[Rule, dict[str, str]] = {
    transactions_have_one_owner: {"backend/infrastructure/database.py": "the unit of work itself"},
    one_clock: {"backend/kernel/clock.py": "the clock itself"},
    states_change_by_lifecycle: {
        "backend/casework/service.py": "where lifecycles are applied",
        "backend/notifications/service.py": "a notice is no case",
        "backend/kernel/errors.py": "NotPossibleNow tells the state, it has none",
        "backend/infrastructure/leasing.py": "work rows (jobs, notices) are no cases",
    },
    templates_are_files: {},
    no_programs_started: {
        "backend/infrastructure/pdfs.py": "its own interpreter with a file of its own, to open a stranger's PDF within bounds",
    },
    statements_take_parameters: {
        "backend/infrastructure/database.py": "pragmas from a constant list: SQLite takes no parameters there",
    },
    files_are_short: {},
    names_say_something: {},
}

VIOLATIONS: list[tuple[Rule, str]] = [
    (transactions_have_one_owner, "session().commit()"),
    (transactions_have_one_owner, "def f(s):\n    s.rollback()"),
    (one_clock, "from datetime import datetime\nat = datetime.now()"),
    (one_clock, "import datetime\nat = datetime.datetime.now(datetime.UTC)"),
    (one_clock, "from datetime import date\nread = date.today"),
    (one_clock, "import time\nat = time.time()"),
    (one_clock, "from time import time"),
    (states_change_by_lifecycle, 'case.state = "closed"'),
    (states_change_by_lifecycle, 'first = case.state = "closed"'),
    (states_change_by_lifecycle, 'case.state, case.since = "closed", now'),
    (states_change_by_lifecycle, 'setattr(case, "state", "closed")'),
    (states_change_by_lifecycle, 'session().execute(sa.update(Case).where(True).values(state="closed"))'),
    (templates_are_files, "render_template_string(typed)"),
    (templates_are_files, 'flask.render_template_string(f"<p>{typed}")'),
    (templates_are_files, "Markup(typed)"),
    (no_programs_started, "import subprocess"),
    (no_programs_started, "from subprocess import run"),
    (no_programs_started, "import os\nos.system(typed)"),
    (statements_take_parameters, 'sa.text(f"SELECT {typed}")'),
    (statements_take_parameters, 'connection.execute("SELECT " + typed)'),
    (statements_take_parameters, 'sa.text("SELECT %s" % typed)'),
    (statements_take_parameters, 'sa.text("SELECT {}".format(typed))'),
    (files_are_short, "\n" * (LONGEST_FILE + 1)),
]
HARMLESS: list[tuple[Rule, str]] = [
    (one_clock, "import time\nbegan = time.monotonic()\nnow = current.now()"),
    (states_change_by_lifecycle, 'if case.state == "closed":\n    state = case.state'),
    (templates_are_files, 'Markup("&nbsp;")'),
    (statements_take_parameters, 'sa.text("SELECT :x")'),
]


def _title(value: object) -> str:
    return getattr(value, "__name__", "")


@pytest.mark.parametrize("rule", ALLOWED, ids=_title)
def test_the_application_keeps_the_rule(rule: Rule) -> None:
    allowed = ALLOWED[rule]
    found = [broken for source in sources("backend") if source.path not in allowed for broken in rule(source)]
    assert not found, f"{rule.__doc__}\n" + "\n".join(found)


@pytest.mark.parametrize(("rule", "text"), VIOLATIONS, ids=_title)
def test_control_a_violation_is_seen(rule: Rule, text: str) -> None:
    assert list(rule(Source("backend/planted.py", text)))


@pytest.mark.parametrize(("rule", "text"), HARMLESS, ids=_title)
def test_control_what_is_harmless_passes(rule: Rule, text: str) -> None:
    assert not list(rule(Source("backend/planted.py", text)))


@pytest.mark.parametrize(
    "path", ["backend/utils.py", "backend/reports/helpers/__init__.py", "backend/calendar/__init__.py"]
)
def test_control_a_name_that_says_nothing_is_seen(path: str) -> None:
    assert list(names_say_something(Source(path, "")))


def test_what_a_case_number_begins_with_says_what_it_is() -> None:
    begins = re.compile(r'new_case_number\("([A-Z]{2})"|^PREFIX = "([A-Z]{2})"', re.MULTILINE)
    found = [one for source in sources("backend") for pair in begins.findall(source.text) for one in pair if one]
    assert len(found) > 20
    assert len(found) == len(set(found)), sorted(found)


def test_every_exception_is_still_needed() -> None:
    """An allowed file that no longer breaks the rule leaves the list."""
    needless = [
        f"{path} ({rule.__name__})"  # type: ignore[attr-defined]
        for rule, allowed in ALLOWED.items()
        for path in allowed
        if not any(list(rule(source)) for source in sources("backend") if source.path == path)
    ]
    assert not needless
