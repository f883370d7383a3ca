"""`fangxin publish-calendar`: a year's notice comes in, and the deadlines that waited for it move."""

from datetime import date
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from backend.access.actor import SYSTEM
from backend.casework import calendar
from backend.infrastructure.audit import AuditEntry
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.working_days import YearStatus
from tests.cli.conftest import Run

HEADER = "日期,类型,名称\n"


def _notice(folder: Path, year: int = 2027, days: int = 28) -> Path:
    lines = [f"{date(year, 1, day)},放假,元旦\n" for day in range(1, days + 1)]
    path = folder / "notice.csv"
    path.write_text(HEADER + "".join(lines), encoding="utf-8-sig")
    return path


def _status(app: Flask, year: int) -> YearStatus:
    with app.app_context(), unit_of_work(read_only=True):
        return calendar.load().years[year]


def test_a_notice_makes_its_year_final(run: Run, running: Flask, tmp_path: Path) -> None:
    assert _status(running, 2027) is YearStatus.PROVISIONAL
    result = run("publish-calendar", str(_notice(tmp_path)), "--source", "国办发明电〔2026〕1号")
    assert (result.exit_code, result.output) == (
        0, "已录入 2027 年的节假日安排，共 28 天；0 个未到期的期限因此改变。\n"
    )  # fmt: skip
    assert _status(running, 2027) is YearStatus.PUBLISHED
    assert _status(running, 2028) is YearStatus.PROVISIONAL
    with running.app_context(), unit_of_work(read_only=True):
        noted = session().scalars(sa.select(AuditEntry).filter_by(action="calendar.publish")).one()
        assert (noted.actor_kind, noted.subject_id) == (SYSTEM.kind, "2027")


def test_a_corrected_notice_replaces_the_first(run: Run, running: Flask, tmp_path: Path) -> None:
    run("publish-calendar", str(_notice(tmp_path, days=28)), "--source", "一")
    run("publish-calendar", str(_notice(tmp_path, days=20)), "--source", "二")
    with running.app_context(), unit_of_work(read_only=True):
        year, days = next(found for found in calendar.years() if found[0].year == 2027)
        assert (year.source, year.version, len(days)) == ("二", 3, 20)


def test_a_wrong_file_changes_nothing(run: Run, running: Flask, tmp_path: Path) -> None:
    path = _notice(tmp_path)
    path.write_text(path.read_text(encoding="utf-8-sig").replace("2027-01-02", "二〇二七年"), encoding="utf-8")
    result = run("publish-calendar", str(path), "--source", "一")
    assert result.exit_code == 1
    assert "第 3 行" in result.output
    assert _status(running, 2027) is YearStatus.PROVISIONAL
