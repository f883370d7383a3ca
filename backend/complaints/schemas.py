"""Disputes: what comes in, and what each audience reads. Only the officer's schemas name a person."""

from typing import Any

from marshmallow import validate

from backend.documents.rules import REMEDIES
from backend.infrastructure.fields import Choice, Day, Fen, Input, Output, Text, YesNo, fields
from backend.infrastructure.paging import PageQuery
from backend.merchants.rules import Commitment

from .delegation_schemas import DelegationOfComplaint
from .evidence_schemas import PhotoOut
from .identity_schemas import IdentityRequestOut
from .mediation_schemas import MediationForOfficer, MediationOut, SuggestionOut
from .paper_schemas import PaperOut
from .rules import Closing, Nature, Offer, Party, RefusalGround, Request, TerminationGround

_FACTS = 2000


class IdentityIn(Input):
    """A real identity."""

    name = Text(50, required=True)
    phone = Text(30, required=True)
    address = Text(200, required=True)


class SettlementIn(Input):
    """A settlement request; a superset of form 1 of Order 121."""

    EXAMPLE = {
        "token": "1.7K3QX9C2M4TP.AbC_dEf-12",
        "nature": "quality",
        "wanted": ["return", "compensate"],
        "amount_fen": 12850,
        "happened_on": "2026-11-20",
        "facts": "买的电饭煲用了三天就不通电，店里说要自己寄回厂家。",
        "identity": {"name": "欧阳菁华", "phone": "13857712345", "address": "温州市鹿城区信河街 88 号"},
    }
    token = Text(64, load_default=None, allow_none=True, metadata={"description": "放心码令牌，在店里扫码时有"})
    number = Text(40, load_default=None, allow_none=True, metadata={"description": "证书编号，没有令牌的用它"})
    visit_ticket = Text(300, load_default=None, allow_none=True)
    nature = Choice(Nature, required=True)
    wanted = fields.List(Choice(Request), required=True, validate=validate.Length(1, 8, error="请选择 1 到 8 项要求。"))
    amount_fen = Fen(load_default=0)
    happened_on = Day(required=True)
    facts = Text(_FACTS, least=10, lines=True, required=True)
    commitment = Choice(Commitment, load_default=None, allow_none=True)
    file_for_me = YesNo(load_default=False)
    consent_publish = YesNo(load_default=False)
    consent_delegate = YesNo(load_default=False)
    identity = fields.Nested(IdentityIn, load_default=None, allow_none=True)
    order_no = Text(60, load_default=None, allow_none=True, metadata={"description": "订单号，商家看不到"})


class EscalateIn(Input):
    """The identity, unless it was given at submission."""

    EXAMPLE = {"identity": {"name": "欧阳菁华", "phone": "13857712345", "address": "温州市鹿城区信河街 88 号"}}
    identity = fields.Nested(IdentityIn, load_default=None, allow_none=True)


class ReasonIn(Input):
    """A plain reason."""

    EXAMPLE = {"text": "商品已拆封使用，不属于七天无理由退货的范围。"}
    text = Text(500, least=5, lines=True, required=True)


class RefusalIn(ReasonIn):
    """A refusal's ground and reason."""

    EXAMPLE = {"ground": "R16_1", "text": "驾驶培训的纠纷由交通运输部门处理。", "body": "transport"}
    ground = Choice(RefusalGround, required=True)
    body = Text(20, load_default=None, allow_none=True, metadata={"description": "有权处理的单位的代码"})
    body_name = Text(80, load_default=None, allow_none=True, metadata={"description": "名单里没有时，单位的名称"})
    body_reach = Text(200, load_default=None, allow_none=True, metadata={"description": "怎样联系：电话或者网址"})


class MergeIn(Input):
    """The complaint about the same dispute in which this one is handled, and why."""

    EXAMPLE = {"into": "TS20261120-7K3QX9C", "text": "同一张小票、同一件商品，一个月前已经投诉。"}
    into = Text(40, required=True)
    text = Text(500, least=5, lines=True, required=True)


class TerminationIn(ReasonIn):
    """A termination's ground and reason."""

    EXAMPLE = {"ground": "T23_3", "text": "商家明确表示不能达成调解协议。"}
    ground = Choice(TerminationGround, required=True)


class RevealIn(Input):
    """Why the identity is looked at."""

    EXAMPLE = {"purpose": "电话联系投诉人，核实事实"}
    purpose = Text(200, least=4, required=True)


class ProgressIn(Input):
    """Number and access code."""

    EXAMPLE = {"case_no": "HJ20261123-0000013", "code": "7K3Q-X9C2-M4TP"}
    case_no = Text(40, required=True)
    code = Text(30, required=True)


class OwnPageQuery(PageQuery):
    """Which page, and of whose."""

    own = YesNo(load_default=False, metadata={"description": "只要自己提出的；联络站、市场监管人员自己也会投诉"})


