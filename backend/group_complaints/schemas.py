"""What comes in and goes out of groups; one out-schema for each audience."""

from marshmallow import validate

from backend.complaints.mediation_schemas import InviteIn
from backend.complaints.rules import Closing, Nature
from backend.complaints.schemas import IdentityIn, SettlementIn
from backend.infrastructure.fields import Choice, Input, Output, Text, Whole, YesNo, fields

from .rules import MOST_MEMBERS, MOST_REPRESENTATIVES, Matter

_NUMBERS = validate.Length(1, MOST_MEMBERS, error="请选择一件以上。")


class GroupOpenIn(Input):
    """What others have in common with one's own dispute."""

    EXAMPLE = {"about": "十一月在这家店办的洗车卡，店里说系统换了，余额都不认。"}
    about = Text(300, least=10, lines=True, required=True)


class GroupJoinIn(Input):
    """The code that somebody passed on."""

    EXAMPLE = {"code": "7K3Q-X9C2-M4TP"}
    code = Text(30, required=True)


class GroupFileIn(SettlementIn):
    """A settlement request with the group's unit."""

    EXAMPLE = {name: value for name, value in SettlementIn.EXAMPLE.items() if name != "token"}

    class Meta(SettlementIn.Meta):
        exclude = ("token", "number")


class GroupLayIn(Input):
    """A matter for the members; an election names one or two of them by position."""

    EXAMPLE = {"matter": "election", "text": "我们推选下面两位和商家联系。", "candidates": [1, 2]}
    matter = Choice(Matter, required=True)
    text = Text(500, least=5, lines=True, required=True)
    candidates = fields.List(
        Whole(1, 100_000),
        load_default=list,
        validate=validate.Length(0, 20, error=f"请选一到 {MOST_REPRESENTATIVES} 名代表人。"),
    )


class GroupAnswerIn(Input):
    """Yes or no; the identity where a case goes to the bureau and has none yet; the offer where one is accepted or declined."""

    EXAMPLE = {"agree": True, "identity": None, "offer": "5f1d7a84db21"}
    agree = YesNo(required=True)
    identity = fields.Nested(IdentityIn, load_default=None, allow_none=True)
    offer = Text(
        40, load_default=None, allow_none=True, metadata={"description": "同意接受、不接受方案的，看到的 offer_stamp"}
    )


class GroupAcceptIn(Input):
    """Which of the group's complaints."""

    EXAMPLE = {"case_nos": ["TS20261120-7K3QX9C"]}
    case_nos = fields.List(Text(40), required=True, validate=_NUMBERS, error_messages={"required": "请选择一件以上。"})


class GroupInviteIn(InviteIn):
    """One meeting for several complaints."""

    EXAMPLE = {**InviteIn.EXAMPLE, "case_nos": ["TS20261120-7K3QX9C"]}
    case_nos = fields.List(Text(40), required=True, validate=_NUMBERS, error_messages={"required": "请选择一件以上。"})


class GroupAgreementIn(GroupAcceptIn):
    """The terms by their number in the group, and what stands of the agreement."""

    EXAMPLE = {"case_nos": ["TS20261120-7K3QX9C"], "number": 4, "closing": "signed"}
    number = Whole(1, 100_000, required=True)
    closing = Choice(Closing, required=True)


class _GroupOut(Output):
    number = fields.String()
    unit_name = fields.String()
    about = fields.String(metadata={"description": "共同点；电话等已隐去"})
    opened_at = fields.AwareDateTime()
    count = fields.Integer(metadata={"description": "成员人数"})
    represented = fields.Integer(metadata={"description": "被代表的人数"})
    representatives = fields.List(fields.String(), metadata={"description": "代表人的匿名称呼"})


class GroupToJoin(_GroupOut):
    """A group to who was given its code."""

    nature = fields.Enum(Nature, by_value=True)
    certificate_no = fields.String(metadata={"description": "这家单位的证书编号"})


class _GroupMemberOut(Output):
    position = fields.Integer()
    alias = fields.String()
    representative = fields.Boolean()


class GroupMemberForMember(_GroupMemberOut):
    me = fields.Boolean()
    represented = fields.Boolean()


class _GroupProposalOut(Output):
    number = fields.Integer()
    matter = fields.Enum(Matter, by_value=True)
    matter_zh = fields.String()
    effect_zh = fields.String(metadata={"description": "同意以后，对自己那一件有什么效力"})
    text = fields.String()
    candidates = fields.List(fields.String())
    laid_by = fields.String()
    laid_at = fields.AwareDateTime()
    answer_by = fields.AwareDateTime(metadata={"description": "最晚答复时刻；期限本市自定"})
    state = fields.String()
    state_zh = fields.String()
    in_force = fields.Boolean(metadata={"description": "现在有效的推选"})
    agreed = fields.Integer()
    declined = fields.Integer()
    waiting = fields.Integer()


class GroupProposalForMember(_GroupProposalOut):
    """A matter with the reader's own answer."""

    answer = fields.Boolean(allow_none=True, metadata={"description": "您的答复；还没有答复时为 null"})
    can_answer = fields.Boolean()
    can_take_back = fields.Boolean()


class GroupProposalForOfficer(_GroupProposalOut):
    agreed_by = fields.List(fields.Integer(), metadata={"description": "同意的成员的序号"})


class GroupForMember(_GroupOut):
    """A group to one of its members."""

    code = fields.String(allow_none=True, metadata={"description": "加入码；过期后为 null"})
    code_until = fields.AwareDateTime()
    me = fields.Nested(GroupMemberForMember)
    offer_stamp = fields.String(
        allow_none=True, metadata={"description": "您那一件现在的方案的标记；同意接受、不接受方案时带回"}
    )
    members = fields.List(fields.Nested(GroupMemberForMember))
    proposals = fields.List(fields.Nested(GroupProposalForMember))
    may_elect = fields.Boolean()
    may_lay = fields.Boolean(metadata={"description": "您是代表人，现在可以提请成员答复"})


class GroupMemberForStation(_GroupMemberOut):
    case_no = fields.String()
    state_zh = fields.String()


class GroupChangeOut(Output):
    text = fields.String()
    members = fields.List(fields.String(), metadata={"description": "同意这样改的成员"})


class GroupForStation(_GroupOut):
    """A group to the station that is to answer it."""

    members = fields.List(fields.Nested(GroupMemberForStation))
    changes = fields.List(fields.Nested(GroupChangeOut))


class GroupMemberForOfficer(_GroupMemberOut):
    settlement_no = fields.String()
    complaint_no = fields.String(allow_none=True)
    state = fields.String()
    state_zh = fields.String()
    represented = fields.Boolean()


class GroupForOfficer(_GroupOut):
    """A group to the officer: one list, each its own case."""

    at_bureau = fields.Integer()
    members = fields.List(fields.Nested(GroupMemberForOfficer))
    proposals = fields.List(fields.Nested(GroupProposalForOfficer))


class GroupOfferedOut(Output):
    """To which requests an offer was made."""

    case_nos = fields.List(fields.String())
