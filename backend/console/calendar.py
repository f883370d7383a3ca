"""The working calendar: which years are known, and loading the State Council's holiday notice."""

from typing import Any

from flask import flash, request, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.casework import calendar, service
from backend.infrastructure.web import form, page
from backend.kernel.errors import InvalidInput
from backend.kernel.working_days import DayKind

from .doors import staff_blueprint
from .schemas import CalendarForm

blueprint = staff_blueprint("console_calendar", "/calendar")

_KINDS = {DayKind.HOLIDAY: "放假", DayKind.MAKE_UP_WORKDAY: "上班"}


@blueprint.get("")
@page(Action.CALENDAR_PUBLISH, "console/calendar.html")
def years(_actor: Actor) -> dict[str, Any]:
    return {
        "missing": calendar.missing_years(),
        "years": [
            {
                "year": year.year,
                "published": year.published,
                "source": year.source,
                "days": [(row.day, _KINDS[DayKind(row.kind)], row.name) for row in days],
            }
            for year, days in calendar.years()
        ],
    }


@blueprint.post("")
@form(Action.CALENDAR_PUBLISH, CalendarForm, back="console_calendar.years", limit="10/minute")
def publish(actor: Actor, body: dict[str, Any]) -> str:
    sent = request.files.get("notice")
    if sent is None or not sent.filename:
        raise InvalidInput("calendar_missing", "请选择节假日安排的 CSV 文件。", fields={"notice": ["请选择文件。"]})
    notice = calendar.read_notice(sent.stream.read())
    moved = service.publish_year(actor, notice, body["source"])
    flash(f"已录入 {notice.year} 年的节假日安排，共 {len(notice.days)} 天；{moved} 个未到期的期限因此改变。", "success")
    return url_for(".years")
