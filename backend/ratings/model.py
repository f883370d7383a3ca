"""Ratings."""

from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.access.policy import Scope
from backend.infrastructure.database import Model, UtcDateTime, enum_column

from .rules import HideGround, Moderation, PhotoState, Proof


class Rating(Model):
    """One person's rating of one unit.

    stars            1 to 5, overall; facets 1 to 5 or None
    purchase_hash    SHA-256 of the purchase number given as proof; each proves one rating
    """

    __scope__: ClassVar[dict[Scope, str]] = {Scope.OWN: "account_id", Scope.COUNTY: "county_code"}
    __table_args__ = (sa.Index(None, "unit_id", "moderation"), sa.Index(None, "account_id", "unit_id"))

    number: Mapped[str] = mapped_column(sa.String(30), unique=True)
    account_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id"))
    unit_id: Mapped[str] = mapped_column(sa.ForeignKey("unit.id"))
    county_code: Mapped[str] = mapped_column(sa.String(6))
    plate_id: Mapped[str | None] = mapped_column(sa.ForeignKey("plate.id"))
    stars: Mapped[int]
    safety: Mapped[int | None]
    quality: Mapped[int | None]
    price: Mapped[int | None]
    service: Mapped[int | None]
    redress: Mapped[int | None]
    text: Mapped[str] = mapped_column(sa.Text, default="")
    proof: Mapped[Proof] = mapped_column(enum_column(Proof))
    purchase_hash: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    moderation: Mapped[Moderation] = mapped_column(enum_column(Moderation), default=Moderation.WAITING)
    hide_ground: Mapped[HideGround | None] = mapped_column(enum_column(HideGround))
    rated_at: Mapped[datetime] = mapped_column(UtcDateTime())
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    version: Mapped[int] = mapped_column()
    photos: Mapped[list["RatingPhoto"]] = relationship(order_by="RatingPhoto.position", lazy="selectin")
    __mapper_args__ = {"version_id_col": version}

    @property
    def shown_photos(self) -> list["RatingPhoto"]:
        """Photos that the public sees with it."""
        public = self.moderation is Moderation.PUBLISHED
        return [photo for photo in self.photos if public and photo.showing is PhotoState.SHOWN]

    def address_of(self, photo: "RatingPhoto") -> str:
        """Where the public finds a photo."""
        return f"/api/v1/ratings/{self.number}/photos/{photo.position}"


class RatingPhoto(Model):
    """A photo beside a rating. Re-encoded, nothing but pixels; public once an officer has looked at it.

    position   counts within the rating
    sha256     of the bytes that were uploaded
    """

    __table_args__ = (sa.UniqueConstraint("rating_id", "position"),)

    rating_id: Mapped[str] = mapped_column(sa.ForeignKey("rating.id"))
    position: Mapped[int]
    showing: Mapped[PhotoState] = mapped_column(enum_column(PhotoState), default=PhotoState.WAITING, index=True)
    object_key: Mapped[str] = mapped_column(sa.String(120), unique=True)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    width: Mapped[int]
    height: Mapped[int]
    added_at: Mapped[datetime] = mapped_column(UtcDateTime())


class RatingSlot(Model):
    """Holds the place of a person's latest rating of a unit; its unique key makes of many simultaneous ones exactly one."""

    __table_args__ = (sa.UniqueConstraint("account_id", "unit_id"),)

    account_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id"))
    unit_id: Mapped[str] = mapped_column(sa.ForeignKey("unit.id"))
    rated_at: Mapped[datetime] = mapped_column(UtcDateTime())
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}
