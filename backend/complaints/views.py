"""A case as an audience reads it: the row with its deadlines, events, photos and what this reader may do now. For routes and pages."""

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from backend.access.actor import Actor
from backend.access.decide import permits
from backend.access.policy import Action
from backend.bodies import queries as bodies
from backend.bodies.queries import Reached
from backend.bodies.rules import BODIES, BUREAUS, CITY, OFFICE
from backend.casework import queries as cases
from backend.casework import service as casework
from backend.casework.model import CaseEvent, Deadline
from backend.infrastructure import current
from backend.kernel.clock import local_date
from backend.kernel.masking import masked
from backend.kernel.wording import GONE

from . import conversation, likeness, phones, queries
from .delegations import of_complaint
from .identity_requests import newest_request, suggested_by
from .lifecycle import COMPLAINT, SETTLEMENT
from .mediation import mediation_of, suggested
from .model import Complaint, ComplaintMove, Settlement
from .rules import Addressee, Party
from .service import PhotoLink, Submitted, papers, photos_for, side_of

#: Clock → whose turn it is.
OWNERS = {
    "M0": "维权联络站",
    "M1": "维权联络站",
    "M2": "维权联络站",
    "M3": "维权联络站",
    "M8": "维权联络站",
    "D1": "消费者",
    "D2": "消费者",
    "C1": "市场监管部门",
    "C2": "市场监管部门",
    "C3": "市场监管部门",
    "C5": "市级市场监管部门",
    "J3": "接收单位",
    "K1": "消保委",
    "K2": "消保委",
    "J4": "联席会议办公室",
}


def settlement_view(actor: Actor, settlement: Settlement) -> SimpleNamespace:
    """Everything about a settlement request that some audience reads; the out-schema chooses."""
    return _settlement_view(
        actor,
        settlement,
        complaint=queries.complaint_of(settlement.id),
        owner=queries.owners([settlement]).get(settlement.id),
        running=cases.open_deadlines(settlement),
        events=cases.events(settlement),
        photos=photos_for(actor, settlement),
        unread=conversation.unread(actor, [settlement]).get(settlement.id, 0),
        phone_shared=phones.shared(settlement.id) is not None,
    )


def submitted_view(actor: Actor, submitted: Submitted) -> SimpleNamespace:
    """The same of a request that was made in this unit of work: nothing hangs on it yet."""
    view = _settlement_view(
        actor,
        submitted.settlement,
        complaint=None,
        owner=None,
        running=sorted(submitted.step.started, key=lambda one: one.due_at),
        events=[submitted.step.event],
        photos=[],
        unread=0,
        phone_shared=False,
    )
    view.access_code = submitted.access_code
    return view


def _settlement_view(
    actor: Actor,
    settlement: Settlement,
    *,
    complaint: Complaint | None,
    owner: queries.Owner | None,
    running: Sequence[Deadline | casework.Started],
    events: Sequence[CaseEvent | Mapping[str, Any]],
    photos: Sequence[PhotoLink],
    unread: int,
    phone_shared: bool,
) -> SimpleNamespace:
    return _view(
        settlement,
        unread_messages=unread,
        phone_shared=phone_shared,
        offer_stamp=settlement.offer_stamp,
        state_zh=SETTLEMENT.states[settlement.state or ""],
        deadlines=[deadline_view(settlement, deadline) for deadline in running],
        events=events,
        allowed=_allowed(actor, settlement, "settlement"),
        photos=photos,
        facts=settlement.facts if _reads_all(actor, settlement) else masked(settlement.facts),
        complaint_no=complaint.case_no if complaint else None,
        owner=owner.alias if owner else None,
        owned_by_me=owner is not None and owner.account_id == actor.account_id,
        handing_over=owner is not None and settlement.handing_over_at is not None,
    )


def inbox_rows(actor: Actor) -> list[SimpleNamespace]:
    """The station's inbox in its order: each request with its deadlines and who has taken it."""
    found = queries.station_inbox(actor)
    owners = queries.owners(found)
    running = cases.open_deadlines_of("settlement", [settlement.id for settlement in found])
    unread = conversation.unread(actor, found)
    rows = []
    for settlement in found:
        owner = owners.get(settlement.id)
        row = _view(
            settlement,
            state_zh=SETTLEMENT.states[settlement.state or ""],
            deadlines=[deadline_view(settlement, deadline) for deadline in running.get(settlement.id, ())],
            unread_messages=unread.get(settlement.id, 0),
            station_turn=settlement.state in queries.STATION_TURN,
            owner=owner.alias if owner else None,
            owned_by_me=owner is not None and owner.account_id == actor.account_id,
            handing_over=owner is not None and settlement.handing_over_at is not None,
        )
        rows.append(row)
    return rows


def complaint_view(actor: Actor, complaint: Complaint, settlement: Settlement) -> SimpleNamespace:
    """Everything about a complaint that some audience reads."""
    events, mediation = cases.events(complaint), mediation_of(complaint)
    asked = newest_request(complaint.id)
    suggestion = suggested(complaint, mediation) or suggested_by(complaint.state, asked)
    read = (lambda text: text) if _reads_all(actor, settlement) else _masked
    return _view(
        complaint,
        decision_text=read(complaint.decision_text),
        agreement_text=read(complaint.agreement_text),
        state_zh=COMPLAINT.states[complaint.state or ""],
        deadlines=deadlines_of(complaint),
        events=events,
        allowed=_allowed(actor, complaint, "complaint"),
        settlement_no=settlement.case_no,
        dispute=settlement_view(actor, settlement),
        documents=papers(complaint, _parties(actor, complaint)),
        mediation=mediation,
        identity_request=asked,
        in_charge=actor.account_id is not None and complaint.officer_id == actor.account_id,
        parties={party.value: party for party in Party},
        delegation=of_complaint(complaint),
        suggestion={"ground": suggestion[0], "because": suggestion[1]} if suggestion else None,
        identity_views=queries.identity_views(complaint.id),
        holder=holder(complaint),
        moves=moves(complaint),
        merged_into=likeness.own_into(complaint),
    )


