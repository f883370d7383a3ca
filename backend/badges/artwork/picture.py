"""The plate as a PNG of 300 dpi, trimmed size.

The fixed part is painted once a process and brought to a palette; a plate then adds its own letters and code as palette indices.
"""

import io
import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from PIL import Image, ImageChops, ImageDraw, ImageFont

from . import layout
from .fonts import Font, runs, width
from .layout import PIXEL, Art, Block, Code, Item, Text
from .outlines import Outline, Point, drawing

SIZE = (round(layout.WIDTH / PIXEL), round(layout.HEIGHT / PIXEL))
_SHADES = 16  # steps from paper to ink at the edge of a letter
_FIXED_COLOURS = 256 - _SHADES
_FINE = 4  # outlines are painted this much larger, then reduced: smooth edges
_CURVE_STEPS = 24


def picture(items: Iterable[Item]) -> bytes:
    """A plate's own items over the fixed part, as PNG bytes with 300 dpi noted."""
    page = _fixed_page().copy()
    for item in items:
        if isinstance(item, Code):
            _put_code(page, item)
        elif isinstance(item, Text):
            _put_text(page, item)
        else:
            raise TypeError(f"{item!r} belongs to the fixed part")
    buffer = io.BytesIO()
    page.save(buffer, "PNG", dpi=(layout.DPI, layout.DPI), compress_level=4)
    return buffer.getvalue()


@cache
def _fixed_page() -> Image.Image:
    """The fixed part in palette colours; the last _SHADES entries run from paper to ink."""
    page = Image.new("RGB", SIZE, layout.WHITE)
    for item in layout.fixed():
        if isinstance(item, Art):
            _paint_art(page, item)
        elif isinstance(item, Block):
            page.paste(item.colour, _pixels(item.x, item.y, item.width, item.height))
        elif isinstance(item, Text):
            mask, corner = _letters(item)
            page.paste(item.colour, corner, mask)
    return _with_palette(page)


def _with_palette(page: Image.Image) -> Image.Image:
    few = page.quantize(_FIXED_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    palette = [(0, 0, 0)] * _FIXED_COLOURS
    found = few.getpalette() or []
    for index in range(min(_FIXED_COLOURS, len(found) // 3)):
        palette[index] = (found[3 * index], found[3 * index + 1], found[3 * index + 2])
    # Quantising gives means; whole areas keep their exact colour.
    for colour in {layout.WHITE, *(outline.fill for outline in drawing("plate.svg").outlines)}:
        exact = _rgb(colour)
        palette[min(range(len(palette)), key=lambda index: _distance(palette[index], exact))] = exact
    paper, ink = _rgb(layout.WHITE), _rgb(layout.INK)
    for shade in range(_SHADES):
        red, green, blue = (round(p + (i - p) * shade / (_SHADES - 1)) for p, i in zip(paper, ink, strict=True))
        palette.append((red, green, blue))
    few.putpalette([part for colour in palette for part in colour])
    return few


def _put_text(page: Image.Image, text: Text) -> None:
    mask, corner = _letters(text)
    first = _FIXED_COLOURS
    shades = mask.point([first + value * (_SHADES - 1) // 255 for value in range(256)])
    page.paste(shades, corner, mask.point([0] + [255] * 255))


def _put_code(page: Image.Image, code: Code) -> None:
    across = len(code.rows)
    small = Image.new("L", (across, across), _FIXED_COLOURS)
    small.putdata([_FIXED_COLOURS + _SHADES - 1 if dark else _FIXED_COLOURS for row in code.rows for dark in row])
    module = round(code.module / PIXEL)
    large = small.resize((across * module, across * module), Image.Resampling.NEAREST)
    page.paste(large, (round(code.x / PIXEL), round(code.y / PIXEL)))


def _letters(text: Text) -> tuple[Image.Image, tuple[int, int]]:
    """The letters as a mask, and where its corner goes."""
    size, stroke = text.size / PIXEL, text.weight * text.size / PIXEL / 2
    letters = list(_placed(text))
    margin = round(size)
    corner = (int(text.x / PIXEL) - margin, int(text.y / PIXEL) - 2 * margin)
    mask = Image.new("L", (math.ceil(letters[-1][2]) - corner[0] + 2 * margin, 3 * margin), 0)
    pen = ImageDraw.Draw(mask)
    for letter, font, x in letters:
        place = (x - corner[0], text.y / PIXEL - corner[1])
        pen.text(place, letter, 255, _font(font, size), anchor="ls", stroke_width=stroke)
    return mask, corner


def _placed(text: Text) -> Iterator[tuple[str, Font, float]]:
    """Each letter with its font and its x in pixels: drawn in one go, hinting would round every advance."""
    x = text.x
    for run in runs(text.text):
        for letter in run.text:
            yield letter, run.font, x / PIXEL
            x += width(letter) * text.size + text.tracking


@cache
def _font(font: Font, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font.path, size, font.index, layout_engine=ImageFont.Layout.BASIC)


def _paint_art(page: Image.Image, art: Art) -> None:
    """Outlines by their even-odd areas, each in its own frame."""
    left, top, _, _ = drawing(art.name).box
    scale = art.unit / PIXEL
    origin = (art.x / PIXEL - left * scale, art.y / PIXEL - top * scale)
    for outline in drawing(art.name).outlines:
        contours = [
            [(origin[0] + x * scale, origin[1] + y * scale) for x, y in contour] for contour in _contours(outline)
        ]
        xs = [x for contour in contours for x, _ in contour]
        ys = [y for contour in contours for _, y in contour]
        frame = (
            max(math.floor(min(xs)), 0),
            max(math.floor(min(ys)), 0),
            min(math.ceil(max(xs)), page.width),
            min(math.ceil(max(ys)), page.height),
        )
        size = ((frame[2] - frame[0]) * _FINE, (frame[3] - frame[1]) * _FINE)
        area = Image.new("1", size)
        for contour in contours:
            one = Image.new("1", size)
            points = [((x - frame[0]) * _FINE - 0.5, (y - frame[1]) * _FINE - 0.5) for x, y in contour]
            ImageDraw.Draw(one).polygon(points, 1)
            area = ImageChops.logical_xor(area, one)
        page.paste(outline.fill, frame, area.convert("L").reduce(_FINE))


def _contours(outline: Outline) -> Iterator[Sequence[Point]]:
    """The path's closed lines; curves as short chords."""
    contour: list[Point] = []
    for move, points in outline.moves:
        if move == "moveTo":
            contour = [points[0]]
        elif move == "lineTo":
            contour.append(points[0])
        elif move == "curveTo":
            contour.extend(_chords(contour[-1], *points))
        elif move == "closePath":
            yield contour
        else:
            raise ValueError(f"the path uses {move}")


def _chords(a: Point, b: Point, c: Point, d: Point) -> Iterator[Point]:
    for step in range(1, _CURVE_STEPS + 1):
        t = step / _CURVE_STEPS
        wa, wb, wc, wd = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        yield (
            wa * a[0] + wb * b[0] + wc * c[0] + wd * d[0],
            wa * a[1] + wb * b[1] + wc * c[1] + wd * d[1],
        )


def _pixels(x: float, y: float, across: float, down: float) -> tuple[int, int, int, int]:
    return (round(x / PIXEL), round(y / PIXEL), round((x + across) / PIXEL), round((y + down) / PIXEL))


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _distance(one: tuple[int, int, int], other: tuple[int, int, int]) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))
