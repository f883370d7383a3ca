"""Photos beside a rating: added by its author, looked at by an officer, public from then on."""

from dataclasses import dataclass

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure import audit, current, photos, signed_links
from backend.infrastructure.database import session
from backend.infrastructure.object_storage import random_key
from backend.infrastructure.photos import Photo
from backend.kernel.errors import NotPossibleNow

from .. import queries
from ..model import Rating, RatingPhoto
from ..rules import MOST_PHOTOS, TAKES_PHOTOS, PhotoState

_PURPOSE = "rating-photo"


@dataclass(frozen=True)
class PhotoLink:
    """A photo with a link of five minutes for its author or an officer."""

    position: int
    state: PhotoState
    url: str
    width: int
    height: int


def add_photo(actor: Actor, number: str, photo: Photo) -> RatingPhoto:
    """Add a cleaned photo to one's own rating. Sent again, it is the one that stands.

    raises   NotFound; NotPossibleNow rating_over, too_many_photos
    """
    rating = queries.get(actor, Action.RATING_SUBMIT, number)
    session().refresh(rating, with_for_update=True)
    again = next((one for one in rating.photos if one.sha256 == photo.sha256), None)
    if again is not None:
        return again
    if rating.moderation not in TAKES_PHOTOS:
        raise NotPossibleNow("rating_over", "这条评价已经不公开，不能再加照片。", state=rating.moderation)
    if len(rating.photos) >= MOST_PHOTOS:
        message = f"一条评价最多 {MOST_PHOTOS} 张照片。"
        raise NotPossibleNow("too_many_photos", message, state=rating.moderation, fields={"photo": [message]})
    key = random_key("ratings", "jpg")
    current.runtime().storage.put(key, photo.jpeg)
    added = RatingPhoto(
        rating_id=rating.id,
        position=len(rating.photos) + 1,
        object_key=key,
        sha256=photo.sha256,
        width=photo.width,
        height=photo.height,
        showing=PhotoState.WAITING,
        added_at=current.now(),
    )
    rating.photos.append(added)
    session().flush()
    return added


def decide_photos(actor: Actor, number: str, *, show: bool) -> Rating:
    """Show a rating's photos that wait, or do not. raises NotFound, NotPermitted, NotPossibleNow when none waits"""
    rating = queries.get(actor, Action.RATING_HIDE, number)
    waiting = [photo for photo in rating.photos if photo.showing is PhotoState.WAITING]
    if not waiting:
        raise NotPossibleNow("no_photo_waits", "这条评价没有等待审核的照片。", state=rating.moderation)
    for photo in waiting:
        photo.showing = PhotoState.SHOWN if show else PhotoState.REFUSED
    after = {"photos": len(waiting), "shown": show}
    audit.record(actor, "rating.photos", "rating", rating.id, chain=rating.county_code, after=after)
    return rating


def photos_for(viewer: Actor, rating: Rating) -> list[PhotoLink]:
    """All photos of a rating that the viewer may read, each with a fresh link."""
    return [
        PhotoLink(
            one.position,
            one.showing,
            f"/api/v1/rating-photo-links/{signed_links.sign(_PURPOSE, one.id, viewer)}",
            one.width,
            one.height,
        )
        for one in rating.photos
    ]


def linked_bytes(viewer: Actor, token: str) -> bytes:
    """The JPEG behind a link. raises NotFound when the link is forged, old or another's, and when the photo is gone"""
    return _bytes(session().get(RatingPhoto, signed_links.read(_PURPOSE, token, viewer)))


def shown_bytes(number: str, position: int) -> bytes:
    """The JPEG of a photo that is public. raises NotFound"""
    rating = queries.public(number)
    found = [one for one in rating.shown_photos if one.position == position] if rating is not None else []
    return _bytes(found[0] if found else None)


def forget_photos(rating: Rating) -> None:
    """Delete a rating's photos. The file first: should the row stay after all, the next try removes it, and nothing is left behind."""
    for photo in list(rating.photos):
        current.runtime().storage.delete(photo.object_key)
        rating.photos.remove(photo)
        session().delete(photo)


def _bytes(photo: RatingPhoto | None) -> bytes:
    return photos.stored(photo.object_key if photo else None, "照片没有公开，或者已经删除。")