class DeadlineOut(Output):
    """A deadline, with whose turn it is and on which rule it rests."""

    clock = fields.String()
    what = fields.String(metadata={"description": "期限内要做的事"})
    owner = fields.String(metadata={"description": "现在该谁办"})
    due_at = fields.AwareDateTime()
    due_on = fields.Date()
    state = fields.String(metadata={"description": "running 进行中，held 暂停"})
    late = fields.Boolean()
    provisional = fields.Boolean(metadata={"description": "明年节假日安排未公布，日期可能变动"})
    basis = fields.String(metadata={"description": "依据"})


class EventOut(Output):
    """One step of the case."""

    at = fields.AwareDateTime()
    action = fields.String()
    from_state = fields.String(allow_none=True)
    to_state = fields.String()
    actor_kind = fields.String()


class _CaseOut(Output):
    case_no = fields.String()
    state = fields.String()
    state_zh = fields.String()
    unit_name = fields.String()
    opened_at = fields.AwareDateTime()
    deadlines = fields.List(fields.Nested(DeadlineOut))
    events = fields.List(fields.Nested(EventOut))
    allowed = fields.List(fields.String(), metadata={"description": "您现在可以做的操作"})


class _SettlementOut(_CaseOut):
    alias = fields.String()
    nature = fields.Enum(Nature, by_value=True)
    wanted = fields.List(fields.String())
    amount_fen = fields.Integer()
    happened_on = fields.Date()
    facts = fields.String()
    offer_kind = fields.Enum(Offer, by_value=True, allow_none=True)
    offer_fen = fields.Integer(allow_none=True)
    offer_text = fields.String(allow_none=True)
    perform_by = fields.Date(allow_none=True)
    offer_stamp = fields.String(
        allow_none=True, metadata={"description": "方案的标记；答复方案时带回，方案变了就不一样"}
    )
    refusal_text = fields.String(allow_none=True)
    unanswered = fields.Boolean()
    phone_shared = fields.Boolean(metadata={"description": "消费者让联络站看电话"})
    unread_messages = fields.Integer(metadata={"description": "对方写的、您还没有看过的消息"})
    photos = fields.List(fields.Nested(PhotoOut))


class SettlementForConsumer(_SettlementOut):
    """A settlement request to its author."""

    file_for_me = fields.Boolean()
    order_no = fields.String(allow_none=True)
    complaint_no = fields.String(allow_none=True)
    number_12315 = fields.String(allow_none=True, metadata={"description": "全国 12315 平台的编号，由消费者填回"})
    access_code = fields.String(metadata={"description": "查询码，只在提交成功时显示一次"})


class SettlementForStation(_SettlementOut):
    """A settlement request to the station: an alias, never a name or a phone."""

    complaint_no = fields.String(allow_none=True, metadata={"description": "转到市场监管部门的，投诉编号"})
    owner = fields.String(
        allow_none=True, metadata={"description": "在办的人（首问负责），站内称呼；还没有人接手时为空"}
    )
    owned_by_me = fields.Boolean()
    handing_over = fields.Boolean(metadata={"description": "在办的人请同事接手，还没有人接手"})
    through_officer = fields.Function(
        lambda case: case.through_officer_at is not None,
        metadata={"type": "boolean", "description": "由市场监管人员转告双方：不能发消息、上传照片，答复不能写说明"},
    )


class SettlementInInbox(Output):
    """A request in the station's inbox: until when, and who has taken it."""

    case_no = fields.String()
    state = fields.String()
    state_zh = fields.String()
    unit_name = fields.String()
    alias = fields.String()
    wanted = fields.List(fields.String())
    amount_fen = fields.Integer()
    opened_at = fields.AwareDateTime()
    deadlines = fields.List(fields.Nested(DeadlineOut), metadata={"description": "最近的期限在最前面"})
    unread_messages = fields.Integer()
    station_turn = fields.Boolean(metadata={"description": "现在该联络站办"})
    owner = fields.String(
        allow_none=True, metadata={"description": "在办的人（首问负责），站内称呼；还没有人接手时为空"}
    )
    owned_by_me = fields.Boolean()
    handing_over = fields.Boolean()


class SettlementProgress(_CaseOut):
    """What the access code opens: progress alone."""

    unanswered = fields.Boolean()
    complaint_no = fields.String(allow_none=True)


class HolderOut(Output):
    """Who has a complaint now, and how to reach them."""

    name = fields.String()
    phone = fields.String()
    address = fields.String(allow_none=True)


class MoveOut(Output):
    """A complaint came to a body, or was handed to another one, and why."""

    at = fields.AwareDateTime()
    title = fields.String()
    basis = fields.String(allow_none=True)
    reason = fields.String(allow_none=True)


