"""Clones found and honest chains left alone, simulated on the pure rule with fixed seeds. The figures are decision 0015's.

The unit: the share of plates for which at least one case is opened without reason within a year.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp, log

import pytest

from backend.authenticity.rules import HONEST, Bucket, Told, What, needed, suspicion, weigh

YEAR = 365
#: Scans a day of a plate: log-normal, half above forty; on sixty busy days (holidays, tourists) four times as many.
MEDIAN, SPREAD, BUSY_DAYS, BUSY_TIMES = 40.0, 0.9, 60, 4
#: One scan in 500 opens the report page by mistake; the page names the shop again, and one in ten of these goes on to send.
SENT_BY_MISTAKE = 1 / 500 / 10
#: One honest mistake in twenty comes with a distance; one in twenty of those distances is more than two kilometres wrong.
MEASURED, MEASURED_WRONG = 1 / 20, 1 / 20
#: Somebody in the wrong shop: one in four tells, one in three of them from the shop's own WLAN.
TELLS, ON_WLAN = 1 / 4, 1 / 3


@dataclass(frozen=True)
class Tap:
    """One person's report. at: days since the year began"""

    at: float
    told: Told
    address: int


def poisson(chance: random.Random, mean: float) -> int:
    """Knuth's; for small means."""
    floor, count, product = exp(-mean), -1, 1.0
    while product > floor:
        count, product = count + 1, product * chance.random()
    return max(count, 0)


def opens(taps: Sequence[Tap], scans: Sequence[float], decide: Callable[[list[Told], int], bool]) -> bool:
    """Whether some window of 24 hours opens a case. scans: of each day of the year"""
    for number, last in enumerate(taps):
        window = [tap for tap in taps[: number + 1] if last.at - tap.at < 1]
        met: set[int] = set()
        told = []
        for tap in window:
            told.append(Told(tap.told.what, tap.told.bucket, new_address=tap.address not in met))
            met.add(tap.address)
        if decide(told, int(scans[int(last.at)])):
            return True
    return False


def rule(told: list[Told], scans: int) -> bool:
    return suspicion(weigh(told, scans=scans)) is not None


def at_least(people: int) -> Callable[[list[Told], int], bool]:
    """The rule that only counts people."""
    return lambda told, _scans: weigh(told, scans=0).misplaced >= people


def false_alarms(
    decide: Callable[[list[Told], int], bool], *, plates: int, mistake: float = SENT_BY_MISTAKE, seed: int = 54
) -> float:
    """The share of honest plates that get a case within a year."""
    chance = random.Random(seed)  # noqa: S311  (a simulation, not a secret)
    bad = 0
    for _ in range(plates):
        usual = chance.lognormvariate(log(MEDIAN), SPREAD)
        busy = set(chance.sample(range(YEAR), BUSY_DAYS))
        scans = [usual * (BUSY_TIMES if day in busy else 1) for day in range(YEAR)]
        mistakes = poisson(chance, sum(scans) * mistake)
        days = chance.choices(range(YEAR), scans, k=mistakes)
        taps = [Tap(day + 0.375 + chance.random() / 2, _mistaken(chance), number) for number, day in enumerate(days)]
        bad += opens(sorted(taps, key=lambda tap: tap.at), scans, decide)
    return bad / plates


def _mistaken(chance: random.Random) -> Told:
    bucket = None
    if chance.random() < MEASURED:
        bucket = Bucket.FAR if chance.random() < MEASURED_WRONG else Bucket.NEAR
    return Told(What.OTHER_SHOP if chance.random() < 0.8 else What.OTHER_ADDRESS, bucket)


def test_honest_chains_are_left_alone() -> None:
    assert pytest.approx(HONEST) == SENT_BY_MISTAKE
    assert false_alarms(rule, plates=3000) <= 0.01


def test_half_as_many_mistakes_again_are_borne() -> None:
    assert false_alarms(rule, plates=2000, mistake=1.5 * SENT_BY_MISTAKE, seed=55) <= 0.01


def test_control_one_person_alone_would_alarm_everywhere() -> None:
    assert false_alarms(at_least(1), plates=400) > 0.5


def test_control_two_people_or_three_whatever_the_scans_would_alarm_too_often() -> None:
    assert false_alarms(at_least(2), plates=1000) > 0.01
    assert false_alarms(at_least(3), plates=1000, mistake=1.5 * SENT_BY_MISTAKE, seed=55) > 0.01


def clone(chance: random.Random, *, here: int, there: int) -> tuple[int, int] | None:
    """One day of a plate and its copy: scans at the genuine place and at the other one, in mixed order.

    returns   (taps, people who tapped) until the case is opened; None when the day ends before
    """
    places = [True] * there + [False] * here
    chance.shuffle(places)
    told: list[Told] = []
    met: set[int] = set()
    for number, cloned in enumerate(places, 1):
        if chance.random() >= (TELLS if cloned else SENT_BY_MISTAKE):
            continue
        address = 0 if cloned and chance.random() < ON_WLAN else number
        bucket = Bucket.FAR if cloned and chance.random() < 0.1 else None
        told.append(Told(What.OTHER_SHOP, bucket, new_address=address not in met))
        met.add(address)
        if rule(told, number):
            return len(told), number
    return None


@pytest.mark.parametrize("there", [16, 40, 120])
def test_a_clone_is_found_by_the_third_tap(there: int) -> None:
    """Two places, up to 250 scans a day: as soon as three people at more than one address have told."""
    chance = random.Random(there)  # noqa: S311  (a simulation, not a secret)
    days = [clone(chance, here=there, there=there) for _ in range(1000)]
    found = [day for day in days if day is not None]
    assert min(taps for taps, _ in found) == 3
    third = sum(taps == 3 for taps, _ in found) / len(found)
    assert third > 0.95
    assert sum(taps <= 6 for taps, _ in found) == len(found), "all from one WLAN: six"
    assert len(found) / len(days) > {16: 0.7, 40: 0.98, 120: 0.999}[there]


def test_a_busy_plate_needs_more_than_three_and_never_more_than_its_scans_ask_for() -> None:
    chance = random.Random(8)  # noqa: S311  (a simulation, not a secret)
    found = [day for day in (clone(chance, here=900, there=100) for _ in range(300)) if day is not None]
    assert len(found) == 300
    assert max(taps for taps, _ in found) <= 2 * needed(1000)
    assert sum(taps == 3 for taps, _ in found) / len(found) > 0.5, "in the morning three are enough"


def test_control_an_honest_day_opens_nothing() -> None:
    chance = random.Random(9)  # noqa: S311  (a simulation, not a secret)
    assert all(clone(chance, here=80, there=0) is None for _ in range(5000))
