"""How long ahead a notice comes, and what it says of what customers paid in advance."""

from datetime import date, timedelta
from enum import StrEnum

#: source: 浙江省实施〈消费者权益保护法〉办法 §11
LEAST_DAYS = 30
MOST_DAYS = 366
#: So long after the day a refund may take at most; who asks gets it within five days (§11).
REFUND_DAYS = 90

_KIND_ZH = {"close": "停业", "move": "迁址"}
_PREPAID_ZH = {
    "none": "没有发售预付卡，也没有收预付款",
    "in_shop": "到店退款，带上卡或者付款凭证",
    "same_way": "按付款的原路退回",
    "other_shop": "愿意的转到同一品牌的别的门店继续用，不愿意的退款",
}


class ClosingKind(StrEnum):
    """What the unit does."""

    CLOSE = "close"
    MOVE = "move"

    @property
    def zh(self) -> str:
        """The word people read."""
        return _KIND_ZH[self.value]


class Prepaid(StrEnum):
    """What becomes of what customers paid in advance."""

    NONE = "none"
    IN_SHOP = "in_shop"
    SAME_WAY = "same_way"
    OTHER_SHOP = "other_shop"

    @property
    def zh(self) -> str:
        """The words people read."""
        return _PREPAID_ZH[self.value]


def days_allowed(today: date) -> tuple[date, date]:
    """The first and the last day that a notice of today may name."""
    return today + timedelta(days=LEAST_DAYS), today + timedelta(days=MOST_DAYS)
