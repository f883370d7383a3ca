"""The station answers the whole group at once; the offer reaches every member in the member's own case."""

from typing import Any

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.complaints import queries as disputes
from backend.complaints import service as complaints
from backend.complaints.model import Settlement
from backend.group_complaints.model import GroupMember
from backend.infrastructure.database import session
from backend.infrastructure.scoping import visible
from backend.kernel.errors import NotFound, NotPossibleNow
from backend.kernel.identifiers import read_case_number

#: States in which an offer can be made.
ANSWERABLE = ("awaiting_answer", "not_performed")


def offer_to_group(actor: Actor, case_no: str, **offer: Any) -> list[str]:
    """Make one offer to all members who wait for an answer, but for those whose request a colleague owns or whom officers shield.

    returns   numbers of the requests to which it was made
    raises    NotFound; NotPossibleNow nothing_to_answer; as complaints.service.offer
    """
    numbers = sorted(one.case_no for one in answerable(actor, case_no))
    if not numbers:
        raise NotPossibleNow(
            "nothing_to_answer", "现在没有可以一起答复的成员：都已经答复，或者由同事在办，或者要在那一件里单独答复。"
        )
    for number in numbers:  # in order, so that two who do this at once do not wait for each other
        complaints.offer(actor, number, **offer)
    return numbers


def answerable(actor: Actor, case_no: str) -> list[Settlement]:
    """Requests of the group's members that this station's member can answer together. raises NotFound"""
    mine = visible(Settlement, actor, Action.GROUP_OFFER)
    group_id = session().scalar(
        sa.select(GroupMember.group_id)
        .join(Settlement, Settlement.id == GroupMember.settlement_id)
        .where(mine, Settlement.case_no == read_case_number(case_no), GroupMember.left_at.is_(None))
    )
    if group_id is None:
        raise NotFound("no_group", "这件诉求没有参加共同投诉，请单独答复。")
    waiting = (
        session()
        .scalars(
            sa.select(Settlement)
            .join(GroupMember, GroupMember.settlement_id == Settlement.id)
            .where(mine, GroupMember.group_id == group_id, GroupMember.left_at.is_(None))
            .where(Settlement.state.in_(ANSWERABLE), Settlement.through_officer_at.is_(None))
        )
        .all()
    )
    owners = disputes.owners(waiting)
    return [
        one
        for one in waiting
        if one.id not in owners or owners[one.id].account_id == actor.account_id or one.handing_over_at is not None
    ]
