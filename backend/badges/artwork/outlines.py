"""Reads the outlines of our own SVG files; the same curves go to the picture and to the print file."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from xml.etree import ElementTree as ET

from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path import parse_path

import qr_assets

Point = tuple[float, float]


@dataclass(frozen=True)
class Outline:
    """One filled path.

    fill    #rrggbb
    moves   ("moveTo" | "lineTo" | "curveTo" | "closePath", points), in the file's units
    """

    fill: str
    moves: Sequence[tuple[str, tuple[Point, ...]]]


@dataclass(frozen=True)
class Drawing:
    """Outlines in painting order, on a canvas left, top, width, height."""

    box: tuple[float, float, float, float]
    outlines: Sequence[Outline]


@cache
def drawing(name: str) -> Drawing:
    """An SVG file of `qr_assets`. raises ValueError"""
    return parsed(qr_assets.read(name))


def parsed(svg: bytes) -> Drawing:
    """The outlines of an SVG file of ours. raises ValueError when it holds anything but a title and plain filled paths"""
    root = ET.fromstring(svg)  # noqa: S314 - our own file
    left, top, width, height = (float(number) for number in root.attrib["viewBox"].split())
    paths = [element for element in root if not element.tag.endswith("}title")]
    return Drawing((left, top, width, height), [_outline(element) for element in paths])


def _outline(element: ET.Element) -> Outline:
    if not element.tag.endswith("}path") or not element.attrib.keys() <= {"d", "fill", "fill-rule"}:
        raise ValueError(f"only plain paths are drawn, not {ET.tostring(element, encoding='unicode')[:80]}")
    pen = RecordingPen()
    parse_path(element.attrib["d"], pen)
    return Outline(_long(element.attrib["fill"]), [(name, tuple(points)) for name, points in pen.value])


def _long(colour: str) -> str:
    """#rgb as #rrggbb."""
    return "#" + "".join(2 * digit for digit in colour[1:]) if len(colour) == 4 else colour
