"""The plate as a PDF for the printer: vectors, embedded subset fonts, bleed and crop marks."""

from collections.abc import Iterable
from datetime import UTC, datetime

from fpdf import FPDF
from fpdf.drawing import PaintedPath
from fpdf.enums import IntersectionRule, TextMode

from . import layout
from .fonts import Font, runs
from .layout import BLEED, HEIGHT, WIDTH, Art, Block, Code, Item, Text
from .outlines import Outline, drawing
from .symbol import strips

#: Paper around the trimmed plate, in mm: bleed, a gap, the crop marks.
MARGIN = 10.0
_MARK_FROM, _MARK_TO, _MARK_WIDTH = 4.0, 9.0, 0.09
#: The same plate gives the same bytes, whenever it is drawn.
_DATED = datetime(2026, 1, 1, tzinfo=UTC)


def print_file(title: str, items: Iterable[Item]) -> bytes:
    """The fixed part and a plate's own items on one page of trim + 2·MARGIN mm, as PDF bytes."""
    document = FPDF(unit="mm", format=(WIDTH + 2 * MARGIN, HEIGHT + 2 * MARGIN))
    document.set_auto_page_break(False)
    document.set_creation_date(_DATED)
    document.set_title(title)
    document.set_lang("zh-CN")
    document.add_page()
    for item in (*layout.fixed(), *items):
        if isinstance(item, Text):
            _write(document, item)
        elif isinstance(item, Art):
            _draw(document, item)
        elif isinstance(item, Block):
            document.set_fill_color(item.colour)
            document.rect(MARGIN + item.x, MARGIN + item.y, item.width, item.height, style="F")
        else:
            _print_code(document, item)
    _crop_marks(document)
    _page_boxes(document)
    return bytes(document.output())


def _write(document: FPDF, text: Text) -> None:
    x = MARGIN + text.x
    document.set_text_color(text.colour)
    document.set_draw_color(text.colour)
    # fpdf2 writes the width of letters' strokes in points, unscaled.
    document.set_line_width(text.weight * text.size * document.k)
    document.text_mode = TextMode.FILL_STROKE if text.weight else TextMode.FILL
    document.set_char_spacing(text.tracking * document.k)
    for run in runs(text.text):
        _use(document, run.font, text.size * document.k)
        document.text(x, MARGIN + text.y, run.text)
        x += run.width * text.size + len(run.text) * text.tracking


def _use(document: FPDF, font: Font, points: float) -> None:
    if font.family.lower() not in document.fonts:
        document.add_font(font.family, fname=font.path, collection_font_number=font.index)
    document.set_font(font.family, size=points)


def _draw(document: FPDF, art: Art) -> None:
    left, top, _, _ = drawing(art.name).box
    x, y = MARGIN + art.x - left * art.unit, MARGIN + art.y - top * art.unit
    with document.drawing_context() as context:
        for outline in drawing(art.name).outlines:
            context.add_item(_path(outline, x, y, art.unit))


def _path(outline: Outline, x: float, y: float, unit: float) -> PaintedPath:
    path = PaintedPath()
    path.style.fill_color = outline.fill
    path.style.stroke_color = None
    path.style.intersection_rule = IntersectionRule.EVENODD
    for move, points in outline.moves:
        placed = [part for px, py in points for part in (x + px * unit, y + py * unit)]
        if move == "moveTo":
            path.move_to(*placed)
        elif move == "lineTo":
            path.line_to(*placed)
        elif move == "curveTo":
            path.curve_to(*placed)
        else:
            path.close()
    return path


def _print_code(document: FPDF, code: Code) -> None:
    """All modules as one path of rectangles in black ink alone: no hairlines between them, no colour fringes."""
    path = PaintedPath()
    path.style.fill_color = layout.INK
    path.style.stroke_color = None
    for x, y, length in strips(code.rows):
        path.rectangle(
            MARGIN + code.x + x * code.module, MARGIN + code.y + y * code.module, length * code.module, code.module
        )
    with document.drawing_context() as context:
        context.add_item(path)


def _crop_marks(document: FPDF) -> None:
    document.set_draw_color(0)
    document.set_line_width(_MARK_WIDTH)
    for x, outwards in ((MARGIN, -1), (MARGIN + WIDTH, 1)):
        for y in (MARGIN, MARGIN + HEIGHT):
            document.line(x + outwards * _MARK_FROM, y, x + outwards * _MARK_TO, y)
    for y, outwards in ((MARGIN, -1), (MARGIN + HEIGHT, 1)):
        for x in (MARGIN, MARGIN + WIDTH):
            document.line(x, y + outwards * _MARK_FROM, x, y + outwards * _MARK_TO)


def _page_boxes(document: FPDF) -> None:
    """Trim and bleed, for the printer's imposition. fpdf2 knows only the media box, and writes what it is given."""
    whole = (0.0, 0.0, WIDTH + 2 * MARGIN, HEIGHT + 2 * MARGIN)
    boxes = [("", whole), (" /BleedBox ", _inset(whole, MARGIN - BLEED)), (" /TrimBox ", _inset(whole, MARGIN))]
    document.pages[1].media_box = "".join(
        f"{name}[{' '.join(f'{side * document.k:.2f}' for side in box)}]" for name, box in boxes
    )


def _inset(box: tuple[float, float, float, float], by: float) -> tuple[float, float, float, float]:
    left, low, right, high = box
    return left + by, low + by, right - by, high - by
