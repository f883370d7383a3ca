"""Applications of the demonstration's units, one in every state that somebody finds something to do in, and two that ended."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from backend.access.actor import NOBODY, SYSTEM, Actor, Role
from backend.access.policy import Action
from backend.applications import queries, service
from backend.applications.rules import RENEWAL_DAYS, PhotoKind, RefusalReason, checklist
from backend.badges import service as badges
from backend.certification import service as certification
from backend.certification.model import Certificate
from backend.infrastructure import current, photos
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.clock import local_date
from backend.merchants import queries as merchants
from backend.merchants.model import Unit
from backend.merchants.rules import DUTIES, Category, Commitment

from . import people
from .cast import DAY, HOUR
from .licences import licence
from .scene import Story, act
from .shop_fronts import shop_front

#: How far each goes, and on which of the hundred days it begins; the most telling ones first, where units are few.
_COURSES = (
    ("objected", 97.0),
    ("draft", 99.0),
    ("submitted", 98.5),
    ("examined", 97.5),
    ("noticed", 88.0),
    ("awarded", 70.0),
    ("refused", 80.0),
    ("returned", 96.0),
    ("recommended", 96.5),
)
_LUCHENG = "330302"
_STATEMENT = "首问负责写进员工手册，收银台公示联络站电话；今年收到的诉求都在当天答复，责任清楚的先赔，没有一件转投诉。"
_OBJECTION = "上个月在这家店买的东西没拆封，店员说特价商品一概不退，和门口写的承诺不一样。"


def stories(start: datetime, staff: dict[str, dict[str, str]]) -> Iterator[tuple[datetime, Story]]:
    """Each with the instant at which it begins; the present day is the hundredth after `start`."""
    ending = _ending(start)
    for (course, begins), (number, station_id, county) in zip(_COURSES, ending, strict=False):
        member = people.with_role("zhan-wang", Role.STATION_MEMBER, station_id)
        first = people.officer(staff, "lucheng" if county == _LUCHENG else "shiju1")
        second, office = people.officer(staff, "shiju2"), people.officer(staff, "lianxi")
        yield start + timedelta(days=begins), _applied(course, number, member, first, second, office)


def _ending(start: datetime) -> list[tuple[str, str, str]]:
    """Certificates that end within the year after the first day, those of the old town first: number, station, county."""
    first = local_date(start)
    statement = (
        sa.select(Certificate.number, Certificate.station_id, Certificate.county_code)
        .where(Certificate.state == "certified", Certificate.valid_until > first + timedelta(days=110))
        .where(Certificate.valid_until < first + timedelta(days=200))
        .order_by(Certificate.county_code != _LUCHENG, Certificate.number)
        .limit(len(_COURSES))
    )
    with unit_of_work(read_only=True):
        return [tuple(row) for row in session().execute(statement)]  # type: ignore[misc]


def _applied(course: str, number: str, member: Actor, first: Actor, second: Actor, office: Actor) -> Story:
    act(_near_its_end, number)
    case = act(service.begin, member, number).case_no
    yield 3 * HOUR
    act(_photographed, member, case)
    revision = act(_filled_in, member, case, whole=course != "draft")
    if course == "draft":
        return
    act(service.submit, member, case, seen=revision, is_true=True)
    if course == "submitted":
        return
    yield 6 * HOUR
    if course == "returned":
        act(service.ask_correction, first, case, text="请写明最近一次员工培训的日期，并补充先行赔付由谁审批。")
        return
    found = {"certify": course != "refused", "text": "到店看过：证照、价签、联络站公示与申报一致。"}
    if course == "refused":
        found["text"] = "两次到店，半数商品没有价签，联络站电话没有人接。"
    act(service.examine, first, case, **found)
    if course == "examined":
        return
    yield 20 * HOUR
    if course == "refused":
        remedy = "全部商品标价、联络站电话有人接听以后，可以再次申请。"
        reason = {"reason": RefusalReason.STANDARD_NOT_MET, "text": found["text"], "remedy": remedy}
        act(service.refuse, second, case, **reason)
        return
    act(service.confirm, second, case, text="材料齐全，同意推荐。")
    if course == "recommended":
        return
    yield 5 * HOUR
    act(service.publish, office, case)
    if course == "objected":
        yield 4 * HOUR
        act(service.raise_objection, NOBODY, case, text=_OBJECTION)
        return
    yield 8 * DAY
    service.sweep()
    if course == "awarded":
        act(service.award, office, case)


def _near_its_end(number: str) -> None:
    """The register says that the certificate ends soon enough to be renewed."""
    certificate = session().scalars(sa.select(Certificate).filter_by(number=number)).one()
    soon = current.today() + timedelta(days=RENEWAL_DAYS - 10)
    if certificate.valid_until > soon:
        certification.renew(SYSTEM, certificate, soon)
        badges.refresh_unit(session().get_one(Unit, certificate.unit_id), certificate)


def _photographed(member: Actor, case_no: str) -> None:
    """The licence and the shop front, beside the application."""
    case = queries.application(member, Action.APPLICATION_SAVE, case_no)
    unit = merchants.unit(case.unit_id)
    drawn = {
        PhotoKind.LICENCE: licence(unit.merchant.name, unit.merchant.uscc, unit.address),
        PhotoKind.PREMISES: shop_front(unit.name, Category(unit.category)),
    }
    for kind, picture in drawn.items():
        service.add_photo(member, case_no, photos.clean(picture), kind=kind)


def _filled_in(member: Actor, case_no: str, *, whole: bool) -> int:
    """The form as the station typed it. returns its revision"""
    case = queries.application(member, Action.APPLICATION_SAVE, case_no)
    codes = [check.code for check in checklist(Category(case.category))]
    promises = {*DUTIES, *(Commitment(one["code"]) for one in case.form["commitments"])}
    days = {Commitment(one["code"]): one["days"] for one in case.form["commitments"]}
    form: dict[str, Any] = {
        "uscc": case.form["uscc"],
        "trading_since": current.today().replace(year=current.today().year - 6, day=1),
        "statement": _STATEMENT if whole else "首问负责写进员工手册，收银台公示",
        "checks": dict.fromkeys(codes if whole else codes[:5], True),
        "commitments": [{"code": code, "days": days.get(code)} for code in Commitment if code in promises],
    }
    return service.save(member, case_no, seen=case.revision, form=form).revision
