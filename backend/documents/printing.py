"""A filled form on A4: the bureau's name, title, document number, body, signatures, and the place of the seal (印章)."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pylopdf_fonts_zh_cn
from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.enums import Align, TextMode, XPos, YPos
from fpdf.fonts import TTFFont

from backend.badges.artwork.fonts import fonts, unaltered
from backend.kernel.wording import local_day

from .lines import broken

if TYPE_CHECKING:
    from .service import Document

_SHA256 = "e8f396decc1f0963a016a989c3d8852e863d1350996f573860a80767c83a1cd3"
_SONG = "NotoSerifSC"
_MARGIN, _WIDTH = 26.0, 158.0
_LABEL = 44.0
_PADDING = 1.3
#: Lines of one row; a row does not break over pages, so what is longer has several.
_MOST_LINES = 25
_INSET = 2 * _PADDING + 0.4
_BODY, _LINE = 14.0, 9.0


def pdf(document: "Document") -> bytes:
    """The document as PDF with its font embedded; the same document gives the same words."""
    page = _page(document)
    _head(page, document)
    _table(page, document)
    _body(page, document)
    _foot(page, document)
    return bytes(page.output())


class _Official(FPDF):
    """Pages with their number at the foot."""

    def footer(self) -> None:
        """The page's number."""
        self.set_y(-18)
        self.set_font(_SONG, size=9)
        self.cell(0, 5, f"第 {self.page_no()} 页", align=Align.C)


def _page(document: "Document") -> FPDF:
    page = _Official(unit="mm", format="A4")
    page.set_margins(_MARGIN, 25, _MARGIN)
    page.c_margin = 0
    page.set_auto_page_break(True, 24)
    page.set_title(f"{document.form.title} {document.number}")
    page.set_author(document.bureau)
    page.set_lang("zh-CN")
    page.alias_nb_pages("")  # what people typed is never read as a place-holder
    page.add_font(_SONG, fname=_song())
    if not _glyphs().issuperset(map(ord, "".join(document.values.values()))):
        for font in fonts():
            page.add_font(font.family, fname=font.path, collection_font_number=font.index)
        page.set_fallback_fonts([font.family for font in fonts()], exact_match=False)
    for added in page.fonts.values():
        if isinstance(added, TTFFont):
            # The whole font's bounds hold for a part of it; to measure every glyph again is a third of the work.
            added.ttfont.recalcBBoxes = False
    page.add_page()
    return page


def _head(page: FPDF, document: "Document") -> None:
    _bold(page, document.bureau, 20, 12)
    _bold(page, document.form.title, 22, 14)
    page.set_font(_SONG, size=12)
    page.cell(0, 9, document.number, align=Align.C, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    page.ln(4)


def _bold(page: FPDF, text: str, size: float, height: float) -> None:
    page.set_font(_SONG, size=size)
    with page.local_context(text_mode=TextMode.FILL_STROKE, line_width=0.5):
        page.cell(0, height, text, align=Align.C)
    page.ln(height)


def _table(page: FPDF, document: "Document") -> None:
    labels = {field.key: field.label for field in document.form.fields}
    if not document.form.listed:
        return
    page.set_font(_SONG, size=11)
    with page.table(
        col_widths=(_LABEL, _WIDTH - _LABEL),
        line_height=5.8,
        padding=_PADDING,
        first_row_as_headings=False,
        align=Align.L,
    ) as table:
        for key in document.form.listed:
            lines = list(broken(document.values[key] or "/", _WIDTH - _LABEL - _INSET, page.get_string_width))
            for start in range(0, len(lines), _MOST_LINES):
                row = table.row()
                label = f"{labels[key]}（续）" if start else labels[key]
                row.cell("\n".join(broken(label, _LABEL - _INSET, page.get_string_width)))
                row.cell("\n".join(lines[start : start + _MOST_LINES]))
    page.ln(4)


def _body(page: FPDF, document: "Document") -> None:
    size, line = (11.0, 7.0) if document.form.listed else (_BODY, _LINE)
    page.set_font(_SONG, size=size)
    if document.form.to is not None:
        for one in broken(f"{document.values[document.form.to]}：", _WIDTH, page.get_string_width):
            page.cell(_WIDTH, line, one, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    for text in document.paragraphs:
        for words in text.splitlines():
            for one in broken(f"　　{words}", _WIDTH, page.get_string_width):
                page.cell(_WIDTH, line, one, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _foot(page: FPDF, document: "Document") -> None:
    form = document.form
    above, sign, seal = 8.0, 12.0, 6.0 + 3 * 9.0
    if page.will_page_break(above + sign * len(form.signs) + (seal if form.sealed else 0.0)):
        page.add_page()
    page.ln(above)
    page.set_font(_SONG, size=12)
    for name in form.signs:
        page.cell(0, sign, f"{name}：________________　　年　　月　　日", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    if form.sealed:
        page.ln(6)
        for text in (
            document.bureau,
            "（印章）",
            local_day(document.dated),
        ):
            page.cell(_WIDTH - 6, 9, text, align=Align.R, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


@cache
def _glyphs() -> frozenset[int]:
    """The characters that the font has."""
    with TTFont(_song(), lazy=True) as opened:
        return frozenset((*opened.getBestCmap(), *map(ord, "\r\n\t")))


@cache
def _song() -> Path:
    return unaltered(pylopdf_fonts_zh_cn.serif_path(), _SHA256)
