"""The one photo of a report: added by whoever holds the ticket that the report gave, read by officers behind a short link."""

from dataclasses import dataclass
from datetime import timedelta

from itsdangerous import BadSignature, URLSafeSerializer

from backend.access.actor import Actor
from backend.authenticity.model import FakeReport, PlaceReport
from backend.infrastructure import current, photos, signed_links
from backend.infrastructure.database import session
from backend.infrastructure.object_storage import random_key
from backend.infrastructure.photos import Photo
from backend.kernel.errors import InvalidInput, NotFound, NotPossibleNow

Pictured = PlaceReport | FakeReport
_PURPOSE = "authenticity"
_LIFE = timedelta(hours=1)


@dataclass(frozen=True)
class Attached:
    """What the reporter gets for a photo. sha256: of the bytes that were uploaded, as a receipt"""

    sha256: str


def ticket_of(report: Pictured) -> str:
    """A ticket with which the reporter may add one photo within an hour."""
    ends = int((current.now() + _LIFE).timestamp())
    return _serializer().dumps([report.__tablename__, report.id, ends])


def attach(ticket: str, photo: Photo) -> Attached:
    """Add a cleaned photo to the report of a ticket.

    raises   InvalidInput for a ticket that is forged or too old, NotPossibleNow when the report has a photo
    """
    try:
        kind, report_id, ends = _serializer().loads(ticket)
    except BadSignature:
        ends = 0
    if current.now().timestamp() > ends:
        message = "补照片的时间（一小时）已过，请重新反映一次。"
        raise InvalidInput("photo_ticket_invalid", message, fields={"ticket": [message]})
    report = _find(kind, report_id, held=True)
    if report is None:
        raise NotFound("record_not_found", "没有找到这条记录。")
    if report.photo_key is not None:
        raise NotPossibleNow("photo_there_already", "这条反映已经有照片了。")
    key = random_key("authenticity", "jpg")
    current.runtime().storage.put(key, photo.jpeg)
    report.photo_key = key
    return Attached(photo.sha256)


def link_of(viewer: Actor, report: Pictured) -> str | None:
    """A link of five minutes to the report's photo, for an officer who may read the report; None without a photo."""
    if report.photo_key is None:
        return None
    return f"/api/v1/report-photos/{signed_links.sign(_PURPOSE, f'{report.__tablename__}:{report.id}', viewer)}"


def photo_bytes(viewer: Actor, token: str) -> bytes:
    """The JPEG behind a link. raises NotFound when the link is forged, old or another's, and when the photo is gone"""
    kind, _, report_id = signed_links.read(_PURPOSE, token, viewer).partition(":")
    report = _find(kind, report_id)
    return photos.stored(report.photo_key if report else None)


def _find(kind: str, report_id: str, *, held: bool = False) -> Pictured | None:
    if kind == PlaceReport.__tablename__:
        return session().get(PlaceReport, report_id, with_for_update=held)
    return session().get(FakeReport, report_id, with_for_update=held)


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current.runtime().settings.secret_key, salt="report-photo")
