"""Steps of paying first, over the API."""

import io
from dataclasses import dataclass
from typing import Any

from flask import Flask

from backend.compensation import queries
from backend.infrastructure.database import unit_of_work
from backend.merchants.rules import Category
from tests.calling import Caller
from tests.pages.town import Shop, Town
from tests.scene import Callers, picture, request_body, take_offer

ASKED = {"because": "unperformed", "amount_fen": 12850}
LEFT = {"because": "left", "amount_fen": 12850}


@dataclass(frozen=True)
class Place:
    """A market and a stall in it, each with a station of its own."""

    market: Shop
    stall: Shop


def place_in(town: Town, callers: Callers) -> Place:
    """Make them; an officer notes who hosts whom."""
    market = town.shop("永嘉农贸市场", station="永嘉农贸市场服务站", category=Category.MARKET)
    stall = town.shop("三号摊水产", station="三号摊联络站")
    callers.staff().post(f"/units/{stall.certificate_no}/host", {"host": market.certificate_no})
    return Place(market, stall)


def agreed(consumer: Caller, member: Caller, shop: Shop) -> str:
    """The number of a request on which both sides agreed."""
    number: str = consumer.post("/settlements", request_body(shop), 201)["case_no"]
    offered = {"kind": "refund", "amount_fen": 12850, "text": "带小票来店里，当场退款。"}
    member.post(f"/settlements/{number}/offer", offered)
    take_offer(consumer, number)
    return number


def cap(member: Caller, shop: Shop, case: int = 50_000, day: int = 100_000) -> None:
    """The station's caps."""
    member.post(f"/units/{shop.certificate_no}/fund-cap", {"per_case_fen": case, "per_day_fen": day})


def paid(member: Caller, number: str, status: int = 200) -> Any:
    """Show the voucher of a payment."""
    files = {"photo": (io.BytesIO(picture()), "voucher.jpg"), "reference": "2026 1125 0000 8866"}
    return member.post(f"/advances/{number}/pay", status=status, data=files, content_type="multipart/form-data")


def faults_in(app: Flask) -> list[str]:
    """What the check command would say."""
    with app.app_context(), unit_of_work(read_only=True):
        return queries.ledger_faults()
