"""Writes rows as a register file, xlsx or csv by the file's ending."""

import csv
from collections.abc import Callable, Iterable
from pathlib import Path

import xlsxwriter

from backend.merchants.register_file.columns import COLUMNS
from backend.merchants.register_file.rows import UnitRow


def write_sample(
    path: Path, rows: Iterable[UnitRow], total: int, progress: Callable[[int, int], None] = lambda done, total: None
) -> None:
    """Write the rows as a register file.

    progress   called with (rows done, rows in all)
    """
    lines = _with_progress(rows, total, progress)
    if path.suffix.lower() == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as handle:
            writer = csv.writer(handle)
            writer.writerow([column.header for column in COLUMNS])
            writer.writerows(lines)
        return
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with path.open("wb") as target, xlsxwriter.Workbook(target, options) as workbook:
        sheet = workbook.add_worksheet("放心消费单位")
        bold = workbook.add_format({"bold": True, "bg_color": "#DDEBE6"})
        for position, column in enumerate(COLUMNS):
            sheet.write_string(0, position, column.header, bold)
            sheet.set_column(position, position, column.width)
        for number, line in enumerate(lines, 1):
            for position, value in enumerate(line):
                sheet.write_string(number, position, value)


def _with_progress(rows: Iterable[UnitRow], total: int, progress: Callable[[int, int], None]) -> Iterable[list[str]]:
    for done, row in enumerate(rows, 1):
        yield [_cell(row, column.key) for column in COLUMNS]
        if done % 200 == 0 or done == total:
            progress(done, total)


def _cell(row: UnitRow, key: str) -> str:
    if key == "category":
        return row.category.zh
    if key == "members":
        return "；".join(f"{member.name} {member.phone}" for member in row.members)
    if key == "commitments":
        return "；".join(f"{commitment.zh}{days or ''}" for commitment, days in row.commitments)
    value = getattr(row, key)
    return "" if value is None else str(value)
