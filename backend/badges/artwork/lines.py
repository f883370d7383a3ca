"""Breaks a name into lines, so that it can be as large as its box allows."""

from collections.abc import Iterator, Sequence
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
#: Words that often stand in the names of shops, and should stay whole.
_SHOP_WORDS = """
有限责任公司 股份有限公司 有限公司 分公司 旗舰店 专卖店 便利店 直营店 体验店 购物中心 美食城 温州市 老字号
商业 广场 市场 超市 百货 商场 商城 商行 餐厅 饭店 酒店 酒楼 酒家 茶楼 小吃 海鲜 面馆 食品 药房 药店 书店
服饰 服装 鞋业 电器 家电 家具 家居 眼镜 珠宝 化妆品 美容 养生 手工艺品 工艺品 非物质 遗产 传统 历史 文化
街区 景区 旅游 度假 风景 名胜 展示 销售 贸易 连锁 经营 管理 服务 中心 电子 商务 科技
"""
_WORDS = tuple(_SHOP_WORDS.split())
#: What a break costs, in em of line width.
_FORBIDDEN, _INSIDE_A_WORD, _AT_A_JOINT = 100.0, 4.0, -2.5


@dataclass(frozen=True)
class Fitted:
    """Lines that fit; size is the em in mm."""

    lines: Sequence[str]
    size: float


def fitted(
    text: str, box_width: float, box_height: float, *, largest: float, smallest: float, most: int = 4
) -> Fitted | None:
    """The text in one to `most` lines, as large as the box (mm) allows; None when even the smallest size (mm) does not fit.

    text     not blank
    raises   MissingGlyph
    """
    text = " ".join(text.split())
    best: Fitted | None = None
    costs = _costs(text)
    for count in range(1, min(most, len(text)) + 1):
        tallest = min(largest, box_height / (count * LEADING))
        lines = _broken(text, costs, count, box_width / tallest)
        size = min(tallest, box_width / max(map(width, lines)))
        if best is None or size > best.size * _WORTH_A_LINE:
            best = Fitted(lines, size)
    return best if best is not None and best.size >= smallest else None


def _broken(text: str, costs: Sequence[float], count: int, room: float) -> Sequence[str]:
    """`count` lines whose longest is as short as good breaks allow; a line within `room` (em) is short enough."""
    if count == 1:
        return [text]
    reach = list(accumulate(map(width, text), initial=0.0))

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


def _costs(text: str) -> Sequence[float]:
    """What a break before each character costs."""
    inside = {at for word in _WORDS for start in _places(text, word) for at in range(start + 1, start + len(word))}
    return [0.0, *(_cost(text, at, at in inside) for at in range(1, len(text)))]


def _cost(text: str, at: int, inside_a_word: bool) -> float:
    before, after = text[at - 1], text[at]
    if after in _NEVER_FIRST or before in _NEVER_LAST:
        return _FORBIDDEN
    if after in _OPENING or text[:at].endswith("公司"):
        return _AT_A_JOINT
    return _INSIDE_A_WORD if inside_a_word or (_in_word(before) and _in_word(after)) else 0.0


def _places(text: str, word: str) -> Iterator[int]:
    start = text.find(word)
    while start >= 0:
        yield start
        start = text.find(word, start + 1)


def _in_word(character: str) -> bool:
    return character.isascii() and not character.isspace()
