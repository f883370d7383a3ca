"""What the unit's station does: begin, save what is typed, submit, withdraw."""

from collections.abc import Mapping, Sequence
from typing import Any

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.casework import service as casework
from backend.certification import queries as certificates
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.kernel.errors import Conflict, InvalidInput, NotPossibleNow
from backend.kernel.identifiers import new_case_number
from backend.kernel.wording import local_day
from backend.merchants.model import Unit
from backend.notifications import service as notifications

from .. import queries
from ..lifecycle import WRITABLE
from ..model import Application
from ..rules import faults
from . import telling
from .objecting import cease

_UNDECLARED = {"is_true": ["请勾选。"]}


def begin(actor: Actor, number: str) -> Application:
    """A draft, filled in with what the register and the last application say.

    number    of any certificate of the unit, or of the request by which it came into the register
    raises    NotFound, NotPermitted, NotPossibleNow not_yet_open, Conflict when an application is under way
    """
    unit_id = queries.unit_of(actor, Action.APPLICATION_BEGIN, number)
    may = queries.opening_of(certificates.newest_of_unit(unit_id))
    if may.kind is None:
        from_day = f"{local_day(may.from_day)}起可以申请。" if may.from_day else ""
        raise NotPossibleNow("not_yet_open", f"{may.why}{from_day}")
    theirs = queries.of_unit(actor, number)
    earlier = theirs["applications"]
    if theirs["open"]:
        raise Conflict("application_under_way", "这家单位已有一份没有办结的申请，请接着填写或者等待结果。")
    unit = session().get_one(Unit, unit_id)
    case = Application(
        case_no=new_case_number("RD", current.today()),
        kind=may.kind,
        unit_id=unit.id,
        unit_name=unit.name,
        category=unit.category,
        station_id=unit.station_id,
        county_code=unit.county_code,
        number=number,
        form=_prefilled(unit, earlier[0].form if earlier else None),
        saved_at=current.now(),
        rule_set="2026",
    )
    casework.apply(case, "begin", actor)
    session().add(case)
    session().flush()
    return case


def save(actor: Actor, case_no: str, *, seen: int, form: Mapping[str, Any]) -> Application:
    """Keep what is typed.

    seen      the revision on which it was typed
    raises    Conflict saved_elsewhere with what is stored, when another device saved something else meanwhile
    """
    case = queries.application(actor, Action.APPLICATION_SAVE, case_no)
    check_writable(case)
    typed = _plain(form)
    if typed == case.form:
        return case  # the answer to the saving before may have been lost
    _check_seen(case, seen)
    case.form, case.saved_at = typed, current.now()
    case.revision += 1
    return case


def submit(actor: Actor, case_no: str, *, seen: int, is_true: bool) -> Application:
    """Hand it in, with the declaration that it is true.

    raises   Conflict saved_elsewhere, InvalidInput with every field at fault at once, NotPossibleNow
    """
    case = queries.application(actor, Action.APPLICATION_SUBMIT, case_no)
    wrong: dict[str, Sequence[str]] = {}
    if case.state in WRITABLE:
        _check_seen(case, seen)
        unit = session().get_one(Unit, case.unit_id)
        shown = {photo.kind for photo in queries.photos(case)}
        wrong = faults(case.form, case.category, unit.merchant.uscc, current.today(), photos=shown)
    if wrong:
        undeclared = {} if is_true else _UNDECLARED
        said = "申请还有内容要填写或者修改，请按提示办理。"
        raise InvalidInput("application_incomplete", said, fields={**wrong, **undeclared})
    if not is_true:
        raise InvalidInput("declaration_missing", "请先确认所填内容属实。", fields=_UNDECLARED)
    casework.apply(case, "submit", actor)
    telling.officers(case)
    return case


def withdraw(actor: Actor, case_no: str) -> Application:
    """Take it back, until it is decided. raises NotFound, NotPermitted, NotPossibleNow"""
    case = queries.application(actor, Action.APPLICATION_WITHDRAW, case_no)
    casework.apply(case, "withdraw", actor)
    cease(case)
    notifications.drop(f"application:{case.id}:")
    return case


def check_writable(case: Application) -> None:
    """raises NotPossibleNow not_writable when the station has handed it in, or it ended"""
    if case.state not in WRITABLE:
        raise NotPossibleNow("not_writable", "申请已经提交或者结束，不能再改。", state=case.state)


def _check_seen(case: Application, seen: int) -> None:
    if seen != case.revision:
        stored = {"revision": case.revision, "saved_at": case.saved_at.isoformat(), "form": case.form}
        raise Conflict("saved_elsewhere", "这份申请在别的手机上改过。请选用哪一份，都不会丢。", stored=stored)


def _plain(form: Mapping[str, Any]) -> dict[str, Any]:
    since = form["trading_since"]
    return {
        "uscc": form["uscc"],
        "trading_since": since.isoformat() if since else None,
        "statement": form["statement"],
        "checks": {code: answer for code, answer in sorted(form["checks"].items()) if answer is not None},
        "commitments": [{"code": one["code"].value, "days": one["days"]} for one in form["commitments"]],
    }


def _prefilled(unit: Unit, last: Mapping[str, Any] | None) -> dict[str, Any]:
    """What is known already; the self-check is made anew each time."""
    return {
        "uscc": unit.merchant.uscc,
        "trading_since": last["trading_since"] if last else None,
        "statement": last["statement"] if last else "",
        "checks": {},
        "commitments": [dict(one) for one in unit.commitments],
    }
