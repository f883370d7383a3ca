"""Breaks Chinese text into lines: a line never begins with closing punctuation, nor ends with opening; numbers stay whole."""

import re
from collections.abc import Callable, Iterator

_OPENING, _CLOSING = "（《〈“‘〔【", "，。、；：？！）》〉”’〕】%％"
_PIECE = re.compile(rf"[{_OPENING}]*(?:[!-~]+|[^{_OPENING}])[{re.escape(_CLOSING)}]*|[{_OPENING}]+")


def broken(text: str, most: float, width: Callable[[str], float]) -> Iterator[str]:
    """The lines of a text; its own line ends are kept.

    most, width   the width of a line, and how wide a text is, in the same measure
    """
    for paragraph in text.splitlines() or [""]:
        line = ""
        for piece in _fitting(paragraph, most, width):
            if line and width(line + piece) > most:
                yield line
                line = piece.lstrip(" ")
            else:
                line += piece
        yield line


def _fitting(paragraph: str, most: float, width: Callable[[str], float]) -> Iterator[str]:
    """What stays together, but for what is wider than a line."""
    for piece in _PIECE.findall(paragraph):
        if width(piece) <= most:
            yield piece
        else:
            yield from piece
