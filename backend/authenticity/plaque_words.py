"""Reading what stands on a plaque; pure."""

import re
import unicodedata
from collections.abc import Iterable

#: Shorter words would call half of all honest plaques false.
LEAST_WORD = 4
#: A text with fewer digits holds no number of ours, and a number with fewer characters would be found by chance.
_LEAST_DIGITS, LEAST_NUMBER = 4, 6
#: Punctuation that numbers of certificates are written with.
MARKS = "-_ /.·〔〕[]()（）"
_BLANKS = re.compile(r"[\s,，;；:：、。]+")


def normal(text: str) -> str:
    """Text as it is compared: NFKC, capitals, without blanks and punctuation."""
    folded = unicodedata.normalize("NFKC", text).upper()
    return "".join(char for char in folded if unicodedata.category(char)[0] in "LN")


def candidates(text: str) -> list[str]:
    """What may be a number as it is printed: the whole text and each part between blanks; at most twenty."""
    folded = re.sub(r"[‐‑–—−－]", "-", unicodedata.normalize("NFKC", text)).strip()
    return list(dict.fromkeys(part for part in (folded, *_BLANKS.split(folded)) if len(part) >= LEAST_NUMBER))[:20]


def may_hold_number(text: str) -> bool:
    """Whether a text has enough digits for a number of ours."""
    return sum(char.isdigit() for char in normal(text)) >= _LEAST_DIGITS


def copy_after(number: str, text: str) -> str:
    """The digits that follow a certificate's number in a text, as a plate's serial has them; empty for none.

    number, text   normalised
    """
    found = re.search(rf"{re.escape(number)}(\d*)", text)
    return found[1] if found else ""


def gives_away(words: Iterable[str], text: str) -> bool:
    """Whether any of these normalised words stands in a text."""
    seen = normal(text)
    return any(word in seen for word in words)
