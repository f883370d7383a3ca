"""The calendar's days are kept in the process: never those of a transaction that came to nothing, always those of the last notice."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from backend.access.actor import SYSTEM
from backend.app import create_app
from backend.casework import calendar
from backend.casework.service import publish_year
from backend.infrastructure.database import db, unit_of_work
from backend.infrastructure.settings import Settings
from backend.kernel.working_days import DayKind, WorkingCalendar

#: Mondays of 2027 that the two notices disagree about.
FIRST, SECOND = date(2027, 3, 1), date(2027, 3, 8)


@pytest.fixture
def second_app(settings: Settings) -> Iterator[Flask]:
    """What another process of the same installation is."""
    built = create_app(settings)
    yield built
    with built.app_context():
        db.session.remove()
        db.engine.dispose()


def _notice(off: date) -> calendar.Notice:
    return calendar.Notice(2027, {off: (DayKind.HOLIDAY, "试验")})


def _load() -> WorkingCalendar:
    with unit_of_work(read_only=True):
        return calendar.load()


class _Failed(Exception):
    pass


def _publish_in_vain(notice: calendar.Notice) -> None:
    with unit_of_work():
        publish_year(SYSTEM, notice, "一")
        assert calendar.load().is_holiday(FIRST), "the control: seen where it was written"
        raise _Failed


def test_a_notice_that_was_rolled_back_leaves_no_trace(app: Flask) -> None:
    with app.app_context():
        before = _load()
        with pytest.raises(_Failed):
            _publish_in_vain(_notice(FIRST))
        assert _load() == before
        with unit_of_work():
            publish_year(SYSTEM, _notice(SECOND), "二")
        assert not _load().is_holiday(FIRST)
        assert _load().is_holiday(SECOND)


def test_another_process_sees_the_notice_at_once(app: Flask, second_app: Flask) -> None:
    with second_app.app_context():
        assert not _load().is_holiday(FIRST)
    with app.app_context(), unit_of_work():
        publish_year(SYSTEM, _notice(FIRST), "一")
    with second_app.app_context():
        assert _load().is_holiday(FIRST)
