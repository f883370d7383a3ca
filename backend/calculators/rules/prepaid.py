"""What comes back of a prepayment (预付款): principal less the price of what was had, by whose side the reason lies on.

source    法释〔2025〕4号 §14–22 (in force 2025-05-01), read in full; 浙江办法 §11
rounding  the price of what was had loses its fraction of a fen, so the refund gains it: our rule, in the consumer's favour
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from backend.kernel.errors import InvalidInput
from backend.kernel.regulation import ZHEJIANG_RULES
from backend.kernel.wording import yuan

from .lines import Line

_LAW = "法释〔2025〕4号"
_SEVEN_DAYS = 7


class Card(StrEnum):
    """How a prepayment is used up."""

    STORED = "stored"
    DISCOUNT = "discount"
    UNLIMITED = "unlimited"

    @property
    def zh(self) -> str:
        """As people say it."""
        return {
            "stored": "储值卡（充值，可能有赠送金额）",
            "discount": "折扣卡、次卡（比原价便宜）",
            "unlimited": "期限卡（期限内不限次数）",
        }[self.value]


class Cause(StrEnum):
    """On whose side the reason of the refund lies."""

    NOT_CONSUMER = "not_consumer"
    CONSUMER = "consumer"

    @property
    def zh(self) -> str:
        """As people say it."""
        return {
            "not_consumer": "不是我的原因：停业、搬走、涨价、转给别人、服务做不到等",
            "consumer": "我自己的原因：不想去了、没时间等",
        }[self.value]


@dataclass(frozen=True)
class Prepayment:
    """What is known of a prepayment; money in fen.

    bonus_fen       given on top by the merchant (stored card)
    used_fen        what was had: taken from the card's balance (stored); at its discount price (discount); unused (unlimited)
    used_list_fen   the same at the price before the discount; None unless it is a discount card
    starts_on, ends_on   first and last day of an unlimited card
    served_until    the last day of service or until the contract ended; that day counts as used
    paid_on, asked_on    for the seven days; None when not said
    had_before      the consumer had had the same from this or another merchant when the contract was made
    """

    card: Card
    cause: Cause
    paid_fen: int
    bonus_fen: int = 0
    used_fen: int = 0
    used_list_fen: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    served_until: date | None = None
    paid_on: date | None = None
    asked_on: date | None = None
    had_before: bool = False


@dataclass(frozen=True)
class Refund:
    """What comes back.

    refund_fen   0 … paid_fen
    used_fen     the price of what was had, as far as it counts
    lines        in reading order; the last line with an amount is the refund
    notes        what the numbers do not say: right to dissolve, interest, when it is due
    """

    refund_fen: int
    used_fen: int
    lines: tuple[Line, ...]
    notes: tuple[Line, ...]


def refund(held: Prepayment) -> Refund:
    """The principal that comes back, with every step. raises InvalidInput for facts that contradict each other"""
    _check(held)
    used, line = _used(held)
    counted = min(used, held.paid_fen)
    lines = [Line("实际支付的预付款，赠送的金额不算在内。", f"{_LAW} 第十五条", held.paid_fen), line]
    if used > held.paid_fen:
        words = "按打折前价格算出来的金额超过了预付款，只算到预付款为止，您不用补差价。"
        lines.append(Line(words, f"{_LAW} 第二十条", counted))
    back = held.paid_fen - counted
    lines.append(Line(f"应退本金：{yuan(held.paid_fen)} − {yuan(counted)} = {yuan(back)}。", f"{_LAW} 第十五条", back))
    return Refund(back, counted, tuple(lines), _notes(held))


def _used(held: Prepayment) -> tuple[int, Line]:
    if held.card is Card.UNLIMITED:
        return _used_of_period(held)
    if held.card is Card.DISCOUNT:
        return _used_at_discount(held)
    if held.cause is Cause.CONSUMER or held.bonus_fen == 0:
        words = f"卡里扣掉了 {yuan(held.used_fen)}。"
        if held.bonus_fen:
            words += "因自己的原因退款，赠送的优惠不算，按打折前的价格计算已消费的金额。"
        return held.used_fen, Line(words, _priced_by(held), held.used_fen)
    whole = held.paid_fen + held.bonus_fen
    used = held.paid_fen * held.used_fen // whole
    words = (
        f"优惠比例是实付 ÷（实付 + 赠送）= {yuan(held.paid_fen)} ÷ {yuan(whole)}；"
        f"卡里扣掉的 {yuan(held.used_fen)} 按这个比例折成 {yuan(used)}（不足一分的舍去）。"
    )
    return used, Line(words, _priced_by(held), used)


def _used_at_discount(held: Prepayment) -> tuple[int, Line]:
    listed = held.used_list_fen or 0
    if held.cause is Cause.CONSUMER:
        words = f"因自己的原因退款，已消费的部分按打折前的价格算，是 {yuan(listed)}。"
        return listed, Line(words, _priced_by(held), listed)
    words = f"不是您的原因，已消费的部分按折扣价算，是 {yuan(held.used_fen)}。"
    return held.used_fen, Line(words, _priced_by(held), held.used_fen)


def _used_of_period(held: Prepayment) -> tuple[int, Line]:
    starts, ends, until = _period(held)
    whole = (ends - starts).days + 1
    gone = min(max((until - starts).days + 1, 0), whole)
    used = held.paid_fen * gone // whole
    words = (
        f"全部期限 {whole} 天，已过 {gone} 天，剩余 {whole - gone} 天；"
        f"已过部分 {yuan(held.paid_fen)} × {gone} ÷ {whole} = {yuan(used)}（不足一分的舍去）。"
    )
    return used, Line(words, f"{_LAW} 第二十二条", used)


def _priced_by(held: Prepayment) -> str:
    return f"{_LAW} 第{'十九' if held.cause is Cause.CONSUMER else '十八'}条"


def _notes(held: Prepayment) -> tuple[Line, ...]:
    notes = [*_right_to_leave(held)]
    if (
        held.card is Card.UNLIMITED
        and held.served_until is not None
        and held.served_until >= (held.ends_on or date.max)
    ):
        notes.append(Line("合同期限内是自己没有去用的，期满后不退。", f"{_LAW} 第二十二条第三款"))
    if held.cause is Cause.NOT_CONSUMER:
        notes.append(Line("另外可以要利息：没有约定的，按合同成立时一年期贷款市场报价利率。", f"{_LAW} 第十六条"))
        notes.append(Line("另外可以要求赔偿合理费用；不可抗力、情势变更解除合同的除外。", f"{_LAW} 第十五条第二款"))
    else:
        notes.append(Line("另外可以要利息：没有约定的，按合同成立时一年定期存款基准利率。", f"{_LAW} 第十六条"))
        if held.card is not Card.UNLIMITED:
            words = "打折前的价格明显不合理、商家又拿不出成交记录的，可以按当时当地的市场价格算。"
            notes.append(Line(words, f"{_LAW} 第十九条第二款"))
    notes.append(Line("合同约定对您更有利的，按约定。", f"{_LAW} 第十四条、第十八条、第十九条"))
    notes.append(Line("要求退款后，商家应在五日内退回余额。", f"{ZHEJIANG_RULES} 第十一条"))
    return tuple(notes)


def _right_to_leave(held: Prepayment) -> list[Line]:
    if held.paid_on is not None and held.asked_on is not None:
        last = held.paid_on + timedelta(days=_SEVEN_DAYS)
        if held.asked_on > last:
            return [
                Line("提出退款已超过付款后七日，不能再无理由退款，要看第十三条或合同约定。", f"{_LAW} 第十四条"),
                *_grounds(held),
            ]
        if held.had_before:
            words = "在付款后七日内，但订合同时您已经体验过相同的商品或服务，不适用七日无理由退款。"
            return [Line(words, f"{_LAW} 第十四条第一款（一）（二）"), *_grounds(held)]
        return [Line("付款后七日内提出，不用说理由，商家应当退还本金（已消费的部分要扣除）。", f"{_LAW} 第十四条")]
    return _grounds(held)


def _grounds(held: Prepayment) -> list[Line]:
    if held.cause is Cause.NOT_CONSUMER:
        words = "搬店造成明显不便、没经同意转给别人、承诺不限次数却做不到等，您可以要求解除合同。"
    else:
        words = "自己的原因想退，要合同有约定或者商家同意；身体状况等有订合同时想不到的重大变化，可以先协商，协商不成请法院变更或解除。"
    return [Line(words, f"{_LAW} 第十三条")]


def _period(held: Prepayment) -> tuple[date, date, date]:
    if held.starts_on is None or held.ends_on is None or held.served_until is None:
        raise _wrong("starts_on", "期限卡要填生效日、到期日和最后一天能用的日子。")
    if held.ends_on < held.starts_on:
        raise _wrong("ends_on", "到期日不能早于生效日。")
    return held.starts_on, held.ends_on, held.served_until


def _check(held: Prepayment) -> None:
    if held.paid_fen <= 0:
        raise _wrong("paid_fen", "请填实际付了多少钱。")
    if held.card is Card.STORED and held.used_fen > held.paid_fen + held.bonus_fen:
        raise _wrong("used_fen", "卡里扣掉的不能比实付加赠送还多。")
    if held.card is Card.DISCOUNT:
        if held.used_fen > held.paid_fen:
            raise _wrong("used_fen", "按折扣价算，已消费的不能比实付还多。")
        if held.cause is Cause.CONSUMER and held.used_list_fen is None and held.used_fen:
            raise _wrong("used_list_fen", "自己的原因退款按原价算，请填已消费部分打折前的价格。")
        if held.used_list_fen is not None and held.used_list_fen < held.used_fen:
            raise _wrong("used_list_fen", "打折前的价格不能比折扣价低。")
    if held.paid_on is not None and held.asked_on is not None and held.asked_on < held.paid_on:
        raise _wrong("asked_on", "提出退款的日子不能早于付款日。")


def _wrong(field: str, words: str) -> InvalidInput:
    return InvalidInput("facts_contradict", words, fields={field: [words]})
