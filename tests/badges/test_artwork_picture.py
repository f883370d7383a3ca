"""The picture: its size, and letters that stay where they belong."""

import io
import pickle
from pathlib import Path

import pylopdf_fonts_zh_cn
import pytest
from PIL import Image, ImageChops

from backend.badges.artwork import A5_DOOR, BY_PLACEMENT, TEMPLATES, FaceTooLong, MissingGlyph, Template, render_png
from backend.badges.artwork.fonts import FontAltered, unaltered, width
from backend.badges.artwork.lines import fitted
from backend.badges.rules import Placement
from tests.badges.faces import LONG_NAME, face, opened

_ALL = pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
_A5_NAME = (A5_DOOR.name_box.x, A5_DOOR.name_box.y, A5_DOOR.name_box.width, A5_DOOR.name_box.height)


def _changed(one: str, other: str, template: Template = A5_DOOR) -> tuple[int, int, int, int]:
    """Where two plates that differ in nothing but the name differ, in pixels."""
    pictures = (opened(render_png(face(name), template)) for name in (one, other))
    frame = ImageChops.difference(*pictures).getbbox()
    assert frame is not None
    return frame


def _within(
    frame: tuple[int, int, int, int], box: tuple[float, float, float, float], template: Template = A5_DOOR
) -> bool:
    left, top, across, down = (side * template.scale / template.pixel for side in box)
    left += template.right / template.pixel
    return left - 1 <= frame[0] and top - 1 <= frame[1] and frame[2] <= left + across + 1 and frame[3] <= top + down + 1


@pytest.mark.parametrize(
    ("name", "pixels", "dpi"),
    [
        ("a4-door", (2480, 3508), 300),  # 210 × 297 mm
        ("a5-door", (1748, 2480), 300),  # 148 × 210 mm
        ("counter-card", (1240, 1748), 300),  # 105 × 148 mm
        ("sticker", (945, 1181), 300),  # 80 × 100 mm
        ("online-image", (800, 800), 101.6),
    ],
)
def test_size_and_resolution(name: str, pixels: tuple[int, int], dpi: float) -> None:
    with Image.open(io.BytesIO(render_png(face(), TEMPLATES[name]))) as picture:
        assert picture.format == "PNG"
        assert picture.size == pixels
        assert picture.info["dpi"] == pytest.approx((dpi, dpi), abs=0.01)


def test_every_place_has_a_template() -> None:
    assert set(BY_PLACEMENT) == {place.value for place in Placement}


@_ALL
def test_it_takes_no_more_room_than_it_should(template: Template) -> None:
    """In storage: 119,000 bytes was an A5 plate before its file was put together from parts."""
    ceiling = {"a4-door": 180_000, "a5-door": 110_000}.get(template.name, 75_000)
    assert len(render_png(face("温州市五马街百货有限公司"), template)) < ceiling


def test_the_same_plate_is_the_same_file() -> None:
    assert render_png(face()) == render_png(face())


@pytest.mark.parametrize("name", [LONG_NAME[:40], LONG_NAME * 2, "瓯" * 80, "A" * 80, "（" * 40 + "）" * 40])
def test_a_long_name_stays_inside_its_box(name: str) -> None:
    assert _within(_changed("一", name[:80]), _A5_NAME)


@_ALL
def test_the_longest_name_of_the_register_fits_every_template(template: Template) -> None:
    box = template.name_box
    changed = _changed("一", "瓯" * 80, template)
    assert _within(changed, (box.x, box.y, box.width, box.height), template)


def test_the_box_check_sees_letters_outside() -> None:
    left, top, across, down = _A5_NAME
    assert not _within(_changed("一", LONG_NAME), (left + 9, top, across - 18, down))


def test_a_name_that_cannot_fit_is_refused() -> None:
    with pytest.raises(FaceTooLong, match="单位名称"):
        render_png(face("瓯" * 150))


@pytest.mark.parametrize("character", "瓯㙍㙟䶮𬀩")
def test_rare_characters_are_drawn(character: str) -> None:
    assert _within(_changed(f"{character}江楼", f"口{'江楼'}"), _A5_NAME)
    assert width(character) == 1


def test_a_character_of_the_fallback_font_is_drawn_or_named() -> None:
    """𠮷 is in Debian's font only: where that is missing, the plate is refused and says why."""
    if Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").is_file():
        assert _within(_changed("𠮷祥楼", "吉祥楼"), _A5_NAME)
    else:
        with pytest.raises(MissingGlyph, match="𠮷"):
            render_png(face("𠮷祥楼"))


def test_a_character_that_no_font_has_is_named() -> None:
    with pytest.raises(MissingGlyph) as refused:
        render_png(face("瓯江\ue123楼"))
    assert refused.value.character == "\ue123"
    assert "“\ue123”（U+E123）" in refused.value.message


@pytest.mark.parametrize("error", [MissingGlyph("瓯"), FaceTooLong("单位名称")])
def test_refusals_travel_between_processes(error: MissingGlyph | FaceTooLong) -> None:
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (type(again), again.code, again.message) == (type(error), error.code, error.message)


def test_an_altered_font_is_not_used(tmp_path: Path) -> None:
    font = pylopdf_fonts_zh_cn.sans_path()
    assert unaltered(font) == font
    altered = tmp_path / font.name
    altered.write_bytes(font.read_bytes() + b"\0")
    with pytest.raises(FontAltered):
        unaltered(altered)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("老瓯江", ["老瓯江"]),
        ("温州五马街百货有限公司（解放南路店）", ["温州五马街百货有限公司", "（解放南路店）"]),
        ("Wenzhou Intercontinental Department Store", ["Wenzhou Intercontinental", "Department Store"]),
        (LONG_NAME, ["温州市鹿城区五马历史文化街区瓯越传统", "手工艺品与非物质文化遗产展示销售（旗舰店）"]),
    ],
)
def test_names_break_where_a_person_would(name: str, lines: list[str]) -> None:
    found = fitted(name, 124, 21, largest=12, smallest=4)
    assert found is not None
    assert found.lines == lines
    assert max(width(line) for line in found.lines) * found.size <= 124 + 1e-9
