"""The plate as an SVG: outlines only, so that it needs no font and prints the same anywhere.

Its page is the trimmed plate; the ground runs on beyond the page's edge, into the bleed.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from xml.sax.saxutils import escape

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from . import layout
from .fonts import Font, runs, width
from .items import INK, Art, Block, Code, Item, Text
from .outlines import drawing
from .symbol import strips
from .templates import Template


def vector_file(template: Template, title: str, items: Iterable[Item]) -> bytes:
    """The fixed part and a plate's own items as SVG bytes, in mm. raises MissingGlyph"""
    across, down = _number(template.width), _number(template.height)
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{across}mm" height="{down}mm" viewBox="0 0 {across} {down}">',
            f"<title>{escape(title)}</title>",
            *_fixed(template),
            *(path for item in items for path in _paths(item)),
            "</svg>\n",
        )
    ).encode()


@cache
def _fixed(template: Template) -> tuple[str, ...]:
    return tuple(path for item in layout.fixed(template) for path in _paths(item))


def _paths(item: Item) -> Iterator[str]:
    if isinstance(item, Text):
        yield _letters(item)
    elif isinstance(item, Art):
        yield from _art(item)
    elif isinstance(item, Block):
        yield _path(_rectangle(item.x, item.y, item.width, item.height), item.colour)
    else:
        yield _path(_code(item), INK)


def _letters(text: Text) -> str:
    outlines, x = SVGPathPen(None, ntos=_number), text.x
    for run in runs(text.text):
        font = _opened(run.font)
        scale = text.size / font.em
        for letter in run.text:
            font.glyphs[font.names[ord(letter)]].draw(TransformPen(outlines, (scale, 0, 0, -scale, x, text.y)))
            x += width(letter) * text.size + text.tracking
    commands: str = outlines.getCommands()
    if not text.weight:
        return _path(commands, text.colour)
    stroke = f' stroke="{text.colour}" stroke-width="{_number(text.weight * text.size)}" stroke-linejoin="round"'
    return _path(commands, text.colour, stroke)


class _Opened:
    """A font's outlines by character."""

    def __init__(self, font: Font) -> None:
        opened = TTFont(font.path, fontNumber=font.index, lazy=True)
        self.names: dict[int, str] = opened.getBestCmap()
        self.glyphs = opened.getGlyphSet()
        self.em: int = opened["head"].unitsPerEm


@cache
def _opened(font: Font) -> _Opened:
    return _Opened(font)


def _art(art: Art) -> Iterator[str]:
    left, top, across, down = drawing(art.name).box
    matrix = (art.width / across, 0, 0, art.height / down)
    place = (art.x - left * matrix[0], art.y - top * matrix[3])
    for outline in drawing(art.name).outlines:
        commands = SVGPathPen(None, ntos=_number)
        pen = TransformPen(commands, (*matrix, *place))
        for move, points in outline.moves:
            getattr(pen, move)(*points)
        yield _path(commands.getCommands(), outline.fill, ' fill-rule="evenodd"')


def _code(code: Code) -> str:
    """One path, so that no hairlines stand between the modules."""
    return "".join(
        _rectangle(code.x + x * code.module, code.y + y * code.module, length * code.module, code.module)
        for x, y, length in strips(code.rows)
    )


def _rectangle(x: float, y: float, across: float, down: float) -> str:
    return f"M{_number(x)} {_number(y)}h{_number(across)}v{_number(down)}h{_number(-across)}z"


def _path(commands: str, colour: str, more: str = "") -> str:
    return f'<path fill="{colour}" d="{commands}"{more}/>'


def _number(mm: float) -> str:
    """A thousandth of a millimetre is enough."""
    return f"{mm:.3f}".rstrip("0").rstrip(".") or "0"
