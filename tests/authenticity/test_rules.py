"""The pure rule: what counts, how many it takes, and why."""

import pytest

from backend.authenticity.rules import (
    Because,
    Bucket,
    Evidence,
    Told,
    What,
    measurable,
    needed,
    suspicion,
    unusual,
    weigh,
    words,
)
from backend.merchants.rules import Category

_WRONG = Told(What.OTHER_SHOP)


@pytest.mark.parametrize(
    ("scans", "people"), [(0, 3), (100, 3), (250, 3), (300, 4), (1000, 5), (5000, 8), (10**6, 261), (10**9, 261)]
)
def test_busier_plates_need_more_people(scans: int, people: int) -> None:
    assert needed(scans) == people


def test_every_dismissal_asks_for_two_more_and_six_at_most() -> None:
    assert [needed(10, dismissed) for dismissed in range(6)] == [3, 5, 7, 9, 9, 9]


def test_three_people_at_two_addresses_open_a_case() -> None:
    assert suspicion(weigh([_WRONG] * 2, scans=10)) is None
    assert suspicion(weigh([_WRONG] * 3, scans=10)) is Because.TAPS
    one_address = [_WRONG, *[Told(What.OTHER_SHOP, new_address=False)] * 4]
    assert suspicion(weigh(one_address[:3], scans=10)) is None
    assert suspicion(weigh(one_address, scans=10)) is None
    assert suspicion(weigh([*one_address, Told(What.OTHER_SHOP, new_address=False)], scans=10)) is Because.TAPS
    assert suspicion(weigh([*one_address[:2], _WRONG], scans=10)) is Because.TAPS


@pytest.mark.parametrize(
    ("told", "because"),
    [
        (Told(What.OTHER_SHOP, Bucket.NEAR), None),
        (Told(What.OTHER_SHOP, Bucket.MIDDLE), Because.TAPS),
        (Told(What.OTHER_ADDRESS), Because.TAPS),
        (Told(What.OTHER_SHOP, Bucket.FAR), Because.FAR),
        (Told(None, Bucket.FAR), Because.FAR),
        (Told(None, Bucket.NEAR), None),
        (Told(What.BRANCH), None),
        (Told(What.MISSING), None),
        (Told(What.COVERED, Bucket.NEAR), Because.COVERED),
    ],
)
def test_what_three_people_open(told: Told, because: Because | None) -> None:
    assert suspicion(weigh([told] * 3, scans=20)) is because


def test_two_taps_and_one_phone_far_away_are_three_people() -> None:
    assert suspicion(weigh([_WRONG, _WRONG, Told(None, Bucket.FAR)], scans=20)) is Because.TAPS


def test_distances_say_nothing_of_online_shops_and_scenic_areas() -> None:
    assert [kind for kind in Category if not measurable(kind)] == [Category.ONLINE_SHOP, Category.SCENIC_AREA]
    far = [Told(None, Bucket.FAR)] * 3
    assert suspicion(weigh(far, scans=5, measured=False)) is None
    assert suspicion(weigh(far, scans=5)) is Because.FAR, "the control"
    near = [Told(What.OTHER_SHOP, Bucket.NEAR)] * 3
    assert suspicion(weigh(near, scans=5, measured=False)) is Because.TAPS


def test_an_hour_stands_out_only_against_both_histories() -> None:
    assert unusual(40, own_hourly=1.0, category_hourly=0.5)
    assert not unusual(40, own_hourly=5.0, category_hourly=0.5)
    assert not unusual(40, own_hourly=0.1, category_hourly=5.0)
    assert not unusual(29, own_hourly=0.0, category_hourly=0.0)


def test_words_and_counts() -> None:
    assert words({What.OTHER_SHOP: 2, What.MISSING: 1}) == "这里是另一家店 2 人，牌子缺失、破损 1 人"
    found = weigh([_WRONG, Told(What.COVERED, new_address=False), Told(What.BRANCH)], scans=7, dismissed=1)
    assert found == Evidence(misplaced=1, covered=1, far=0, addresses=1, scans=7, dismissed=1)
    assert all(what.zh and bucket.zh for what in What for bucket in Bucket)
