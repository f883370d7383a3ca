"""Register files for tests: one right row, changed where a test wants it, as csv or xlsx."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import python_calamine
import xlsxwriter

from backend.kernel.identifiers import make_uscc
from backend.merchants.register_file.columns import COLUMNS

HEADERS = [column.header for column in COLUMNS]
Line = Mapping[str, Any]


def line(number: int = 1, **changed: Any) -> dict[str, Any]:
    """A right row by column key; every number has a unit, an entity and a station of its own."""
    return {
        "certificate_no": f"温放心2026-{number:05d}",
        "merchant_name": f"鹿城瓯和{number}商贸有限公司",
        "uscc": make_uscc("91330302", f"MA2T{number:04d}"),
        "unit_name": f"瓯和{number}百货店",
        "category": "商店",
        "county_code": "330302",
        "address": f"温州市鹿城区五马街道人民路{number}号",
        "lng": "120.655135",
        "lat": "28.015455",
        "phone": "0577-55501234",
        "website": "",
        "opening_hours": "9:00—21:00",
        "station_name": f"瓯和{number}维权联络站",
        "station_phone": "0577-55505678",
        "members": "王建国 19905771234；李海燕 19905775678",
        "commitments": "首问负责；先行赔付；维权联络站；绿色通道；无理由退货7",
        "issued_on": "2026-01-05",
        "valid_until": "2029-01-04",
        **changed,
    }


def write_csv(path: Path, lines: Sequence[Line], encoding: str = "utf-8-sig", headers: Sequence[str] = HEADERS) -> Path:
    with path.open("w", encoding=encoding, newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(headers)
        writer.writerows([row.get(column.key, "") for column in COLUMNS] for row in lines)
    return path


def write_xlsx(path: Path, lines: Sequence[Line]) -> Path:
    """Values keep their kind: numbers as numbers, dates as dates, the rest as text."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        sheet = workbook.add_worksheet()
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, HEADERS)
        for number, row in enumerate(lines, 1):
            for position, column in enumerate(COLUMNS):
                value = row.get(column.key, "")
                if hasattr(value, "year"):
                    sheet.write_datetime(number, position, value, day)
                else:
                    sheet.write(number, position, value)
    return path


def read_cells(path: Path) -> list[list[Any]]:
    """Every cell of a workbook's first sheet."""
    cells: list[list[Any]] = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    return cells
