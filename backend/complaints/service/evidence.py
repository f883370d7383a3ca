"""Photos of a dispute: added by the consumer, read by whoever the policy lets, behind links that live five minutes."""

from dataclasses import dataclass

from backend.access.actor import Actor, Role
from backend.access.policy import Action
from backend.complaints import queries, rules
from backend.complaints.lifecycle import SETTLEMENT
from backend.complaints.model import Evidence, Settlement
from backend.infrastructure import current, signed_links
from backend.infrastructure.database import session
from backend.infrastructure.object_storage import random_key
from backend.infrastructure.photos import Photo
from backend.kernel.errors import NotPossibleNow

_PURPOSE = "evidence"


@dataclass(frozen=True)
class PhotoLink:
    """A photo with a link for its viewer."""

    position: int
    token: str
    sha256: str
    width: int
    height: int


def add_photo(actor: Actor, case_no: str, photo: Photo, *, for_station: bool) -> Evidence:
    """Add a cleaned photo while the dispute is open, nine at most. The same upload sent again is the photo that stands.

    for_station   whether the station may see it; the bureau always may
    """
    settlement = queries.settlement(actor, Action.EVIDENCE_ADD, case_no)
    if settlement.state in SETTLEMENT.closed and settlement.state != "escalated":
        raise NotPossibleNow("case_closed", "这个诉求已经结束，不能再补充照片。", state=settlement.state)
    held = queries.evidence(settlement.id)
    again = next((one for one in held if one.sha256 == photo.sha256), None)
    if again is not None:
        return again
    position = len(held) + 1
    if position > rules.MOST_PHOTOS:
        raise NotPossibleNow("too_many_photos", f"最多上传 {rules.MOST_PHOTOS} 张照片。")
    key = random_key("evidence", "jpg")
    current.runtime().storage.put(key, photo.jpeg)
    evidence = Evidence(
        settlement_id=settlement.id,
        position=position,
        object_key=key,
        sha256=photo.sha256,
        width=photo.width,
        height=photo.height,
        size=len(photo.jpeg),
        for_station=for_station,
        added_at=current.now(),
    )
    session().add(evidence)
    return evidence


def photos_for(actor: Actor, settlement: Settlement) -> list[PhotoLink]:
    """The photos of a dispute that this viewer may see, each with a fresh link."""
    found = queries.evidence(settlement.id)
    if actor.roles & {Role.STATION_MEMBER} and settlement.consumer_id != actor.account_id and not actor.is_staff:
        found = [photo for photo in found if photo.for_station]
    return [
        PhotoLink(photo.position, signed_links.sign(_PURPOSE, photo.id, actor), photo.sha256, photo.width, photo.height)
        for photo in found
    ]


def photo_bytes(viewer: Actor, token: str) -> bytes:
    """The JPEG behind a link. raises NotFound when the link is forged, older than five minutes or another viewer's"""
    evidence = session().get_one(Evidence, signed_links.read(_PURPOSE, token, viewer))
    return current.runtime().storage.get(evidence.object_key)
