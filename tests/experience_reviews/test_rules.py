"""The draw as a rule: reproducible, never a conflicted volunteer, a tenth twice, fair loads; and the findings' arithmetic."""

import random
from collections import Counter
from math import ceil

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from backend.experience_reviews.rules import (
    Drawn,
    NotEnoughVolunteers,
    draw,
    findings,
    replacement,
    second_visits,
    seed_of,
    unit_score,
)

UNITS = [f"unit-{number:03d}" for number in range(40)]
PEOPLE = [f"person-{number:02d}" for number in range(8)]
units = st.lists(st.sampled_from(UNITS), unique=True, min_size=1)
people = st.lists(st.sampled_from(PEOPLE), unique=True, min_size=1)
conflicts = st.dictionaries(st.sampled_from(PEOPLE), st.sets(st.sampled_from(UNITS), max_size=20))
sizes = st.integers(1, 50)
#: What the rule gave when it was made.
SEED = "1c82a687191ae79f476354d7c06b128c852bffdfbcc88b6eb102193b7bca2dba"
KNOWN = [
    ("unit-036", "person-02", False),
    ("unit-026", "person-03", False),
    ("unit-014", "person-05", False),
    ("unit-036", "person-00", True),
]
seeds = st.text(alphabet="0123456789abcdef", min_size=64, max_size=64)


def _drawn_or_unit_without_anybody(
    unit_ids: list[str], ids: list[str], barred: dict[str, set[str]], size: int, seed: str
) -> list[Drawn] | str:
    try:
        return draw(unit_ids, ids, barred, size, seed)
    except NotEnoughVolunteers as error:
        return str(error)


@given(units, people, conflicts, sizes, st.randoms(use_true_random=False))
def test_the_draw_is_the_same_in_whatever_order_the_lists_come(
    unit_ids: list[str], ids: list[str], barred: dict[str, set[str]], size: int, chance: random.Random
) -> None:
    def drawn(ordered_units: list[str], ordered_people: list[str]) -> list[Drawn] | str:
        seed = seed_of("TY20261123-0000000", ordered_units, ordered_people, size)
        return _drawn_or_unit_without_anybody(ordered_units, ordered_people, barred, size, seed)

    shuffled_units, shuffled_people = unit_ids[:], ids[:]
    chance.shuffle(shuffled_units)
    chance.shuffle(shuffled_people)
    assert drawn(unit_ids, ids) == drawn(shuffled_units, shuffled_people)


@given(units, people, conflicts, sizes, seeds)
def test_no_volunteer_with_a_conflict_and_nobody_twice_at_one_unit(
    unit_ids: list[str], ids: list[str], barred: dict[str, set[str]], size: int, seed: str
) -> None:
    visits = _drawn_or_unit_without_anybody(unit_ids, ids, barred, size, seed)
    if isinstance(visits, str):
        assert all(visits in barred.get(person, set()) for person in ids), "somebody was free"
        return
    assert all(visit.unit_id not in barred.get(visit.volunteer_id, set()) for visit in visits)
    assert len({(visit.unit_id, visit.volunteer_id) for visit in visits}) == len(visits)
    first = [visit.unit_id for visit in visits if not visit.second]
    assert sorted(first) == sorted(set(first))
    assert len(first) == min(size, len(unit_ids))
    assert {visit.unit_id for visit in visits if visit.second} <= set(first)


@given(units, people, conflicts, sizes, seeds)
def test_a_tenth_is_visited_twice_whenever_somebody_can(
    unit_ids: list[str], ids: list[str], barred: dict[str, set[str]], size: int, seed: str
) -> None:
    visits = _drawn_or_unit_without_anybody(unit_ids, ids, barred, size, seed)
    assume(not isinstance(visits, str))
    chosen = {visit.unit_id for visit in visits}
    possible = sum(sum(unit not in barred.get(person, set()) for person in ids) >= 2 for unit in chosen)
    assert sum(visit.second for visit in visits) == min(ceil(len(chosen) / 10), possible)


