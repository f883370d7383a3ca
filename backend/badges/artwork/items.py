"""What a drawing is made of; in millimetres from the top left corner of the trimmed sheet, y runs down.

Picture, print file, sheets and vector file draw these and nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

#: Ink is black alone, so that letters and code are printed with one plate and no fringes.
INK, TEAL, GOLD, PALE_GOLD, WHITE = "#000000", "#0b4f4a", "#d9b25f", "#ecd29a", "#ffffff"


@dataclass(frozen=True)
class Text:
    """One line of letters.

    x, y       where the first letter starts, on the base line
    size       the em
    weight     added stroke around the letters, in em: our font comes in one weight
    tracking   added space after each letter
    """

    text: str
    x: float
    y: float
    size: float
    colour: str
    weight: float = 0.0
    tracking: float = 0.0


@dataclass(frozen=True)
class Art:
    """A drawing of `qr_assets`, its canvas stretched over a rectangle."""

    name: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Block:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True)
class Code:
    """The QR symbol without its quiet zone; x, y is the corner of its first module."""

    x: float
    y: float
    module: float
    rows: Sequence[Sequence[bool]]


Item = Text | Art | Block | Code


def enlarged(item: Text | Art | Block, scale: float, right: float) -> Text | Art | Block:
    """The item `scale` times as large, then moved to the right by `right` mm."""
    x, y = item.x * scale + right, item.y * scale
    if isinstance(item, Text):
        return replace(item, x=x, y=y, size=item.size * scale, tracking=item.tracking * scale)
    return replace(item, x=x, y=y, width=item.width * scale, height=item.height * scale)
