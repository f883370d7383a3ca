"""Paying first in the demonstration: the station's own fund, the market for a stall that left, and what waits."""

from backend.access.actor import Actor
from backend.compensation import queries
from backend.compensation import service as compensation
from backend.compensation.rules import Because
from backend.complaints import service as complaints
from backend.complaints.rules import Offer
from backend.infrastructure import photos
from backend.infrastructure.database import unit_of_work
from backend.merchants.rules import Category

from .cast import DAY, HOUR, Cast, Shop
from .filing import submitted
from .scene import Story, act
from .shop_fronts import shop_front
from .texts import Dispute

_REFERENCE = "2026 1125 0000 8866"


def unperformed(cast: Cast, said: Dispute, *, paid: bool) -> Story:
    """What was agreed is not done in time; the station pays from its fund, or has been asked to."""
    act(compensation.set_cap, cast.member, cast.shop.certificate_no, per_case_fen=200_000, per_day_fen=500_000)
    number = submitted(cast.consumer, cast.shop, said)
    yield 5 * HOUR
    offer = {"kind": Offer.REFUND, "amount_fen": said.amount_fen, "text": "三天内原路退款。"}
    made = act(complaints.offer, cast.member, number, **offer, perform_by=None)
    yield 3 * HOUR
    act(complaints.accept_offer, cast.consumer, number, offer=made.offer_stamp)
    yield 6 * DAY
    asked = {"because": Because.UNPERFORMED, "amount_fen": said.amount_fen}
    advance = act(compensation.request, cast.consumer, number, **asked).case_no
    if paid:
        yield 20 * HOUR
        act(compensation.approve, cast.member, advance)
        yield 5 * HOUR
        act(compensation.pay, cast.member, advance, _voucher(cast.shop), reference=_REFERENCE)


def left(cast: Cast, market: Shop, host: Actor, said: Dispute, *, recovered: bool) -> Story:
    """A stall is gone; the market pays, and gets it back from the stall's owner, or has not yet.

    cast     of the stall
    market   in which the stall stood; host: a member of the market's station
    """
    act(compensation.set_host, cast.officer, cast.shop.certificate_no, host=market.certificate_no)
    act(compensation.set_cap, host, market.certificate_no, per_case_fen=200_000, per_day_fen=500_000)
    number = submitted(cast.consumer, cast.shop, said)
    yield 20 * HOUR
    asked = {"because": Because.LEFT, "amount_fen": said.amount_fen}
    advance = act(compensation.request, cast.consumer, number, **asked).case_no
    yield 20 * HOUR
    act(compensation.approve, host, advance)
    yield 5 * HOUR
    act(compensation.pay, host, advance, _voucher(market), reference=_REFERENCE)
    if recovered:
        yield 12 * DAY
        with unit_of_work(read_only=True):
            (recovery, *_) = queries.recoveries(host)
        act(compensation.recover, host, recovery.case_no, text="经营户已把全部款项转回市场账户。")


def _voucher(shop: Shop) -> photos.Photo:
    return photos.clean(shop_front("转账回单", shop.category or Category.SHOP))