class _ComplaintOut(_CaseOut):
    holder = fields.Nested(HolderOut, metadata={"description": "现在由谁办、怎么联系"})
    settlement_no = fields.String()
    alias = fields.String()
    escalated_because = fields.String()
    refusal_ground = fields.Enum(RefusalGround, by_value=True, allow_none=True)
    refusal_ground_zh = fields.String(attribute="refusal_ground.zh")
    termination_ground = fields.Enum(TerminationGround, by_value=True, allow_none=True)
    termination_ground_zh = fields.String(attribute="termination_ground.zh")
    decision_text = fields.String(allow_none=True)
    right_body_name = fields.String(allow_none=True, metadata={"description": "不予受理时告知的有权处理的单位"})
    right_body_reach = fields.String(allow_none=True)
    agreement_text = fields.String(allow_none=True)
    closing = fields.Enum(Closing, by_value=True, allow_none=True)
    closing_zh = fields.String(attribute="closing.zh", metadata={"description": "协议怎样留存"})
    mediation = fields.Nested(MediationOut)
    other_remedies = fields.Method("remedies")

    def remedies(self, case: Any) -> str | None:
        """Printed on every refusal and termination (消法 §39)."""
        ended_badly = case.state in {"not_accepted", "terminating", "terminated"}
        return REMEDIES if ended_badly else None


class SettlementInList(Output):
    """A request as one line of a list."""

    case_no = fields.String()
    state = fields.String()
    state_zh = fields.String()
    unit_name = fields.String()
    opened_at = fields.AwareDateTime()
    deadlines = fields.List(fields.Nested(DeadlineOut))
    unanswered = fields.Boolean()
    complaint_no = fields.String(allow_none=True)
    own = fields.Boolean(metadata={"description": "是您自己提出的"})


class ComplaintInList(Output):
    """A complaint in a queue."""

    case_no = fields.String()
    state = fields.String()
    state_zh = fields.String()
    unit_name = fields.String()
    alias = fields.String()
    opened_at = fields.AwareDateTime()
    escalated_because = fields.String()
    deadlines = fields.List(fields.Nested(DeadlineOut))
    own = fields.Boolean(metadata={"description": "是您自己提出的"})


class IdentityViewOut(Output):
    """Who looked at the identity, told to the complainant."""

    at = fields.AwareDateTime()
    purpose = fields.String()


class ComplaintForConsumer(_ComplaintOut):
    """A complaint to its author, with who looked at their identity."""

    documents = fields.List(fields.Nested(PaperOut))
    moves = fields.List(fields.Nested(MoveOut), metadata={"description": "最先由谁收到，转到过哪里，为什么"})
    identity_views = fields.List(fields.Nested(IdentityViewOut))
    agrees_to_delegate = fields.Function(
        lambda case: case.mediation.agrees_to_delegate(Party.CONSUMER),
        allow_none=True,
        metadata={"type": "boolean", "description": "您同意委托消保委调解；还没有答复时为 null"},
    )
    identity_request = fields.Nested(IdentityRequestOut, allow_none=True)
    merged_into = fields.String(allow_none=True, metadata={"description": "和您的哪一件投诉是同一件事，并在那里办"})


class ComplaintForStation(_ComplaintOut):
    """A complaint to the station it is about."""

    documents = fields.List(fields.Nested(PaperOut))


class ComplaintForOfficer(_ComplaintOut):
    """A complaint to the bureau; the identity is a step of its own."""

    county_code = fields.String()
    mediation = fields.Nested(MediationForOfficer)
    suggestion = fields.Nested(SuggestionOut, allow_none=True)
    delegation = fields.Nested(DelegationOfComplaint, allow_none=True)
    identity_request = fields.Nested(IdentityRequestOut, allow_none=True)
    documents = fields.List(fields.Nested(PaperOut))
    moves = fields.List(fields.Nested(MoveOut))
    dispute = fields.Nested(SettlementForStation)


class IdentityForOfficer(Output):
    """The complainant's identity, after a noted look."""

    name = fields.String()
    phone = fields.String()
    address = fields.String()
    id_kind = fields.String(allow_none=True, metadata={"description": "请投诉人提供过身份证件的，证件种类"})
    id_number = fields.String(allow_none=True)
    noted_at = fields.AwareDateTime()


class LodgedOut(Output):
    """The complaint that an escalation opened."""

    case_no = fields.String()
    state = fields.String()


class ComplaintPassed(Output):
    """A complaint that left its bureau: what the sender may still read of it."""

    case_no = fields.String()
    state = fields.String()
    county_code = fields.String(metadata={"description": "现在由哪个县（市、区）办"})


class OwnWithUnit(Output):
    """A dispute that the person already has with a unit."""

    case_no = fields.String()
    opened_at = fields.AwareDateTime()
    state = fields.String()
    state_zh = fields.String()
    nature_zh = fields.String(attribute="nature.zh")
