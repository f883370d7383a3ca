"""A plate's SVG in a browser: it needs none of our fonts, reads, and looks as the picture does."""

import io

import pytest
from PIL import Image
from playwright.sync_api import Browser as Chromium

from backend.badges.artwork import TEMPLATES, Template, proved, render_png, render_svg
from tests.badges.faces import LONG_NAME, URL, as_png, difference, face, opened


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
def test_a_browser_shows_the_svg_as_the_picture(chromium: Chromium, template: Template) -> None:
    picture = opened(render_png(face(LONG_NAME), template))
    shown = _shown(chromium, render_svg(face(LONG_NAME), template), picture.size)
    proved(as_png(shown), URL)
    same = difference(shown, picture, template)
    assert same < 6
    assert 2 * same < difference(shown, opened(render_png(face("另一家店"), template)), template)


def _shown(chromium: Chromium, svg: bytes, size: tuple[int, int]) -> Image.Image:
    """The SVG over the whole of a window of so many pixels."""
    page = chromium.new_page(viewport={"width": size[0], "height": size[1]})
    try:
        page.set_content(f"<style>body{{margin:0}}svg{{display:block;width:100vw;height:100vh}}</style>{svg.decode()}")
        return Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    finally:
        page.close()
