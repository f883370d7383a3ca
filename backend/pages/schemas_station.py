"""What the forms of the liaison station bring."""

from backend.complaints.rules import Offer
from backend.infrastructure.fields import Choice, Day, Input, Text

from .money import Yuan


class OfferForm(Input):
    """An offer; the amount is typed in yuan and kept in fen."""

    kind = Choice(Offer, required=True)
    amount_fen = Yuan(load_default=0)
    text = Text(500, lines=True, required=True)
    perform_by = Day(load_default=None, allow_none=True)


class RefusalForm(Input):
    """Why the station does not agree."""

    text = Text(500, least=5, lines=True, required=True)


class RemovalReplyForm(Input):
    """The unit states its case."""

    text = Text(2000, least=5, lines=True, required=True)
