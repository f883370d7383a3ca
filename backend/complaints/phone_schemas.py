"""The shared phone number over JSON."""

from backend.infrastructure.fields import Input, Output, Text, fields


class SharePhoneIn(Input):
    """Which number; left out, the one given before."""

    EXAMPLE = {"phone": "13857712345"}
    phone = Text(30, load_default=None, allow_none=True)


class PhoneLookOut(Output):
    """A look at the number, told to the consumer."""

    at = fields.AwareDateTime()
    alias = fields.String(metadata={"description": "看的人，站内称呼"})


class SharedPhoneOut(Output):
    """Whether the station may see the number, to the consumer."""

    shared = fields.Boolean()
    phone = fields.String(allow_none=True, metadata={"description": "只有头尾几位"})
    known = fields.String(
        allow_none=True, metadata={"description": "以前给过、不用再填的号码的头尾几位；没有给过的为 null"}
    )
    open = fields.Boolean(metadata={"description": "这件事还没有结束，可以让联络站看"})
    looks = fields.List(fields.Nested(PhoneLookOut), metadata={"description": "联络站看过的时间"})
    text = fields.String(metadata={"description": "同意前要看的说明"})


class PhoneForStation(Output):
    """The number, after a noted look."""

    phone = fields.String()
    noted_at = fields.AwareDateTime()