@pytest.mark.parametrize(("chosen", "twice"), [(1, 1), (4, 1), (6, 1), (10, 1), (11, 2), (30, 3), (31, 4), (500, 50)])
def test_a_tenth_is_rounded_up(chosen: int, twice: int) -> None:
    assert second_visits(chosen) == twice
    assert twice / chosen >= 0.1


@given(st.integers(1, 40), st.integers(2, 8), seeds)
def test_without_conflicts_nobody_has_two_visits_more_than_another(size: int, volunteers: int, seed: str) -> None:
    ids = PEOPLE[:volunteers]
    load = Counter(visit.volunteer_id for visit in draw(UNITS, ids, {}, size, seed))
    assert max(load.values()) - min(load[person] for person in ids) <= 2


def test_another_campaign_or_list_gives_another_draw() -> None:
    seeds_of_four = {
        seed_of("TY20261123-0000000", UNITS, PEOPLE, 10),
        seed_of("TY20261123-0000001", UNITS, PEOPLE, 10),
        seed_of("TY20261123-0000000", UNITS[1:], PEOPLE, 10),
        seed_of("TY20261123-0000000", UNITS, PEOPLE[1:], 10),
        seed_of("TY20261123-0000000", UNITS, PEOPLE, 11),
        seed_of("TY20261123-0000000", [*UNITS, PEOPLE[0]], PEOPLE[1:], 10),
    }
    assert len(seeds_of_four) == 6
    drawn = {tuple(visit.unit_id for visit in draw(UNITS, PEOPLE, {}, 10, seed)) for seed in seeds_of_four}
    assert len(drawn) == 6


def test_a_known_seed_gives_the_known_draw() -> None:
    """Whoever recomputes the draw of a published campaign in ten years must get the same."""
    seed = seed_of("TY20261123-0000000", UNITS, PEOPLE, 3)
    assert seed == SEED
    assert [(visit.unit_id, visit.volunteer_id, visit.second) for visit in draw(UNITS, PEOPLE, {}, 3, seed)] == KNOWN


@given(people, conflicts, st.sampled_from(UNITS), st.sets(st.sampled_from(PEOPLE)), seeds)
def test_who_takes_over_is_free_new_to_the_unit_and_least_loaded(
    ids: list[str], barred: dict[str, set[str]], unit: str, had_it: set[str], seed: str
) -> None:
    load = {person: index % 3 for index, person in enumerate(ids)}
    free = [person for person in ids if person not in had_it and unit not in barred.get(person, set())]
    if not free:
        with pytest.raises(NotEnoughVolunteers):
            replacement(unit, load, barred, had_it, seed)
        return
    chosen = replacement(unit, load, barred, had_it, seed)
    assert chosen in free
    assert load[chosen] == min(load[person] for person in free)
    assert chosen == replacement(unit, dict(reversed(load.items())), barred, had_it, seed)


def test_findings_count_each_item_and_leave_out_what_did_not_apply() -> None:
    found = findings(["甲", "乙", "丙"], [["pass", "fail", "na"], ["pass", "na", "na"], ["fail", "pass", "na"]])
    assert [(one.item, one.passed, one.failed, one.share) for one in found] == [
        ("甲", 2, 1, 0.667),
        ("乙", 1, 1, 0.5),
        ("丙", 0, 0, None),
    ]


@pytest.mark.parametrize(
    ("answers", "score"),
    [
        ([["pass", "pass"]], 100.0),
        ([["pass", "fail"], ["fail", "fail"]], 25.0),
        ([["pass", "na"]], 100.0),
        ([["na", "na"], ["pass", "fail"]], 50.0),
        ([["na", "na"]], None),
        ([], None),
    ],
)
def test_a_units_score_is_the_mean_over_its_visits(answers: list[list[str]], score: float | None) -> None:
    assert unit_score(answers) == score
