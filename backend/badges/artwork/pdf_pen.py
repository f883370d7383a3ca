"""Draws items on a page of a PDF: vectors and embedded subset fonts only."""

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from datetime import UTC, datetime

from fpdf import FPDF
from fpdf.drawing import PaintedPath
from fpdf.enums import IntersectionRule, TextMode

from .fonts import Font, runs
from .items import INK, Art, Block, Code, Item, Text
from .outlines import drawing
from .symbol import strips

#: Crop marks stand this far outside the bleed and are this long, in mm.
GAP, LENGTH, _THIN = 1.0, 3.5, 0.09
#: The same plate gives the same bytes, whenever it is drawn.
_DATED = datetime(2026, 1, 1, tzinfo=UTC)

Box = tuple[float, float, float, float]


def new_document(title: str, width: float, height: float) -> FPDF:
    """An empty document with pages of a size in mm."""
    document = FPDF(unit="mm", format=(width, height))
    document.set_auto_page_break(False)
    document.set_creation_date(_DATED)
    document.set_title(title)
    document.set_lang("zh-CN")
    return document


def draw(document: FPDF, items: Iterable[Item], left: float, top: float) -> None:
    """Items on the page, their origin at left, top (mm)."""
    for item in items:
        if isinstance(item, Text):
            _write(document, item, left, top)
        elif isinstance(item, Art):
            _draw_art(document, item, left, top)
        elif isinstance(item, Block):
            document.set_fill_color(item.colour)
            document.rect(left + item.x, top + item.y, item.width, item.height, style="F")
        else:
            _draw_code(document, item, left, top)


def crop_line(document: FPDF, bleed: tuple[float, float], outwards: tuple[int, int]) -> None:
    """A crop mark from near the bleed's edge (mm) outwards: (-1, 0) to the left, (0, 1) downwards."""
    (x, y), (right, down) = bleed, outwards
    document.set_draw_color(0)
    document.set_line_width(_THIN)
    far = GAP + LENGTH
    document.line(x + right * GAP, y + down * GAP, x + right * far, y + down * far)


def page_boxes(document: FPDF, media: Box, bleed: Box, trim: Box) -> None:
    """Boxes of the newest page, each left, low, right, high in mm. fpdf2 knows only the media box, and writes what it is given."""
    boxes = (("", media), (" /BleedBox ", bleed), (" /TrimBox ", trim))
    document.pages[document.page].media_box = "".join(
        f"{name}[{' '.join(f'{side * document.k:.2f}' for side in box)}]" for name, box in boxes
    )


def _write(document: FPDF, text: Text, left: float, top: float) -> None:
    x = left + text.x
    document.set_text_color(text.colour)
    document.set_draw_color(text.colour)
    # fpdf2 writes the width of letters' strokes in points, unscaled.
    document.set_line_width(text.weight * text.size * document.k)
    document.text_mode = TextMode.FILL_STROKE if text.weight else TextMode.FILL
    document.set_char_spacing(text.tracking * document.k)
    for run in runs(text.text):
        _use(document, run.font, text.size * document.k)
        document.text(x, top + text.y, run.text)
        x += run.width * text.size + len(run.text) * text.tracking


def _use(document: FPDF, font: Font, points: float) -> None:
    if font.family.lower() not in document.fonts:
        document.add_font(font.family, fname=font.path, collection_font_number=font.index)
    document.set_font(font.family, size=points)


def _draw_art(document: FPDF, art: Art, left: float, top: float) -> None:
    x, y, width, height = drawing(art.name).box
    scale = (art.width / width, art.height / height)
    origin = (left + art.x - x * scale[0], top + art.y - y * scale[1])
    for outline in drawing(art.name).outlines:
        with _filled(document, outline.fill) as path:
            path.style.intersection_rule = IntersectionRule.EVENODD
            for move, points in outline.moves:
                placed = [part for x, y in points for part in (origin[0] + x * scale[0], origin[1] + y * scale[1])]
                if move == "moveTo":
                    path.move_to(*placed)
                elif move == "lineTo":
                    path.line_to(*placed)
                elif move == "curveTo":
                    path.curve_to(*placed)
                else:
                    path.close()


def _draw_code(document: FPDF, code: Code, left: float, top: float) -> None:
    """All modules as one path of rectangles in black ink alone: no hairlines between them, no colour fringes."""
    with _filled(document, INK) as path:
        for x, y, length in strips(code.rows):
            path.rectangle(
                left + code.x + x * code.module, top + code.y + y * code.module, length * code.module, code.module
            )


@contextmanager
def _filled(document: FPDF, colour: str) -> Generator[PaintedPath]:
    path = PaintedPath()
    path.style.fill_color = colour
    path.style.stroke_color = None
    yield path
    document.draw_path(path, copy=False)  # type: ignore[arg-type]  # it draws any path
