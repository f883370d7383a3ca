"""The plate, described once in millimetres: what stands where. Picture and print file both draw this.

A5 upright. The origin is the top left corner of the trimmed plate, y runs down; sizes of letters are the em.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from . import symbol
from .face import FaceTooLong, PlateFace
from .fonts import width
from .lines import LEADING, fitted

WIDTH, HEIGHT, BLEED = 148.0, 210.0, 3.0
DPI = 300
PIXEL = 25.4 / DPI
#: The smallest module that we print, in mm.
SMALLEST_MODULE = 0.8

#: Ink is black alone, so that letters and code are printed with one plate and no fringes.
INK, TEAL, GOLD, PALE_GOLD, WHITE = "#000000", "#0b4f4a", "#d9b25f", "#ecd29a", "#ffffff"

#: x, y, width, height
NAME_BOX = (12.0, 71.5, 124.0, 21.0)
CODE_BOX = (40.0, 106.5, 68.0, 68.0)
_LARGEST_NAME, _SMALLEST_NAME = 12.0, 4.0
_MIDDLE = WIDTH / 2
_COLUMNS = ((10.0, 24.0), (38.0, 44.0), (86.0, 50.0))


@dataclass(frozen=True)
class Text:
    """One line of letters.

    x, y       where the first letter starts, on the base line
    size       the em
    weight     added stroke around the letters, in em: our font comes in one weight
    tracking   added space after each letter
    """

    text: str
    x: float
    y: float
    size: float
    colour: str
    weight: float = 0.0
    tracking: float = 0.0


@dataclass(frozen=True)
class Art:
    """A drawing of `qr_assets`; x, y is its canvas's corner, `unit` the mm of one of its units."""

    name: str
    x: float
    y: float
    unit: float


@dataclass(frozen=True)
class Block:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True)
class Code:
    """The QR symbol without its quiet zone; x, y is the corner of its first module."""

    x: float
    y: float
    module: float
    rows: Sequence[Sequence[bool]]


Item = Text | Art | Block | Code


def fixed() -> Sequence[Item]:
    """What every plate shows; drawn once a process."""
    return [
        Art("plate.svg", -BLEED, -BLEED, 1.0),
        Art("mark.svg", _MIDDLE - 14.5, 4.8, 29 / 256),
        _centred("放心消费在温州", 41.2, 6.2, PALE_GOLD, tracking=1.1),
        _centred("放心消费单位", 55.4, 12.2, WHITE, weight=0.035, tracking=1.2),
        *_corners(),
        *(_label(text, *column) for text, column in zip(("类别", "证书编号", "标牌编号"), _COLUMNS, strict=True)),
        *(Block(x, 95.2, 0.25, 8.0, GOLD) for x in (36.0, 84.0)),
        _centred("微信扫一扫，看证书是否有效、评价、投诉", 182.6, 5.4, TEAL, weight=0.03),
        _centred("本码页面绝不要求付款、输入密码或身份证号", 189.4, 4.4, INK),
        Text("投诉举报  12315", 12.0, 206.0, 4.6, PALE_GOLD, weight=0.03),
        _ending("温州市消费者权益保护工作联席会议办公室", 136.0, 206.0, 3.6, WHITE),
    ]


def of_face(face: PlateFace) -> Sequence[Item]:
    """What one plate shows on the white middle. raises MissingGlyph, FaceTooLong"""
    values = (face.category_zh, face.certificate_no or "—", face.serial)
    return [
        *_name(face.unit_name),
        *(_value(text, *column) for text, column in zip(values, _COLUMNS, strict=True)),
        _code(face.url),
    ]


def _name(name: str) -> Sequence[Text]:
    _, top, box_width, box_height = NAME_BOX
    # The strokes around the letters stand out of their widths.
    lines = fitted(name, box_width - 0.5, box_height, largest=_LARGEST_NAME, smallest=_SMALLEST_NAME)
    if lines is None:
        raise FaceTooLong("单位名称")
    # A CJK letter fills its em from 0.88 above the base line to 0.12 below.
    first = top + (box_height - len(lines.lines) * lines.size * LEADING) / 2 + lines.size * (LEADING / 2 + 0.38)
    return [
        _centred(line, first + number * lines.size * LEADING, lines.size, INK, weight=0.025)
        for number, line in enumerate(lines.lines)
    ]


def _value(text: str, x: float, column: float) -> Text:
    size = min(3.5, column / width(text))
    return _centred(text, 102.8, size, INK, middle=x + column / 2)


def _label(text: str, x: float, column: float) -> Text:
    return _centred(text, 97.8, 2.9, TEAL, middle=x + column / 2)


def _code(url: str) -> Code:
    rows = symbol.modules(url)
    left, top, side, _ = CODE_BOX
    across = len(rows) + 2 * symbol.QUIET
    # Whole pixels, so that every module of the picture has the same size.
    module = int(side / across / PIXEL) * PIXEL
    if module < SMALLEST_MODULE:
        raise FaceTooLong("二维码里的网址")
    margin = (side - len(rows) * module) / 2
    return Code(_on_pixel(left + margin), _on_pixel(top + margin), module, rows)


def _corners() -> Sequence[Block]:
    """Brackets around the code's box, so that nothing stands in the quiet zone."""
    long, thin = 9.0, 0.9
    left, top, side = CODE_BOX[0] - thin, CODE_BOX[1] - thin, CODE_BOX[2] + 2 * thin
    return [
        Block(x, y, w, h, GOLD)
        for right in (False, True)
        for bottom in (False, True)
        for w, h in ((long, thin), (thin, long))
        for x in [left + side - w if right else left]
        for y in [top + side - h if bottom else top]
    ]


def _centred(
    text: str,
    y: float,
    size: float,
    colour: str,
    *,
    weight: float = 0.0,
    tracking: float = 0.0,
    middle: float = _MIDDLE,
) -> Text:
    run = width(text) * size + (len(text) - 1) * tracking
    return Text(text, middle - run / 2, y, size, colour, weight, tracking)


def _ending(text: str, x: float, y: float, size: float, colour: str) -> Text:
    return Text(text, x - width(text) * size, y, size, colour)


def _on_pixel(mm: float) -> float:
    return round(mm / PIXEL) * PIXEL
