"""What comes in and goes out: one schema for the reporter who holds the code, one for officers. Unknown fields are refused."""

from marshmallow import validate, validates_schema

from backend.infrastructure.fields import Choice, Day, Input, Output, Text, Whole, fields, need
from backend.kernel.identifiers import COUNTIES

from .rules import CITY, REGISTER, RESULT, Source, Suspicion

_NUMBER, _CODE = "JB20261123-000001A", "7K3Q-X9C2-M4"


class ReportIn(Input):
    """A report; of a certified unit by the token of its badge, of anybody else by name, address and county."""

    EXAMPLE = {
        "suspicion": "food",
        "facts": "后厨用过期的调味料，冰箱里有三袋，保质期到上个月。",
        "target_name": "江滨小吃店",
        "target_address": "江滨西路 12 号",
        "county_code": "330302",
        "happened_on": "2026-11-20",
        "place": "后厨冰箱，靠窗那一台",
    }
    suspicion = Choice(Suspicion, required=True)
    facts = Text(3000, least=10, lines=True, required=True)
    token = Text(60, load_default=None, allow_none=True)
    target_name = Text(120, load_default=None, allow_none=True)
    target_address = Text(200, load_default=None, allow_none=True)
    county_code = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.OneOf([*COUNTIES, CITY], error="请从给出的选项中选一个。"),
    )
    happened_on = Day(load_default=None, allow_none=True)
    place = Text(200, load_default=None, allow_none=True)
    name = Text(50, load_default=None, allow_none=True)
    phone = Text(30, load_default=None, allow_none=True)

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _names_whom(self, _loaded: object, sent: object, **_options: object) -> None:
        need(sent, "target_name", "county_code", without="token")


class ClueIn(Input):
    """What an officer noticed while mediating."""

    EXAMPLE = {"suspicion": "price", "facts": "店里的价签和收银台的价格不一样，店员说一直这样。"}
    suspicion = Choice(Suspicion, required=True)
    facts = Text(3000, least=10, lines=True, required=True)


class ReportCodeIn(Input):
    """Number and access code."""

    EXAMPLE = {"case_no": _NUMBER, "code": _CODE}
    case_no = Text(40, required=True)
    code = Text(30, required=True)


class ReportAnswerIn(ReportCodeIn):
    """What the reporter answers or adds."""

    EXAMPLE = {**ReportCodeIn.EXAMPLE, "text": "是上周五晚上八点多，二楼靠里的包间。"}
    text = Text(1000, least=2, lines=True, required=True)


class TipOffPhotoFiles(Input):
    """The photo itself."""

    photo = fields.Raw(required=True, metadata={"type": "string", "format": "binary"})


class TipOffPhotoOut(Output):
    """A stored photo."""

    position = fields.Integer()
    sha256 = fields.String(metadata={"description": "上传文件的指纹，作为收据"})


class ReportMessageOut(Output):
    """A question or an answer."""

    at = fields.AwareDateTime()
    from_officer = fields.Function(lambda message: message.officer_id is not None)
    text = fields.String()


class _ReportOut(Output):
    case_no = fields.String()
    state = fields.String()
    state_zh = fields.Function(lambda row: row.__lifecycle__.states[row.state])
    opened_at = fields.AwareDateTime()
    decision_text = fields.String(allow_none=True)
    transferred_to = fields.String(allow_none=True)


class ReportReceived(_ReportOut):
    """A new report to its author."""

    access_code = fields.String(metadata={"description": "查询码，只显示这一次"})


class ReportProgress(_ReportOut):
    """What the access code opens: how far it is, and the questions; not what was reported."""

    messages = fields.List(fields.Nested(ReportMessageOut))


class ReportForOfficer(_ReportOut):
    """A report to the bureau; how the reporter can be reached is asked for separately, with a purpose."""

    source = fields.Enum(Source, by_value=True)
    county_code = fields.String()
    target_name = fields.String()
    target_address = fields.String(allow_none=True)
    suspicion = fields.Enum(Suspicion, by_value=True)
    suspicion_zh = fields.String(attribute="suspicion.zh")
    happened_on = fields.Date(allow_none=True)
    place = fields.String(allow_none=True)
    facts = fields.String()
    anonymous = fields.Boolean()
    linked_no = fields.String(allow_none=True)


class ReportTextIn(Input):
    """A reason, a question or a result in words."""

    EXAMPLE = {"text": "到场核查，冰箱里的三袋调味料确已过期，违法事实初步成立。"}
    text = Text(1000, least=5, lines=True, required=True)


class ReportTransferIn(ReportTextIn):
    """To whom it goes, and why."""

    EXAMPLE = {"body": "温州市公安局鹿城区分局", "text": "涉嫌犯罪，连同照片一并移送。"}
    body = Text(120, least=4, required=True)


class ReportMergeIn(Input):
    """The earlier report whose period starts again."""

    EXAMPLE = {"into": _NUMBER}
    into = Text(40, required=True)


class ReportRepeatIn(Input):
    """The earlier report that says the same."""

    EXAMPLE = {"of": _NUMBER}
    of = Text(40, required=True)


class ReporterPurposeIn(Input):
    """Why an officer must know how to reach the reporter."""

    EXAMPLE = {"purpose": "电话核对事发时间和地点"}
    purpose = Text(200, least=4, required=True)


class ReportPaperIn(ReporterPurposeIn):
    """Which form an officer opens, and why."""

    EXAMPLE = {"form": 2, "purpose": "打印存档"}
    form = Whole(REGISTER, RESULT, required=True)


class ReportPaperOut(Output):
    """An official form that exists for a report."""

    number = fields.Integer(metadata={"description": "总局令第121号文书式样的序号"})
    title = fields.String()
    dated = fields.Date()
    sha256 = fields.String(allow_none=True, metadata={"description": "文书数据的指纹；登记表随案件内容生成，没有指纹"})


class ReporterContactOut(Output):
    """How a reporter can be reached."""

    name = fields.String()
    phone = fields.String()
