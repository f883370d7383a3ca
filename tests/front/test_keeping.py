"""The room for kept answers is bounded, and the least used leave first."""

from backend.badges.answers import Answer
from backend.front.keeping import _BESIDES, Keeping, Kept


def _kept(size: int) -> Kept:
    answer = Answer("plate", "unit", 0.0, b'"x"', b"x" * size, packed=False, headers=[], unchanged_headers=[])
    return Kept(answer, 0, 0)


def test_the_least_used_leave_when_the_room_is_full() -> None:
    keeping = Keeping(3 * (_BESIDES + 100))
    for name in ("a", "b", "c"):
        keeping.put(name, _kept(100))
    assert keeping.get("a") is not None
    keeping.put("d", _kept(100))
    assert [name for name in "abcd" if keeping.get(name)] == ["a", "c", "d"]


def test_an_answer_in_the_place_of_an_earlier_one_takes_its_room() -> None:
    keeping = Keeping(2 * (_BESIDES + 100))
    keeping.put("a", _kept(100))
    for _ in range(10):
        keeping.put("b", _kept(100))
    assert len(keeping) == 2


def test_an_answer_larger_than_all_room_is_not_kept() -> None:
    keeping = Keeping(_BESIDES + 100)
    keeping.put("a", _kept(101))
    assert (len(keeping), keeping.get("a")) == (0, None)
    keeping.put("a", _kept(100))
    assert len(keeping) == 1, "the control"
