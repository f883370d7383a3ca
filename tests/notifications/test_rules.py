"""When a notice waits for the morning, and when it does not."""

from datetime import UTC, date, datetime

import pytest

from backend.kernel.clock import SHANGHAI
from backend.notifications.rules import quiet_until, useful_until, waits


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A wall-clock time in Wenzhou, November 2026."""
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "hours", "until"),
    [
        (at(23, 20, 59), (21, 8), None),
        (at(23, 21), (21, 8), at(24, 8)),
        (at(23, 23, 59), (21, 8), at(24, 8)),
        (at(24, 0), (21, 8), at(24, 8)),
        (at(24, 7, 59), (21, 8), at(24, 8)),
        (at(24, 8), (21, 8), None),
        (at(24, 12, 30), (12, 14), at(24, 14)),
        (at(24, 14), (12, 14), None),
        (at(24, 3), (0, 0), None),
        (at(30, 22), (21, 8), datetime(2026, 12, 1, 8, tzinfo=SHANGHAI).astimezone(UTC)),
    ],
)
def test_the_quiet_hours(now: datetime, hours: tuple[int, int], until: datetime | None) -> None:
    assert quiet_until(now, hours) == until


def test_what_will_not_keep_until_the_morning_goes_out_at_night() -> None:
    night, hours = at(23, 22), (21, 8)
    assert waits(night, hours, urgent=False, ends_at=None) == at(24, 8)
    assert waits(night, hours, urgent=False, ends_at=at(24, 9)) == at(24, 8)
    assert waits(night, hours, urgent=False, ends_at=at(24, 8)) is None
    assert waits(night, hours, urgent=True, ends_at=None) is None


def test_a_notice_is_true_until_the_deadline_that_it_names() -> None:
    now = at(23, 10)
    assert useful_until({"due": at(24, 10)}, now) == at(24, 10)
    assert useful_until({"due": date(2026, 11, 23)}, now) == datetime(2026, 11, 23, 23, 59, 59, tzinfo=SHANGHAI)
    assert useful_until({"due": at(22, 10)}, now) is None, "a deadline that was missed is still missed"
    assert useful_until({"due": "", "case_no": "HJ-1"}, now) is None
