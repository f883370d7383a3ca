"""What the calculators take and give; money in fen."""

from backend.infrastructure.fields import Choice, Day, Fen, Input, Output, Text, YesNo, fields

from .rules.prepaid import Card, Cause
from .rules.returns import Channel, Condition, Goods


class PrepaidFacts(Input):
    """What is said of a prepayment beside its amounts."""

    card = Choice(Card, required=True)
    cause = Choice(Cause, required=True)
    starts_on = Day(load_default=None, allow_none=True)
    ends_on = Day(load_default=None, allow_none=True)
    served_until = Day(load_default=None, allow_none=True, metadata={"description": "最后一天能用的日子，算已用"})
    paid_on = Day(load_default=None, allow_none=True)
    asked_on = Day(load_default=None, allow_none=True)
    had_before = YesNo(load_default=False)


class PrepaidIn(PrepaidFacts):
    """A prepayment."""

    EXAMPLE = {"card": "stored", "cause": "not_consumer", "paid_fen": 100000, "bonus_fen": 20000, "used_fen": 30000}
    paid_fen = Fen(required=True)
    bonus_fen = Fen(load_default=0)
    used_fen = Fen(load_default=0, metadata={"description": "储值卡：卡里扣掉的；折扣卡、次卡：按折扣价"})
    used_list_fen = Fen(load_default=None, allow_none=True, metadata={"description": "折扣卡、次卡：按打折前的价格"})


class LineOut(Output):
    """One line with its article."""

    words = fields.String()
    article = fields.String()
    amount_fen = fields.Integer(allow_none=True)


class RefundOut(Output):
    """What comes back of a prepayment."""

    refund_fen = fields.Integer()
    used_fen = fields.Integer()
    lines = fields.List(fields.Nested(LineOut))
    notes = fields.List(fields.Nested(LineOut))


class ReturnIn(Input):
    """A purchase."""

    EXAMPLE = {"channel": "remote", "goods": "ordinary", "condition": "tried", "received_on": "2026-11-20"}
    channel = Choice(Channel, required=True)
    goods = Choice(Goods, required=True)
    condition = Choice(Condition, required=True)
    received_on = Day(required=True)
    defective = YesNo(load_default=False)
    token = Text(60, load_default=None, allow_none=True, metadata={"description": "放心码令牌：算上这家单位的承诺"})
    number = Text(40, load_default=None, allow_none=True, metadata={"description": "证书编号，没有令牌的用它"})


class RightOut(Output):
    """One way to return."""

    name = fields.String()
    open = fields.Boolean()
    last_on = fields.Date(allow_none=True)
    lines = fields.List(fields.Nested(LineOut))


class ReturnsOut(Output):
    """Every way to return."""

    allowed = fields.Boolean()
    rights = fields.List(fields.Nested(RightOut))
    notes = fields.List(fields.Nested(LineOut))
