"""The QR symbol of an address."""

from collections.abc import Iterator, Sequence

import qrcode

#: Light modules around the symbol (ISO/IEC 18004).
QUIET = 4


def modules(url: str) -> Sequence[Sequence[bool]]:
    """The dark modules, row by row, without quiet zone; level H, so that a scratched or stained plate still reads."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_H, border=0)
    code.add_data(url)
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.get_matrix()]


def strips(rows: Sequence[Sequence[bool]]) -> Iterator[tuple[int, int, int]]:
    """The dark modules as horizontal strips: column, row, length; in modules."""
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            length = 0
            while x + length < len(row) and row[x + length]:
                length += 1
            if length:
                yield x, y, length
            x += length or 1
