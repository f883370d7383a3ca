"""Questionnaires over JSON."""

from typing import Any

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure.fields import Choice, Input, Output, Text, YesNo, fields
from backend.infrastructure.http import ApiBlueprint, endpoint

from . import queries, service
from .lifecycle import REOPENING
from .rules import Answer, Because, Result, Way

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


class ReopenIn(Input):
    """What is not solved."""

    EXAMPLE = {"what": "说好三天内退款，到现在没有收到，电话也不接。"}
    what = Text(1000, least=5, lines=True, required=True)


class ReopeningOut(Output):
    """A new stage of a dispute, as its consumer and the bureau read it."""

    case_no = fields.String()
    settlement_no = fields.String()
    unit_name = fields.String()
    because = fields.Enum(Because, by_value=True)
    state = fields.String()
    state_zh = fields.Function(lambda one: REOPENING.states[one.state])
    what = fields.String()
    outcome = fields.String(allow_none=True)
    opened_at = fields.DateTime()


class ReopeningsOut(Output):
    """Those under way first."""

    reopenings = fields.List(fields.Nested(ReopeningOut))


class OutcomeIn(Input):
    """How it ended."""

    EXAMPLE = {"solved": True, "text": "已督促商家退款 128.50 元，消费者确认收到。"}
    solved = YesNo(required=True)
    text = Text(1000, least=5, lines=True, required=True)


class CallBackOut(Output):
    """A dispute that was drawn to be called back."""

    case_no = fields.String()
    complaint_no = fields.String(allow_none=True)
    unit_name = fields.String()
    ended_as = fields.String()
    way = fields.Enum(Way, by_value=True)
    drawn_at = fields.DateTime()
    result = fields.Enum(Result, by_value=True, allow_none=True)
    note = fields.String(allow_none=True)


class DrawOut(Output):
    """One week's draw; with the seed and the list anybody can draw again."""

    county_code = fields.String()
    from_at = fields.DateTime()
    to_at = fields.DateTime()
    seed = fields.String()
    frame_size = fields.Integer()
    frame_sha256 = fields.String()


class CallBacksOut(Output):
    """Those without a result first."""

    call_backs = fields.List(fields.Nested(CallBackOut))
    draws = fields.List(fields.Nested(DrawOut))
    figures = fields.Dict(keys=fields.String(), values=fields.Integer())


class CallBackIn(Input):
    """What was heard."""

    EXAMPLE = {"result": "not_true", "note": "消费者说没有收到退款。"}
    result = Choice(Result, required=True)
    note = Text(500, least=2, lines=True, required=True)


@blueprint.post("/questionnaires/<case_no>/reopen")
@endpoint(Action.REOPENING_OPEN, body=ReopenIn, reply=ReopeningOut, status=201, idempotent=True, limit="10/hour")
def reopen(actor: Actor, case_no: str, body: dict[str, Any]) -> Any:
    """没有解决的，申请重新办理；回访三十天内，一件事一次"""
    return service.reopen(actor, case_no, what=body["what"])


@blueprint.get("/reopenings")
@endpoint(Action.REOPENING_READ, reply=ReopeningsOut)
def reopenings(actor: Actor) -> dict[str, Any]:
    """重新办理的事：消费者看自己的，市场监管部门看本辖区的"""
    return {"reopenings": queries.reopenings(actor)}


@blueprint.post("/reopenings/<case_no>/take")
@endpoint(Action.REOPENING_TAKE, reply=ReopeningOut)
def take(actor: Actor, case_no: str) -> Any:
    """接手重新办理；原承办人不能接手"""
    return service.take(actor, case_no)


@blueprint.post("/reopenings/<case_no>/close")
@endpoint(Action.REOPENING_CLOSE_SOLVED, body=OutcomeIn, reply=ReopeningOut)
def close(actor: Actor, case_no: str, body: dict[str, Any]) -> Any:
    """办结重新办理，写明结果，消费者能看到"""
    return service.close(actor, case_no, **body)


@blueprint.post("/reopenings/<case_no>/withdraw")
@endpoint(Action.REOPENING_WITHDRAW, reply=ReopeningOut, idempotent=True)
def withdraw(actor: Actor, case_no: str) -> Any:
    """消费者撤回重新办理"""
    return service.withdraw(actor, case_no)


@blueprint.get("/call-backs")
@endpoint(Action.CALL_BACK_READ, reply=CallBacksOut)
def call_backs(actor: Actor) -> dict[str, Any]:
    """抽中回访的事、抽样的种子和结果统计"""
    return {
        "call_backs": queries.call_backs(actor),
        "draws": queries.draws(actor),
        "figures": queries.figures(actor),
    }


@blueprint.post("/call-backs/<case_no>")
@endpoint(Action.CALL_BACK_RECORD, body=CallBackIn, reply=CallBackOut)
def record_call_back(actor: Actor, case_no: str, body: dict[str, Any]) -> Any:
    """登记回访结果；不属实的，自动重新办理。原承办人不能登记"""
    return service.record(actor, case_no, **body)


def _of(actor: Actor) -> dict[str, Any]:
    return {"wanted": queries.wants_questions(actor), "questionnaires": queries.standing(actor)}
