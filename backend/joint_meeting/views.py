"""A dispatch as its readers see it: the complaint without who complains, who leads, who assists and who is late."""

from types import SimpleNamespace

from backend.bodies import queries as bodies
from backend.bodies.rules import BODIES, DEPARTMENTS, OFFICE
from backend.casework import queries as cases
from backend.complaints import views as complaints
from backend.complaints.model import Complaint, Settlement
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.kernel.masking import masked
from backend.kernel.wording import GONE
from backend.merchants import queries as merchants

from . import queries
from .lifecycle import ASSISTANCE, DISPATCH
from .model import Assistance, Dispatch, DispatchMove


def matter(complaint_id: str) -> SimpleNamespace:
    """What a department needs of the complaint: facts without what would tell who typed them, and where the unit is."""
    complaint = session().get_one(Complaint, complaint_id)
    settlement = session().get_one(Settlement, complaint.settlement_id)
    unit = merchants.unit(complaint.unit_id)
    return SimpleNamespace(
        alias=complaint.alias,
        facts=complaints.facts_for_others(settlement),
        wanted=settlement.wanted,
        amount_fen=settlement.amount_fen,
        happened_on=settlement.happened_on,
        nature_zh=settlement.nature.zh,
        unit_name=complaint.unit_name,
        unit_address=unit.address,
        holder=complaints.holder(complaint),
    )


def assistants(dispatch: Dispatch) -> list[SimpleNamespace]:
    """Who assists, with what they said and whether they are late."""
    found = queries.assistants(dispatch.id)
    due = cases.next_deadlines("assistance", [one.id for one in found])
    return [
        SimpleNamespace(
            case_no=one.case_no,
            name=DEPARTMENTS[one.department_code].name,
            question=one.question,
            reply=one.reply,
            state=one.state,
            state_zh=ASSISTANCE.states[one.state or ""],
            due_at=due[one.id].due_at if one.id in due else None,
            late=one.id in due and due[one.id].due_at < current.now(),
        )
        for one in found
    ]


def moves(dispatch: Dispatch) -> list[SimpleNamespace]:
    """How the lead was named and handed on, with the reasons."""
    return [_move(one) for one in queries.moves(dispatch.id)]


def for_consumer(dispatch: Dispatch) -> SimpleNamespace:
    """What the complainant reads: who leads and how to reach them, who assists, what came of it."""
    led = dispatch.lead_code is not None and dispatch.state != "returned"
    return SimpleNamespace(
        case_no=dispatch.case_no,
        state=dispatch.state,
        state_zh=DISPATCH.states[dispatch.state or ""],
        lead=bodies.reached(dispatch.lead_code if led and dispatch.lead_code else OFFICE.code),
        assistants=[DEPARTMENTS[one.department_code].name for one in queries.assistants(dispatch.id)],
        moves=[one for one in moves(dispatch) if one.step != "ask_more"],
        result=masked(dispatch.result) if dispatch.result else None,
        deadlines=[deadline.due_at for deadline in cases.open_deadlines(dispatch)],
    )


def department(case: Assistance) -> str:
    """The name of who assists."""
    return DEPARTMENTS[case.department_code].name


def _move(one: DispatchMove) -> SimpleNamespace:
    sender, target = BODIES[one.from_body].name, BODIES[one.to_body].name
    title = {
        "send": f"联席会议办公室交{target}牵头",
        "decline": "联席会议办公室没有交办，由市场监管部门继续办理",
        "ask_more": f"联席会议办公室请{target}补充办理结果",
        "bring_back": f"{sender}第三次退回，报联席会议办公室，建议由{target}牵头",
    }.get(one.step, f"{sender}转给{target}牵头")
    return SimpleNamespace(step=one.step, at=one.at, title=title, basis=None, reason=masked(one.reason) or GONE)
