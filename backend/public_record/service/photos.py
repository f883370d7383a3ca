"""Photos of the shop front: sent by the station or an officer, decided on by an officer."""

import base64
from dataclasses import dataclass

from backend.access.actor import Actor
from backend.access.decide import permits
from backend.access.policy import Action
from backend.badges import cards
from backend.infrastructure import current, photos
from backend.infrastructure.database import session
from backend.infrastructure.object_storage import random_key
from backend.infrastructure.photos import Photo
from backend.kernel.clock import local_date
from backend.kernel.identifiers import new_case_number
from backend.public_record import queries
from backend.public_record.model import ShopPhoto
from backend.public_record.rules import Showing

from .showing import check_waiting, decided, note, tell_decided


@dataclass(frozen=True)
class Picture:
    """An uploaded shop front, cleaned, with the small picture for the badge page."""

    photo: Photo
    thumbnail: bytes


def prepare(photo: Photo) -> Picture:
    """The small picture to a cleaned one, made with no transaction open."""
    return Picture(photo, photos.thumbnail(photo.jpeg))


def send_photo(actor: Actor, number: str, picture: Picture) -> ShopPhoto:
    """A new photo of the shop front of the unit with this certificate. A station's waits for an officer, an officer's shows at once.

    raises   NotFound, NotPermitted
    """
    certificate = queries.unit_of(actor, Action.SHOP_PHOTO_SEND, number)
    for waiting in queries.in_state(ShopPhoto, certificate.unit_id, Showing.WAITING):
        waiting.showing = Showing.REPLACED
    session().flush()
    keys = random_key("shop-fronts", "jpg"), random_key("shop-fronts", "jpg")
    for key, content in zip(keys, (picture.photo.jpeg, picture.thumbnail), strict=True):
        current.runtime().storage.put(key, content)
    photo = ShopPhoto(
        number=new_case_number("DM", current.today()),
        unit_id=certificate.unit_id,
        county_code=certificate.county_code,
        object_key=keys[0],
        thumbnail_key=keys[1],
        width=picture.photo.width,
        height=picture.photo.height,
        showing=Showing.WAITING,
        sent_by=actor.account_id,
        sent_at=current.now(),
    )
    session().add(photo)
    note(actor, Action.SHOP_PHOTO_SEND, photo, after={"number": photo.number})
    session().flush()
    if permits(actor, Action.SHOP_PHOTO_DECIDE, photo, ShopPhoto.__scope__):
        _show_photo(actor, photo)
    return photo


def decide_photo(actor: Actor, number: str, *, show: bool, reason: str = "") -> ShopPhoto:
    """Show a photo that waits, in place of the one shown before; or refuse it with a reason.

    raises   NotFound, NotPermitted, NotPossibleNow, InvalidInput
    """
    photo = queries.photo(actor, Action.SHOP_PHOTO_DECIDE, number)
    check_waiting(photo, show=show, reason=reason)
    if show:
        _show_photo(actor, photo)
    else:
        decided(actor, photo, Showing.REFUSED, reason)
    tell_decided(photo, "店面照片")
    return photo


def _show_photo(actor: Actor, photo: ShopPhoto) -> None:
    for before in queries.in_state(ShopPhoto, photo.unit_id, Showing.SHOWN):
        before.showing = Showing.REPLACED
    session().flush()
    decided(actor, photo, Showing.SHOWN, "")
    jpeg = current.runtime().storage.get(photo.thumbnail_key)
    content = {
        "jpeg": base64.b64encode(jpeg).decode(),
        "width": photo.width,
        "height": photo.height,
        "on": local_date(photo.sent_at).isoformat(),
    }
    cards.write_section(photo.unit_id, "photo", content)
