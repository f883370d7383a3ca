"""Drawing of plates: interim."""

import io
from dataclasses import dataclass

import fpdf
import qrcode
import zxingcpp
from PIL import Image


class ArtworkUnreadable(Exception):
    """A drawn code does not say what it should."""


@dataclass(frozen=True)
class PlateFace:
    """What is drawn on a plate."""

    unit_name: str
    category_zh: str
    certificate_no: str
    serial: str
    url: str


def render_png(face: PlateFace) -> bytes:
    """A PNG."""
    buffer = io.BytesIO()
    qrcode.make(face.url, error_correction=qrcode.constants.ERROR_CORRECT_Q).save(buffer)
    return buffer.getvalue()


def render_pdf(face: PlateFace) -> bytes:
    """A PDF."""
    document = fpdf.FPDF(unit="mm", format=(150, 210))
    document.add_page()
    document.image(Image.open(io.BytesIO(render_png(face))), 20, 20, 110)
    return bytes(document.output())


def proved(png: bytes, url: str) -> None:
    """raises ArtworkUnreadable"""
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(png)).convert("L"))
    if [code.text for code in found] != [url]:
        raise ArtworkUnreadable(url)
