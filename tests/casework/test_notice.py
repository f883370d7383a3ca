"""The State Council's notice as an operator writes it down: read, or refused with the line and what to do."""

from datetime import date, timedelta

import pytest

from backend.casework.calendar import read_notice
from backend.kernel.errors import InvalidInput
from backend.kernel.working_days import DayKind

HEADER = "日期,类型,名称"
FIRST = date(2027, 10, 1)
DAYS_OFF = [f"{FIRST + timedelta(days=day)},放假,国庆节" for day in range(13)]
MAKE_UP = "2027-10-16,上班,调休"


def _content(*lines: str, header: str = HEADER, encoding: str = "utf-8") -> bytes:
    return "\n".join([header, *lines]).encode(encoding)


def test_a_notice_is_read() -> None:
    notice = read_notice(_content(*DAYS_OFF, MAKE_UP, "", " , , "))
    assert (notice.year, len(notice.days)) == (2027, 14)
    assert notice.days[FIRST] == (DayKind.HOLIDAY, "国庆节")
    assert notice.days[date(2027, 10, 16)] == (DayKind.MAKE_UP_WORKDAY, "调休")


@pytest.mark.parametrize("written", ["\ufeff{}", "{}\r\n"])
def test_what_spreadsheets_write_is_read(written: str) -> None:
    text = written.format("\r\n".join([" 日期 , 类型,名称", *DAYS_OFF]))
    assert len(read_notice(text.encode()).days) == 13


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"", "calendar_header", "第一行"),
        (_content(*DAYS_OFF, header="日期,名称,类型"), "calendar_header", "日期,类型,名称"),
        (_content(*DAYS_OFF, encoding="gb18030"), "calendar_encoding", "UTF-8"),
        (b"\xff\xfe\x00", "calendar_encoding", "UTF-8"),
        (_content("x" * 200_000), "calendar_broken", "另存"),
        (_content(), "calendar_years", "至少有一天"),
        (_content(*DAYS_OFF, "2028-01-01,放假,元旦"), "calendar_years", "同一年"),
        (_content(*DAYS_OFF[:12], MAKE_UP), "calendar_incomplete", "13 天"),
        (_content(*DAYS_OFF, DAYS_OFF[0]), "calendar_repeated", "第 15 行：2027-10-01 出现了两次"),
        (_content(*DAYS_OFF, "2027-02-30,放假,春节"), "calendar_day", "第 15 行"),
        (_content("十月一日,放假,国庆节"), "calendar_day", "第 2 行"),
        (_content("放假"), "calendar_day", "第 2 行"),
        (_content(*DAYS_OFF, "2027-10-16,调休,国庆节"), "calendar_kind", "只能写“放假”或“上班”"),
        (_content(*DAYS_OFF, "2027-10-16"), "calendar_kind", "第 15 行"),
        (_content(*DAYS_OFF, "2027-10-18,上班,国庆节"), "calendar_weekday", "2027-10-18 本来就是工作日"),
        (_content(*DAYS_OFF, "2027-10-16,上班,国\x07庆节"), "calendar_name", "控制字符"),
        (_content(*DAYS_OFF, "2027-10-16,上班,国\x00庆节"), "calendar_name", "控制字符"),
    ],
)
def test_a_wrong_notice_is_refused_with_what_to_do(content: bytes, code: str, words: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_notice(content)
    assert refused.value.code == code
    assert words in refused.value.message
    assert refused.value.message.endswith("。")
