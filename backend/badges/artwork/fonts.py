"""Fonts of the plates: which font draws a character, and how wide.

Noto Sans SC of the package pylopdf-fonts-zh-cn, checked by its SHA-256; Debian's Noto Sans CJK, the same design with more
characters, draws what the first lacks.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path

import pylopdf_fonts_zh_cn
from fontTools.ttLib import TTCollection, TTFont

from .face import MissingGlyph

_SHA256 = "faa6c9df652116dde789d351359f3d7e5d2285a2b2a1f04a2d7244df706d5ea9"
_DEBIAN = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")


class FontAltered(Exception):
    """The font file is not the one that was chosen."""


@dataclass(frozen=True)
class Font:
    """A font file.

    family   the name under which a print file knows it
    index    its place in a collection
    """

    family: str
    path: Path
    index: int = 0


@dataclass(frozen=True)
class Run:
    """Neighbouring characters that one font draws; width in em."""

    font: Font
    text: str
    width: float


class _Metrics:
    """Which characters a font has and how far each advances, in em."""

    def __init__(self, font: Font) -> None:
        with TTFont(font.path, fontNumber=font.index, lazy=True) as opened:
            self._names: dict[int, str] = opened.getBestCmap()
            self._advances: dict[str, tuple[int, int]] = opened["hmtx"].metrics
            self._em: int = opened["head"].unitsPerEm

    def has(self, character: str) -> bool:
        return ord(character) in self._names

    def advance(self, character: str) -> float:
        return self._advances[self._names[ord(character)]][0] / self._em


@lru_cache(8192)
def runs(text: str) -> Sequence[Run]:
    """The text cut where the font changes. raises MissingGlyph"""
    return tuple(
        Run(font, "".join(characters), sum(_metrics(font).advance(character) for character in characters))
        for font, characters in ((font, list(group)) for font, group in groupby(text, _font_of))
    )


def width(text: str) -> float:
    """How far the text runs, in em. raises MissingGlyph"""
    return sum(run.width for run in runs(text))


@cache
def fonts() -> tuple[Font, ...]:
    """The fonts at hand, in order of preference. raises FontAltered"""
    return (Font("NotoSansSC", unaltered(pylopdf_fonts_zh_cn.sans_path())), *_debians())


def unaltered(path: Path, sha256: str = _SHA256) -> Path:
    """The path, when the file is the very one we chose. raises FontAltered"""
    if hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        raise FontAltered(f"{path.name} does not have the SHA-256 {sha256}")
    return path


def _debians() -> tuple[Font, ...]:
    if not _DEBIAN.is_file():
        return ()
    with TTCollection(_DEBIAN, lazy=True) as collection:
        names = [font["name"].getDebugName(1) for font in collection]
    return (Font("NotoSansCJK", _DEBIAN, names.index("Noto Sans CJK SC")),)


@cache
def _metrics(font: Font) -> _Metrics:
    return _Metrics(font)


@cache
def _font_of(character: str) -> Font:
    for font in fonts():
        if _metrics(font).has(character):
            return font
    raise MissingGlyph(character)
