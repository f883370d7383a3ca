"""The council asks, the body answers; what is near is said once, what is late stays late."""

from collections.abc import Iterable

from backend.access.actor import Actor, Role
from backend.access.policy import Action
from backend.accounts import queries as accounts
from backend.bodies.rules import BODIES, BUREAUS, DEPARTMENTS, OFFICE
from backend.casework import queries as cases
from backend.casework import service as casework
from backend.infrastructure import current
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.clock_table import RULE_SETS
from backend.kernel.errors import InvalidInput, NotPermitted
from backend.kernel.identifiers import new_case_number
from backend.kernel.regulation import rule_set_for
from backend.notifications import service as notifications
from backend.notifications.templates import Value

from . import queries, rules
from .model import Inquiry

_STEP = "答复消保委的查询"


def ask(actor: Actor, *, body: str, subject: str, question: str, about_no: str | None = None) -> Inquiry:
    """Ask a body by its code; its officers are told. raises InvalidInput for a code that is none"""
    if body not in BODIES:
        raise InvalidInput(
            "body_not_found", "没有这个单位，请从名录里选。", fields={"body": ["请从给出的选项中选一个。"]}
        )
    made = Inquiry(
        case_no=new_case_number("CX", current.today()),
        body_code=body,
        county_code=rules.county_of(body),
        department_code=rules.department_of(body),
        about_no=about_no,
        subject=subject,
        question=question,
        asked_by=actor.account_id,
        rule_set=rule_set_for(current.today(), RULE_SETS).code,
    )
    casework.apply(made, "ask", actor)
    session().add(made)
    session().flush()
    _tell(made, _officers(made), "inquiry_asked", due=_due(made))
    return made


def answer(actor: Actor, case_no: str, *, text: str) -> Inquiry:
    """Answer for the body that was asked. raises NotPermitted for who does not speak for it"""
    found = queries.inquiry(actor, Action.INQUIRY_ANSWER, case_no)
    if not rules.answers_for(actor, found.body_code):
        raise NotPermitted("not_this_body", "这件查询问的是别的单位，由那个单位答复。")
    casework.apply(found, "answer", actor)
    found.answer, found.answered_by = text, actor.account_id
    notifications.drop(f"inquiry:{found.id}:")
    _tell(found, [found.asked_by], "inquiry_answered", body=BODIES[found.body_code].name)
    return found


def withdraw(actor: Actor, case_no: str) -> Inquiry:
    """The council needs no answer any more."""
    found = queries.inquiry(actor, Action.INQUIRY_WITHDRAW, case_no)
    casework.apply(found, "withdraw", actor)
    notifications.drop(f"inquiry:{found.id}:")
    return found


def sweep() -> int:
    """Remind of what is near, once, and mark what is late; opens its own unit of work. returns how many are newly late"""
    with unit_of_work():
        for found in queries.near(current.now() + rules.REMINDED):
            found.reminded_at = current.now()
            _tell(found, _officers(found), "deadline_near", step=_STEP, due=_due(found), unit_name="消保委查询")
        late = casework.mark_breaches("inquiry", ("K3",))
        for case_id, _ in late:
            found = session().get_one(Inquiry, case_id)
            people = [*_officers(found), *accounts.holders(Role.COUNCIL), *accounts.holders(Role.CITY_OFFICER)]
            _tell(found, people, "deadline_missed", step=_STEP, due=_due(found), unit_name="消保委查询")
    return len(late)


def _officers(found: Inquiry) -> list[str]:
    """Whoever answers for the body; the city's officers where nobody has an account for it."""
    code = found.body_code
    if code in BUREAUS:
        people = accounts.holders(Role.COUNTY_OFFICER, county_code=code)
    elif code in DEPARTMENTS:
        people = accounts.holders(Role.DEPARTMENT, department_code=code)
    else:
        people = accounts.holders(Role.JOINT_OFFICE) if code == OFFICE.code else []
    return people or accounts.holders(Role.CITY_OFFICER)


def _due(found: Inquiry) -> Value:
    return cases.open_deadlines(found)[0].due_at


def _tell(found: Inquiry, people: Iterable[str], template: str, **params: Value) -> None:
    for person in dict.fromkeys(people):
        notifications.queue(
            person,
            template,
            {"case_no": found.case_no, **params},
            event_key=f"inquiry:{found.id}:{template}",
            link=f"/console/inquiries/{found.case_no}",
            holds_while=found.state,
        )
