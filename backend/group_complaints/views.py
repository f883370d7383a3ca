"""A group as an audience reads it. Members and the station read aliases alone; the officer reads numbers, and identities nowhere here."""

from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa

from backend.casework import queries as cases
from backend.complaints.lifecycle import COMPLAINT, SETTLEMENT
from backend.complaints.model import Complaint, Settlement
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.kernel.masking import masked

from . import queries
from .lifecycle import PROPOSAL
from .model import ComplaintGroup, GroupMember, GroupProposal
from .queries import Standing
from .rules import Matter
from .service.answering import can_be_answered


def for_member(settlement: Settlement, standing: Standing) -> SimpleNamespace:
    """What a member reads: aliases and counts, and the member's own answers."""
    me = next(one for one in standing.members if one.settlement_id == settlement.id)
    leads = me in standing.representatives
    return _view(
        standing,
        me=_member(standing, me, me),
        offer_stamp=settlement.offer_stamp,
        members=[_member(standing, one, me) for one in standing.members],
        code=standing.group.code if standing.group.code_until > current.now() else None,
        code_until=standing.group.code_until,
        may_elect=len(standing.members) > 1 and standing.open(election=True) is None,
        may_lay=leads and len(standing.members) > 1 and standing.open(election=False) is None,
        proposals=[_proposal(standing, one, me) for one in standing.proposals],
    )


def for_station(standing: Standing) -> SimpleNamespace:
    """What the station reads: which of its requests belong together, who represents them, what members agreed to change."""
    found = (
        session()
        .scalars(sa.select(Settlement).where(Settlement.id.in_([one.settlement_id for one in standing.members])))
        .all()
    )
    by_id = {one.id: one for one in found}
    changes = [one for one in standing.proposals if one.matter is Matter.CHANGE]
    return _view(
        standing,
        members=[
            SimpleNamespace(
                position=one.position,
                alias=one.alias,
                case_no=one.settlement_no,
                state_zh=SETTLEMENT.states[by_id[one.settlement_id].state or ""],
                representative=one in standing.representatives,
            )
            for one in standing.members
        ],
        changes=[
            SimpleNamespace(
                text=masked(one.text or ""),
                members=[member.alias for member in standing.members if member.id in standing.who(one, agreed=True)],
            )
            for one in changes
        ],
    )


def for_officer(standing: Standing) -> SimpleNamespace:
    """What the officer reads: one list, each with its own number, state and clock, and who consented to what."""
    ids = [one.settlement_id for one in standing.members]
    disputes = {one.id: one for one in session().scalars(sa.select(Settlement).where(Settlement.id.in_(ids)))}
    complaints = {
        one.settlement_id: one
        for one in session().scalars(sa.select(Complaint).where(Complaint.settlement_id.in_(ids)))
    }
    due = cases.next_deadlines("complaint", [one.id for one in complaints.values()])
    rows = []
    for member in standing.members:
        complaint = complaints.get(member.settlement_id)
        shown = complaint or disputes[member.settlement_id]
        words = COMPLAINT if complaint else SETTLEMENT
        rows.append(
            SimpleNamespace(
                position=member.position,
                alias=member.alias,
                settlement_no=member.settlement_no,
                complaint=complaint,
                complaint_no=complaint.case_no if complaint else None,
                state=shown.state,
                state_zh=words.states[shown.state or ""],
                deadline=due.get(complaint.id) if complaint else None,
                representative=member in standing.representatives,
                represented=member.id in standing.represented,
            )
        )
    return _view(
        standing,
        members=rows,
        at_bureau=len(complaints),
        proposals=[
            SimpleNamespace(
                **vars(_proposal(standing, one, None)),
                agreed_by=[
                    member.position for member in standing.members if member.id in standing.who(one, agreed=True)
                ],
            )
            for one in standing.proposals
        ],
    )


def look(group: ComplaintGroup) -> SimpleNamespace:
    """What who was given the code reads before coming in."""
    return _view(queries.standing(group), nature=group.nature, certificate_no=queries.certificate_no(group))


def _view(standing: Standing, **more: Any) -> SimpleNamespace:
    group = standing.group
    return SimpleNamespace(
        **{
            "number": group.number,
            "unit_name": group.unit_name,
            "about": masked(group.about or ""),
            "opened_at": group.opened_at,
            "count": len(standing.members),
            "represented": len(standing.represented),
            "representatives": [one.alias for one in standing.representatives],
            **more,
        }
    )


def _member(standing: Standing, one: GroupMember, me: GroupMember) -> SimpleNamespace:
    return SimpleNamespace(
        position=one.position,
        alias=one.alias,
        me=one.id == me.id,
        representative=one in standing.representatives,
        represented=one.id in standing.represented,
    )


def _proposal(standing: Standing, one: GroupProposal, me: GroupMember | None) -> SimpleNamespace:
    agreed, declined = standing.who(one, agreed=True), standing.who(one, agreed=False)
    layer = session().get_one(GroupMember, one.laid_by)
    mine = standing.answers.get(one.id, {}).get(me.id) if me else None
    return SimpleNamespace(
        number=one.number,
        matter=one.matter,
        matter_zh=one.matter.zh,
        effect_zh=one.matter.effect_zh,
        text=masked(one.text or ""),
        candidates=[member.alias for member in standing.at(one.candidates)],
        laid_by=layer.alias,
        laid_at=one.opened_at,
        answer_by=one.answer_by,
        state=one.state,
        state_zh=PROPOSAL.states[one.state or ""],
        in_force=one is standing.election,
        ended_at=one.state_since,
        agreed=len(agreed),
        declined=len(declined),
        waiting=len(standing.members) - len(agreed) - len(declined),
        answer=mine,
        can_answer=me is not None and mine is None and can_be_answered(standing, one),
        can_take_back=me is not None and one.state == "open" and one.laid_by == me.id,
    )
