"""Reads a drawn file back, as a phone would, before it leaves. Other programs than those that drew it: Pillow, PDFium, resvg, zxing-cpp."""

import io
from collections.abc import Sequence
from threading import Lock

import pypdfium2
import resvg_py
import zxingcpp
from PIL import Image

from .face import ArtworkUnreadable

_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
#: A picture is read made smaller by a whole number, as long as this many pixels are left on its long side: a phone has no more
#: of a plate at arm's length, and it is quicker.
_ENOUGH = 600
_RENDERED_DPI = 110.0
#: PDFium may be in one thread at a time.
_PDFIUM = Lock()


def proved(png: bytes, url: str) -> None:
    """Decode the file itself: it must hold exactly one QR code, and that must say exactly `url`. raises ArtworkUnreadable"""
    try:
        with Image.open(io.BytesIO(png)) as picture:
            picture.load()
            seen = _smaller(picture)
    except (OSError, ValueError, SyntaxError) as error:
        raise ArtworkUnreadable(f"not a picture: {error}") from None
    must_read(seen, [url])


def proved_pdf(pdf: bytes, urls: Sequence[Sequence[str]]) -> None:
    """Render a PDF and decode each page: it must hold exactly the page's addresses, in any order. raises ArtworkUnreadable

    urls   the addresses of each page
    """
    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise ArtworkUnreadable(f"not a PDF: {error}") from None
        try:
            pages = len(document)
            if pages != len(urls):
                raise ArtworkUnreadable(f"{pages} pages, not {len(urls)}")
            for page, expected in zip(document, urls, strict=True):
                must_read(page.render(scale=_RENDERED_DPI / 72, grayscale=True).to_pil(), expected)
                page.close()
        finally:
            document.close()


def proved_svg(svg: bytes, url: str) -> None:
    """Render an SVG and decode it like `proved`. raises ArtworkUnreadable"""
    try:
        png = bytes(resvg_py.svg_to_bytes(svg_string=svg.decode(), skip_system_fonts=True, dpi=_RENDERED_DPI))
    except (ValueError, UnicodeDecodeError) as error:
        raise ArtworkUnreadable(f"not an SVG: {error}") from None
    proved(png, url)


def must_read(picture: Image.Image, urls: Sequence[str]) -> None:
    """The picture (mode L) holds a QR code for each address, and no other. raises ArtworkUnreadable"""
    found = sorted(code.text for code in zxingcpp.read_barcodes(picture, formats=_QR))
    if found != sorted(urls):
        raise ArtworkUnreadable(f"it reads {found}, not {sorted(urls)}")


def _smaller(picture: Image.Image) -> Image.Image:
    factor = max(1, max(picture.size) // _ENOUGH)
    size = (picture.width // factor, picture.height // factor)
    return picture.resize(size, Image.Resampling.NEAREST).convert("L")
