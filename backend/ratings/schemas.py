"""Ratings: what comes in, and what the public and the author read."""

from backend.infrastructure.fields import Choice, Input, Output, Text, Whole, fields
from backend.kernel.clock import local_date

from .rules import HideGround, Moderation, Proof


class RatingIn(Input):
    """A rating with its proof."""

    EXAMPLE = {
        "visit_ticket": "WyIwMTlhYjBmNCIsNDkwNTYzXQ.AbCdEfGhIjKl",
        "stars": 5,
        "quality": 5,
        "text": "老板很耐心，退货也爽快。",
        "purchase_no": "20261123-0087",
    }
    visit_ticket = Text(300, required=True, metadata={"description": "扫码得到的到店凭证"})
    stars = Whole(1, 5, required=True)
    safety = Whole(1, 5, load_default=None, allow_none=True)
    quality = Whole(1, 5, load_default=None, allow_none=True)
    price = Whole(1, 5, load_default=None, allow_none=True)
    service = Whole(1, 5, load_default=None, allow_none=True)
    redress = Whole(1, 5, load_default=None, allow_none=True)
    text = Text(2500, least=0, lines=True, load_default="")
    purchase_no = Text(64, load_default=None, allow_none=True, metadata={"description": "小票或付款单号，填了分量更重"})


class RatingOut(Output):
    """A rating to the public: no author."""

    number = fields.String()
    stars = fields.Integer()
    text = fields.Method("shown_text")
    proof = fields.Enum(Proof, by_value=True)
    rated_on = fields.Method("day")
    hidden_because = fields.Method("ground", allow_none=True)

    def shown_text(self, rating: object) -> str:
        """A hidden rating's text is not shown."""
        return "" if rating.moderation is Moderation.HIDDEN else rating.text  # type: ignore[attr-defined]

    def day(self, rating: object) -> str:
        """The day is enough; an hour could give the author away."""
        return local_date(rating.rated_at).isoformat()  # type: ignore[attr-defined]

    def ground(self, rating: object) -> str | None:
        """Why it is hidden."""
        return rating.hide_ground.zh if rating.hide_ground else None  # type: ignore[attr-defined]


class MyRatingOut(RatingOut):
    """A rating to its author."""

    moderation = fields.Enum(Moderation, by_value=True)
    text = fields.String()  # type: ignore[assignment]


class MyRatingInList(MyRatingOut):
    """One of the author's ratings, with what it is about."""

    unit_name = fields.String()


class HideIn(Input):
    """The ground of law."""

    EXAMPLE = {"ground": "H19_PRIVACY"}
    ground = Choice(HideGround, required=True)
