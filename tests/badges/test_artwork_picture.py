"""The picture: its size, and letters that stay where they belong."""

import io
import pickle
from pathlib import Path

import pylopdf_fonts_zh_cn
import pytest
from PIL import Image, ImageChops

from backend.badges.artwork import FaceTooLong, MissingGlyph, layout, render_png
from backend.badges.artwork.fonts import FontAltered, unaltered, width
from backend.badges.artwork.lines import fitted
from tests.badges.faces import LONG_NAME, face, opened

_PX = 300 / 25.4


def _changed(one: str, other: str) -> tuple[int, int, int, int]:
    """Where two plates that differ in nothing but the name differ, in pixels."""
    frame = ImageChops.difference(opened(render_png(face(one))), opened(render_png(face(other)))).getbbox()
    assert frame is not None
    return frame


def _within(frame: tuple[int, int, int, int], box: tuple[float, float, float, float]) -> bool:
    left, top, across, down = (side * _PX for side in box)
    return left - 1 <= frame[0] and top - 1 <= frame[1] and frame[2] <= left + across + 1 and frame[3] <= top + down + 1


def test_size_and_resolution() -> None:
    with Image.open(io.BytesIO(render_png(face()))) as picture:
        assert picture.format == "PNG"
        assert picture.size == (1748, 2480)  # A5: 148 × 210 mm
        assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.01)


def test_the_same_plate_is_the_same_file() -> None:
    assert render_png(face()) == render_png(face())


@pytest.mark.parametrize("name", [LONG_NAME[:40], LONG_NAME * 2, "瓯" * 80, "A" * 80, "（" * 40 + "）" * 40])
def test_a_long_name_stays_inside_its_box(name: str) -> None:
    assert _within(_changed("一", name[:80]), layout.NAME_BOX)


def test_the_box_check_sees_letters_outside() -> None:
    left, top, across, down = layout.NAME_BOX
    assert not _within(_changed("一", LONG_NAME), (left + 9, top, across - 18, down))


def test_a_name_that_cannot_fit_is_refused() -> None:
    with pytest.raises(FaceTooLong, match="单位名称"):
        render_png(face("瓯" * 150))


@pytest.mark.parametrize("character", "瓯㙍㙟䶮𬀩")
def test_rare_characters_are_drawn(character: str) -> None:
    assert _within(_changed(f"{character}江楼", f"口{'江楼'}"), layout.NAME_BOX)
    assert width(character) == 1


def test_a_character_of_the_fallback_font_is_drawn_or_named() -> None:
    """𠮷 is in Debian's font only: where that is missing, the plate is refused and says why."""
    if Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").is_file():
        assert _within(_changed("𠮷祥楼", "吉祥楼"), layout.NAME_BOX)
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
    ],
)
def test_names_break_where_a_person_would(name: str, lines: list[str]) -> None:
    found = fitted(name, 124, 21, largest=12, smallest=4)
    assert found is not None
    assert found.lines == lines
    assert max(width(line) for line in found.lines) * found.size <= 124 + 1e-9
