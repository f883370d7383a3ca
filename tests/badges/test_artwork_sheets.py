"""Imposition sheets: how many plates stand on one, where, what the slug says, and that each is read before it leaves."""

from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
import pytest

from backend.badges.artwork import (
    A5_DOOR,
    PAPERS,
    TEMPLATES,
    ArtworkUnreadable,
    MissingGlyph,
    Paper,
    PlateFace,
    PrintRun,
    check,
    print_sheets,
    proved_pdf,
    sheet_file,
)
from backend.kernel.errors import InvalidInput
from tests.badges.faces import LONG_NAME, OTHER_URL, URL, face, printed

_MM = 100 / 25.4
_TEAL = (0x0B, 0x4F, 0x4A)


def _faces(count: int) -> Iterator[PlateFace]:
    for number in range(count):
        name = (LONG_NAME, "店", "瓯江㙍𬀩老字号")[number % 3]
        yield replace(face(name, url=f"{URL[:-3]}{number:03d}"), serial=f"FXXF-330302-2026-00001-{number:02d}")


def _texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


@pytest.mark.parametrize(
    ("template", "paper", "columns", "rows"),
    [
        ("a4-door", "SRA3", 2, 1),  # turned
        ("a5-door", "SRA3", 2, 2),
        ("counter-card", "SRA3", 3, 2),  # turned
        ("sticker", "SRA3", 3, 4),
        ("a5-door", "A3", 2, 1),  # turned
        ("a4-door", "SRA4", 1, 1),
    ],
)
def test_as_many_plates_as_the_paper_takes(template: str, paper: str, columns: int, rows: int) -> None:
    grid = PrintRun(1, TEMPLATES[template], PAPERS[paper]).grid
    assert (grid.columns, grid.rows) == (columns, rows)
    assert min(grid.left, grid.top) >= 4.5


def test_what_cannot_be_printed_is_refused_at_once() -> None:
    with pytest.raises(InvalidInput, match="网店图"):
        PrintRun(1, TEMPLATES["online-image"])
    with pytest.raises(InvalidInput, match="A6 纸放不下A5 门牌"):
        PrintRun(1, A5_DOOR, Paper("A6", 105, 148))


def test_a_run_in_files_of_some_sheets() -> None:
    run = PrintRun(11, batch="FXPC-2026-0007", dated="2026-11-25")
    files = list(print_sheets(run, _faces(11), sheets_per_file=2))
    texts = [_texts(pdf) for pdf in files]
    assert [len(pages) for pages in texts] == [2, 1]
    for number, text in enumerate((page for pages in texts for page in pages), 1):
        for part in ("FXPC-2026-0007", "A5 门牌", f"第 {number} 张，共 3 张", "2026-11-25"):
            assert part in text, part
    for number in range(11):
        assert f"FXXF-330302-2026-00001-{number:02d}" in texts[number // 8][number % 8 // 4]


def test_plates_stand_where_the_marks_say() -> None:
    """Two by two, 9 and 12 mm from the paper's edges; grounds run into the bleed, and no further."""
    page = printed(next(print_sheets(PrintRun(4), _faces(4))), 100)
    assert page.size == (round(320 * _MM), round(450 * _MM))

    def colour(x: float, y: float) -> tuple[int, ...]:
        return page.getpixel((round(x * _MM), round(y * _MM)))  # type: ignore[return-value]

    for x, y in ((6.5, 9.5), (159, 9.5), (161, 9.5), (313.5, 9.5), (6.5, 224.5), (6.5, 225.5), (313.5, 440.5)):
        assert colour(x, y) == _TEAL, (x, y)
    for x, y in ((5.5, 100), (314.5, 100), (100, 8.5), (250, 441.5)):
        assert colour(x, y) == (255, 255, 255), (x, y)
    marks = page.convert("L").crop((0, 0, page.width, round(8.5 * _MM)))
    dark = [x for x in range(marks.width) if min(marks.getpixel((x, y)) for y in range(marks.height)) < 160]  # type: ignore[type-var]
    expected = [9, 157, 163, 311]
    assert all(min(abs(x / _MM - mark) for mark in expected) < 0.4 for x in dark)
    assert all(min(abs(x / _MM - mark) for x in dark) < 0.4 for mark in expected)


def test_the_same_run_is_the_same_files() -> None:
    run = PrintRun(4, batch="FXPC-2026-0007")
    assert list(print_sheets(run, _faces(4))) == list(print_sheets(run, _faces(4)))


def test_a_file_made_alone_is_the_runs_file() -> None:
    """So that many processes can make a run."""
    run, faces = PrintRun(11), list(_faces(11))
    assert list(print_sheets(run, faces, 2)) == [sheet_file(run, 0, faces[:8]), sheet_file(run, 2, faces[8:])]


def test_a_sheet_with_a_wrong_code_does_not_pass() -> None:
    faces = list(_faces(4))
    pdf = sheet_file(PrintRun(4), 0, faces)
    urls = [face.url for face in faces]
    proved_pdf(pdf, [urls])
    for wrong in ([*urls[:3], OTHER_URL], urls[:3], [*urls, OTHER_URL]):
        with pytest.raises(ArtworkUnreadable):
            proved_pdf(pdf, [wrong])


def test_a_plate_that_cannot_be_drawn_is_found_before() -> None:
    check(face(LONG_NAME), A5_DOOR)
    with pytest.raises(MissingGlyph):
        check(face("瓯江\ue123楼"), A5_DOOR)
    with pytest.raises(MissingGlyph):
        list(print_sheets(PrintRun(1), [face("瓯江\ue123楼")]))


def test_faces_are_taken_as_they_are_printed() -> None:
    """A run of any length is never held as a whole."""
    taken = []

    def endless() -> Iterator[PlateFace]:
        while True:
            taken.append(1)
            yield face("店")

    next(print_sheets(PrintRun(1_000_000), endless(), sheets_per_file=1))
    assert len(taken) == 4
