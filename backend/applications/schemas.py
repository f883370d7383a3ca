"""Applications over JSON and in forms."""

from typing import Any

from backend.infrastructure.fields import Choice, Day, Input, Output, Text, Whole, YesNo, fields
from backend.kernel.identifiers import county_name
from backend.merchants.rules import Category, Commitment

from .lifecycle import APPLICATION, OBJECTION
from .rules import CODES, LONGEST_STATEMENT, Kind, PhotoKind, RefusalReason

_FORM = {
    "uscc": "91330302MA2ABCDEXP",
    "trading_since": "2019-05-01",
    "statement": "去年收到的诉求都在当天答复，全部和解；每季度对员工做一次培训。",
    "checks": {"licence": True, "fair_terms": False},
    "commitments": [{"code": "first_contact", "days": None}],
}


class Revision(Whole):
    """Which saving of a form is meant."""

    def __init__(self, **options: Any) -> None:
        super().__init__(0, 1_000_000, **options)


class Days(Whole):
    """How many days a promise names."""

    def __init__(self, **options: Any) -> None:
        super().__init__(1, 365, **options)


class CommitmentIn(Input):
    """A promise that the unit makes."""

    code = Choice(Commitment, required=True)
    days = Days(load_default=None, allow_none=True, metadata={"description": "退货、冷静期的天数"})


class ApplicationWords(Input):
    """What is typed as it stands."""

    uscc = Text(40, least=0, load_default="", metadata={"description": "营业执照上的统一社会信用代码"})
    trading_since = Day(load_default=None, allow_none=True, metadata={"description": "开业日期"})
    statement = Text(LONGEST_STATEMENT, least=0, lines=True, load_default="", metadata={"description": "做法和成效"})


class ApplicationForm(ApplicationWords):
    """What is typed, finished or not; every saving sends all of it."""

    checks = fields.Dict(
        keys=Text(40, validate=lambda code: code in CODES),
        values=YesNo(allow_none=True),
        load_default=dict,
        metadata={"description": "自查：问题的代码 → 做到没有"},
    )
    commitments = fields.List(
        fields.Nested(CommitmentIn), load_default=list, validate=lambda several: len(several) <= len(Commitment)
    )


class ApplicationSaveIn(Input):
    """A draft as it is typed."""

    EXAMPLE = {"seen": 1, "form": _FORM}
    seen = Revision(required=True, metadata={"description": "在哪一版上填写的（revision）"})
    form = fields.Nested(ApplicationForm, required=True)


class ApplicationPhotoIn(Input):
    """About a photo."""

    kind = Choice(PhotoKind, required=True, metadata={"description": "licence 营业执照（一张），premises 店面和公示"})


class ApplicationPhotoFiles(Input):
    """The photo itself."""

    photo = fields.Raw(required=True, metadata={"type": "string", "format": "binary"})


class ApplicationSubmitIn(Input):
    """Handing it in."""

    EXAMPLE = {"seen": 2, "is_true": True}
    seen = Revision(required=True, metadata={"description": "提交的是哪一版（revision）"})
    is_true = YesNo(required=True, metadata={"description": "确认所填内容属实"})


class ApplicationTextIn(Input):
    """Words of an officer."""

    EXAMPLE = {"text": "请补充最近一次计量器具检定的情况。"}
    text = Text(1000, least=5, lines=True, required=True)


class ApplicationExamineIn(ApplicationTextIn):
    """The first examiner's finding."""

    EXAMPLE = {"certify": True, "text": "到店核查，与申报一致。"}
    certify = YesNo(required=True, metadata={"description": "是否符合条件"})


class ApplicationRefuseIn(ApplicationTextIn):
    """A refusal: why, and what would help."""

    EXAMPLE = {"reason": "standard_not_met", "text": "店内没有明码标价。", "remedy": "全部商品标价后可以再次申请。"}
    reason = Choice(RefusalReason, required=True)
    remedy = Text(500, least=5, lines=True, required=True, metadata={"description": "怎么改正、改正后怎么办"})


class ApplicationObjectIn(ApplicationTextIn):
    """What somebody has against it; the unit reads it."""

    EXAMPLE = {"text": "这家店十月份拒绝履行退货承诺，我有聊天记录。"}
    text = Text(1000, least=10, lines=True, required=True, metadata={"description": "单位看得到，不要写姓名、电话"})


class ApplicationObjectionAnswerIn(ApplicationTextIn):
    """What the unit answers."""

    EXAMPLE = {"text": "当天已经退款，退款记录已交工作人员核对。"}


class ApplicationObjectionDecisionIn(ApplicationTextIn):
    """What an officer decides of an objection; the text is public."""

    EXAMPLE = {"uphold": False, "text": "经核对退款记录，承诺已经履行。"}
    uphold = YesNo(required=True, metadata={"description": "异议是否成立"})


class OpeningOut(Output):
    """What a unit may apply for today."""

    kind = fields.Enum(Kind, by_value=True, allow_none=True)
    kind_zh = fields.String(attribute="kind.zh", allow_none=True)
    why = fields.String(allow_none=True)
    from_day = fields.Date(allow_none=True)


