"""What the station offers or refuses, and which offer the consumer answers."""

from backend.infrastructure.fields import Choice, Day, Fen, Input, Text

from .rules import Offer

#: Of what a station writes to the consumer.
WORDS = "必须填写；只有市场监管人员转告双方时（through_officer）不能填写"


class OfferIn(Input):
    """A station's offer."""

    EXAMPLE = {"kind": "refund", "amount_fen": 12850, "text": "带小票来店里，当场退款。", "perform_by": "2026-11-30"}
    kind = Choice(Offer, required=True)
    amount_fen = Fen(load_default=0)
    text = Text(500, lines=True, load_default=None, allow_none=True, metadata={"description": WORDS})
    perform_by = Day(load_default=None, allow_none=True)


class OfferAnswerIn(Input):
    """Which offer is accepted or declined."""

    EXAMPLE = {"offer": "5f1d7a84db21"}
    offer = Text(40, required=True, metadata={"description": "看到的那个方案的 offer_stamp"})


class StationRefusalIn(Input):
    """Why a station does not agree."""

    EXAMPLE = {"text": "商品已拆封使用，不属于七天无理由退货的范围。"}
    text = Text(500, least=5, lines=True, load_default=None, allow_none=True, metadata={"description": WORDS})
