"""What comes in and goes out of the council's queries."""

from backend.bodies.rules import BODIES
from backend.infrastructure.fields import Input, Output, Text, fields


class InquiryIn(Input):
    """A query to a body, by its code."""

    EXAMPLE = {
        "body": "330302",
        "subject": "预付卡备案情况",
        "question": "请说明瓯越电器今年以来预付卡的备案和检查情况。",
        "about_no": "WT20261123-000001A",
    }
    body = Text(20, required=True, metadata={"description": "单位代码：县局、市局、联席会议成员单位"})
    subject = Text(80, least=2, required=True)
    question = Text(1000, least=5, lines=True, required=True)
    about_no = Text(40, load_default=None, allow_none=True)


class InquiryAnswerIn(Input):
    """The answer."""

    EXAMPLE = {"text": "该单位已备案，三月检查时没有发现超额发卡。"}
    text = Text(2000, least=5, lines=True, required=True)


class InquiryOut(Output):
    """A query, with the answer once there is one."""

    case_no = fields.String()
    state = fields.String()
    state_zh = fields.Function(lambda row: row.__lifecycle__.states[row.state])
    body = fields.String(attribute="body_code")
    body_name = fields.Function(lambda row: BODIES[row.body_code].name)
    about_no = fields.String(allow_none=True)
    subject = fields.String()
    question = fields.String()
    answer = fields.String(allow_none=True)
    opened_at = fields.AwareDateTime()
    due_at = fields.AwareDateTime(allow_none=True)
    late = fields.Boolean()


class InquiriesOut(Output):
    """A list of queries."""

    inquiries = fields.List(fields.Nested(InquiryOut))
