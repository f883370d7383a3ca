"""Reads a drawn plate back, as a phone would, before it is kept."""

import io

import zxingcpp
from PIL import Image

from .face import ArtworkUnreadable

_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def proved(png: bytes, url: str) -> None:
    """Decode the file itself: it must hold exactly one QR code, and that must say exactly `url`. raises ArtworkUnreadable"""
    try:
        with Image.open(io.BytesIO(png)) as picture:
            grey = picture.convert("L")
    except (OSError, ValueError) as error:
        raise ArtworkUnreadable(f"not a picture: {error}") from None
    found = [code.text for code in zxingcpp.read_barcodes(grey, formats=_QR)]
    if found != [url]:
        raise ArtworkUnreadable(f"the plate reads {found}, not {url}")
