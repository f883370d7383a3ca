"""Times, days and money as people read them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from backend.certification.rules import Standing
from backend.kernel.wording import left, local_day, local_time, yuan
from backend.pages.standing_look import LOOKS

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def test_an_instant_is_told_by_the_wall_clock_of_wenzhou() -> None:
    assert local_time(NOW) == "2026年11月23日 10:00"
    assert local_time(datetime(2026, 12, 31, 16, 5, tzinfo=UTC)) == "2027年1月1日 00:05"


def test_a_day_may_come_as_date_iso_text_or_instant() -> None:
    late = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)
    assert local_day(date(2026, 11, 23)) == local_day("2026-11-23") == local_day(late) == "2026年11月23日"


@pytest.mark.parametrize(("fen", "words"), [(0, "0 元"), (5, "0.05 元"), (123450, "1,234.50 元"), (-12800, "-128 元")])
def test_money(fen: int, words: str) -> None:
    assert yuan(fen) == words


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (timedelta(days=3, hours=4, minutes=59), "还剩 3 天 4 小时"),
        (timedelta(days=2), "还剩 2 天"),
        (timedelta(minutes=61), "还剩 1 小时 1 分钟"),
        (timedelta(seconds=30), "还剩 不到 1 分钟"),
        (timedelta(0), "还剩 不到 1 分钟"),
        (timedelta(seconds=-1), "已超期 不到 1 分钟"),
        (timedelta(days=-2), "已超期 2 天"),
    ],
)
def test_time_left(away: timedelta, words: str) -> None:
    assert left(NOW + away, NOW) == words


def test_every_standing_has_its_own_words_and_shape() -> None:
    assert set(LOOKS) == set(Standing)
    assert len({look.tone for look in LOOKS.values()}) == len({look.short for look in LOOKS.values()}) == len(Standing)
