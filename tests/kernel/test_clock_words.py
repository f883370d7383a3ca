"""Lengths of time in words."""

from datetime import timedelta

import pytest

from backend.kernel.clock import span


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(days=4), "4 天"),
        (timedelta(days=3, hours=4, minutes=59), "3 天 4 小时"),
        (timedelta(minutes=30), "30 分钟"),
        (timedelta(hours=1), "1 小时"),
        (timedelta(seconds=59), "不到 1 分钟"),
        (-timedelta(hours=2, minutes=5), "2 小时 5 分钟"),
    ],
)
def test_a_length_in_its_two_greatest_units(length: timedelta, words: str) -> None:
    assert span(length) == words
