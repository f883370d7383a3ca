"""The sample register: the plan's numbers, every county, codes that pass both checks, and files that read back as they were."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from backend.kernel.identifiers import COUNTIES, check_uscc
from backend.merchants.register_file import UnitRow, read_register
from backend.merchants.rules import PLAN_TARGETS, Category
from backend.merchants.sample_units import sample_rows, write_sample

TODAY = date(2026, 11, 23)
#: 温政办〔2017〕54号 二（一）
PLAN = {"市场": 110, "商店": 690, "网店": 690, "餐饮店": 850, "景区": 60, "化妆品经营单位": 600}


@pytest.fixture(scope="module")
def sample() -> list[UnitRow]:
    return list(sample_rows(TODAY))


def test_the_numbers_are_the_plans(sample: list[UnitRow]) -> None:
    assert Counter(row.category.zh for row in sample) == PLAN
    assert {category.zh: count for category, count in PLAN_TARGETS.items()} == PLAN
    assert len(sample) == 3000


def test_every_county_has_units_of_every_kind(sample: list[UnitRow]) -> None:
    assert len(COUNTIES) == 12
    found = Counter((row.category, row.county_code) for row in sample)
    assert set(found) == {(category, county) for category in Category for county in COUNTIES}


def test_codes_pass_both_checks_and_belong_to_their_county(sample: list[UnitRow]) -> None:
    assert all(check_uscc(row.uscc).inner_check_ok for row in sample)
    assert all(row.uscc[2:8] == row.county_code for row in sample)


def test_nothing_stands_twice(sample: list[UnitRow]) -> None:
    assert len({row.certificate_no for row in sample}) == 3000
    assert len({(row.uscc, row.unit_name, row.county_code) for row in sample}) == 3000
    assert {name for _, name in {(row.uscc, row.merchant_name) for row in sample}} == {
        row.merchant_name for row in sample
    }


def test_certificates_follow_the_plans_years_and_a_few_have_run_out(sample: list[UnitRow]) -> None:
    years = Counter(row.issued_on.year for row in sample)
    assert years[2017] == 1000
    assert set(years) == {2017, 2018, 2019, 2020}
    assert 0 < sum(row.valid_until < TODAY for row in sample) < 150
    assert all(row.issued_on < row.valid_until for row in sample)


def test_the_same_call_makes_the_same_rows(sample: list[UnitRow]) -> None:
    assert list(sample_rows(TODAY)) == sample
    assert list(sample_rows(TODAY, seed=1)) != sample, "the control"


def test_many_times_the_plan_still_finds_names() -> None:
    rows = list(sample_rows(TODAY, times=7))
    assert len({(row.uscc, row.unit_name) for row in rows}) == 21_000


def _plain(rows: Sequence[UnitRow]) -> list[UnitRow]:
    return sorted(rows, key=lambda row: row.row)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_written_file_reads_back_without_a_fault(sample: list[UnitRow], tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"名录.{kind}"
    shown: list[tuple[int, int]] = []
    write_sample(path, sample, len(sample), lambda done, total: shown.append((done, total)))
    register = read_register(path)
    assert (register.total, register.faults, register.warnings) == (3000, [], [])
    assert _plain(register.rows) == sample
    assert shown[-1] == (3000, 3000)
