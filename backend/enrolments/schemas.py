"""Requests to be entered in the register over JSON and in forms; one out-schema for who asked, one for officers."""

from marshmallow import validate

from backend.accounts.queries import InvitationState
from backend.infrastructure.fields import Choice, Input, Output, Text, YesNo, fields
from backend.kernel.identifiers import COUNTIES, county_name
from backend.merchants.rules import LAT_RANGE, LNG_RANGE, Category

from .lifecycle import ENROLMENT
from .rules import DeclineReason

_COUNTY = validate.OneOf(COUNTIES, error="请从给出的选项中选一个。")


def _within(low: float, high: float, name: str) -> validate.Range:
    return validate.Range(low, high, error=f"{name}应当在 {low} 到 {high} 之间（温州范围，GCJ-02）。")


class UsccQuery(Input):
    """Which shop."""

    uscc = Text(40, required=True, metadata={"description": "营业执照上的统一社会信用代码"})


class EnrolmentIn(Input):
    """What a shop says of itself."""

    EXAMPLE = {
        "uscc": "91330302MA2TE5T1X2",
        "merchant_name": "温州市鹿城区瓯江电器有限公司",
        "unit_name": "瓯江电器",
        "category": "shop",
        "county_code": "330302",
        "address": "温州市鹿城区五马街 18 号",
        "website": "https://oujiang.example.com",
        "contact": "闻人清越",
        "phone": "13857712345",
        "agreed": True,
    }
    uscc = Text(40, required=True, metadata={"description": "营业执照上的统一社会信用代码"})
    merchant_name = Text(120, least=2, required=True, metadata={"description": "营业执照上的名称"})
    unit_name = Text(80, least=2, required=True, metadata={"description": "店招上的名称"})
    category = Choice(Category, required=True)
    county_code = Text(6, least=0, required=True, validate=_COUNTY)
    address = Text(200, least=5, required=True)
    website = Text(300, least=0, load_default=None, allow_none=True, metadata={"description": "网店必填"})
    contact = Text(40, least=2, required=True, metadata={"description": "联系人"})
    phone = Text(30, required=True, metadata={"description": "联系人的手机号码，只用于核实"})
    agreed = YesNo(required=True, metadata={"description": "同意用联系人信息核实这份申请"})


class EnrolmentAcceptIn(Input):
    """How the shop stands in the register from now on."""

    EXAMPLE = {
        "merchant_name": "温州市鹿城区瓯江电器有限公司",
        "unit_name": "瓯江电器",
        "address": "温州市鹿城区五马街 18 号",
        "lng": 120.655135,
        "lat": 28.011285,
        "station_name": "瓯江电器维权联络站",
        "station_phone": "0577-88881234",
    }
    merchant_name = Text(120, least=2, required=True)
    unit_name = Text(80, least=2, required=True)
    address = Text(200, least=5, required=True)
    lng = fields.Float(required=True, validate=_within(*LNG_RANGE, "经度"), metadata={"description": "GCJ-02 经度"})
    lat = fields.Float(required=True, validate=_within(*LAT_RANGE, "纬度"), metadata={"description": "GCJ-02 纬度"})
    station_name = Text(120, least=4, required=True)
    station_phone = Text(30, required=True, metadata={"description": "公开的联络站电话"})


class EnrolmentDeclineIn(Input):
    """Why not."""

    EXAMPLE = {"reason": "elsewhere", "text": "门店在瑞安市，请向瑞安市提交。"}
    reason = Choice(DeclineReason, required=True)
    text = Text(500, least=5, lines=True, required=True)


class UsccFreeOut(Output):
    """A code whose shop may be entered."""

    uscc = fields.String()


class EnrolmentOut(Output):
    """A request, to who asked."""

    case_no = fields.String()
    state = fields.String()
    state_zh = fields.Function(lambda row: ENROLMENT.states[row.state])
    opened_at = fields.AwareDateTime()
    due_at = fields.AwareDateTime(attribute="deadline.due_at", allow_none=True)
    uscc = fields.String()
    merchant_name = fields.String()
    unit_name = fields.String()
    category = fields.Enum(Category, by_value=True)
    category_zh = fields.String(attribute="category.zh")
    county = fields.Function(lambda row: county_name(row.county_code))
    address = fields.String()
    website = fields.String(allow_none=True)
    reason_zh = fields.String(attribute="reason.zh", allow_none=True)
    decision_text = fields.String(allow_none=True)
    invitation = fields.String(allow_none=True, metadata={"description": "邀请码，只给申请人"})
    invitation_state = fields.Enum(InvitationState, by_value=True, attribute="invited.state", allow_none=True)
    invitation_expires_at = fields.AwareDateTime(attribute="invited.expires_at", allow_none=True)


class MyEnrolmentsOut(Output):
    """What one asked for, the newest first."""

    enrolments = fields.List(fields.Nested(EnrolmentOut))


class EnrolmentForOfficer(EnrolmentOut):
    """The same to an officer: whom to call, and not the code of the invitation."""

    class Meta:
        exclude = ("invitation",)

    contact = fields.String()
    phone = fields.String()
    phone_proved = fields.Boolean(metadata={"description": "电话是不是账号确认过的号码"})


class EnrolmentsOut(Output):
    """Requests, the one that is due first first."""

    enrolments = fields.List(fields.Nested(EnrolmentForOfficer))
