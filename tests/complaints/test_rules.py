"""What the law counts in disputes."""

from datetime import date

from backend.complaints.rules import oldest_day


def test_three_years_ago_is_a_day_also_on_the_leap_day() -> None:
    assert oldest_day(date(2026, 11, 23)) == date(2023, 11, 23)
    assert oldest_day(date(2028, 2, 29)) == date(2025, 2, 28)