def settlements_in_list(actor: Actor, found: Sequence[Settlement]) -> list[SimpleNamespace]:
    """Requests as lines of a list."""
    running = cases.open_deadlines_of("settlement", [row.id for row in found])
    numbers = queries.complaint_numbers([row.id for row in found])
    return [
        _view(
            row,
            state_zh=SETTLEMENT.states[row.state or ""],
            deadlines=[deadline_view(row, deadline) for deadline in running.get(row.id, ())],
            complaint_no=numbers.get(row.id),
            own=row.consumer_id == actor.account_id,
        )
        for row in found
    ]


def complaints_in_list(actor: Actor, found: Sequence[Complaint]) -> list[SimpleNamespace]:
    """Complaints as lines of a list."""
    running = cases.open_deadlines_of("complaint", [row.id for row in found])
    return [
        _view(
            row,
            state_zh=COMPLAINT.states[row.state or ""],
            deadlines=[deadline_view(row, deadline) for deadline in running.get(row.id, ())],
            own=row.consumer_id == actor.account_id,
        )
        for row in found
    ]


def holder(complaint: Complaint) -> Reached:
    """Who has a complaint now and how to reach them; while nobody's power is settled, who settles it."""
    at = {"unassigned": OFFICE.code, "contested": CITY}.get(complaint.state or "", complaint.county_code)
    return bodies.reached(at)


def moves(complaint: Complaint) -> list[SimpleNamespace]:
    """Where a complaint came from and went, each with its reason, as the complainant reads it; the first is its receipt."""
    first = SimpleNamespace(
        at=complaint.opened_at, title=f"{BUREAUS[complaint.first_receiver].name}最先收到", basis=None, reason=None
    )
    return [first, *(_move(one) for one in queries.moves(complaint.id))]


def _move(one: ComplaintMove) -> SimpleNamespace:
    sender, target = BODIES[one.from_body].name, BODIES[one.to_body].name
    title = {
        "pass_on": f"{sender}转给{target}",
        "pass_to_office": f"{sender}第三次退回，报联席会议办公室，建议由{target}办理",
        "contest": f"{sender}报请{target}决定由谁处理",
    }.get(one.step, f"{sender}指定由{target}办理")
    return SimpleNamespace(at=one.at, title=title, basis=one.basis, reason=masked(one.reason) or GONE)


def facts_for_others(settlement: Settlement) -> str:
    """What happened, without what would tell who typed it: for the office and the departments."""
    return masked(settlement.facts)


def _parties(actor: Actor, complaint: Complaint) -> Sequence[Addressee]:
    """Whose forms this reader is told of."""
    return tuple(Addressee) if actor.is_staff else (Addressee[side_of(actor, complaint).name],)


def own_view(settlement: Settlement) -> SimpleNamespace:
    """A dispute that the consumer brought before: where it stands, at the bureau if it came there."""
    shown = queries.complaint_of(settlement.id) or settlement
    state_zh = shown.__lifecycle__.states[shown.state or ""]
    return _view(settlement, state_zh=state_zh)


def deadlines_of(case: Settlement | Complaint) -> list[dict[str, Any]]:
    """The open deadlines of a case in people's words."""
    return [deadline_view(case, deadline) for deadline in cases.open_deadlines(case)]


def deadline_view(case: Settlement | Complaint, deadline: Deadline | casework.Started) -> dict[str, Any]:
    """One deadline: what, whose turn, until when, on which rule."""
    rule = case.__clocks__[deadline.rule_set][deadline.clock]
    return {
        "clock": deadline.clock,
        "what": rule.zh,
        "owner": OWNERS[deadline.clock],
        "due_at": deadline.due_at,
        "due_on": local_date(deadline.due_at),
        "state": deadline.state.value,
        "window": rule.window,
        "late": not rule.window and (deadline.breached_at is not None or deadline.due_at < current.now()),
        "provisional": deadline.provisional,
        "basis": rule.basis,
    }


_ACTIONS = frozenset(action.value for action in Action)


def _allowed(actor: Actor, case: Settlement | Complaint, prefix: str) -> list[str]:
    return [
        name
        for name in casework.allowed(case)
        if f"{prefix}.{name}" in _ACTIONS and permits(actor, Action(f"{prefix}.{name}"), case, case.__scope__)
    ]


def _reads_all(actor: Actor, settlement: Settlement) -> bool:
    """The author and the bureau read what was typed; the station reads it without what would tell who typed it."""
    return actor.is_staff or (actor.account_id is not None and actor.account_id == settlement.consumer_id)


def _masked(text: str | None) -> str | None:
    return masked(text) if text else text


def _view(row: Settlement | Complaint, **more: Any) -> SimpleNamespace:
    columns = {attribute.key: getattr(row, attribute.key) for attribute in row.__mapper__.column_attrs}
    return SimpleNamespace(**{**columns, **more})
