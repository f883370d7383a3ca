"""Photos of a report: added by who holds its code, read by officers behind links of five minutes."""

from backend.access.actor import Actor
from backend.infrastructure import current, photos, signed_links
from backend.infrastructure.database import session
from backend.infrastructure.object_storage import random_key
from backend.infrastructure.photos import Photo
from backend.kernel.errors import NotPossibleNow
from backend.reports import queries, rules
from backend.reports.lifecycle import REPORT
from backend.reports.model import Report, ReportPhoto

_PURPOSE = "report-photo"


def attach(report: Report, photo: Photo) -> ReportPhoto:
    """Add a cleaned photo while the report is open, nine at most. The same upload sent again is the photo that stands.

    raises   NotPossibleNow
    """
    if report.state in REPORT.closed:
        raise NotPossibleNow("case_closed", "这件举报已经办结，不能再补充照片。", state=report.state)
    held = queries.photos(report.id)
    again = next((one for one in held if one.sha256 == photo.sha256), None)
    if again is not None:
        return again
    if len(held) >= rules.MOST_PHOTOS:
        raise NotPossibleNow("too_many_photos", f"最多上传 {rules.MOST_PHOTOS} 张照片。")
    key = random_key("reports", "jpg")
    current.runtime().storage.put(key, photo.jpeg)
    row = ReportPhoto(
        report_id=report.id, position=len(held) + 1, object_key=key, sha256=photo.sha256, added_at=current.now()
    )
    session().add(row)
    session().flush()
    return row


def link_of(viewer: Actor, photo: ReportPhoto) -> str:
    """A link of five minutes for an officer who may read the report."""
    return f"/api/v1/tip-off-photos/{signed_links.sign(_PURPOSE, photo.id, viewer)}"


def photo_bytes(viewer: Actor, token: str) -> bytes:
    """The JPEG behind a link. raises NotFound when the link is forged, old or another's, and when the photo is gone"""
    photo = session().get(ReportPhoto, signed_links.read(_PURPOSE, token, viewer))
    return photos.stored(photo.object_key if photo else None)
