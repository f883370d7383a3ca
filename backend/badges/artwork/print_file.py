"""The plate as a PDF for the printer: one page with bleed and crop marks; without them where the template has no bleed."""

from collections.abc import Iterable

from . import layout
from .items import Item
from .pdf_pen import GAP, LENGTH, Box, crop_line, draw, new_document, page_boxes
from .templates import Template


def margin(template: Template) -> float:
    """Paper around the trimmed plate, in mm: bleed, a gap, the crop marks, and 2.5 mm of white."""
    return template.bleed + GAP + LENGTH + 2.5 if template.bleed else 0.0


def print_file(template: Template, title: str, items: Iterable[Item]) -> bytes:
    """The fixed part and a plate's own items on one page, as PDF bytes."""
    around = margin(template)
    width, height, bleed = template.width + 2 * around, template.height + 2 * around, around - template.bleed
    document = new_document(title, width, height)
    document.add_page()
    with document.local_context(), document.rect_clip(bleed, bleed, width - 2 * bleed, height - 2 * bleed):
        draw(document, (*layout.fixed(template), *items), around, around)
    if template.bleed:
        for x in (around, width - around):
            crop_line(document, (x, bleed), (0, -1))
            crop_line(document, (x, height - bleed), (0, 1))
        for y in (around, height - around):
            crop_line(document, (bleed, y), (-1, 0))
            crop_line(document, (width - bleed, y), (1, 0))
    page_boxes(document, (0, 0, width, height), _inset(width, height, bleed), _inset(width, height, around))
    return bytes(document.output())


def _inset(width: float, height: float, by: float) -> Box:
    return by, by, width - by, height - by