class ApplicationRowOut(Output):
    """An application in a list."""

    case_no = fields.String()
    kind = fields.Enum(Kind, by_value=True)
    kind_zh = fields.String(attribute="kind.zh")
    unit_name = fields.String()
    number = fields.String()
    state = fields.String()
    state_zh = fields.Function(lambda row: APPLICATION.states[row.state])
    state_since = fields.AwareDateTime()
    opened_at = fields.AwareDateTime()


class UnitApplicationsOut(Output):
    """A unit's applications, the newest first, and what it may apply for."""

    opening = fields.Nested(OpeningOut)
    applications = fields.List(fields.Nested(ApplicationRowOut))


class UncertifiedOut(Output):
    """A unit that may apply for its first certificate."""

    number = fields.String(attribute="enrolment_no", metadata={"description": "入册申请的编号，申请认定时用"})
    unit_name = fields.String(attribute="name")
    address = fields.String()


class UncertifiedUnitsOut(Output):
    """Units of the station without a certificate, the newest first."""

    units = fields.List(fields.Nested(UncertifiedOut))


class ApplicationsOut(Output):
    """Applications, the newest first."""

    applications = fields.List(fields.Nested(ApplicationRowOut))


class _CheckOut(Output):
    code = fields.String()
    zh = fields.String()
    needed = fields.Boolean()


class _EventOut(Output):
    action = fields.String()
    state = fields.String(attribute="to_state")
    state_zh = fields.Function(lambda row: APPLICATION.states[row.to_state])
    at = fields.AwareDateTime()


class ApplicationObjectionOut(Output):
    """An objection as its unit and the officers read it."""

    case_no = fields.String()
    state = fields.String()
    state_zh = fields.Function(lambda row: OBJECTION.states[row.state])
    text = fields.String()
    answer_text = fields.String(allow_none=True)
    decision_text = fields.String(allow_none=True)
    due_at = fields.AwareDateTime(attribute="deadline.due_at", allow_none=True)
    opened_at = fields.AwareDateTime()


class _PromiseOut(Output):
    code = fields.String()
    days = fields.Integer(allow_none=True)


class FormOut(Output):
    """The form as it is stored."""

    uscc = fields.String()
    trading_since = fields.String(allow_none=True)
    statement = fields.String()
    checks = fields.Dict(keys=fields.String(), values=fields.Boolean())
    commitments = fields.List(fields.Nested(_PromiseOut))


class ApplicationOut(ApplicationRowOut):
    """An application with its form, its course and the objections to it."""

    category = fields.Enum(Category, by_value=True)
    form = fields.Nested(FormOut)
    revision = fields.Integer()
    saved_at = fields.AwareDateTime()
    checks = fields.List(fields.Nested(_CheckOut))
    score = fields.Integer()
    correction = fields.String(allow_none=True)
    due_at = fields.AwareDateTime(attribute="deadline.due_at", allow_none=True)
    notice_from = fields.Date(allow_none=True)
    notice_until = fields.Date(allow_none=True)
    reason_zh = fields.String(attribute="reason.zh", allow_none=True)
    decision_text = fields.String(allow_none=True)
    remedy = fields.String(allow_none=True)
    awarded_no = fields.String(allow_none=True)
    awarded_until = fields.Date(allow_none=True)
    events = fields.List(fields.Nested(_EventOut))
    objections = fields.List(fields.Nested(ApplicationObjectionOut))


class ApplicationPhotoAddedOut(Output):
    """A stored photo."""

    position = fields.Integer()
    kind = fields.Enum(PhotoKind, by_value=True)
    kind_zh = fields.String(attribute="kind.zh")
    sha256 = fields.String(metadata={"description": "上传文件的指纹"})


class ApplicationPhotoOut(ApplicationPhotoAddedOut):
    """A photo's link."""

    url = fields.String(metadata={"description": "五分钟内有效"})
    added_at = fields.AwareDateTime()


class ApplicationPhotosOut(Output):
    """The photos of an application, the licence first."""

    photos = fields.List(fields.Nested(ApplicationPhotoOut))


class SavedOut(Output):
    """What was stored."""

    revision = fields.Integer()
    saved_at = fields.AwareDateTime()


class NoticeOut(Output):
    """An application under public notice, for everybody."""

    case_no = fields.Function(lambda row: row[0].case_no)
    kind = fields.Function(lambda row: row[0].kind.value)
    kind_zh = fields.Function(lambda row: row[0].kind.zh)
    unit_name = fields.Function(lambda row: row[0].unit_name)
    category_zh = fields.Function(lambda row: row[0].category.zh)
    county = fields.Function(lambda row: county_name(row[0].county_code))
    notice_from = fields.Function(lambda row: row[0].notice_from.isoformat())
    notice_until = fields.Function(lambda row: row[0].notice_until.isoformat())
    commitments = fields.Function(
        lambda row: [Commitment(one["code"]).text(one["days"]) for one in row[0].form["commitments"]]
    )


class NoticesOut(Output):
    """What is under public notice, the one that ends first first."""

    notices = fields.List(fields.Nested(NoticeOut))


class OutcomeOut(Output):
    """Where an objection stands, for who has its number."""

    case_no = fields.String()
    unit_name = fields.String()
    state = fields.String()
    state_zh = fields.Function(lambda row: OBJECTION.states[row.state])
    decision_text = fields.String(allow_none=True)
