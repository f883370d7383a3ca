"""The plate as a PNG of the trimmed size.

The fixed part is painted once a process and brought to a palette; a plate then adds its own letters and code as palette indices.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFont

from . import layout
from .fonts import Font, runs, width
from .items import INK, WHITE, Art, Block, Code, Item, Text
from .outlines import Outline, Point, drawing
from .png_file import BandedPng
from .templates import Template

_SHADES = 16  # steps from paper to ink at the edge of a letter
_FIXED_COLOURS = 256 - _SHADES
_FINE = 4  # outlines are painted this much larger, then reduced: smooth edges
_CURVE_STEPS = 24


@dataclass(frozen=True)
class _Ground:
    """A template's fixed part; plates draw between two rows of it, of which `first` is the upper."""

    first: int
    png: BandedPng


def picture(template: Template, items: Iterable[Item]) -> bytes:
    """A plate's own items over the fixed part, as PNG bytes with the resolution noted."""
    ground = _ground(template)
    band, pixel, down = ground.png.band(), template.pixel, ground.first
    for item in items:
        if isinstance(item, Code):
            _put_code(band, item, pixel, down)
        elif isinstance(item, Text):
            _put_text(band, item, pixel, down)
        else:
            raise TypeError(f"{item!r} belongs to the fixed part")
    return ground.png.file(band)


def painted(template: Template) -> Image.Image:
    """The fixed part alone, in RGB."""
    page, pixel = Image.new("RGB", template.pixels, WHITE), template.pixel
    for item in layout.fixed(template):
        if isinstance(item, Art):
            _paint_art(page, item, pixel)
        elif isinstance(item, Block):
            page.paste(item.colour, _pixels(item, pixel))
        elif isinstance(item, Text):
            mask, corner = _letters(item, pixel)
            page.paste(item.colour, corner, mask)
    return page


@cache
def _ground(template: Template) -> _Ground:
    """The fixed part in palette colours; the last _SHADES entries run from paper to ink."""
    box, (_, top, side) = template.name_box, template.code
    last_value = max(value.y + value.size for value in template.values)
    upper, lower = min(box.y, top), max(top + side, last_value)
    first, last = (round(edge * template.scale / template.pixel) for edge in (upper, lower))
    return _Ground(first, BandedPng(_with_palette(painted(template)), first, last, template.dpi))


def _with_palette(page: Image.Image) -> Image.Image:
    few = page.quantize(_FIXED_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    palette = [(0, 0, 0)] * _FIXED_COLOURS
    found = few.getpalette() or []
    for index in range(min(_FIXED_COLOURS, len(found) // 3)):
        palette[index] = (found[3 * index], found[3 * index + 1], found[3 * index + 2])
    # Quantising gives means; whole areas keep their exact colour.
    for colour in {WHITE, *(outline.fill for outline in drawing("head.svg").outlines)}:
        exact = _rgb(colour)
        palette[min(range(len(palette)), key=lambda index: _distance(palette[index], exact))] = exact
    paper, ink = _rgb(WHITE), _rgb(INK)
    for shade in range(_SHADES):
        red, green, blue = (round(p + (i - p) * shade / (_SHADES - 1)) for p, i in zip(paper, ink, strict=True))
        palette.append((red, green, blue))
    few.putpalette([part for colour in palette for part in colour])
    return few


_SHADE_OF = [_FIXED_COLOURS + value * (_SHADES - 1) // 255 for value in range(256)]


def _put_text(band: Image.Image, text: Text, pixel: float, down: int) -> None:
    """The letters in ink on paper: nothing else stands where a plate has its words."""
    mask, (x, y) = _letters(text, pixel)
    frame = mask.getbbox()
    if frame is not None:
        band.paste(mask.crop(frame).point(_SHADE_OF), (x + frame[0], y + frame[1] - down))


def _put_code(band: Image.Image, code: Code, pixel: float, down: int) -> None:
    across = len(code.rows)
    small = Image.new("L", (across, across))
    small.putdata([_FIXED_COLOURS + _SHADES - 1 if dark else _FIXED_COLOURS for row in code.rows for dark in row])
    module = round(code.module / pixel)
    large = small.resize((across * module, across * module), Image.Resampling.NEAREST)
    band.paste(large, (round(code.x / pixel), round(code.y / pixel) - down))


def _letters(text: Text, pixel: float) -> tuple[Image.Image, tuple[int, int]]:
    """The letters as a mask, and where its corner goes."""
    size, stroke = text.size / pixel, text.weight * text.size / pixel / 2
    letters = list(_placed(text, pixel))
    margin = math.ceil(size)
    left, top = int(text.x / pixel) - margin, int(text.y / pixel) - 2 * margin
    mask = Image.new("L", (math.ceil(letters[-1][2]) - left + 2 * margin, 3 * margin), 0)
    y = _quarter(text.y / pixel - top)
    for letter, font, x in letters:
        place = _quarter(x - left)
        glyph, right, down = _glyph(letter, font, size, stroke, place % 1, y % 1)
        mask.paste(255, (int(place) + right, int(y) + down), glyph)
    return mask, (left, top)


@lru_cache(1024)
def _glyph(letter: str, font: Font, size: float, stroke: float, x: float, y: float) -> tuple[Image.Image, int, int]:
    """A letter as a mask, and from which whole pixels its corner is right and down; x, y are the parts of a pixel."""
    margin = math.ceil(2 * size)
    canvas = Image.new("L", (2 * margin, 2 * margin))
    ImageDraw.Draw(canvas).text(
        (margin + x, margin + y), letter, 255, _font(font, size), anchor="ls", stroke_width=stroke
    )
    left, top, right, bottom = canvas.getbbox() or (0, 0, 1, 1)
    return canvas.crop((left, top, right, bottom)), left - margin, top - margin


def _quarter(pixels: float) -> float:
    """Letters stand on quarters of a pixel, so that drawn ones are used again."""
    return round(pixels * 4) / 4


def _placed(text: Text, pixel: float) -> Iterator[tuple[str, Font, float]]:
    """Each letter with its font and its x in pixels: drawn in one go, hinting would round every advance."""
    x = text.x
    for run in runs(text.text):
        for letter in run.text:
            yield letter, run.font, x / pixel
            x += width(letter) * text.size + text.tracking


@lru_cache(64)
def _font(font: Font, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font.path, size, font.index, layout_engine=ImageFont.Layout.BASIC)


def _paint_art(page: Image.Image, art: Art, pixel: float) -> None:
    """Outlines by their even-odd areas, each in its own frame."""
    left, top, across, down = drawing(art.name).box
    scale = (art.width / across / pixel, art.height / down / pixel)
    origin = (art.x / pixel - left * scale[0], art.y / pixel - top * scale[1])
    for outline in drawing(art.name).outlines:
        contours = [
            [(origin[0] + x * scale[0], origin[1] + y * scale[1]) for x, y in contour] for contour in _contours(outline)
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


def _pixels(block: Block, pixel: float) -> tuple[int, int, int, int]:
    left, top, right, bottom = block.x, block.y, block.x + block.width, block.y + block.height
    return round(left / pixel), round(top / pixel), round(right / pixel), round(bottom / pixel)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _distance(one: tuple[int, int, int], other: tuple[int, int, int]) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))
