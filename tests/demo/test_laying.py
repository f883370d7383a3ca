"""Every share of the plan's numbers has enough units of the old town for the demonstration's history."""

from datetime import date

import pytest

from backend.demo.laying import numbers
from backend.merchants.rules import Category
from backend.merchants.sample_units import sample_rows

_LUCHENG = "330302"


@pytest.mark.parametrize("share", [1, 5, 12, 28, 30, 60, 200])
@pytest.mark.parametrize("day", [date(2026, 8, 20), date(2027, 2, 28)])
def test_there_are_shops_enough(share: int, day: date) -> None:
    rows = [row for row in sample_rows(day, targets=numbers(share)) if row.county_code == _LUCHENG]
    standing = [row.category for row in rows if row.valid_until is not None and (row.valid_until - day).days > 300]
    assert len(standing) >= 12
    assert len([kind for kind in standing if kind not in {Category.RESTAURANT, Category.COSMETICS}]) >= 8
    assert {Category.MARKET, Category.SHOP} <= set(standing)
