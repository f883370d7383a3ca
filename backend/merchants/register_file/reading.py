"""Opens a register file (xlsx or csv), refuses what cannot be one, and checks every row."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import python_calamine

from backend.kernel.errors import InvalidInput

from .columns import BY_HEADER, COLUMNS
from .repeats import without_repeats
from .rows import RowFault, UnitRow, parse_row
from .workbook_guard import Broken, TooLarge, look_over

MOST_BYTES = 50 * 1024 * 1024
MOST_ROWS = 200_000
#: Lines with the empty ones among them, as many as a spreadsheet has.
_MOST_LINES = 1_048_576
Progress = Callable[[int, int], None]


@dataclass
class Register:
    """What a file holds: checked rows, faults of the others, warnings about rows that are kept."""

    rows: list[UnitRow] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)
    warnings: list[RowFault] = field(default_factory=list)
    total: int = 0


def read_register(path: Path, progress: Progress = lambda done, total: None) -> Register:
    """Read and check a whole file.

    progress   called with (rows done, rows in all)
    raises     InvalidInput when the file as a whole cannot be read, in Chinese, with what to do
    """
    lines = _lines(path)
    header = _header([str(cell or "").strip() for cell in (lines[0] if lines else [])])
    register = Register(total=sum(1 for line in lines[1:] if any(_filled(cell) for cell in line)))
    if register.total == 0:
        raise InvalidInput("register_empty", "表里没有单位，请在标题行下面逐行填写。")
    if register.total > MOST_ROWS:
        raise InvalidInput("register_too_long", f"一次最多导入 {MOST_ROWS} 行，请分成几个文件。")
    done = 0
    for number, line in enumerate(lines[1:], 2):
        if not any(_filled(cell) for cell in line):
            continue
        parsed = parse_row(number, {key: line[position] for key, position in header.items() if position < len(line)})
        if isinstance(parsed, UnitRow):
            register.rows.append(parsed)
            register.warnings += parsed.warnings
        else:
            register.faults += parsed
        done += 1
        if done % 200 == 0 or done == register.total:
            progress(done, register.total)
    register.rows, repeated = without_repeats(register.rows)
    register.faults += repeated
    return register


def _lines(path: Path) -> Sequence[Sequence[Any]]:
    if path.is_dir():
        raise InvalidInput("register_folder", f"{path.name} 是文件夹，请写明里面的哪个文件。")
    if not path.is_file():
        raise InvalidInput("register_missing", f"没有找到文件 {path.name}，请检查路径。")
    suffix = path.suffix.lower()
    if suffix not in {".csv", ".xlsx"}:
        raise InvalidInput("register_kind", "只能导入 .xlsx 或 .csv 文件，请在表格软件里另存为 .xlsx。")
    if path.stat().st_size > MOST_BYTES:
        raise InvalidInput("register_too_large", "文件超过 50 MB，请分成几个文件。")
    try:
        if path.stat().st_size == 0:
            raise InvalidInput("register_empty", "这个文件是空的，请检查是不是选错了文件。")
        return list(_csv_lines(path.read_bytes())) if suffix == ".csv" else _xlsx_lines(path)
    except OSError:
        raise InvalidInput("register_unreadable", f"文件 {path.name} 读不了，请检查权限。") from None


def _csv_lines(content: bytes) -> Iterator[list[str]]:
    if b"\0" in content:
        raise InvalidInput("register_broken", "这不是文本的 CSV 文件，请在表格软件里重新另存。")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise InvalidInput("register_encoding", "CSV 的文字编码认不出来，请另存为“CSV UTF-8”。")
    try:
        for number, line in enumerate(csv.reader(io.StringIO(text, newline="")), 1):
            if number > _MOST_LINES:
                raise InvalidInput("register_too_long", f"一次最多导入 {MOST_ROWS} 行，请分成几个文件。")
            yield line
    except csv.Error:
        raise InvalidInput("register_broken", "CSV 文件有损坏，请在表格软件里重新另存。") from None


def _xlsx_lines(path: Path) -> Sequence[Sequence[Any]]:
    broken = InvalidInput("register_broken", "这个 Excel 文件打不开，可能已损坏或不是 .xlsx，请重新另存后再试。")
    try:
        look_over(path)
    except Broken:
        raise broken from None
    except TooLarge:
        raise InvalidInput("register_too_large", "这个文件解开后太大，请删掉多余的行和列，或分成几个文件。") from None
    try:
        workbook = python_calamine.CalamineWorkbook.from_path(str(path))
        lines: list[list[Any]] = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except Exception:  # noqa: BLE001 - the reader raises many kinds for a damaged file
        raise broken from None
    return lines


def _header(cells: Sequence[str]) -> dict[str, int]:
    positions: dict[str, int] = {}
    for position, text in enumerate(cells):
        column = BY_HEADER.get(text.split("（")[0].strip(" *"))
        if column is None:
            continue
        if column.key in positions:
            raise InvalidInput("register_header_repeated", f"标题“{column.header}”出现了两次，请删掉一列。")
        positions[column.key] = position
    missing = [column.header for column in COLUMNS if column.required and column.key not in positions]
    if missing:
        raise InvalidInput("register_header_missing", f"第一行缺少这些标题：{'、'.join(missing)}。请使用导入模板。")
    return positions


def _filled(cell: Any) -> bool:
    return cell is not None and str(cell).strip() != ""
