"""Feedback over JSON and in forms."""

from backend.infrastructure.fields import Choice, Input, Output, Text, fields

from .rules import MOST_WORDS, Kind, Screened


class FeedbackIn(Input):
    """What somebody says of the program."""

    EXAMPLE = {"kind": "unclear", "text": "“期限暂停计算”是什么意思，看不懂。", "page": "pages/case/index"}
    kind = Choice(
        Kind, required=True, metadata={"description": "broken 出错了，unclear 看不懂，idea 建议，praise 表扬"}
    )
    text = Text(MOST_WORDS, least=2, lines=True, required=True)
    page = Text(
        200, load_default=None, allow_none=True, metadata={"description": "在哪一页写的；编号、查询参数不会保存"}
    )


class FeedbackSent(Output):
    """What was taken."""

    number = fields.String(attribute="feedback.number")
    answered_to = fields.Function(
        lambda sent: "code" if sent.access_code else "me",
        metadata={"description": "me 答复会通知本人；code 匿名，凭编号和查询码看答复"},
    )
    access_code = fields.String(allow_none=True, metadata={"description": "匿名的查询码，只显示这一次；登录了的为空"})


class FeedbackProgressIn(Input):
    """Number and access code."""

    EXAMPLE = {"case_no": "YJ20261123-0000013", "code": "7K3Q-X9C2-M4TP"}
    case_no = Text(40, required=True)
    code = Text(30, required=True)


class FeedbackProgress(Output):
    """What the access code opens: the answer, not what was said."""

    case_no = fields.String(attribute="number")
    state_zh = fields.String(attribute="answered_zh")
    opened_at = fields.AwareDateTime(attribute="sent_at")
    decision_text = fields.String(attribute="answer", allow_none=True, metadata={"description": "答复"})
    answered_at = fields.AwareDateTime(allow_none=True)


class MyFeedbackOut(Output):
    """What one said oneself, with the answer."""

    number = fields.String()
    kind = fields.Enum(Kind, by_value=True)
    kind_zh = fields.String(attribute="kind.zh")
    text = fields.String()
    sent_at = fields.AwareDateTime()
    answer = fields.String(allow_none=True)
    answered_at = fields.AwareDateTime(allow_none=True)


class MyFeedbackPage(Output):
    """A page of what one said, the newest first."""

    items = fields.List(fields.Nested(MyFeedbackOut))
    next = fields.String(allow_none=True, metadata={"description": "下一页的 before；空是最后一页"})


class FeedbackToAnswer(MyFeedbackOut):
    """What somebody said, to staff: whose it is they are not told."""

    page = fields.String(allow_none=True)
    screened = fields.Enum(Screened, by_value=True)
    anonymous = fields.Function(lambda said: said.account_id is None)


class FeedbackQueue(Output):
    """What nobody answered yet, the oldest first."""

    items = fields.List(fields.Nested(FeedbackToAnswer))


class FeedbackAnswerIn(Input):
    """The answer."""

    EXAMPLE = {"text": "谢谢您。已经改成“等检测结果，这段时间不算在期限里”。"}
    text = Text(MOST_WORDS, least=2, lines=True, required=True)
