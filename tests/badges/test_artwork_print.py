"""The print file and the vector file: page and bleed, vectors only, text that can be found, and the same plate as the picture."""

import re

import pypdfium2
import pytest
from PIL import Image

from backend.badges.artwork import (
    A5_DOOR,
    TEMPLATES,
    ArtworkUnreadable,
    Template,
    proved,
    proved_pdf,
    proved_svg,
    render_pdf,
    render_png,
    render_svg,
)
from tests.badges.faces import LONG_NAME, OTHER_URL, URL, as_png, difference, face, opened, printed

_POINTS = 72 / 25.4
_MM = 300 / 25.4
_ALL = pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)


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


def _trimmed(pdf: bytes, template: Template = A5_DOOR) -> Image.Image:
    """The page cut at the crop marks, in the picture's size."""
    fine = max(1, 2000 // template.pixels[0])  # PDFium draws on whole pixels: finer, then smaller
    pixel, (across, down) = template.pixel / fine, (fine * side for side in template.pixels)
    left = top = round(_box(pdf, "trimbox")[0] / pixel)
    return printed(pdf, template.dpi * fine).crop((left, top, left + across, top + down)).reduce(fine)


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


@_ALL
def test_every_template_is_a_page_of_its_size(template: Template) -> None:
    pdf = render_pdf(face(), template)
    left, low, right, high = _box(pdf, "trimbox")
    assert (right - left, high - low) == pytest.approx((template.width, template.height), abs=0.02)
    bleed = _box(pdf, "bleedbox")
    assert (bleed[2] - bleed[0]) - (right - left) == pytest.approx(2 * template.bleed, abs=0.04)


@_ALL
def test_every_template_says_what_it_must(template: Template) -> None:
    text = _text(render_pdf(face("瓯江㙍老字号百货"), template)).replace("\r\n", "")
    for part in (
        "瓯江㙍老字号百货",
        "FXXF-330302-2026-00001-01",
        "本码页面绝不要求付款、输入密码或身份证号",
        "放心消费单位",
    ):
        assert part in text, part
    assert any(hint in text for hint in ("微信扫一扫", "微信扫码"))


@pytest.mark.parametrize("name", ["店", LONG_NAME])
def test_its_code_reads(name: str) -> None:
    proved(as_png(printed(render_pdf(face(name)))), URL)
    proved(as_png(printed(render_pdf(face(name)), dpi=72)), URL)


@_ALL
def test_the_proof_of_a_pdf_and_of_an_svg_can_fail(template: Template) -> None:
    pdf, svg = render_pdf(face(), template), render_svg(face(), template)
    proved_pdf(pdf, [[URL]])
    proved_svg(svg, URL)
    with pytest.raises(ArtworkUnreadable):
        proved_pdf(pdf, [[OTHER_URL]])
    with pytest.raises(ArtworkUnreadable):
        proved_pdf(pdf, [[URL], [URL]])
    with pytest.raises(ArtworkUnreadable):
        proved_svg(svg, OTHER_URL)


def test_what_is_no_pdf_or_svg_is_refused() -> None:
    for broken in (b"", b"%PDF-1.7 nothing", b"\xff\xfe"):
        with pytest.raises(ArtworkUnreadable):
            proved_pdf(broken, [[URL]])
        with pytest.raises(ArtworkUnreadable):
            proved_svg(broken, URL)


@_ALL
def test_it_shows_what_the_picture_shows(template: Template) -> None:
    plate = _trimmed(render_pdf(face(LONG_NAME), template), template)
    same = difference(plate, opened(render_png(face(LONG_NAME), template)), template)
    assert same < 5
    assert 1.5 * same < difference(plate, opened(render_png(face("另一家店"), template)), template)
    assert same < difference(plate, opened(render_png(face(LONG_NAME, url=OTHER_URL), template)), template)


def test_the_vector_file_is_outlines_only() -> None:
    svg = render_svg(face("瓯江㙍<百货>&")).decode()
    assert set(re.findall(r"<(\w+)", svg)) == {"svg", "title", "path"}
    assert "<title>瓯江㙍&lt;百货&gt;&amp; FXXF-330302-2026-00001-01</title>" in svg
    assert len(svg) < 160_000


def test_the_same_plate_is_the_same_file() -> None:
    assert render_pdf(face()) == render_pdf(face())
    assert render_svg(face()) == render_svg(face())
