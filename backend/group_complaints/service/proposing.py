"""Laying a matter before the members: any member an election, a representative anything else."""

from collections.abc import Sequence
from datetime import timedelta

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.casework import service as casework
from backend.group_complaints import rules
from backend.group_complaints.model import GroupProposal
from backend.group_complaints.rules import Matter
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.kernel.clock import end_of_local_day
from backend.kernel.errors import Conflict, InvalidInput, NotFound, NotPermitted, NotPossibleNow

from .answering import advance, keep_answer
from .membership import Mine, mine
from .telling import take_back_question, tell


def lay(actor: Actor, case_no: str, *, matter: Matter, text: str, candidates: Sequence[int] = ()) -> GroupProposal:
    """Lay a matter before every member; who lays an election agrees to it by that.

    candidates   positions of one or two members, for an election
    raises       NotPermitted not_representative; Conflict answers_awaited; InvalidInput; NotPossibleNow too_few, too_many
    source       Order 121 §12
    """
    found = mine(actor, Action.GROUP_PROPOSE, case_no)
    election = matter is Matter.ELECTION
    chosen = _candidates(found, candidates) if election else []
    if not election and found.member not in found.standing.representatives:
        raise NotPermitted(
            "not_representative", "这件事要由推选出来的代表人提请。您可以先提请推选代表人，或者只办您自己那一件。"
        )
    if len(found.standing.members) < rules.LEAST_MEMBERS:
        raise NotPossibleNow("too_few", "共同投诉要两个人以上。请先把加入码发给有同样纠纷的人。")
    if found.standing.open(election=election) is not None:
        what = "推选" if election else "事项"
        raise Conflict("answers_awaited", f"已经有一个{what}在等成员答复。请等答复结束，或者由提请的人收回。")
    if len(found.standing.proposals) >= rules.MOST_PROPOSALS:
        raise NotPossibleNow("too_many", "这个共同投诉提请过的事项已经太多，请各自办理自己那一件。")
    last_day = current.today() + timedelta(days=current.runtime().settings.group_answer_days)
    made = GroupProposal(
        group_id=found.group.id,
        county_code=found.group.county_code,
        number=len(found.standing.proposals) + 1,
        matter=matter,
        candidates=chosen,
        laid_by=found.member.id,
        answer_by=end_of_local_day(last_day),
        rule_set="2026",
    )
    made.text = text
    casework.apply(made, "lay", actor, ground=matter.value, due_on={"G1": last_day})
    session().add(made)
    session().flush()
    others = [one for one in found.standing.members if not (election and one.id == found.member.id)]
    tell(found.group, others, "group_asked", f"group_proposal:{made.id}:asked", due=made.answer_by)
    if election:
        keep_answer(made, found.member, agreed=True)
        advance(actor, found.group, made)
    return made


def take_back(actor: Actor, case_no: str, number: int) -> GroupProposal:
    """Who laid it takes it back; what members consented to until then stays done. raises NotFound, NotPermitted"""
    found = mine(actor, Action.GROUP_TAKE_BACK, case_no)
    proposal = proposal_of(found, number)
    if proposal.laid_by != found.member.id:
        raise NotPermitted("not_laid_by_you", "这件事不是您提请的，要由提请的人收回。您可以答复不同意。")
    casework.apply(proposal, "take_back", actor)
    take_back_question(proposal)
    return proposal


def proposal_of(found: Mine, number: int) -> GroupProposal:
    """raises NotFound"""
    proposal = next((one for one in found.standing.proposals if one.number == number), None)
    if proposal is None:
        raise NotFound("no_such_proposal", "没有这个事项，请刷新页面再看。")
    return proposal


def _candidates(found: Mine, positions: Sequence[int]) -> list[int]:
    chosen = sorted(set(positions))
    if not 1 <= len(chosen) <= rules.MOST_REPRESENTATIVES:
        words = f"请选一到 {rules.MOST_REPRESENTATIVES} 名代表人。"
        raise InvalidInput("representatives_one_or_two", words, fields={"candidates": [words]}, article=rules.ARTICLE)
    if len(found.standing.at(chosen)) != len(chosen):
        words = "代表人要从现在的成员里选，有人可能已经退出，请重新选。"
        raise InvalidInput("candidate_not_member", words, fields={"candidates": [words]})
    return chosen
