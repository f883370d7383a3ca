"""What the notices' API takes and gives."""

from marshmallow import validate

from backend.infrastructure.fields import Input, Output, fields

from . import templates


class MessageOut(Output):
    """One notice."""

    id = fields.String()
    title = fields.String()
    text = fields.String()
    link = fields.String(metadata={"description": "站内路径"})
    made_at = fields.DateTime()
    read = fields.Boolean()


class InboxOut(Output):
    """A page of the inbox."""

    items = fields.List(fields.Nested(MessageOut))
    unread = fields.Integer()
    next = fields.String(allow_none=True, metadata={"description": "下一页的 before；没有下一页时为 null"})


class ReadIn(Input):
    """Which notices were read; all when the list is absent."""

    EXAMPLE = {"ids": ["019ab0f4-7d4e-7cc0-8a55-6f1d0c1b2a3e"]}
    ids = fields.List(fields.UUID(), validate=validate.Length(1, 100, error="一次最多 100 条。"))


class ReadOut(Output):
    """What is left."""

    marked = fields.Integer()
    unread = fields.Integer()


class DeadOut(Output):
    """Work that was given up."""

    kind = fields.String()
    id = fields.String()
    name = fields.String()
    reason = fields.String()
    tries = fields.Integer()
    finished_at = fields.DateTime()


class DeadList(Output):
    """The latest hundred."""

    items = fields.List(fields.Nested(DeadOut))


class SubscriptionsIn(Input):
    """Templates for which the person just tapped "allow"."""

    EXAMPLE = {"accepted": ["case", "deadline"]}
    accepted = fields.List(
        fields.String(validate=validate.OneOf(sorted(templates.KEYS), error="没有这种订阅消息。")),
        required=True,
        validate=validate.Length(1, 5, error="一次 1 到 5 种。"),
    )


class SubscriptionOut(Output):
    """One subscribe message that may be asked for."""

    key = fields.String()
    template_id = fields.String(metadata={"description": "wx.requestSubscribeMessage 的模板编号"})
    remaining = fields.Integer(allow_none=True, metadata={"description": "还能收几条；不知道时为 null"})


class SubscriptionsOut(Output):
    """Every subscribe message of this installation."""

    items = fields.List(fields.Nested(SubscriptionOut))
