"""One row of the register: every kind of wrong value is named by row, column and value, with what to do about it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from backend.kernel.identifiers import make_uscc
from backend.merchants.register_file.columns import COLUMNS, HEADER_OF
from backend.merchants.register_file.rows import RowFault, UnitRow, parse_row
from backend.merchants.rules import Category, Commitment
from tests.merchants.files import line

ROW = 7
DUTIES = "首问负责；先行赔付；维权联络站；绿色通道"
#: Column, value as the file holds it, and words of the problem.
WRONG = [
    ("uscc", "91350100M000100Y4Z", "不会有“Z”"),
    ("uscc", "91350100M000100Y44", "校验位"),
    ("uscc", "91350100M000100Y4", "17 位"),
    ("uscc", "91350100M000100YI3", "不会有“I”"),
    ("category", "酒店", "没有这个类别"),
    ("county_code", "330300", "不是温州的县区代码"),
    ("county_code", "310101", "不是温州的县区代码"),
    ("lng", "28.015455", "不在温州范围内"),
    ("lng", "-120.6", "不在温州范围内"),
    ("lat", "120.655135", "不在温州范围内"),
    ("lng", "一百二十", "经度不是数字"),
    ("lat", "28°00′", "纬度不是数字"),
    ("lng", "nan", "不是数字"),
    ("lat", "inf", "不是数字"),
    ("lng", "1e400", "不是数字"),
    ("lng", "1_2_0.6", "经度不是数字"),
    ("issued_on", "2026-02-30", "日期不对"),
    ("issued_on", "去年", "日期不对"),
    ("issued_on", "43008", "日期不对"),
    ("issued_on", "2026-01-05 或 06", "日期不对"),
    ("issued_on", "1017-09-30", "年份不对"),
    ("valid_until", "2026-13-01", "日期不对"),
    ("valid_until", "20290104", "日期不对"),
    ("unit_name", "", "没有填写"),
    ("unit_name", " \u3000 ", "没有填写"),
    ("merchant_name", None, "没有填写"),
    ("phone", "1234567", ""),
    ("phone", "138577123456", ""),
    ("station_phone", "无", ""),
    ("certificate_no", "温放心/2026", "格式不对"),
    ("certificate_no", "-00001", "格式不对"),
    ("certificate_no", "温放心" + "0" * 24, "太长"),
    ("unit_name", "店" * 81, "太长，有 81 个字"),
    ("address", "路" * 201, "太长，有 201 个字"),
    ("merchant_name", "司" * 121, "太长，有 121 个字"),
    ("unit_name", "瓯和\x07百货店", "控制字符"),
    ("address", "人民路\x001号", "控制字符"),
    ("station_name", "瓯和\x1b[31m联络站", "控制字符"),
    ("unit_name", "瓯和\u202e店货百", "控制字符"),
    ("unit_name", '=HYPERLINK("http://a.example","瓯和")', "公式"),
    ("merchant_name", "+瓯和", "公式"),
    ("address", "-2+3", "公式"),
    ("station_name", "@SUM(A1)", "公式"),
    ("opening_hours", "＝1+1", "公式"),
    ("website", "javascript:alert(1)", "网店地址不对"),
    ("website", "https://", "网店地址不对"),
    ("website", "https://[", "网店地址不对"),
    ("members", "王建国", "看不懂"),
    ("members", "王建国 19905771234；=1+1 19905775678", "看不懂"),
    ("members", "王建国 19905771234；李海燕 19905771234", "写了两次"),
    ("members", "；", "没有写人员"),
    ("commitments", f"{DUTIES}；永不涨价", "没有“永不涨价”这项承诺"),
    ("commitments", f"{DUTIES}；无理由退货", "没有写天数"),
    ("commitments", f"{DUTIES}；无理由退货999", "没有写天数"),
    ("commitments", "首问负责；先行赔付；维权联络站", "缺少必须的承诺：绿色通道"),
]


def _faults(**changed: Any) -> list[RowFault]:
    parsed = parse_row(ROW, line(**changed))
    assert isinstance(parsed, list), parsed
    return parsed


def _row(**changed: Any) -> UnitRow:
    parsed = parse_row(ROW, line(**changed))
    assert isinstance(parsed, UnitRow), parsed
    return parsed


@pytest.mark.parametrize(("key", "value", "problem"), WRONG)
def test_a_wrong_value_is_named(key: str, value: Any, problem: str) -> None:
    (fault,) = _faults(**{key: value})
    assert (fault.row, fault.column, fault.warning) == (ROW, HEADER_OF[key], False)
    assert problem in fault.problem
    assert fault.advice.endswith("。")
    if not fault.problem.startswith("缺少"):
        assert fault.value == (value or "").strip()[:80]


def test_a_right_row_has_no_fault() -> None:
    row = _row()
    assert (row.lng, row.lat, row.category) == (120.655135, 28.015455, Category.SHOP)
    assert row.commitments[-1] == (Commitment.NO_REASON_RETURN, 7)
    assert [member.name for member in row.members] == ["王建国", "李海燕"]
    assert (row.website, row.warnings) == (None, ())


def test_every_fault_of_a_row_is_said_at_once() -> None:
    faults = _faults(uscc="1", category="酒店", lng="x", phone="1", issued_on="x")
    assert [fault.column for fault in faults] == ["统一社会信用代码", "类别", "经度", "电话", "发证日期"]


def test_every_required_column_is_required_and_no_other() -> None:
    for column in COLUMNS:
        if column.required:
            assert _faults(**{column.key: ""})[0].problem == "没有填写"
        else:
            _row(**{column.key: ""})


def test_dates_the_wrong_way_round_are_found() -> None:
    (fault,) = _faults(issued_on="2029-01-04", valid_until="2026-01-05")
    assert (fault.column, fault.problem) == ("有效期至", "有效期不晚于发证日期")
    assert _faults(issued_on="2026-01-05", valid_until="2026-01-05")[0].column == "有效期至"


def test_an_online_shop_needs_its_address() -> None:
    (fault,) = _faults(category="网店")
    assert fault.column == "网店地址"
    assert _row(category="网店", website="https://ouhe.example.com/").website == "https://ouhe.example.com/"


def test_a_wrong_inner_check_is_only_a_warning() -> None:
    right = make_uscc("91330302", "MA2T0001")
    other = next(
        code
        for code in (
            f"{right[:16]}{inner}{outer}" for inner in "0123456789X" for outer in "0123456789ABCDEFGHJKLMNPQRTUWXY"
        )
        if code[16] != right[16] and _passes(code)
    )
    row = _row(uscc=other)
    (warning,) = row.warnings
    assert (row.uscc, warning.warning, warning.column) == (other, True, "统一社会信用代码")
    assert _row(uscc=right).warnings == (), "the control"


def _passes(code: str) -> bool:
    return isinstance(parse_row(ROW, line(uscc=code)), UnitRow)


@pytest.mark.parametrize(
    ("key", "value", "read"),
    [
        ("uscc", "９１３５０１００ｍ０００１００ｙ４３", "91350100M000100Y43"),
        ("category", "化妆品", Category.COSMETICS),
        ("category", "放心餐饮店", Category.RESTAURANT),
        ("county_code", "龙港市", "330383"),
        ("county_code", 330302.0, "330302"),
        ("lng", 120.655135, 120.655135),
        ("issued_on", date(2026, 1, 5), date(2026, 1, 5)),
        ("issued_on", datetime(2026, 1, 5, 12, tzinfo=UTC), date(2026, 1, 5)),
        ("issued_on", "2026年1月5日", date(2026, 1, 5)),
        ("issued_on", "2026/1/5 0:00:00", date(2026, 1, 5)),
        ("phone", 13857712345.0, "13857712345"),
        ("unit_name", "  瓯和   百货店 ", "瓯和 百货店"),
    ],
)
def test_what_spreadsheets_make_of_values_is_understood(key: str, value: Any, read: Any) -> None:
    assert getattr(_row(**{key: value}), key) == read
