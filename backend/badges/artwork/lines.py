"""Breaks a name into lines, so that it can be as large as its box allows."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise

from .fonts import width

LEADING = 1.28

_NEVER_FIRST = set("）》」』】〉”’、，。；：！？·…～%,.;:!?)]}-")
_NEVER_LAST = set("（《「『【〈“‘([{")
_OPENING = set("（(")
#: One more line must make the letters this much larger to be worth it.
_WORTH_A_LINE = 1.15
_WORDS = ("有限责任公司", "股份有限公司", "有限公司", "分公司", "旗舰店", "专卖店", "便利店", "购物中心", "温州市")
#: What a break costs, in em of line width.
_FORBIDDEN, _INSIDE_A_WORD, _AT_A_JOINT = 100.0, 4.0, -2.5


@dataclass(frozen=True)
class Fitted:
    """Lines that fit; size is the em in mm."""

    lines: Sequence[str]
    size: float


def fitted(text: str, box_width: float, box_height: float, *, largest: float, smallest: float) -> Fitted | None:
    """The text in one to four lines, as large as the box (mm) allows; None when even the smallest size (mm) does not fit.

    text     not blank
    raises   MissingGlyph
    """
    text = " ".join(text.split())
    best: Fitted | None = None
    for count in range(1, min(4, len(text)) + 1):
        tallest = min(largest, box_height / (count * LEADING))
        lines = _broken(text, count, box_width / tallest)
        size = min(tallest, box_width / max(map(width, lines)))
        if best is None or size > best.size * _WORTH_A_LINE:
            best = Fitted(lines, size)
    return best if best is not None and best.size >= smallest else None


def _broken(text: str, count: int, room: float) -> Sequence[str]:
    """`count` lines whose longest is as short as good breaks allow; a line within `room` (em) is short enough."""
    reach = list(accumulate(map(width, text), initial=0.0))
    costs = [0.0, *(_cost(text, at) for at in range(1, len(text)))]

    @cache
    def best(start: int, left: int) -> tuple[float, float, tuple[int, ...]]:
        """Cost of the lines from `start`, their greatest width, where they break."""
        if left == 1:
            across = reach[-1] - reach[start]
            return max(across, room), across, ()
        return min(_joined(start, end, best(end, left - 1)) for end in range(start + 1, len(text) - left + 2))

    def _joined(
        start: int, end: int, rest: tuple[float, float, tuple[int, ...]]
    ) -> tuple[float, float, tuple[int, ...]]:
        across = reach[end] - reach[start]
        return max(across, rest[0]) + costs[end], max(across, rest[1]), (end, *rest[2])

    breaks = (0, *best(0, count)[2], len(text))
    return [text[start:end].strip() for start, end in pairwise(breaks)]


def _cost(text: str, at: int) -> float:
    """What a break before the character at `at` costs."""
    before, after = text[at - 1], text[at]
    if after in _NEVER_FIRST or before in _NEVER_LAST:
        return _FORBIDDEN
    if after in _OPENING or text[:at].endswith("公司"):
        return _AT_A_JOINT
    if _in_word(before) and _in_word(after):
        return _INSIDE_A_WORD
    return _INSIDE_A_WORD if any(_cuts(text, word, at) for word in _WORDS) else 0.0


def _cuts(text: str, word: str, at: int) -> bool:
    return any(text.startswith(word, at - inside) for inside in range(1, min(len(word), at + 1)))


def _in_word(character: str) -> bool:
    return character.isascii() and not character.isspace()
