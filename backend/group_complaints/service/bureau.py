"""Steps that an officer takes on several members' complaints at once: all of those chosen, or none.

Each is the step of that complaint: with its own form, its own clock and its own notice.
"""

from collections.abc import Sequence
from typing import Any

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.complaints import service as complaints
from backend.complaints.model import Complaint
from backend.complaints.rules import Closing
from backend.group_complaints import queries, rules
from backend.group_complaints.queries import Standing
from backend.group_complaints.rules import Matter
from backend.kernel.errors import InvalidInput, NotFound, NotPossibleNow
from backend.kernel.identifiers import read_case_number


def accept_together(actor: Actor, case_no: str, case_nos: Sequence[str]) -> list[Complaint]:
    """Accept the chosen complaints; raises InvalidInput not_in_group, and as complaints.service.accept_complaint"""
    _, numbers = _chosen(actor, Action.COMPLAINT_ACCEPT, case_no, case_nos)
    return [complaints.accept_complaint(actor, number) for number in numbers]


def invite_together(actor: Actor, case_no: str, case_nos: Sequence[str], **meeting: Any) -> list[Complaint]:
    """Call the parties of the chosen complaints to one meeting; raises as complaints.service.invite"""
    _, numbers = _chosen(actor, Action.COMPLAINT_INVITE, case_no, case_nos)
    return [complaints.invite(actor, number, **meeting) for number in numbers]


def record_agreement_together(
    actor: Actor, case_no: str, case_nos: Sequence[str], *, number: int, closing: Closing
) -> list[Complaint]:
    """Record the terms that a representative laid before the members, for chosen members who consented to them.

    number   of the matter in the group
    raises   NotFound; NotPossibleNow member_has_not_agreed; as complaints.service.record_agreement
    source   Order 121 §12, §24
    """
    standing, numbers = _chosen(actor, Action.COMPLAINT_RECORD_AGREEMENT, case_no, case_nos)
    terms = next((one for one in standing.proposals if one.number == number and one.matter is Matter.AGREE), None)
    if terms is None:
        raise NotFound("no_such_proposal", "没有这个提请成员答复的调解条件，请刷新页面再看。")
    agreed = standing.who(terms, agreed=True)
    of_member = queries.complaint_numbers(standing)
    missing = [one for member, one in of_member.items() if one in numbers and member not in agreed]
    if missing:
        raise NotPossibleNow(
            "member_has_not_agreed",
            f"这些投诉人没有同意这些条件，不能替他们登记：{'、'.join(missing)}。他们各自那一件继续办理。",
            article=rules.ARTICLE,
        )
    return [complaints.record_agreement(actor, one, text=terms.text or "", closing=closing) for one in numbers]


def _chosen(actor: Actor, action: Action, case_no: str, case_nos: Sequence[str]) -> tuple[Standing, list[str]]:
    """The group, and the chosen numbers in order: two who do this at once do not wait for each other. Holds nothing yet."""
    standing = queries.of_complaint(actor, action, case_no)
    numbers = sorted({read_case_number(one) for one in case_nos})
    known = set(queries.complaint_numbers(standing).values())
    if not numbers or not known.issuperset(numbers):
        words = "请从这个共同投诉的名单里选一件以上。"
        raise InvalidInput("not_in_group", words, fields={"case_nos": [words]})
    return standing, numbers
