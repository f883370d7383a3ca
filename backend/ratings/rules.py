"""Weights, the score and the grounds for hiding; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

#: Photos of one rating.
MOST_PHOTOS = 6


class Proof(StrEnum):
    """What shows that the rater bought there."""

    PURCHASE = "purchase"
    VISIT = "visit"

    @property
    def weight(self) -> float:
        """How much the rating counts."""
        return {"purchase": 1.0, "visit": 0.6}[self.value]

    @property
    def zh(self) -> str:
        """The Chinese name."""
        return {"purchase": "有消费凭证", "visit": "到店扫码"}[self.value]


class Moderation(StrEnum):
    """Where a rating is on its way to the public."""

    WAITING = "waiting"
    PUBLISHED = "published"
    IN_REVIEW = "in_review"
    REFUSED = "refused"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"


#: A rating that is public, or may become so.
TAKES_PHOTOS = frozenset({Moderation.WAITING, Moderation.IN_REVIEW, Moderation.PUBLISHED})


class PhotoState(StrEnum):
    """Whether a rating's photo is public: an officer looks at each first."""

    WAITING = "waiting"
    SHOWN = "shown"
    REFUSED = "refused"

    @property
    def zh(self) -> str:
        """The Chinese name."""
        return {"waiting": "等工作人员看过以后公开", "shown": "已公开", "refused": "不公开"}[self.value]


class HideGround(StrEnum):
    """Why a published rating may be hidden; the row stays. source: 浙江省电子商务条例 §19"""

    H19_OFFTOPIC = "H19_OFFTOPIC"
    H19_ADVERT = "H19_ADVERT"
    H19_PRIVACY = "H19_PRIVACY"
    H19_INSULT_LIBEL = "H19_INSULT_LIBEL"
    H19_OBSCENE = "H19_OBSCENE"
    H19_SECURITY = "H19_SECURITY"
    H19_OTHER_LAW = "H19_OTHER_LAW"

    @property
    def zh(self) -> str:
        """The Chinese reason."""
        return _HIDE_ZH[self.value]


_HIDE_ZH = {
    "H19_OFFTOPIC": "与这次消费无关",
    "H19_ADVERT": "为其他经营者做广告",
    "H19_PRIVACY": "泄露他人个人信息",
    "H19_INSULT_LIBEL": "侮辱、诽谤他人",
    "H19_OBSCENE": "含有淫秽内容",
    "H19_SECURITY": "危害公共安全",
    "H19_OTHER_LAW": "含有法律禁止的其他内容",
}
FACETS = {"safety": "安全", "quality": "质量", "price": "价格", "service": "服务", "redress": "维权"}
#: One rating per account and unit within this time.
EVERY = timedelta(days=30)
#: Fewer ratings than this show no score.
LEAST_SHOWN = 5
_PRIOR_WEIGHT, _PRIOR_MEAN = 10.0, 4.0
_HALF_LIFE_DAYS = 180
METHOD = (
    "评分由到店扫码或有消费凭证的消费者给出：有消费凭证计 1，到店扫码计 0.6；越新的评价分量越重，每 180 天减半；"
    "评价少时向全市常见水平 4.0 靠拢（相当于 10 个评价的分量）；不足 5 个评价不显示分数。"
)


@dataclass(frozen=True)
class Counted:
    """One published rating as the score sees it."""

    stars: int
    proof: Proof
    on: date


@dataclass(frozen=True)
class Score:
    """The score with what it was computed from.

    mean     None while there are too few ratings
    spread   numbers of ratings with 1, 2, 3, 4, 5 stars
    """

    count: int
    mean: float | None
    spread: Sequence[int]


def score(ratings: Iterable[Counted], today: date) -> Score:
    """Bayesian weighted mean with half-life; see METHOD."""
    total, weight, spread = _PRIOR_WEIGHT * _PRIOR_MEAN, _PRIOR_WEIGHT, [0, 0, 0, 0, 0]
    for rating in ratings:
        share = rating.proof.weight * 0.5 ** (max((today - rating.on).days, 0) / _HALF_LIFE_DAYS)
        total += share * rating.stars
        weight += share
        spread[rating.stars - 1] += 1
    count = sum(spread)
    return Score(count, round(total / weight, 1) if count >= LEAST_SHOWN else None, tuple(spread))
