"""What is drawn on a plate, and what can go wrong with it."""

from dataclasses import dataclass

from backend.kernel.errors import InvalidInput


@dataclass(frozen=True)
class PlateFace:
    """What is drawn on a plate.

    serial   the plate's own number, printed
    url      the address in the code
    label    what its station calls it, such as 8号桌; printed beside the serial
    """

    unit_name: str
    category_zh: str
    certificate_no: str
    serial: str
    url: str
    label: str = ""


class ArtworkUnreadable(Exception):
    """A drawn code does not say what it should."""


class MissingGlyph(InvalidInput):
    """No font at hand can draw a character; the plate is not drawn with a hole in its name."""

    def __init__(self, character: str) -> None:
        super().__init__(
            "glyph_missing",
            f"标牌上的“{character}”（U+{ord(character):04X}）没有字体可以印出来，请安装收字更全的字体（如 fonts-noto-cjk）后再画。",
        )
        self.character = character

    def __reduce__(self) -> tuple[type["MissingGlyph"], tuple[str]]:
        # Plates are drawn by other processes: the error travels back pickled.
        return MissingGlyph, (self.character,)


class FaceTooLong(InvalidInput):
    """A text does not fit its place on the plate, or an address gives modules too small to print."""

    def __init__(self, what: str) -> None:
        super().__init__("plate_text_too_long", f"{what}太长，标牌上放不下，请缩短后再画。")
        self.what = what

    def __reduce__(self) -> tuple[type["FaceTooLong"], tuple[str]]:
        return FaceTooLong, (self.what,)
