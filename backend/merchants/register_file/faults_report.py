"""Writes spreadsheets for people: the list of faults beside the input, and the empty template."""

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from .columns import COLUMNS
from .rows import RowFault

#: Faults beyond these are only counted; a sheet has an end.
_MOST_LINES = 100_000
#: Whatever a cell holds is text; nothing becomes a formula or a link.
_TEXT_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def faults_path(register: Path) -> Path:
    """Where the list of faults of a register file is written: beside it."""
    return register.with_name(f"{register.stem}-问题清单.xlsx")


def write_faults(path: Path, faults: Sequence[RowFault]) -> None:
    """One line per fault: row, column, value, problem, what to do."""
    with xlsxwriter.Workbook(str(path), _TEXT_ONLY) as workbook:
        sheet = workbook.add_worksheet("问题清单")
        bold = workbook.add_format({"bold": True, "bg_color": "#F2DCDB", "text_wrap": True, "border": 1})
        wrapped = workbook.add_format({"text_wrap": True, "valign": "top", "border": 1})
        for position, (title, width) in enumerate(
            (("行号", 8), ("列", 18), ("原来的内容", 36), ("问题", 40), ("怎么改", 48))
        ):
            sheet.write_string(0, position, title, bold)
            sheet.set_column(position, position, width)
        sheet.freeze_panes(1, 0)
        listed = sorted(faults, key=lambda fault: fault.row)[:_MOST_LINES]
        if len(faults) > len(listed):
            rest = f"另有 {len(faults) - len(listed)} 处问题没有列出，请先改好上面的再导入。"
            sheet.write_string(len(listed) + 1, 3, rest, wrapped)
        for line, fault in enumerate(listed, 1):
            sheet.write_number(line, 0, fault.row, wrapped)
            problem = f"（提醒）{fault.problem}" if fault.warning else fault.problem
            for position, text in enumerate((fault.column, fault.value, problem, fault.advice), 1):
                sheet.write_string(line, position, text, wrapped)


def write_template(path: Path) -> None:
    """An empty register file whose headers carry their hints."""
    with xlsxwriter.Workbook(str(path), _TEXT_ONLY) as workbook:
        sheet = workbook.add_worksheet("放心消费单位")
        bold = workbook.add_format({"bold": True, "bg_color": "#DDEBE6", "border": 1})
        for position, column in enumerate(COLUMNS):
            sheet.write_string(0, position, column.header, bold)
            sheet.write_comment(0, position, column.hint)
            sheet.set_column(position, position, column.width)
        sheet.freeze_panes(1, 0)
