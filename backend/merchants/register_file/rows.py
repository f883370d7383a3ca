"""One row of the register file: from text to checked values, with every fault said at once."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from backend.kernel.errors import DomainError
from backend.kernel.identifiers import COUNTIES, check_phone, check_uscc
from backend.merchants.rules import (
    DUTIES,
    LAT_RANGE,
    LNG_RANGE,
    WEB_ADDRESS_WANTED,
    Category,
    Commitment,
    is_web_address,
)

from .columns import COLUMNS, HEADER_OF

_SPLIT = re.compile(r"[;；、\n]+")
_CERTIFICATE = re.compile(r"[一-龥A-Za-z0-9〔(（][一-龥A-Za-z0-9\-—〔〕()（）]{3,25}")
_MEMBER = re.compile(r"(\S{1,20}?)[\s:：,，]*(1\d{10})")
_COMMITMENT = re.compile(r"([一-龥]+)(\d{1,3})?(天)?")
_NUMBER = re.compile(r"-?\d{1,6}(\.\d{1,20})?")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?([ T][0-9:.]+)?")
#: What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_CATEGORIES = {category.zh: category for category in Category} | {"化妆品": Category.COSMETICS}
_COMMITMENTS = {commitment.zh: commitment for commitment in Commitment}


@dataclass(frozen=True)
class Member:
    """A person of a liaison station."""

    name: str
    phone: str


@dataclass(frozen=True)
class RowFault:
    """What is wrong with one value. `row` counts as the spreadsheet shows it, the header being row 1."""

    row: int
    column: str
    value: str
    problem: str
    advice: str
    warning: bool = False


@dataclass(frozen=True)
class UnitFacts:
    """What the register holds of a unit, checked. Coordinates are GCJ-02 degrees."""

    merchant_name: str
    uscc: str
    unit_name: str
    category: Category
    county_code: str
    address: str
    lng: float
    lat: float
    phone: str
    website: str | None
    opening_hours: str | None
    station_name: str
    station_phone: str
    members: tuple[Member, ...]
    commitments: tuple[tuple[Commitment, int | None], ...]


@dataclass(frozen=True)
class UnitRow(UnitFacts):
    """A row whose every value is checked: the unit, and its certificate."""

    row: int
    certificate_no: str
    issued_on: date
    valid_until: date
    warnings: tuple[RowFault, ...] = ()


class _Wrong(Exception):
    def __init__(self, problem: str, advice: str) -> None:
        super().__init__(problem)
        self.problem, self.advice = problem, advice


def parse_row(number: int, cells: Mapping[str, Any]) -> UnitRow | list[RowFault]:
    """The checked row, or all its faults.

    cells   column key → what the file holds: text, number, date or None
    """
    values: dict[str, Any] = {}
    faults: list[RowFault] = []
    warnings: list[RowFault] = []
    for column in COLUMNS:
        raw = cells.get(column.key)
        text = _text(raw)
        try:
            if not text:
                if column.required:
                    raise _Wrong("没有填写", f"请填写：{column.hint}。")
                values[column.key] = None
                continue
            if len(text) > column.most:
                raise _Wrong(f"太长，有 {len(text)} 个字", f"最多 {column.most} 个字。")
            if any(unicodedata.category(char) in {"Cc", "Cf", "Cs"} and char != "\n" for char in text):
                raise _Wrong("含有看不见的控制字符", "请删掉后重新输入。")
            parse: Callable[[str, Any], Any] = _PARSERS.get(column.key, _plain)
            values[column.key] = parse(text, raw)
        except _Wrong as wrong:
            faults.append(RowFault(number, column.header, text[:80], wrong.problem, wrong.advice))
        except DomainError as error:
            faults.append(RowFault(number, column.header, text[:80], error.message, f"应当是：{column.hint}。"))
    faults += _together(number, values)
    if faults:
        return faults
    uscc = values.pop("uscc")
    if not uscc.inner_check_ok:
        advice = "代码仍然收下了，请对照营业执照再看一眼。"
        warnings.append(
            RowFault(number, HEADER_OF["uscc"], uscc.value, "组织机构代码的校验位不对", advice, warning=True)
        )
    return UnitRow(row=number, uscc=uscc.value, warnings=tuple(warnings), **values)


def _together(number: int, values: Mapping[str, Any]) -> list[RowFault]:
    """Faults that show only when several values are looked at."""
    found = []
    issued, until = values.get("issued_on"), values.get("valid_until")
    if issued and until and until <= issued:
        found.append(RowFault(number, HEADER_OF["valid_until"], str(until), "有效期不晚于发证日期", "请核对两个日期。"))
    if values.get("category") is Category.ONLINE_SHOP and not values.get("website"):
        found.append(
            RowFault(number, HEADER_OF["website"], "", "网店没有填写网店地址", "请填写以 https:// 开头的地址。")
        )
    promised = {commitment for commitment, _ in values.get("commitments") or ()}
    missing = [duty.zh for duty in DUTIES if duty not in promised]
    if values.get("commitments") is not None and missing:
        found.append(
            RowFault(
                number,
                HEADER_OF["commitments"],
                "",
                f"缺少必须的承诺：{'、'.join(missing)}",
                "四项基本责任都要写上才能认定。",
            )
        )
    return found


def _text(raw: Any) -> str:
    if raw is None:
        return ""
    if isinstance(raw, datetime | date):
        return raw.strftime("%Y-%m-%d")
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    return unicodedata.normalize("NFC", str(raw)).strip()


def _plain(text: str, raw: Any) -> str:
    if text.startswith(_FORMULA):
        raise _Wrong(f"以“{text[0]}”开头，会被表格软件当成公式", "请去掉开头的符号，只写文字。")
    return " ".join(text.split())


def _certificate_no(text: str, raw: Any) -> str:
    number = "".join(text.split())
    if not _CERTIFICATE.fullmatch(number):
        raise _Wrong("证书编号的格式不对", "只用汉字、字母、数字和连字符，4 到 26 个字。")
    return number


def _category(text: str, raw: Any) -> Category:
    found = _CATEGORIES.get(text.removeprefix("放心"))
    if found is None:
        raise _Wrong("没有这个类别", f"只能是：{'、'.join(category.zh for category in Category)}。")
    return found


def _county(text: str, raw: Any) -> str:
    code = text if text in COUNTIES else next((code for code, name in COUNTIES.items() if name == text), None)
    if code is None:
        raise _Wrong(
            "不是温州的县区代码", "只能是：" + "、".join(f"{name} {code}" for code, name in COUNTIES.items()) + "。"
        )
    return code


def _coordinate(low: float, high: float, name: str) -> Callable[[str, Any], float]:
    def parse(text: str, raw: Any) -> float:
        if not _NUMBER.fullmatch(text):
            raise _Wrong(f"{name}不是数字", "请填写 GCJ-02 坐标的度数，如 120.655135。")
        value = float(text)
        if not low <= value <= high:
            raise _Wrong(f"{name}不在温州范围内（{low}—{high}）", "请检查经纬度是否填反，坐标系是否为 GCJ-02。")
        return round(value, 6)

    return parse


def _phone(text: str, raw: Any) -> str:
    return check_phone(text)


def _website(text: str, raw: Any) -> str:
    if not is_web_address(text):
        raise _Wrong("网店地址不对", WEB_ADDRESS_WANTED)
    return text


def _members(text: str, raw: Any) -> tuple[Member, ...]:
    found = []
    for part in filter(str.strip, _SPLIT.split(text)):
        matched = _MEMBER.fullmatch(part.strip())
        if matched is None or part.strip().startswith(_FORMULA):
            raise _Wrong(f"“{part.strip()[:20]}”看不懂", "每人写成 姓名 手机号，多人用分号隔开。")
        found.append(Member(matched[1], check_phone(matched[2], mobile=True)))
    if not found:
        raise _Wrong("没有写人员", "联络站至少要有一人。")
    if len({member.phone for member in found}) != len(found):
        raise _Wrong("同一个手机号写了两次", "请核对人员和手机号。")
    return tuple(found)


def _commitments(text: str, raw: Any) -> tuple[tuple[Commitment, int | None], ...]:
    found: dict[Commitment, int | None] = {}
    for part in filter(str.strip, _SPLIT.split(text)):
        matched = _COMMITMENT.fullmatch("".join(part.split()))
        commitment = _COMMITMENTS.get(matched[1].removesuffix("天")) if matched else None
        if matched is None or commitment is None:
            raise _Wrong(f"没有“{part.strip()[:20]}”这项承诺", f"只能是：{'、'.join(_COMMITMENTS)}。")
        days = int(matched[2]) if matched[2] else None
        if commitment.takes_days and not (days and 1 <= days <= 365):
            raise _Wrong(f"“{commitment.zh}”没有写天数", f"请写成 {commitment.zh}7 这样。")
        found[commitment] = days if commitment.takes_days else None
    return tuple(found.items())


def _day(text: str, raw: Any) -> date:
    matched = _DATE.fullmatch(text)
    try:
        if matched is None:
            raise ValueError
        day = date(int(matched[1]), int(matched[2]), int(matched[3]))
    except ValueError:
        raise _Wrong("日期不对", "请写成 2017-09-30 这样。") from None
    if not 2010 <= day.year <= 2100:
        raise _Wrong("日期的年份不对", "请核对年份。")
    return day


_PARSERS: dict[str, Callable[[str, Any], Any]] = {
    "certificate_no": _certificate_no,
    "uscc": lambda text, raw: check_uscc(text),
    "category": _category,
    "county_code": _county,
    "lng": _coordinate(*LNG_RANGE, "经度"),
    "lat": _coordinate(*LAT_RANGE, "纬度"),
    "phone": _phone,
    "station_phone": _phone,
    "website": _website,
    "members": _members,
    "commitments": _commitments,
    "issued_on": _day,
    "valid_until": _day,
}
