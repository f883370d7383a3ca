"""The mark: one drawing for the site, the plate and stamps, and nothing in it but outlines."""

import pytest

import qr_assets
from backend.badges.artwork import TEMPLATES, Template, render_png
from backend.badges.artwork.outlines import parsed
from tests.architecture.sources import ROOT
from tests.badges.faces import face, opened

_ASSETS = ("mark.svg", "mark-mono.svg", "head.svg", "foot.svg")


def test_the_site_shows_the_same_mark_as_the_plate() -> None:
    assert (ROOT / "backend/static/mark.svg").read_bytes() == qr_assets.read("mark.svg")


@pytest.mark.parametrize("name", _ASSETS)
def test_assets_are_small_and_outlines_only(name: str) -> None:
    svg = qr_assets.read(name)
    assert len(svg) < 6 * 1024
    assert parsed(svg).outlines


@pytest.mark.parametrize(
    "foreign",
    [
        '<text x="1" y="9">放心</text>',
        "<script>alert(1)</script>",
        '<path fill="#fff" d="M0 0H1V1Z" onclick="alert(1)"/>',
        '<g><path fill="#fff" d="M0 0H1V1Z"/></g>',
        '<image href="https://example.com/a.png"/>',
    ],
)
def test_an_asset_with_anything_else_is_refused(foreign: str) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{foreign}</svg>'
    with pytest.raises(ValueError, match="only plain paths"):
        parsed(svg.encode())


def test_the_one_colour_mark_takes_the_colour_of_its_place() -> None:
    assert {outline.fill for outline in parsed(qr_assets.read("mark-mono.svg")).outlines} == {"currentColor"}


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
def test_the_plate_carries_the_mark_in_its_own_colours(template: Template) -> None:
    top = opened(render_png(face(), template)).crop((0, 0, template.pixels[0], template.pixels[1] // 5))
    shown = {colour for _, colour in top.getcolors(1 << 20) or []}
    assert {(0x0B, 0x4F, 0x4A), (0xD9, 0xB2, 0x5F), (255, 255, 255)} <= shown
