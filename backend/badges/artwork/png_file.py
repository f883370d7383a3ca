"""Writes PNG files that differ in one band of rows only; what stands above and below is compressed once.

A PNG's rows, each after a byte that names its filter, are one zlib stream; a stream may be put together from parts that end on
whole bytes (RFC 1950, RFC 1951 full flush). Pillow would filter and compress all 4.3 million pixels of an A5 plate again for each.
"""

import struct
import zlib

from isal import isal_zlib
from PIL import Image, ImageChops

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_ZLIB_HEADER = b"\x78\x01"
_RAW = -15  # a deflate stream without zlib's frame
_AS_IT_IS, _LESS_THE_ROW_ABOVE = 0, 2  # filters


class BandedPng:
    """A palette picture of which the rows from `first` up to `last` change from file to file."""

    def __init__(self, page: Image.Image, first: int, last: int, dpi: float) -> None:
        """page: mode P, with a palette of 256 colours"""
        rows = Image.frombytes("L", page.size, page.tobytes())
        self._band = rows.crop((0, first, page.width, last))
        metre = round(dpi / 0.0254)
        self._head = b"".join(
            (
                _SIGNATURE,
                _chunk(b"IHDR", struct.pack(">IIBBBBB", *page.size, 8, 3, 0, 0, 0)),
                _chunk(b"pHYs", struct.pack(">IIB", metre, metre, 1)),
                _chunk(b"PLTE", bytes(page.getpalette() or ())),
            )
        )
        above = rows.crop((0, 0, page.width, first))
        below = rows.crop((0, last, page.width, page.height))
        self._above, above_rows = _smallest(above, zlib.Z_FULL_FLUSH)
        self._below, self._below_rows = _smallest(below, zlib.Z_FINISH)
        self._sum_above = isal_zlib.adler32(above_rows)

    def band(self) -> Image.Image:
        """A copy of the band to draw on: mode L, palette indices."""
        return self._band.copy()

    def file(self, band: Image.Image) -> bytes:
        """The PNG with this band."""
        rows = _filtered(band, _LESS_THE_ROW_ABOVE)
        deflate = isal_zlib.compressobj(1, isal_zlib.DEFLATED, _RAW)
        middle = deflate.compress(rows) + deflate.flush(isal_zlib.Z_FULL_FLUSH)
        total = isal_zlib.adler32(self._below_rows, isal_zlib.adler32(rows, self._sum_above))
        stream = b"".join((_ZLIB_HEADER, self._above, middle, self._below, struct.pack(">I", total)))
        return b"".join((self._head, _chunk(b"IDAT", stream), _chunk(b"IEND", b"")))


def _filtered(rows: Image.Image, kind: int) -> bytes:
    """Rows as PNG wants them: a picture one pixel wider, whose first column names the filter of each row."""
    framed = Image.new("L", (rows.width + 1, rows.height), kind)
    if kind == _AS_IT_IS:
        framed.paste(rows, (1, 0))
    else:
        framed.paste(ImageChops.subtract_modulo(rows, ImageChops.offset(rows, 0, 1)), (1, 0))
        # The first row stands on one of another part: it is written as it is.
        framed.paste(_AS_IT_IS, (0, 0, 1, 1))
        framed.paste(rows.crop((0, 0, rows.width, 1)), (1, 0))
    return framed.tobytes()


def _smallest(rows: Image.Image, end: int) -> tuple[bytes, bytes]:
    """The rows compressed with the better filter, and as they were filtered."""
    tried = []
    for kind in (_AS_IT_IS, _LESS_THE_ROW_ABOVE):
        filtered = _filtered(rows, kind)
        deflate = zlib.compressobj(9, zlib.DEFLATED, _RAW, 9)
        tried.append((deflate.compress(filtered) + deflate.flush(end), filtered))
    return min(tried, key=lambda part: len(part[0]))


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(content, zlib.crc32(name)))
