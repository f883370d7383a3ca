"""Photos beside an application: the station adds and removes them while it writes, and whoever may read it opens them for five minutes."""

from dataclasses import dataclass
from datetime import datetime

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure import current, photos, signed_links
from backend.infrastructure.database import session
from backend.infrastructure.object_storage import random_key
from backend.infrastructure.photos import Photo
from backend.kernel.errors import NotPossibleNow

from .. import queries
from ..model import Application, ApplicationPhoto
from ..rules import MOST_PHOTOS, PhotoKind
from .station import check_writable

_PURPOSE = "application-photo"


@dataclass(frozen=True)
class PhotoLink:
    """A photo with a link for its viewer."""

    position: int
    kind: PhotoKind
    url: str
    sha256: str
    width: int
    height: int
    added_at: datetime


def add_photo(actor: Actor, case_no: str, photo: Photo, *, kind: PhotoKind) -> ApplicationPhoto:
    """Add a cleaned photo to an application that is being written. Sent again, it is the one that stands.

    raises   NotFound, NotPermitted, NotPossibleNow not_writable, too_many_photos
    """
    case = queries.application(actor, Action.APPLICATION_SAVE, case_no)
    check_writable(case)
    alike = [one for one in queries.photos(case) if one.kind is kind]
    again = next((one for one in alike if one.sha256 == photo.sha256), None)
    if again is not None:
        return again
    if len(alike) >= MOST_PHOTOS[kind]:
        raise NotPossibleNow(
            "too_many_photos", f"{kind.zh}的照片最多 {MOST_PHOTOS[kind]} 张。要换的，请先去掉一张。", state=case.state
        )
    key = random_key("applications", "jpg")
    current.runtime().storage.put(key, photo.jpeg)
    case.photos_added += 1
    added = ApplicationPhoto(
        application_id=case.id,
        position=case.photos_added,
        kind=kind,
        object_key=key,
        sha256=photo.sha256,
        width=photo.width,
        height=photo.height,
        added_at=current.now(),
    )
    session().add(added)
    session().flush()
    return added


def remove_photo(actor: Actor, case_no: str, position: int) -> None:
    """Remove a photo from an application that is being written. One that is gone already is no error.

    raises   NotFound, NotPermitted, NotPossibleNow not_writable
    """
    case = queries.application(actor, Action.APPLICATION_SAVE, case_no)
    check_writable(case)
    found = next((one for one in queries.photos(case) if one.position == position), None)
    if found is not None:
        # The file first: should the row stay after all, it is removed by the next try, and nothing is ever left behind.
        current.runtime().storage.delete(found.object_key)
        session().delete(found)


def photos_for(viewer: Actor, case: Application) -> list[PhotoLink]:
    """The photos of an application that the viewer may read, each with a fresh link, the licence first."""
    return [
        PhotoLink(
            one.position,
            one.kind,
            f"/api/v1/application-photos/{signed_links.sign(_PURPOSE, one.id, viewer)}",
            one.sha256,
            one.width,
            one.height,
            one.added_at,
        )
        for one in queries.photos(case)
    ]


def photo_bytes(viewer: Actor, token: str) -> bytes:
    """The JPEG behind a link. raises NotFound when the link is forged, old or another's, and when the photo is gone"""
    photo = session().get(ApplicationPhoto, signed_links.read(_PURPOSE, token, viewer))
    return photos.stored(photo.object_key if photo else None, "照片已经去掉，或者按规定删除了。")
