"""Drawing of plates: templates, one layout; a picture, a print file, a vector file, sheets of many; and the proof that codes read.

face         what is drawn, and what can go wrong
templates    what is printed, how large, what stands where
layout       a template and a face as items in millimetres; the four below draw them
picture      PNG (png_file writes it)
print_file   PDF of one plate (pdf_pen draws)
sheets       PDF sheets of many plates for a print run
vector_file  SVG, outlines only
symbol       the QR symbol
proof        reads it back from the finished file; trials after what happens to plates
outlines     the mark and the fixed art, from `qr_assets`
fonts, lines which font has a character; how a long name is broken
plain_code   apart from plates: a QR code for a screen
"""

from typing import Literal

from . import layout
from .face import ArtworkUnreadable, FaceTooLong, MissingGlyph, PlateFace
from .picture import picture
from .print_file import print_file
from .proof import proved, proved_pdf, proved_svg
from .sheets import PAPERS, SRA3, Paper, PrintRun, print_sheets, sheet_file
from .templates import A5_DOOR, BY_PLACEMENT, TEMPLATES, Template
from .trials import proved_hard
from .vector_file import vector_file

__all__ = [
    "A5_DOOR",
    "BY_PLACEMENT",
    "PAPERS",
    "SRA3",
    "TEMPLATES",
    "ArtworkUnreadable",
    "FaceTooLong",
    "Kind",
    "MissingGlyph",
    "Paper",
    "PlateFace",
    "PrintRun",
    "Template",
    "check",
    "finished",
    "print_sheets",
    "proved",
    "proved_hard",
    "proved_pdf",
    "proved_svg",
    "render_pdf",
    "render_png",
    "render_svg",
    "sheet_file",
]

Kind = Literal["png", "pdf", "svg"]


def finished(face: PlateFace, template: Template, kind: Kind) -> bytes:
    """A plate as it may leave: drawn, and read back from the finished file. raises ArtworkUnreadable, MissingGlyph, FaceTooLong"""
    if kind == "png":
        png = render_png(face, template)
        proved(png, face.url)
        return png
    if kind == "pdf":
        pdf = render_pdf(face, template)
        proved_pdf(pdf, [[face.url]])
        return pdf
    svg = render_svg(face, template)
    proved_svg(svg, face.url)
    return svg


def check(face: PlateFace, template: Template) -> None:
    """Whether the words can be drawn in their places, without drawing. raises MissingGlyph, FaceTooLong"""
    layout.words(template, face)


def render_png(face: PlateFace, template: Template = A5_DOOR) -> bytes:
    """The trimmed plate; A5 has 1748 × 2480 pixels at 300 dpi. raises MissingGlyph, FaceTooLong"""
    return picture(template, layout.of_face(template, face))


def render_pdf(face: PlateFace, template: Template = A5_DOOR) -> bytes:
    """The plate for print, one page with bleed and crop marks. raises MissingGlyph, FaceTooLong"""
    return print_file(template, _title(face), layout.of_face(template, face))


def render_svg(face: PlateFace, template: Template = A5_DOOR) -> bytes:
    """The trimmed plate in outlines. raises MissingGlyph, FaceTooLong"""
    return vector_file(template, _title(face), layout.of_face(template, face))


def _title(face: PlateFace) -> str:
    return f"{face.unit_name} {face.serial}"
