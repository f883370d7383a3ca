"""What comes in and goes out: for the person who holds the code, and for officers. Unknown fields are refused."""

from marshmallow import validate

from backend.infrastructure.fields import Choice, Input, Output, Text, YesNo, fields

from .rules import Act, Measure, Origin, Protection

#: Said before and after: this is no emergency line.
CALL_FIRST = "正有危险的，请先打 110。"
_NUMBER, _CODE = "BH20261123-000001A", "7K3Q-X9C2-M4"


class RetaliationIn(Input):
    """Somebody says that they are paid back; by number and code, or signed in by the number of one's own dispute."""

    EXAMPLE = {
        "case_no": "HJ20261123-000001A",
        "code": _CODE,
        "acts": ["threatened", "exposed"],
        "what": "店主在小区里贴了我的名字，还打电话说再投诉就不客气。",
        "in_danger": False,
    }
    case_no = Text(40, required=True, metadata={"description": "诉求、投诉或举报的编号"})
    code = Text(
        30, load_default=None, allow_none=True, metadata={"description": "查询码；已登录且是自己的诉求可以不填"}
    )
    acts = fields.List(
        Choice(Act),
        required=True,
        validate=validate.Length(1, len(Act), error="请至少选一项。"),
        error_messages={"required": "请至少选一项。"},
    )
    what = Text(2000, least=10, lines=True, required=True)
    phone = Text(30, load_default=None, allow_none=True, metadata={"description": "只有接手的人看得到"})
    in_danger = YesNo(load_default=False)


class RetaliationCodeIn(Input):
    """Number and access code."""

    EXAMPLE = {"case_no": _NUMBER, "code": _CODE}
    case_no = Text(40, required=True)
    code = Text(30, required=True)


class RetaliationAnswerIn(RetaliationCodeIn):
    """What the person adds."""

    EXAMPLE = {**RetaliationCodeIn.EXAMPLE, "text": "今天上午又来了两个人，有门口的录像。"}
    text = Text(1000, least=2, lines=True, required=True)


class RetaliationTextIn(Input):
    """Words of an officer."""

    EXAMPLE = {"text": "电话联系到本人，说明了保护办法，约定明天面谈。"}
    text = Text(1000, least=5, lines=True, required=True)


class RetaliationProtectionIn(Input):
    """One protective step."""

    EXAMPLE = {"step": "lock_identity"}
    step = Choice(Protection, required=True)


class HandedToPoliceIn(RetaliationTextIn):
    """To which police, and why."""

    EXAMPLE = {"body": "温州市公安局鹿城区分局五马派出所", "text": "涉嫌威胁人身安全，连同录像移送。"}
    body = Text(120, least=4, required=True)


class RetaliationFindingIn(RetaliationTextIn):
    """Whether it is so, and why."""

    EXAMPLE = {"founded": True, "text": "经调取录像、询问双方，威胁投诉人的事实清楚。"}
    founded = YesNo(required=True)


class MeasureOnGroundIn(Input):
    """What follows for the certificate. statement: the facts of a proposal, which the unit reads"""

    EXAMPLE = {"measure": "removal", "statement": "经查实，有打击报复投诉人的行为。"}
    measure = Choice(Measure, required=True)
    statement = Text(2000, least=10, lines=True, load_default=None, allow_none=True)


class _RetaliationNoteOut(Output):
    at = fields.AwareDateTime()
    from_officer = fields.Function(lambda note: note.officer_id is not None)
    text = fields.String()


class _RetaliationProtectionOut(Output):
    at = fields.AwareDateTime()
    step = fields.String()
    step_zh = fields.String()


class _RetaliationOut(Output):
    case_no = fields.String()
    state = fields.String()
    state_zh = fields.Function(lambda row: row.__lifecycle__.states[row.state])
    opened_at = fields.AwareDateTime()
    outcome = fields.String(allow_none=True)
    police_body = fields.String(allow_none=True)


class RetaliationTaken(_RetaliationOut):
    """A new case to the person."""

    access_code = fields.String(metadata={"description": "查询码，只显示这一次"})
    call_first = fields.Function(lambda _: CALL_FIRST)


class RetaliationProgress(_RetaliationOut):
    """What the access code opens."""

    notes = fields.List(fields.Nested(_RetaliationNoteOut))
    protections = fields.List(fields.Nested(_RetaliationProtectionOut))


class RetaliationForOfficer(_RetaliationOut):
    """A case to an officer, without how to reach the person."""

    county_code = fields.String()
    origin = fields.Enum(Origin, by_value=True)
    about_no = fields.String()
    unit_name = fields.String()
    acts = fields.List(fields.String())
    what = fields.String()
    in_danger = fields.Boolean()
    measure = fields.Enum(Measure, by_value=True, allow_none=True)
    measure_no = fields.String(allow_none=True)
