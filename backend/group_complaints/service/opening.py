"""Opening a group, coming into it with a dispute of one's own, leaving it."""

from datetime import timedelta
from typing import Any

from backend.access.actor import Actor, Role
from backend.access.policy import Action
from backend.complaints import queries as disputes
from backend.complaints import service as complaints
from backend.complaints.model import Settlement
from backend.complaints.service import Submitted
from backend.group_complaints import queries, rules
from backend.group_complaints.model import ComplaintGroup, GroupMember
from backend.infrastructure import audit, current
from backend.infrastructure.database import new_id, session
from backend.infrastructure.insertion import insert_once
from backend.kernel.errors import Conflict, InvalidInput, NotPermitted, NotPossibleNow
from backend.kernel.identifiers import new_case_number, new_code

from .membership import hold, is_over, mine
from .telling import tell

_CODE_LENGTH = 12


def open_group(actor: Actor, case_no: str, *, about: str) -> ComplaintGroup:
    """Open a group for one's own dispute; the opener is its first member.

    about    what others have in common with it; who is given the code reads it
    raises   NotFound; Conflict in_a_group; NotPossibleNow dispute_over
    source   Order 121 §12
    """
    settlement = disputes.settlement(actor, Action.GROUP_OPEN, case_no)
    _check(actor, settlement)
    group = ComplaintGroup(
        number=new_case_number("GT", current.today()),
        unit_id=settlement.unit_id,
        unit_name=settlement.unit_name,
        station_id=settlement.station_id,
        county_code=settlement.county_code,
        nature=settlement.nature,
        opened_at=current.now(),
        code=new_code(_CODE_LENGTH),
        code_until=_code_until(),
    )
    group.about = about
    session().add(group)
    session().flush()
    _note(actor, Action.GROUP_OPEN, group)
    _take_in(group, settlement)
    return group


def join(actor: Actor, case_no: str, *, code: str) -> ComplaintGroup:
    """Come into the group that a code opens, with one's own dispute with the same unit.

    raises   NotFound group_code_wrong; NotPossibleNow group_code_over, dispute_over, group_full; InvalidInput other_unit;
             NotPermitted own_station; Conflict in_a_group, one_case_each
    """
    settlement = disputes.settlement(actor, Action.GROUP_JOIN, case_no)
    group = hold(queries.by_code(code).id)
    _check(actor, settlement)
    if settlement.unit_id != group.unit_id:
        words = f"这个共同投诉是对“{group.unit_name}”的，您选的诉求是对另一家单位的。"
        raise InvalidInput("other_unit", words, fields={"case_no": [words]}, article=rules.ARTICLE)
    members = queries.standing(group).members
    if any(one.account_id == actor.account_id for one in members):
        raise Conflict("one_case_each", "您已经在这个共同投诉里了，一个人算一件。另一件请单独办理。")
    if len(members) >= rules.MOST_MEMBERS:
        raise NotPossibleNow(
            "group_full", f"这个共同投诉已有 {rules.MOST_MEMBERS} 人，不能再加入。您那一件照常办理，也可以另外发起。"
        )
    _take_in(group, settlement)
    _note(actor, Action.GROUP_JOIN, group)
    return group


def file_and_join(actor: Actor, *, code: str, **request: Any) -> Submitted:
    """Ask the same unit for redress, and come into the group with that. raises as `join` and complaints.service.submit"""
    submitted = complaints.submit(actor, number=queries.certificate_no(queries.by_code(code)), **request)
    join(actor, submitted.settlement.case_no, code=code)
    return submitted


def renew_code(actor: Actor, case_no: str) -> ComplaintGroup:
    """A member makes a new code; the old one opens nothing any more."""
    found = mine(actor, Action.GROUP_RENEW_CODE, case_no)
    found.group.code, found.group.code_until = new_code(_CODE_LENGTH), _code_until()
    _note(actor, Action.GROUP_RENEW_CODE, found.group)
    return found.group


def leave(actor: Actor, case_no: str) -> ComplaintGroup:
    """Go on alone with one's own dispute; whom nobody represents any more is told to elect anew."""
    found = mine(actor, Action.GROUP_LEAVE, case_no)
    led = bool(found.standing.representatives)
    found.member.left_at = current.now()
    session().flush()
    _note(actor, Action.GROUP_LEAVE, found.group)
    after = queries.standing(found.group)
    if led and not after.representatives:
        tell(
            found.group,
            after.members,
            "group_unrepresented",
            f"complaint_group:{found.group.id}:left:{found.member.id}",
        )
    return found.group


def _check(actor: Actor, settlement: Settlement) -> None:
    if any(grant.role is Role.STATION_MEMBER and grant.station_id == settlement.station_id for grant in actor.grants):
        raise NotPermitted("own_station", "您是这家单位联络站的人员，不能参加对它的共同投诉。")
    if is_over(settlement):
        raise NotPossibleNow("dispute_over", "这件事已经办结，不能再参加共同投诉。", state=settlement.state)
    if queries.member_of(settlement.id) is not None:
        raise Conflict("in_a_group", "这件诉求已经在一个共同投诉里了。要换一个，请先退出。")


def _take_in(group: ComplaintGroup, settlement: Settlement) -> None:
    group.seats += 1
    values = {
        "id": new_id(),
        "group_id": group.id,
        "position": group.seats,
        "settlement_id": settlement.id,
        "settlement_no": settlement.case_no,
        "account_id": settlement.consumer_id,
        "alias": settlement.alias,
        "joined_at": current.now(),
    }
    session().flush()
    if not insert_once(GroupMember, values):
        raise Conflict("in_a_group", "这件诉求已经在一个共同投诉里了。要换一个，请先退出。")


def _code_until() -> Any:
    return current.now() + timedelta(days=current.runtime().settings.group_code_days)


def _note(actor: Actor, action: Action, group: ComplaintGroup) -> None:
    audit.record(
        actor, action.value, "complaint_group", group.id, chain=group.county_code, after={"seats": group.seats}
    )
