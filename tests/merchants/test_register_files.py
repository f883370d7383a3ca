"""Whole register files: what cannot be one is refused in plain words, and what only the whole file shows is found."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from backend.kernel.errors import InvalidInput
from backend.merchants.register_file import Register, RowFault, read_register, write_faults
from backend.merchants.register_file.faults_report import write_template
from tests.merchants.files import HEADERS, line, read_cells, write_csv, write_xlsx

Write = Callable[[Path, list[dict[str, Any]]], Path]


def _empty_header(path: Path) -> None:
    write_csv(path, [line()], headers=["x", *HEADERS[1:]])


def _repeated_header(path: Path) -> None:
    write_csv(path, [line()], headers=[*HEADERS[:-1], HEADERS[0]])


def _half_an_archive(path: Path) -> None:
    write_xlsx(path, [line(number) for number in range(1, 40)])
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _flipped_bytes(path: Path) -> None:
    write_xlsx(path, [line(number) for number in range(1, 40)])
    content = bytearray(path.read_bytes())
    content[200:260] = bytes(60)
    path.write_bytes(content)


def _another_archive(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")


def _old_excel(path: Path) -> None:
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4000))


def _sheet(path: Path, sheet: str, *, first: str = "") -> None:
    """A workbook whose only sheet is this text."""
    whole = io.BytesIO()
    with xlsxwriter.Workbook(whole) as workbook:
        workbook.add_worksheet()
    with zipfile.ZipFile(whole) as made, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as changed:
        for entry in made.infolist():
            text = made.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                body = (
                    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
                    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
                    f"{first}<sheetData>{sheet}</sheetData></worksheet>"
                )
                text = body.encode()
            changed.writestr(entry.filename, text)


def _far_corner(path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, HEADERS)
        sheet.write_string(1_048_575, 16_383, "x")


def _beyond_any_corner(path: Path) -> None:
    _sheet(path, '<row r="1"><c r="A1"><v>1</v></c><c r="ZZZZZZ999999999"><v>1</v></c></row>')


def _far_row_without_places(path: Path) -> None:
    _sheet(path, '<row r="4000000000"><c><v>1</v></c><c><v>1</v></c></row>')


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/media/a.bin", "w") as part:
        for _ in range(501):
            part.write(bytes(1024 * 1024))


def _lying_bomb(path: Path) -> None:
    """Its directory says that the sheet is short."""
    _sheet(path, '<row r="1"><c r="A1"><v>1</v></c></row>' + " " * 1_000_000)
    content = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    path.write_bytes(content.replace(size.to_bytes(4, "little"), (500).to_bytes(4, "little")))


BROKEN: list[tuple[str, Callable[[Path], object], str]] = [
    ("缺失.xlsx", lambda path: None, "register_missing"),
    ("文件夹.xlsx", lambda path: path.mkdir(), "register_folder"),
    ("空.xlsx", lambda path: path.write_bytes(b""), "register_empty"),
    ("空.csv", lambda path: path.write_bytes(b""), "register_empty"),
    ("名录.xls", lambda path: path.write_bytes(b"x"), "register_kind"),
    ("名录.pdf", lambda path: path.write_bytes(b"%PDF-1.7"), "register_kind"),
    ("文字.xlsx", lambda path: path.write_text("你好"), "register_broken"),
    ("旧版.xlsx", _old_excel, "register_broken"),
    ("半截.xlsx", _half_an_archive, "register_broken"),
    ("坏字节.xlsx", _flipped_bytes, "register_broken"),
    ("别的压缩包.xlsx", _another_archive, "register_broken"),
    ("炸弹.xlsx", _bomb, "register_too_large"),
    ("说谎的炸弹.xlsx", _lying_bomb, "register_broken"),
    ("远角.xlsx", _far_corner, "register_too_large"),
    ("更远角.xlsx", _beyond_any_corner, "register_too_large"),
    ("远行.xlsx", _far_row_without_places, "register_too_large"),
    ("错标题.csv", _empty_header, "register_header_missing"),
    ("重复标题.csv", _repeated_header, "register_header_repeated"),
    ("只有标题.csv", lambda path: write_csv(path, []), "register_empty"),
    ("只有标题.xlsx", lambda path: write_xlsx(path, []), "register_empty"),
    ("双字节.csv", lambda path: write_csv(path, [line()], "utf-16"), "register_broken"),
    ("乱码.csv", lambda path: path.write_bytes(b"\xff" * 50), "register_encoding"),
    ("西文.csv", lambda path: path.write_bytes("Numéro;Société\n1;é\n".encode("latin-1")), "register_"),
    ("巨大.csv", lambda path: _sparse(path, 50 * 1024 * 1024 + 1), "register_too_large"),
    ("太长.csv", lambda path: path.write_text(",".join(HEADERS) + "\nx" * 200_001), "register_too_long"),
    ("空行.csv", lambda path: path.write_text(",".join(HEADERS) + "\n" * 1_100_000), "register_too_long"),
    ("一格太大.csv", lambda path: path.write_text(",".join(HEADERS) + "\n" + "x" * 200_000), "register_broken"),
]


def _sparse(path: Path, size: int) -> None:
    with path.open("wb") as handle:
        handle.truncate(size)


@pytest.mark.parametrize(("name", "make", "code"), BROKEN, ids=[name for name, _, _ in BROKEN])
def test_what_cannot_be_a_register_is_refused(
    tmp_path: Path, name: str, make: Callable[[Path], object], code: str
) -> None:
    path = tmp_path / name
    make(path)
    with pytest.raises(InvalidInput) as refused:
        read_register(path)
    assert refused.value.code.startswith(code)
    assert refused.value.message.endswith("。")


def test_formatted_empty_cells_in_the_far_corner_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "名录.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet()
        grey = workbook.add_format({"bg_color": "#EEEEEE"})
        for row, values in enumerate([HEADERS, list(line().values())]):
            sheet.write_row(row, 0, values)
        sheet.write_blank(1_048_575, 200, None, grey)
    register = read_register(path)
    assert (register.total, register.faults) == (1, [])


def test_a_sheet_that_only_claims_to_be_large_is_read(tmp_path: Path) -> None:
    path = tmp_path / "名录.xlsx"
    _sheet(path, '<row r="1"><c r="A1"><v>1</v></c></row>', first='<dimension ref="A1:XFD1048576"/>')
    with pytest.raises(InvalidInput) as refused:
        read_register(path)
    assert refused.value.code == "register_header_missing"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_from_any_chinese_spreadsheet_is_read(tmp_path: Path, encoding: str) -> None:
    register = read_register(write_csv(tmp_path / "名录.csv", [line(1), line(2)], encoding))
    assert [row.unit_name for row in register.rows] == ["瓯和1百货店", "瓯和2百货店"]


def test_typed_cells_of_a_workbook_are_read(tmp_path: Path) -> None:
    typed = line(
        lng=120.655135,
        lat=28.015455,
        county_code=330302,
        phone=13857712345,
        issued_on=datetime(2026, 1, 5, tzinfo=UTC).replace(tzinfo=None),
    )
    (row,) = read_register(write_xlsx(tmp_path / "名录.xlsx", [typed])).rows
    assert (row.lng, row.county_code, row.phone) == (120.655135, "330302", "13857712345")
    assert row.issued_on.isoformat() == "2026-01-05"


def test_a_filled_template_is_a_register(tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"
    write_template(path)
    assert read_cells(path) == [HEADERS]


def test_empty_lines_are_passed_over_and_rows_count_as_the_spreadsheet_shows_them(tmp_path: Path) -> None:
    register = read_register(write_csv(tmp_path / "名录.csv", [line(1), {}, line(2, phone="x"), {}]))
    assert (register.total, [row.row for row in register.rows]) == (2, [2])
    assert [(fault.row, fault.column) for fault in register.faults] == [(4, "电话")]


def _read(tmp_path: Path, *lines: dict[str, Any]) -> Register:
    return read_register(write_csv(tmp_path / "名录.csv", lines))


@pytest.mark.parametrize(
    ("changed", "column", "problem"),
    [
        ({"certificate_no": line(1)["certificate_no"]}, "证书编号", "与第 2 行重复"),
        (
            {name: line(1)[name] for name in ("uscc", "merchant_name", "unit_name")},
            "单位名称",
            "与第 2 行是同一家单位",
        ),
        ({"uscc": line(1)["uscc"]}, "企业名称", "同一信用代码在第 2 行的企业名称是“鹿城瓯和1商贸有限公司”"),
        (
            {"station_name": line(1)["station_name"], "station_phone": "0577-55509999"},
            "联络站电话",
            "同一联络站在第 2 行的电话是“0577-55505678”",
        ),
    ],
)
def test_a_row_that_contradicts_an_earlier_one_is_a_fault(
    tmp_path: Path, changed: dict[str, Any], column: str, problem: str
) -> None:
    register = _read(tmp_path, line(1), line(2, **changed), line(3))
    assert [row.row for row in register.rows] == [2, 4]
    assert [(fault.row, fault.column, fault.problem) for fault in register.faults] == [(3, column, problem)]


def test_a_chains_shops_share_entity_and_station(tmp_path: Path) -> None:
    shared = {name: line(1)[name] for name in ("uscc", "merchant_name", "station_name", "station_phone")}
    assert len(_read(tmp_path, line(1), line(2, **shared)).rows) == 2


def test_the_list_of_faults_holds_text_and_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "问题清单.xlsx"
    dangerous = [
        '=HYPERLINK("http://a.example","x")',
        "+1+1",
        "-1",
        "@SUM(A1)",
        "{=1}",
        "http://a.example/",
        "00123",
        "\x07x",
    ]
    write_faults(path, [RowFault(number, "单位名称", text, text, text) for number, text in enumerate(dangerous, 2)])
    cells = read_cells(path)
    assert cells[0] == ["行号", "列", "原来的内容", "问题", "怎么改"]
    assert [row[2] for row in cells[1:]] == dangerous
    assert not _has_formula(path)
    with zipfile.ZipFile(path) as archive:
        assert not any("hyperlink" in archive.read(name).decode() for name in archive.namelist() if "sheet1" in name)


def test_a_formula_would_be_seen(tmp_path: Path) -> None:
    path = tmp_path / "公式.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        workbook.add_worksheet().write(0, 0, "=1+1")
    assert _has_formula(path)


def _has_formula(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        return b"<f>" in archive.read("xl/worksheets/sheet1.xml")


def test_a_warning_is_marked_and_a_long_list_says_how_much_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "问题清单.xlsx"
    monkeypatch.setattr("backend.merchants.register_file.faults_report._MOST_LINES", 2)
    write_faults(path, [RowFault(number, "电话", "x", "不对", "改", warning=True) for number in (9, 5, 7)])
    cells = read_cells(path)
    assert [row[0] for row in cells[1:3]] == [5, 7]
    assert cells[1][3] == "（提醒）不对"
    assert "另有 1 处问题没有列出" in str(cells[3][3])
