"""The code of a plate: it reads from the file itself and after what happens to a plate; a wrong or covered one is refused."""

import io

import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from backend.badges.artwork import ArtworkUnreadable, FaceTooLong, layout, proved, render_png
from tests.badges.faces import LONG_NAME, OTHER_URL, URL, as_png, face, opened


@pytest.fixture(scope="module")
def png() -> bytes:
    return render_png(face())


def _code_of(url: str) -> layout.Code:
    return next(item for item in layout.of_face(face(url=url)) if isinstance(item, layout.Code))


def _code_frame() -> tuple[int, int, int, int]:
    left, top, side, _ = (round(part / layout.PIXEL) for part in layout.CODE_BOX)
    return left, top, left + side, top + side


@pytest.mark.parametrize("name", ["店", LONG_NAME])
def test_a_drawn_plate_reads(name: str) -> None:
    proved(render_png(face(name)), URL)


def test_another_plates_code_is_refused(png: bytes) -> None:
    with pytest.raises(ArtworkUnreadable, match=r"1\.7K3QX9C2M5TR"):
        proved(png, OTHER_URL)


def test_a_covered_code_is_refused(png: bytes) -> None:
    picture = opened(png)
    left, top, right, bottom = _code_frame()
    ImageDraw.Draw(picture).rectangle((left, top, (left + right) // 2, bottom), fill="white")
    with pytest.raises(ArtworkUnreadable):
        proved(as_png(picture), URL)


def test_a_plate_with_a_second_code_is_refused(png: bytes) -> None:
    picture = opened(png)
    other = opened(render_png(face(url=OTHER_URL))).crop(_code_frame())
    picture.paste(other.resize((320, 320)), (60, 1250))
    with pytest.raises(ArtworkUnreadable):
        proved(as_png(picture), URL)


@pytest.mark.parametrize("broken", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_picture_is_refused(broken: bytes) -> None:
    with pytest.raises(ArtworkUnreadable):
        proved(broken, URL)


def test_a_truncated_file_is_refused(png: bytes) -> None:
    with pytest.raises(ArtworkUnreadable):
        proved(png[: len(png) // 2], URL)


def test_it_reads_small(png: bytes) -> None:
    proved(as_png(opened(png).resize((350, 496), Image.Resampling.BILINEAR)), URL)


def test_it_reads_out_of_focus(png: bytes) -> None:
    proved(as_png(opened(png).filter(ImageFilter.GaussianBlur(6))), URL)


@pytest.mark.parametrize("degrees", [7, 33, 90, 180])
def test_it_reads_askew(png: bytes, degrees: int) -> None:
    turned = opened(png).rotate(degrees, Image.Resampling.BILINEAR, expand=True, fillcolor="#888888")
    proved(as_png(turned), URL)


def test_it_reads_after_jpeg(png: bytes) -> None:
    buffer = io.BytesIO()
    opened(png).resize((874, 1240)).save(buffer, "JPEG", quality=40)
    proved(buffer.getvalue(), URL)


def test_it_reads_in_the_dark(png: bytes) -> None:
    proved(as_png(ImageEnhance.Brightness(opened(png)).enhance(0.35)), URL)


def test_it_reads_with_a_stain(png: bytes) -> None:
    """Level H: a sticker over a tenth of the symbol does not hurt."""
    picture = opened(png)
    left, top, right, bottom = _code_frame()
    middle, eighth = ((left + right) // 2, (top + bottom) // 2), (right - left) // 8
    ImageDraw.Draw(picture).ellipse(
        (middle[0], middle[1], middle[0] + 2 * eighth, middle[1] + 2 * eighth), fill="white"
    )
    proved(as_png(picture), URL)


@pytest.mark.parametrize("length", [20, 44, 58, 100])
def test_modules_are_large_and_the_quiet_zone_is_quiet(length: int) -> None:
    url = "https://a.cn/".ljust(length, "b")
    code = _code_of(url)
    assert code.module >= 0.8
    module, across = round(code.module / layout.PIXEL), len(code.rows)
    left, top = round(code.x / layout.PIXEL) - 4 * module, round(code.y / layout.PIXEL) - 4 * module
    side = (across + 8) * module
    grey = opened(render_png(face(url=url))).convert("L").crop((left, top, left + side, top + side))
    symbol = grey.crop((4 * module, 4 * module, side - 4 * module, side - 4 * module))
    assert symbol.getextrema() == (0, 255)
    grey.paste(255, (4 * module, 4 * module, side - 4 * module, side - 4 * module))
    assert grey.getextrema() == (255, 255)


def test_an_address_too_long_for_the_plate_is_refused() -> None:
    with pytest.raises(FaceTooLong, match="网址"):
        render_png(face(url="https://example.com/" + "a" * 400))
