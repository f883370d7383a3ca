"""What the forms of the liaison station bring."""

from typing import Any

from backend.badges.order_schemas import PlateLossIn
from backend.badges.rules import LONGEST_LABEL, MOST_OF_A_UNIT, Placement
from backend.complaints.rules import Offer
from backend.infrastructure.fields import Choice, Day, Input, Text, ValidationError, Whole, fields

from .money import Yuan


class Nothing(Input):
    """A button without fields."""


class OfferForm(Input):
    """An offer; the amount is typed in yuan and kept in fen."""

    kind = Choice(Offer, required=True)
    amount_fen = Yuan(load_default=0)
    text = Text(500, lines=True, load_default=None)
    perform_by = Day(load_default=None, allow_none=True)


class RefusalForm(Input):
    """Why the station does not agree."""

    text = Text(500, least=5, lines=True, load_default=None)


class RemovalReplyForm(Input):
    """The unit states its case."""

    text = Text(2000, least=5, lines=True, required=True)


class PlateNames(fields.Field[list[str]]):
    """Names of plates, one a line; empty lines are left out."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> list[str]:
        each = Text(LONGEST_LABEL)
        lines = [line for line in str(value)[:4000].splitlines() if line.strip()]
        if len(lines) > MOST_OF_A_UNIT:
            raise ValidationError(f"最多写 {MOST_OF_A_UNIT} 行，现在有 {len(lines)} 行。")
        return [str(each.deserialize(line)) for line in lines]


class PlateOrderForm(Input):
    """Plates for one unit; a name for each may stand one a line."""

    placement = Choice(Placement, required=True)
    count = Whole(1, MOST_OF_A_UNIT, required=True)
    labels = PlateNames(load_default=list)


class PlateLossForm(PlateLossIn):
    """What became of a plate, and whether a new one is wanted."""
