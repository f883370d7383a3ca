"""Kinds of feedback, and what is kept of the page that it is about. Pure."""

import re
from enum import StrEnum

MOST_WORDS = 1000
_ELSEWHERE = "…"
_MOST_ADDRESS = 120
#: What a page is called. Numbers, codes and tokens are in capitals or have digits; one code in twenty has no digit.
_NAME = re.compile(r"[a-z.-]*")
#: Names of pages that have digits in them.
_NAMES_WITH_DIGITS = frozenset({"12315", "to-12315"})


class Kind(StrEnum):
    """What the writer has to say."""

    BROKEN = "broken"
    UNCLEAR = "unclear"
    IDEA = "idea"
    PRAISE = "praise"

    @property
    def zh(self) -> str:
        """The word people read."""
        return _KIND_ZH[self.value]


_KIND_ZH = {"broken": "出错了", "unclear": "看不懂", "idea": "建议", "praise": "表扬"}


class Screened(StrEnum):
    """What WeChat's content check said of the text: staff alone read it, so nothing is refused, but they are told."""

    WAITING = "waiting"
    PASSED = "passed"
    DOUBTFUL = "doubtful"
    NOT_ASKED = "not_asked"


def page_of(address: str | None) -> str | None:
    """Which page an address means, without query and without whatever names a case, a badge or a unit.

    An entry without a name must not tell by its page whose it is.
    """
    if not address:
        return None
    path = address.split("?", 1)[0].split("#", 1)[0]
    parts = [part if _NAME.fullmatch(part) or part in _NAMES_WITH_DIGITS else _ELSEWHERE for part in path.split("/")]
    return "/".join(parts)[:_MOST_ADDRESS] or None
