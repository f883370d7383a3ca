"""The code of a plate: it reads from the file itself and after what happens to a plate; a wrong or covered one is refused."""

from functools import cache

import pytest
import zxingcpp
from PIL import ImageDraw, ImageOps

from backend.badges.artwork import (
    A5_DOOR,
    TEMPLATES,
    ArtworkUnreadable,
    FaceTooLong,
    Template,
    layout,
    proved,
    proved_hard,
    render_png,
    trials,
)
from backend.badges.artwork.items import Code
from backend.badges.artwork.picture import painted
from tests.badges.faces import LONG_NAME, OTHER_URL, URL, as_png, face, opened

_ALL = pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)


@pytest.fixture(scope="module")
def png() -> bytes:
    return render_png(face())


@cache
def _drawn(template: Template) -> bytes:
    return render_png(face(), template)


def _code_of(url: str, template: Template = A5_DOOR) -> Code:
    return next(item for item in layout.of_face(template, face(url=url)) if isinstance(item, Code))


def _code_frame(template: Template = A5_DOOR) -> tuple[int, int, int, int]:
    left, top, side = (part * template.scale / template.pixel for part in template.code)
    left += template.right / template.pixel
    return round(left), round(top), round(left + side), round(top + side)


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


@_ALL
def test_the_fixed_part_holds_no_code(template: Template) -> None:
    assert zxingcpp.read_barcodes(painted(template)) == []


@_ALL
def test_every_template_reads_after_all_that_happens_to_plates(template: Template) -> None:
    """Sizes, blur, rotation, perspective, low light, haze, shade, noise, JPEG, a spot."""
    proved_hard(_drawn(template), URL)


@_ALL
def test_the_trials_find_a_code_that_barely_reads(template: Template) -> None:
    """Printed out of focus: the file itself still reads, from farther away or in little light it does not."""
    plate = ImageOps.contain(opened(_drawn(template)), (1000, 1000))
    module = _code_of(URL, template).module / template.height * plate.height
    weak = as_png(trials.blurred(plate, 0.45 * module))
    proved(weak, URL)
    with pytest.raises(ArtworkUnreadable, match=r"^\w.*: it reads \[\]"):
        proved_hard(weak, URL)


@pytest.mark.parametrize(
    "beyond",
    [
        lambda plate: trials.smaller(plate, 90),
        lambda plate: trials.blurred(plate, 14),
        lambda plate: trials.darkened(plate, 0.005),
        lambda plate: trials.noisy(trials.darkened(plate, 1, 0.05), 1),
        lambda plate: trials.slanted(plate, 0.9, 0.45),
        lambda plate: trials.packed(trials.smaller(plate, 160), 1),
        lambda plate: trials.stained(plate, 0.6),
    ],
)
@_ALL
def test_the_controls_do_not_read(template: Template, beyond: trials.Trial) -> None:
    """Too small, blurred, dark, noisy, slanted, packed or covered: were these read, the trials above would show nothing."""
    plate = ImageOps.contain(opened(_drawn(template)), (1000, 1000))
    with pytest.raises(ArtworkUnreadable):
        proved(as_png(beyond(plate)), URL)


def test_the_trials_refuse_another_plates_code(png: bytes) -> None:
    with pytest.raises(ArtworkUnreadable, match=r"^1000 pixels: .*1\.7K3QX9C2M5TR"):
        proved_hard(png, OTHER_URL)


@pytest.mark.parametrize("length", [20, 44, 58, 100])
@_ALL
def test_modules_are_large_and_the_quiet_zone_is_quiet(template: Template, length: int) -> None:
    url, pixel = "https://a.cn/".ljust(length, "b"), template.pixel
    if template.name == "sticker" and length == 100:
        with pytest.raises(FaceTooLong, match="网址"):
            _code_of(url, template)
        return
    code = _code_of(url, template)
    assert code.module >= 0.8
    module, across = round(code.module / pixel), len(code.rows)
    assert module * pixel == pytest.approx(code.module)
    left, top = round(code.x / pixel) - 4 * module, round(code.y / pixel) - 4 * module
    side = (across + 8) * module
    grey = opened(render_png(face(url=url), template)).convert("L").crop((left, top, left + side, top + side))
    symbol = grey.crop((4 * module, 4 * module, side - 4 * module, side - 4 * module))
    assert symbol.getextrema() == (0, 255)
    grey.paste(255, (4 * module, 4 * module, side - 4 * module, side - 4 * module))
    assert grey.getextrema() == (255, 255)


def test_an_address_too_long_for_the_plate_is_refused() -> None:
    with pytest.raises(FaceTooLong, match="网址"):
        render_png(face(url="https://example.com/" + "a" * 400))
