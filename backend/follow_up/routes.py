"""Questionnaires over JSON."""

from typing import Any

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure.fields import Choice, Input, Output, YesNo, fields
from backend.infrastructure.http import ApiBlueprint, endpoint

from . import queries, service
from .rules import Answer

blueprint = ApiBlueprint("follow_up", __name__, description="办结后的回访")


class AnswerIn(Input):
    """One tap."""

    EXAMPLE = {"answer": "solved"}
    answer = Choice(Answer, required=True)


class QuestionnaireOut(Output):
    """A question about a closed dispute."""

    case_no = fields.String()
    unit_name = fields.String()
    asked_at = fields.DateTime()
    answer = fields.Enum(Answer, by_value=True, allow_none=True)


class _Wish(Input):
    EXAMPLE = {"wanted": False}
    wanted = YesNo(required=True)


class _Questionnaires(Output):
    wanted = fields.Boolean()
    questionnaires = fields.List(fields.Nested(QuestionnaireOut))


@blueprint.get("/questionnaires")
@endpoint(Action.QUESTIONNAIRE_ANSWER, reply=_Questionnaires)
def questionnaires(actor: Actor) -> dict[str, Any]:
    """我的回访：办结七天后问一次，问题解决了没有"""
    return _of(actor)


@blueprint.post("/questionnaires/<case_no>")
@endpoint(Action.QUESTIONNAIRE_ANSWER, body=AnswerIn, reply=QuestionnaireOut)
def answer(actor: Actor, case_no: str, body: dict[str, Any]) -> Any:
    """回答回访；三十天内可以改"""
    return service.answer(actor, case_no, body["answer"])


@blueprint.put("/questionnaires/wish")
@endpoint(Action.QUESTIONNAIRE_ANSWER, body=_Wish, reply=_Questionnaires)
def wish(actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
    """要不要在办结后回访我"""
    service.want_questions(actor, body["wanted"])
    return _of(actor)


def _of(actor: Actor) -> dict[str, Any]:
    return {"wanted": queries.wants_questions(actor), "questionnaires": queries.standing(actor)}
