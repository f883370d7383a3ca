"""The conversation between consumer and station over JSON."""

from backend.infrastructure.fields import Input, Output, Text, fields

from .rules import Side


class MessageIn(Input):
    """A message."""

    EXAMPLE = {"text": "发票在的，什么时候可以来店里？"}
    text = Text(1000, lines=True, required=True)


class SaidOut(Output):
    """A message as both sides read it."""

    at = fields.AwareDateTime()
    side = fields.Enum(Side, by_value=True)
    text = fields.String(metadata={"description": "电话、证件号、车牌等已经隐去"})
    mine = fields.Boolean(metadata={"description": "是我这一方写的"})
    is_new = fields.Boolean(metadata={"description": "对方写的，我还没有看过"})


class TalkOut(Output):
    """A conversation to one of its sides."""

    messages = fields.List(fields.Nested(SaidOut))
    unread = fields.Integer()
    may_write = fields.Boolean()


class TranscriptLineOut(Output):
    """A message to the bureau."""

    at = fields.AwareDateTime()
    side = fields.Enum(Side, by_value=True)
    text = fields.String()


class TranscriptOut(Output):
    """Everything that was said before the case came to the bureau."""

    messages = fields.List(fields.Nested(TranscriptLineOut))


class ReadyAnswerIn(Input):
    """An answer that a station uses often."""

    EXAMPLE = {"title": "请带小票来店", "text": "请带小票或者付款记录来店里，我们当场核对、处理。"}
    title = Text(20, required=True)
    text = Text(500, lines=True, required=True)
    station_id = Text(36, load_default=None, allow_none=True)


class ReadyAnswerOut(Output):
    """A ready answer."""

    id = fields.String()
    title = fields.String()
    text = fields.String()


class ReadyAnswersOut(Output):
    """The ready answers of one's stations."""

    ready_answers = fields.List(fields.Nested(ReadyAnswerOut))
