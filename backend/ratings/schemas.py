"""Ratings: what comes in, and what the public and the author read."""

from backend.infrastructure.fields import Choice, Input, Output, Text, Whole, YesNo, fields
from backend.kernel.clock import local_date

from .model import Rating
from .rules import HideGround, Moderation, PhotoState, Proof


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
    photos = fields.Method("addresses", metadata={"description": "公开照片的地址"})

    def shown_text(self, rating: object) -> str:
        """A hidden rating's text is not shown."""
        return "" if rating.moderation is Moderation.HIDDEN else rating.text  # type: ignore[attr-defined]

    def addresses(self, rating: Rating) -> list[str]:
        """Of the photos that are public."""
        return [rating.address_of(photo) for photo in rating.shown_photos]

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


class RatingPhotoOut(Output):
    """A photo to its author and to officers; the link is good for five minutes."""

    position = fields.Integer()
    state = fields.Enum(PhotoState, by_value=True)
    state_zh = fields.Function(lambda photo: photo.state.zh)
    url = fields.String()
    width = fields.Integer()
    height = fields.Integer()


class MyRatingInList(MyRatingOut):
    """One of the author's ratings, with what it is about."""

    unit_name = fields.String()
    photos = fields.List(fields.Nested(RatingPhotoOut))  # type: ignore[assignment]


class RatingInReview(RatingOut):
    """A rating to the officer who looks at it."""

    photos = fields.List(fields.Nested(RatingPhotoOut))  # type: ignore[assignment]


class RatingPhotoFiles(Input):
    """The photo itself."""

    photo = fields.Raw(required=True, metadata={"type": "string", "format": "binary"})


class RatingPhotoAddedOut(Output):
    """A stored photo."""

    position = fields.Integer()
    state = fields.Enum(PhotoState, by_value=True, attribute="showing")
    sha256 = fields.String(metadata={"description": "上传文件的指纹，可作回执"})


class PhotosDecisionIn(Input):
    """Whether the photos that wait are shown."""

    EXAMPLE = {"show": True}
    show = YesNo(required=True)


class HideIn(Input):
    """The ground of law."""

    EXAMPLE = {"ground": "H19_PRIVACY"}
    ground = Choice(HideGround, required=True)
