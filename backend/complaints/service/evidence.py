"""Photos and PDFs of a dispute: added by the consumer or the station, read by whoever the policy lets, behind links that live five minutes."""

from dataclasses import dataclass
from datetime import datetime

from backend.access.actor import Actor, Role
from backend.access.policy import Action
from backend.complaints import queries, rules
from backend.complaints.lifecycle import SETTLEMENT
from backend.complaints.model import Evidence, Settlement
from backend.complaints.rules import EvidenceKind, Side
from backend.infrastructure import current, pdfs, photos, signed_links
from backend.infrastructure.database import session
from backend.infrastructure.object_storage import random_key
from backend.infrastructure.pdfs import Pdf
from backend.infrastructure.photos import Photo
from backend.kernel.errors import NotPossibleNow

from .holding import take_up
from .protection import check_reachable
from .telling import tell_evidence_added

_PURPOSE = "evidence"


@dataclass(frozen=True)
class PhotoLink:
    """A photo or a PDF with a link for its viewer."""

    position: int
    token: str
    sha256: str
    kind: EvidenceKind
    width: int
    height: int
    pages: int
    added_at: datetime
    side: Side


def cleaned(content: bytes) -> Photo | Pdf:
    """What somebody uploaded as evidence, checked: a PDF by its first bytes, anything else a photo. raises InvalidInput"""
    return pdfs.checked(content) if content.startswith(pdfs.MAGIC) else photos.clean(content)


def add_photo(actor: Actor, case_no: str, found: Photo | Pdf, *, for_station: bool) -> Evidence:
    """Add a cleaned photo or a checked PDF while the dispute is open, nine of each side at most. Sent again, it is the one that stands.

    for_station   whether the station may see what the consumer adds; the bureau always may, and what the station adds all may
    raises        NotPossibleNow when the dispute is closed, there are too many, a colleague owns the request, or an officer
                  speaks for the consumer
    """
    settlement = queries.settlement(actor, Action.EVIDENCE_ADD, case_no)
    if settlement.state in SETTLEMENT.closed and settlement.state != "escalated":
        raise NotPossibleNow("case_closed", "这个诉求已经结束，不能再补充照片和凭证。", state=settlement.state)
    side = Side.CONSUMER if settlement.consumer_id == actor.account_id else Side.STATION
    if side is Side.STATION:
        check_reachable(settlement)
        if settlement.state not in SETTLEMENT.closed:
            take_up(actor, settlement)
    held = queries.evidence(settlement.id)
    mine = [one for one in held if one.side is side]
    again = next((one for one in mine if one.sha256 == found.sha256), None)
    if again is not None:
        return again
    if len(mine) >= rules.MOST_PHOTOS:
        raise NotPossibleNow("too_many_photos", f"照片和 PDF 一共最多 {rules.MOST_PHOTOS} 个。")
    is_pdf = isinstance(found, Pdf)
    key = random_key("evidence", "pdf" if is_pdf else "jpg")
    content = found.content if isinstance(found, Pdf) else found.jpeg
    current.runtime().storage.put(key, content)
    evidence = Evidence(
        settlement_id=settlement.id,
        position=len(held) + 1,
        object_key=key,
        sha256=found.sha256,
        kind=EvidenceKind.PDF if is_pdf else EvidenceKind.PHOTO,
        width=0 if isinstance(found, Pdf) else found.width,
        height=0 if isinstance(found, Pdf) else found.height,
        pages=found.pages if isinstance(found, Pdf) else 0,
        size=len(content),
        for_station=for_station or side is Side.STATION,
        side=side,
        added_at=current.now(),
    )
    session().add(evidence)
    if side is Side.STATION:
        tell_evidence_added(settlement)
    return evidence


def photos_for(actor: Actor, settlement: Settlement) -> list[PhotoLink]:
    """The photos of a dispute that this viewer may see, each with a fresh link."""
    found = queries.evidence(settlement.id)
    if actor.roles & {Role.STATION_MEMBER} and settlement.consumer_id != actor.account_id and not actor.is_staff:
        found = [photo for photo in found if photo.for_station]
    return [
        PhotoLink(
            one.position,
            signed_links.sign(_PURPOSE, one.id, actor),
            one.sha256,
            one.kind,
            one.width,
            one.height,
            one.pages,
            one.added_at,
            one.side,
        )
        for one in found
    ]


def photo_bytes(viewer: Actor, token: str) -> tuple[Evidence, bytes]:
    """The piece of evidence behind a link. raises NotFound when the link is forged, older than five minutes or another viewer's"""
    evidence = session().get_one(Evidence, signed_links.read(_PURPOSE, token, viewer))
    return evidence, current.runtime().storage.get(evidence.object_key)
