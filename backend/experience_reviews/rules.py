"""The draw, the conflict rule, and the findings' arithmetic; pure."""

import hashlib
import random
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta
from statistics import mean

#: A visit's form is handed in within this time of its scan.
SUBMIT_WITHIN = timedelta(hours=72)
#: Having rated or complained about a unit bars a volunteer from it for so long.
CONFLICT_MONTHS = 12
#: Share of units that a second volunteer visits without knowing of the first.
SECOND_VISITS = 0.1
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

    conflicts     volunteer id → unit ids that the volunteer may not review
    sample_size   at most the number of units
    raises        NotEnoughVolunteers
    """
    chance = random.Random(seed)  # noqa: S311  (reproducible on purpose)
    chosen = chance.sample(sorted(unit_ids), min(sample_size, len(unit_ids)))
    load = dict.fromkeys(sorted(volunteer_ids), 0)
    visits = []
    for position, unit_id in enumerate(chosen):
        first = _least_loaded(unit_id, load, conflicts, set(), chance)
        visits.append(Drawn(unit_id, first, second=False))
        if position < round(len(chosen) * SECOND_VISITS):
            try:
                other = _least_loaded(unit_id, load, conflicts, {first}, chance)
            except NotEnoughVolunteers:
                continue
            visits.append(Drawn(unit_id, other, second=True))
    return visits


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
