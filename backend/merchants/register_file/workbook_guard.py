"""Looks an xlsx file over before the spreadsheet reader lays it out: the reader keeps a place for every cell up to the last
filled one, so that a few bytes in the far corner would take all memory and end the process.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

MOST_UNPACKED = 500 * 1024 * 1024
#: Places from A1 to the last filled row and column.
MOST_CELLS = 8_000_000
_CHUNK = 1024 * 1024
_TAG = re.compile(rb"<(?:\w+:)?(row|c)\b([^>]*)>")
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,9})(\d{1,12})["']""")
_ANY_PLACE = re.compile(rb"\br\s*=")
_UTF_16 = (b"<\0", b"\0<", b"\xff\xfe", b"\xfe\xff\0")


class Broken(Exception):
    """Not an xlsx file, or damaged."""


class TooLarge(Exception):
    """An xlsx file that would take too much memory."""


def look_over(path: Path) -> None:
    """Unpack every part once, in pieces, checking sizes, checksums and how far the filled cells reach.

    raises   Broken, TooLarge
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
                raise TooLarge
            if any(entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for entry in entries):
                raise Broken
            for entry in entries:
                with archive.open(entry) as part:
                    _measure(iter(partial(part.read, _CHUNK), b""))
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError):
        raise Broken from None


def _measure(chunks: Iterator[bytes]) -> None:
    last_row, last_column, cells, row, column = 0, 0, 0, 0, 0
    for name, attributes in _tags(chunks):
        matched = _PLACE.search(attributes)
        if matched is None and _ANY_PLACE.search(attributes):
            raise Broken
        if name == b"row":
            row, column = (int(matched[2]) if matched else row + 1), 0
            continue
        column = _number_of(matched[1]) if matched else column + 1
        if attributes.endswith(b"/"):
            continue
        cells += 1
        last_row = max(last_row, int(matched[2]) if matched else row)
        last_column = max(last_column, column)
        if cells > MOST_CELLS or last_row * last_column > MOST_CELLS:
            raise TooLarge


def _tags(chunks: Iterator[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Name and attributes of every row and cell tag, in order; tags may cross the chunks' borders."""
    rest = b""
    for position, chunk in enumerate(chunks):
        if position == 0 and chunk.startswith(_UTF_16):
            raise Broken
        text = rest + chunk
        end = text.rfind(b">") + 1
        for matched in _TAG.finditer(text, 0, end):
            yield matched[1], matched[2]
        rest = text[end:] if len(text) - end < _CHUNK else b""


def _number_of(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
