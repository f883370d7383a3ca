"""Drawing of plates: one layout, a picture of 300 dpi, a print file, and the proof that the code reads.

face        what is drawn, and what can go wrong
layout      the description in millimetres; picture and print_file draw it
symbol      the QR symbol; proof reads it back from the finished picture
outlines    the mark and the fixed art, from `qr_assets`
fonts, lines  which font has a character; how a long name is broken
plain_code  apart from plates: a QR code for a screen
"""

from . import layout
from .face import ArtworkUnreadable, FaceTooLong, MissingGlyph, PlateFace
from .picture import picture
from .print_file import print_file
from .proof import proved

__all__ = ["ArtworkUnreadable", "FaceTooLong", "MissingGlyph", "PlateFace", "proved", "render_pdf", "render_png"]


def render_png(face: PlateFace) -> bytes:
    """The trimmed plate, 1748 × 2480 pixels at 300 dpi. raises MissingGlyph, FaceTooLong"""
    return picture(layout.of_face(face))


def render_pdf(face: PlateFace) -> bytes:
    """The plate for print, one page with bleed and crop marks. raises MissingGlyph, FaceTooLong"""
    return print_file(f"{face.unit_name} {face.serial}", layout.of_face(face))
