"""What somebody who scanned a plate tells about it: not this shop, or how far from it; anonymous, never shown to the merchant."""

from backend.authenticity import marks, rules
from backend.authenticity.marks import Tapper
from backend.authenticity.model import PlaceReport
from backend.authenticity.rules import Bucket, What
from backend.badges import queries as badges
from backend.badges.model import Plate
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.kernel.errors import NotPossibleNow
from backend.merchants.model import Unit

from .clone_cases import consider


def tell_place(
    tapper: Tapper, token: str, *, what: What, bucket: Bucket | None = None, note: str | None = None
) -> PlaceReport:
    """Note what is wrong at a plate; with enough people within a day a case is opened.

    raises   UnknownBadge
    """
    return _tell(tapper, token, what, bucket, note)


def tell_distance(tapper: Tapper, token: str, *, bucket: Bucket) -> PlaceReport:
    """Note how far a phone in the shop is from the registered address; the distance was computed on the phone.

    raises   UnknownBadge, NotPossibleNow for a unit whose distance says nothing
    """
    plate = badges.by_token(token).plate
    if not rules.measurable(session().get_one(Unit, plate.unit_id).category):
        raise NotPossibleNow(
            "distance_says_nothing", "网店和景区不用量距离。如果不是这家店，请点“不是这家店”告诉我们。"
        )
    return _tell(tapper, token, None, bucket, None)


def _tell(tapper: Tapper, token: str, what: What | None, bucket: Bucket | None, note: str | None) -> PlaceReport:
    found = badges.by_token(token).plate
    # Held, so that two people who tap at the same time see each other.
    plate = session().get_one(Plate, found.id, with_for_update=True, populate_existing=True)
    mark = marks.mark(tapper, plate.id)
    report = PlaceReport(
        plate_id=plate.id,
        county_code=plate.county_code,
        at=current.now(),
        what=what,
        bucket=bucket,
        repeated=mark.repeated,
        new_address=mark.new_address,
        salt_on=mark.salt_on,
        device_mark=mark.device,
        address_mark=mark.address,
    )
    report.note = note
    session().add(report)
    session().flush()
    consider(plate)
    return report
