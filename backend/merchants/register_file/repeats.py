"""What only the whole file shows: numbers, units, entities and stations that contradict an earlier row."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from .columns import HEADER_OF
from .rows import RowFault, UnitRow


@dataclass(frozen=True)
class _Agreement:
    """Rows with the same `key` must have the same `value`. `problem` is given the first row and its value."""

    column: str
    key: Callable[[UnitRow], Hashable]
    value: Callable[[UnitRow], object]
    problem: str
    advice: str


def _once(row: UnitRow) -> object:
    """A value that no other row has."""
    return row.row


_AGREEMENTS = (
    _Agreement("certificate_no", lambda row: row.certificate_no, _once, "与第 {row} 行重复", "证书编号不能重复。"),
    _Agreement(
        "unit_name",
        lambda row: (row.uscc, row.unit_name, row.county_code),
        _once,
        "与第 {row} 行是同一家单位",
        "同一企业在同一县区的单位名称不能重复，请删掉一行，或在名称里写明分店。",
    ),
    _Agreement(
        "merchant_name",
        lambda row: row.uscc,
        lambda row: row.merchant_name,
        "同一信用代码在第 {row} 行的企业名称是“{value}”",
        "请核对信用代码和企业名称。",
    ),
    _Agreement(
        "station_phone",
        lambda row: (row.county_code, row.station_name),
        lambda row: row.station_phone,
        "同一联络站在第 {row} 行的电话是“{value}”",
        "一个联络站只有一个电话，请改成一样的。",
    ),
)


def without_repeats(rows: Sequence[UnitRow]) -> tuple[list[UnitRow], list[RowFault]]:
    """The rows that contradict none before them, and the faults of the others."""
    first: dict[tuple[str, Hashable], UnitRow] = {}
    kept: list[UnitRow] = []
    faults: list[RowFault] = []
    for row in rows:
        fault = next((fault for rule in _AGREEMENTS if (fault := _contradiction(rule, row, first))), None)
        if fault is not None:
            faults.append(fault)
            continue
        for rule in _AGREEMENTS:
            first.setdefault((rule.column, rule.key(row)), row)
        kept.append(row)
    return kept, faults


def _contradiction(rule: _Agreement, row: UnitRow, first: dict[tuple[str, Hashable], UnitRow]) -> RowFault | None:
    earlier = first.get((rule.column, rule.key(row)))
    if earlier is None or rule.value(earlier) == rule.value(row):
        return None
    problem = rule.problem.format(row=earlier.row, value=rule.value(earlier))
    return RowFault(row.row, HEADER_OF[rule.column], str(getattr(row, rule.column)), problem, rule.advice)
