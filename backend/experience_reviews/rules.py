"""The draw, the conflict rule, and the findings' arithmetic; pure."""

import hashlib
import random
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from statistics import mean

#: A visit's form is handed in within this time of its scan.
SUBMIT_WITHIN = timedelta(hours=72)
#: Having rated or complained about a unit bars a volunteer from it for so long.
CONFLICT_MONTHS = 12
#: One in so many units is visited by a second volunteer who does not know of the first.
_SECOND_IN = 10
SECOND_VISITS = 1 / _SECOND_IN
MOST_CHECKS = 20


@dataclass(frozen=True)
class Drawn:
    """One visit of the draw. second: an independent second visit to the same unit"""

    unit_id: str
    volunteer_id: str
    second: bool


class NotEnoughVolunteers(ValueError):
    """Some unit has no volunteer without a conflict."""


def seed_of(campaign_no: str, unit_ids: Sequence[str], volunteer_ids: Sequence[str], sample_size: int) -> str:
    """The seed that anyone can compute again from what is published with the campaign."""
    text = "\n".join([campaign_no, str(sample_size), *sorted(unit_ids), "", *sorted(volunteer_ids)])
    return hashlib.sha256(text.encode()).hexdigest()


def draw(
    unit_ids: Sequence[str],
    volunteer_ids: Sequence[str],
    conflicts: Mapping[str, AbstractSet[str]],
    sample_size: int,
    seed: str,
) -> list[Drawn]:
    """Draw units and assign volunteers; the same arguments give the same draw, in whatever order the lists come.

    At least one unit in ten gets a second visit, as far as there is anybody to make it; first visits come first.

    conflicts     volunteer id → unit ids that the volunteer may not review
    sample_size   at most the number of units
    raises        NotEnoughVolunteers
    """
    chance = random.Random(seed)  # noqa: S311  (reproducible on purpose)
    chosen = chance.sample(sorted(unit_ids), min(sample_size, len(unit_ids)))
    load = dict.fromkeys(sorted(volunteer_ids), 0)
    first = [Drawn(unit_id, _least_loaded(unit_id, load, conflicts, set(), chance), second=False) for unit_id in chosen]
    second: list[Drawn] = []
    for visit in first:
        if len(second) == second_visits(len(chosen)):
            break
        with suppress(NotEnoughVolunteers):
            other = _least_loaded(visit.unit_id, load, conflicts, {visit.volunteer_id}, chance)
            second.append(Drawn(visit.unit_id, other, second=True))
    return [*first, *second]


def second_visits(units: int) -> int:
    """How many of so many units are visited twice: a tenth, rounded up."""
    return -(-units // _SECOND_IN)


def replacement(
    unit_id: str,
    load: Mapping[str, int],
    conflicts: Mapping[str, AbstractSet[str]],
    had_it: AbstractSet[str],
    seed: str,
) -> str:
    """Who takes over a visit from a volunteer who stepped back: by the draw's own rule, reproducible from its seed.

    load     volunteer id → visits assigned in this campaign
    had_it   volunteers who have or had a visit to this unit
    raises   NotEnoughVolunteers
    """
    chance = random.Random(f"{seed}/{unit_id}/{len(had_it)}")  # noqa: S311  (reproducible on purpose)
    return _least_loaded(unit_id, dict(sorted(load.items())), conflicts, had_it, chance)


def _least_loaded(
    unit_id: str,
    load: dict[str, int],
    conflicts: Mapping[str, AbstractSet[str]],
    barred: AbstractSet[str],
    chance: random.Random,
) -> str:
    free = [person for person in load if person not in barred and unit_id not in conflicts.get(person, set())]
    if not free:
        raise NotEnoughVolunteers(unit_id)
    least = min(load[person] for person in free)
    chosen = chance.choice([person for person in free if load[person] == least])
    load[chosen] += 1
    return chosen


@dataclass(frozen=True)
class CheckResult:
    """One item over all visits. passed and failed leave out visits where it did not apply"""

    item: str
    passed: int
    failed: int

    @property
    def share(self) -> float | None:
        """Share passed, or None when it applied nowhere."""
        seen = self.passed + self.failed
        return round(self.passed / seen, 3) if seen else None


def findings(checklist: Sequence[str], answers: Sequence[Sequence[str]]) -> list[CheckResult]:
    """Count the answers ('pass', 'fail', 'na') item by item.

    answers   one sequence per visit, as long as the checklist
    """
    return [
        CheckResult(
            item,
            sum(1 for answer in answers if answer[position] == "pass"),
            sum(1 for answer in answers if answer[position] == "fail"),
        )
        for position, item in enumerate(checklist)
    ]


def unit_score(answers: Sequence[Sequence[str]]) -> float | None:
    """Share of applicable items passed, averaged over the unit's visits, 0 to 100."""
    shares = []
    for visit in answers:
        seen = [answer for answer in visit if answer != "na"]
        if seen:
            shares.append(seen.count("pass") / len(seen))
    return round(mean(shares) * 100, 1) if shares else None
