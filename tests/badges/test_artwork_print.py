"""The print file: page and bleed, vectors only, text that can be found, and the same plate as the picture."""

import re

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from backend.badges.artwork import proved, render_pdf, render_png
from tests.badges.faces import LONG_NAME, OTHER_URL, URL, as_png, face, opened, printed

_POINTS = 72 / 25.4
_MM = 300 / 25.4


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render_pdf(face("瓯江㙍老字号百货"))


def _box(pdf: bytes, name: str) -> list[float]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [side / _POINTS for side in getattr(document[0], f"get_{name}")()]
    finally:
        document.close()


def _text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        found: str = document[0].get_textpage().get_text_range()
        return found
    finally:
        document.close()


def _trimmed(page: Image.Image) -> Image.Image:
    """The page cut at the crop marks, in the picture's size."""
    left = top = round(10 * _MM)
    return page.crop((left, top, left + 1748, top + 2480))


def test_one_page_of_a5_with_bleed_and_crop_marks(pdf: bytes) -> None:
    assert _box(pdf, "mediabox") == pytest.approx([0, 0, 168, 230], abs=0.02)
    assert _box(pdf, "bleedbox") == pytest.approx([7, 7, 161, 223], abs=0.02)
    assert _box(pdf, "trimbox") == pytest.approx([10, 10, 158, 220], abs=0.02)


def test_the_ground_runs_into_the_bleed_and_the_marks_stay_out_of_it(pdf: bytes) -> None:
    page = printed(pdf)
    for x, y in ((7.3, 7.3), (160.7, 7.3), (7.3, 222.7), (160.7, 222.7)):
        assert page.getpixel((round(x * _MM), round(y * _MM))) == (0x0B, 0x4F, 0x4A), (x, y)
    margin = page.convert("L").crop((0, 0, page.width, round(6.9 * _MM)))
    dark = margin.point([255 * (value < 160) for value in range(256)]).getbbox()
    assert dark is not None
    assert dark[0] / _MM == pytest.approx(1, abs=9.1)
    assert dark[3] / _MM == pytest.approx(6, abs=0.2)


@pytest.mark.parametrize("name", ["瓯江㙍老字号百货", "Ocean's Gift 海味馆"])
def test_the_text_can_be_found(name: str) -> None:
    text = _text(render_pdf(face(name)))
    for part in (
        name,
        "化妆品经营单位",
        "FXXF-330302-2026-00001",
        "FXXF-330302-2026-00001-01",
        "放心消费在温州",
        "放心消费单位",
        "微信扫一扫，看证书是否有效、评价、投诉",
        "本码页面绝不要求付款、输入密码或身份证号",
        "12315",
        "温州市消费者权益保护工作联席会议办公室",
    ):
        assert part in text, part


def test_vectors_and_embedded_subset_fonts_only(pdf: bytes) -> None:
    assert b"/Subtype /Image" not in pdf
    names = re.findall(rb"/FontName /([A-Z]{6}\+)?", pdf)
    assert names
    assert all(names)
    assert len(re.findall(rb"/FontFile[23]? ", pdf)) == len(names)
    assert len(pdf) < 100_000


@pytest.mark.parametrize("name", ["店", LONG_NAME])
def test_its_code_reads(name: str) -> None:
    proved(as_png(printed(render_pdf(face(name)))), URL)
    proved(as_png(printed(render_pdf(face(name)), dpi=72)), URL)


@pytest.mark.parametrize("name", ["店", LONG_NAME])
def test_it_shows_what_the_picture_shows(name: str) -> None:
    plate = _trimmed(printed(render_pdf(face(name))))
    same = _difference(plate, opened(render_png(face(name))))
    assert same < 4
    assert 2 * same < _difference(plate, opened(render_png(face("另一家店"))))
    assert 2 * same < _difference(plate, opened(render_png(face(name, url=OTHER_URL))))


def _difference(one: Image.Image, other: Image.Image) -> float:
    """Mean difference over what a plate has of its own, in levels of 255; edges of letters differ a little."""
    own = (0, round(71 * _MM), 1748, round(175 * _MM))
    return ImageStat.Stat(ImageChops.difference(one.crop(own), other.crop(own)).convert("L")).mean[0]


def test_the_same_plate_is_the_same_file() -> None:
    assert render_pdf(face()) == render_pdf(face())
