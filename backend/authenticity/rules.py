"""When what people tell about a plate becomes a suspected clone (疑似冒用); pure. The figures are decision 0015's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from math import exp

from backend.merchants.rules import Category


class What(StrEnum):
    """What somebody who scanned a plate says about it."""

    OTHER_SHOP = "other_shop"
    OTHER_ADDRESS = "other_address"
    BRANCH = "branch"
    COVERED = "covered"
    MISSING = "missing"

    @property
    def zh(self) -> str:
        """The words on its button."""
        return _WHAT_ZH[self]


class Bucket(StrEnum):
    """How far a phone was from the registered address; all that is ever told of its place."""

    NEAR = "near"
    MIDDLE = "middle"
    FAR = "far"

    @property
    def zh(self) -> str:
        """The distance in words."""
        return {"near": "200 米以内", "middle": "200 米到 2 公里", "far": "超过 2 公里"}[self.value]


class Because(StrEnum):
    """Why a case was opened."""

    TAPS = "taps"
    FAR = "far"
    COVERED = "covered"
    OFFICER = "officer"

    @property
    def zh(self) -> str:
        """The reason in words."""
        return _BECAUSE_ZH[self]


class Cleared(StrEnum):
    """Why a suspicion is dismissed."""

    NOTHING_FOUND = "nothing_found"
    BRANCHES_MIXED_UP = "branches_mixed_up"
    UNIT_MOVED = "unit_moved"
    STICKER_REMOVED = "sticker_removed"
    PRANK = "prank"

    @property
    def zh(self) -> str:
        """The reason in words."""
        return _CLEARED_ZH[self]


_WHAT_ZH = {
    What.OTHER_SHOP: "这里是另一家店",
    What.OTHER_ADDRESS: "店名一样，地址不对",
    What.BRANCH: "这里是同一品牌的另一家分店",
    What.COVERED: "二维码是贴上去的，或者被别的码盖住",
    What.MISSING: "牌子缺失、破损",
}
_BECAUSE_ZH = {
    Because.TAPS: "多人反映扫出来的不是眼前这家店",
    Because.FAR: "多部手机在店里扫码时，离登记地址超过 2 公里",
    Because.COVERED: "多人反映二维码被贴住或盖住",
    Because.OFFICER: "工作人员根据线索立案",
}
_CLEARED_ZH = {
    Cleared.NOTHING_FOUND: "到登记地址和周边查看，没有发现冒用",
    Cleared.BRANCHES_MIXED_UP: "同一品牌的几家分店，顾客或店家弄混了",
    Cleared.UNIT_MOVED: "单位搬迁或登记地址有误，已转名录更正",
    Cleared.STICKER_REMOVED: "被人贴了假码，已清除，标牌本身没有被冒用",
    Cleared.PRANK: "恶意反映",
}

#: Taps and distances older than this count no more.
WINDOW = timedelta(hours=24)
#: Fewest people in a window who open a case.
LEAST = 3
#: Greatest share of scans after which an honest person in the right place says "not this shop" all the same.
HONEST = 1 / 5000
#: Greatest probability that so many honest mistakes meet in one window.
_CHANCE = 2.2e-5
#: Each dismissal within this time asks for two people more, at most six.
REMEMBERED = timedelta(days=90)
_MORE_A_DISMISSAL, _MOST_DISMISSALS = 2, 3
_MOST_SCANS = 1_000_000
#: An hour stands out from so many scans on, when they are this many times the usual ones.
UNUSUAL_SCANS, _UNUSUAL_TIMES = 30, 10
#: Their distance from one point says nothing: no premises, or premises of many kilometres.
_PLACELESS = frozenset({Category.ONLINE_SHOP, Category.SCENIC_AREA})
_MISPLACED = frozenset({What.OTHER_SHOP, What.OTHER_ADDRESS})


@dataclass(frozen=True)
class Told:
    """One thing told about a plate by somebody who had not told anything within a day.

    what          None when only the distance was told
    new_address   whether nobody else at that address of the net had told anything within a day
    """

    what: What | None
    bucket: Bucket | None = None
    new_address: bool = True


@dataclass(frozen=True)
class Evidence:
    """What a window holds of one plate.

    misplaced, covered, far   people who say so; somebody far away is misplaced as well
    addresses   addresses of the net behind all of them
    scans       of the plate in the window
    dismissed   cases of the plate dismissed within `REMEMBERED`
    """

    misplaced: int
    covered: int
    far: int
    addresses: int
    scans: int
    dismissed: int = 0


def measurable(category: Category) -> bool:
    """Whether the distance from a unit's point on the map says something about being there."""
    return category not in _PLACELESS


def weigh(told: list[Told], *, scans: int, dismissed: int = 0, measured: bool = True) -> Evidence:
    """Count what was told in one window.

    measured   whether the unit is `measurable`; if not, distances do not count
    """
    buckets = [one.bucket if measured else None for one in told]
    far = [bucket is Bucket.FAR for bucket in buckets]
    misplaced = [
        is_far or (one.what in _MISPLACED and bucket is not Bucket.NEAR)
        for one, bucket, is_far in zip(told, buckets, far, strict=True)
    ]
    covered = [one.what is What.COVERED for one in told]
    addresses = sum(
        one.new_address for one, wrong, stuck in zip(told, misplaced, covered, strict=True) if wrong or stuck
    )
    return Evidence(sum(misplaced), sum(covered), sum(far), addresses, scans, dismissed)


def needed(scans: int, dismissed: int = 0) -> int:
    """How many people open a case: three up to about 250 scans in the window, more for busier plates, since mistakes grow too."""
    mean = min(scans, _MOST_SCANS) * HONEST
    count, term, below = LEAST, exp(-mean), 0.0
    for number in range(LEAST):
        below += term
        term *= mean / (number + 1)
    while 1 - below > _CHANCE:
        below += term
        count += 1
        term *= mean / count
    return count + _MORE_A_DISMISSAL * min(dismissed, _MOST_DISMISSALS)


def suspicion(evidence: Evidence) -> Because | None:
    """Why a case is to be opened; None while there is not enough.

    One address of the net (a household, a shop's WLAN, one prankster with several browsers) needs twice as many.
    """
    enough = needed(evidence.scans, evidence.dismissed) * (1 if evidence.addresses > 1 else 2)
    if evidence.far >= enough:
        return Because.FAR
    if evidence.misplaced >= enough:
        return Because.TAPS
    return Because.COVERED if evidence.covered >= enough else None


def unusual(scans: int, own_hourly: float, category_hourly: float) -> bool:
    """Whether an hour's scans are far above both the plate's own mean hour and that of its kind. A hint, it opens nothing."""
    return scans >= UNUSUAL_SCANS and scans > _UNUSUAL_TIMES * max(own_hourly, category_hourly)


def words(counts: Mapping[What, int]) -> str:
    """Counts by kind as a line for officers, e.g. 这里是另一家店 3 人."""
    return "，".join(f"{what.zh} {counts[what]} 人" for what in What if counts.get(what))
