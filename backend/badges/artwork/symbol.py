"""The QR symbol of an address."""

from collections.abc import Iterator, Sequence

import qrcode
from qrcode.util import lost_point

#: Light modules around the symbol (ISO/IEC 18004).
QUIET = 4

Rows = Sequence[Sequence[bool]]

#: ISO/IEC 18004 §7.8.3 scores a mask's runs, blocks and balance; the best of eight scores 0.63 to 0.71 points a module. Whichever
#: is that good is taken at once; in this order, since a known address begins alike on every plate.
_MASKS = (6, 5, 4, 3, 1, 7, 0, 2)
_GOOD = 0.71


def modules(url: str) -> Rows:
    """The dark modules, row by row, without quiet zone; level H, so that a scratched or stained plate still reads.

    The mask is as good as the best of eight usually is; where none is, the best.
    """
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_H, border=0)
    code.add_data(url)
    code.best_fit()
    tried: list[tuple[float, int, Rows]] = []
    for mask in _MASKS:
        code.mask_pattern = mask
        code.make(fit=False)
        rows: Rows = code.modules
        score = lost_point(rows) / len(rows) ** 2
        if score <= _GOOD:
            return rows
        tried.append((score, mask, rows))
    return min(tried)[2]


def strips(rows: Rows) -> Iterator[tuple[int, int, int]]:
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
