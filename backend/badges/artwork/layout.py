"""Brings a template and a face to items in millimetres."""

from collections.abc import Sequence

from . import symbol
from .face import FaceTooLong, PlateFace
from .fonts import width
from .items import GOLD, INK, WHITE, Art, Block, Code, Item, Text, enlarged
from .lines import LEADING, fitted
from .templates import Align, Template


def fixed(template: Template) -> Sequence[Item]:
    """What every plate of the template shows."""
    beyond = template.bleed
    paper = Block(-beyond, -beyond, template.width + 2 * beyond, template.height + 2 * beyond, WHITE)
    lines = [
        _aligned(line.text, line.x, line.y, line.size, line.colour, line.align, line.weight, line.tracking)
        for line in template.lines
    ]
    items: Sequence[Text | Art | Block] = [*template.art, *template.blocks, *_corners(*template.code), *lines]
    return [paper, *(enlarged(item, template.scale, template.right) for item in items)]


def of_face(template: Template, face: PlateFace) -> Sequence[Item]:
    """What one plate shows on the white middle. raises MissingGlyph, FaceTooLong"""
    return [*words(template, face), _code(template, face.url)]


def words(template: Template, face: PlateFace) -> Sequence[Item]:
    """A plate's name and values. raises MissingGlyph, FaceTooLong"""
    items = (*_name(template, face), *_values(template, face))
    return [enlarged(item, template.scale, template.right) for item in items]


def _name(template: Template, face: PlateFace) -> Sequence[Text]:
    box = template.name_box
    # The strokes around the letters stand out of their widths.
    lines = fitted(
        face.unit_name, box.width - 0.5, box.height, largest=box.largest, smallest=box.smallest, most=box.lines
    )
    if lines is None:
        raise FaceTooLong("单位名称")
    # A CJK letter fills its em from 0.88 above the base line to 0.12 below.
    first = box.y + (box.height - len(lines.lines) * lines.size * LEADING) / 2 + lines.size * (LEADING / 2 + 0.38)
    x = {"left": box.x + 0.25, "middle": box.x + box.width / 2, "right": box.x + box.width - 0.25}[box.align]
    return [
        _aligned(line, x, first + number * lines.size * LEADING, lines.size, INK, box.align, weight=0.025)
        for number, line in enumerate(lines.lines)
    ]


def _values(template: Template, face: PlateFace) -> Sequence[Text]:
    said = {
        "category_zh": face.category_zh,
        "certificate_no": face.certificate_no,
        "serial": f"{face.serial}  {face.label}".rstrip(),
    }
    texts = [(value, value.before + (said[value.field] or "—")) for value in template.values]
    return [
        _aligned(text, value.x, value.y, min(value.size, value.width / width(text)), INK, value.align)
        for value, text in texts
    ]


def _code(template: Template, url: str) -> Code:
    rows = symbol.modules(url)
    left, top, side = (part * template.scale for part in template.code)
    # Whole pixels, so that every module of the picture has the same size.
    module = int(side / (len(rows) + 2 * symbol.QUIET) / template.pixel + 1e-6) * template.pixel
    if module < template.smallest_module:
        raise FaceTooLong("二维码里的网址")
    margin = (side - len(rows) * module) / 2
    x, y = (round(part / template.pixel) * template.pixel for part in (left + template.right + margin, top + margin))
    return Code(x, y, module, rows)


def _corners(left: float, top: float, side: float) -> Sequence[Block]:
    """Brackets around the code's square, so that nothing stands in the quiet zone."""
    long, thin = side * 0.132, side * 0.0132
    left, top, side = left - thin, top - thin, side + 2 * thin
    return [
        Block(x, y, w, h, GOLD)
        for right in (False, True)
        for bottom in (False, True)
        for w, h in ((long, thin), (thin, long))
        for x in [left + side - w if right else left]
        for y in [top + side - h if bottom else top]
    ]


def _aligned(
    text: str,
    x: float,
    y: float,
    size: float,
    colour: str,
    align: Align,
    weight: float = 0.0,
    tracking: float = 0.0,
) -> Text:
    run = width(text) * size + (len(text) - 1) * tracking
    start = {"left": x, "middle": x - run / 2, "right": x - run}[align]
    return Text(text, start, y, size, colour, weight, tracking)
