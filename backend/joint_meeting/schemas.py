"""What comes in and goes out of the joint meeting."""

from marshmallow import validate

from backend.bodies.rules import DEPARTMENTS
from backend.complaints.schemas import HolderOut, MoveOut
from backend.infrastructure.fields import Day, Input, Output, Text, fields

from .rules import MOST_ASSISTANTS

_DEPARTMENT = validate.OneOf(list(DEPARTMENTS), error="请选择联席会议的成员单位。")


class ProposeIn(Input):
    """Why a complaint concerns several departments."""

    EXAMPLE = {"why": "涉及景区内的旅行社合同和食品安全，需要文化广电旅游部门牵头。"}
    why = Text(500, least=10, lines=True, required=True)


class SendIn(Input):
    """Who leads, who assists, what is to be done until when."""

    EXAMPLE = {
        "lead": "tourism",
        "assistants": ["market", "transport"],
        "asked": "请牵头核实旅行社合同，两周内答复处理意见。",
        "accept_by": None,
        "reply_by": "2026-12-04",
    }
    lead = fields.String(required=True, validate=_DEPARTMENT)
    assistants = fields.List(
        fields.String(validate=_DEPARTMENT), load_default=list, validate=validate.Length(max=MOST_ASSISTANTS)
    )
    asked = Text(500, least=10, lines=True, required=True)
    accept_by = Day(load_default=None, allow_none=True)
    reply_by = Day(load_default=None, allow_none=True)


class SendNewIn(SendIn):
    """The same, of a complaint that nobody proposed."""

    EXAMPLE = {**SendIn.EXAMPLE, "why": "三个单位都退回，涉及旅游合同，由联席会议交办。"}
    why = Text(500, least=10, lines=True, required=True)


class HandBackIn(Input):
    """The department that should lead, and why."""

    EXAMPLE = {"target": "transport", "reason": "合同由客运企业签订，旅行社没有参与，应当由交通运输部门牵头。"}
    target = fields.String(required=True, validate=_DEPARTMENT)
    reason = Text(500, least=10, lines=True, required=True)


class ReasonIn(Input):
    """A reason."""

    EXAMPLE = {"reason": "请补充写明旅行社是否退款、什么时候退。"}
    reason = Text(500, least=5, lines=True, required=True)


class ResultIn(Input):
    """What came of it."""

    EXAMPLE = {"text": "旅行社承认擅自变更行程，同意三日内退还 600 元。"}
    text = Text(2000, least=10, lines=True, required=True)


class AskIn(Input):
    """One more department that is to assist."""

    EXAMPLE = {"department": "market", "question": "请核实该店的食品经营许可和近期检查情况。", "reply_by": None}
    department = fields.String(required=True, validate=_DEPARTMENT)
    question = Text(500, least=10, lines=True, required=True)
    reply_by = Day(load_default=None, allow_none=True)


class DispatchForConsumer(Output):
    """A dispatch to the complainant: who leads, how to reach them, what came of it."""

    case_no = fields.String()
    state = fields.String()
    state_zh = fields.String()
    lead = fields.Nested(HolderOut, metadata={"description": "现在由谁牵头、怎么联系"})
    assistants = fields.List(fields.String(), metadata={"description": "协办的单位"})
    moves = fields.List(fields.Nested(MoveOut))
    result = fields.String(allow_none=True, metadata={"description": "牵头部门报来的办理结果"})
    deadlines = fields.List(fields.AwareDateTime())
