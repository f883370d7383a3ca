"""Lifecycles as tables: the real ones keep every invariant, and each planted mistake is found."""

import importlib
import pkgutil

import pytest

import backend
from backend.kernel.errors import NotPossibleNow
from backend.kernel.transitions import Row, Table, step, violations

_LIFECYCLES = [
    found.name for found in pkgutil.walk_packages(backend.__path__, "backend.") if found.name.endswith(".lifecycle")
]


def _tables(name: str) -> list[Table]:
    return [value for value in vars(importlib.import_module(name)).values() if isinstance(value, Table)]


def test_there_are_lifecycles() -> None:
    assert len(_LIFECYCLES) >= 4


@pytest.mark.parametrize("name", _LIFECYCLES)
def test_the_real_tables_keep_every_invariant(name: str) -> None:
    tables = _tables(name)
    assert tables
    for table in tables:
        assert list(violations(table)) == []


def _table(
    *rows: Row, closed: frozenset[str] = frozenset({"done"}), states: tuple[str, ...] = ("open", "done")
) -> Table:
    return Table("t", "样例", {state: state for state in states}, rows, closed, withdraw="leave", alerts={"X": "提醒"})


_OPEN = Row("open", None, "open", starts=("X",))
_CLOSE = Row("close", "open", "done", stops=("X",))
_LEAVE = Row("leave", "open", "done", stops=("X",))


def test_a_sound_table_has_no_violation_and_steps_as_written() -> None:
    sound = _table(_OPEN, _CLOSE, _LEAVE)
    assert list(violations(sound)) == []
    assert step(sound, "open", "close") is _CLOSE
    with pytest.raises(NotPossibleNow):
        step(sound, "done", "close")


@pytest.mark.parametrize(
    ("planted", "words"),
    [
        (_table(_OPEN, _CLOSE, _CLOSE, _LEAVE), "two rows"),
        (_table(_OPEN, _CLOSE, _LEAVE, Row("go", "open", "nowhere", stops=("X",))), "not declared"),
        (_table(_OPEN, _CLOSE, _LEAVE, states=("open", "lost", "done")), "never reached"),
        (_table(_OPEN, _CLOSE, _LEAVE, Row("again", "done", "open", starts=("X",))), "has an exit"),
        (_table(_OPEN, closed=frozenset(), states=("open",)), "never close"),
        (_table(_OPEN, _CLOSE), "cannot be left"),
        (_table(Row("open", None, "open"), Row("close", "open", "done"), Row("leave", "open", "done")), "has no clock"),
        (_table(_OPEN, _LEAVE, Row("close", "open", "done")), "closes while"),
        (_table(_OPEN, _LEAVE, Row("close", "open", "done", stops=("X", "Y"))), "not running"),
        (_table(Row("open", None, "open", starts=("Z",)), Row("leave", "open", "done", stops=("Z",))), "expiry of Z"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_planted_mistake_is_found(planted: Table, words: str) -> None:
    assert any(words in found for found in violations(planted)), violations(planted)
