"""Imposition (拼版): PDF sheets for a print run, many plates on each, in files of a bounded number of sheets.

Plates stand bleed to bleed in a grid in the middle of the sheet; crop marks stand around the grid, a slug line (批次行) below it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from fpdf import FPDF

from backend.kernel.errors import InvalidInput

from . import layout
from .face import PlateFace
from .fonts import width
from .items import INK, Text
from .pdf_pen import crop_line, draw, new_document, page_boxes
from .proof import proved_pdf
from .templates import A5_DOOR, Template

#: The edge of the paper that a press does not print on, and where the slug line and the crop marks stand, in mm.
_EDGE, _SLUG_SIZE, _SLUG_UP = 4.5, 2.2, 1.5


@dataclass(frozen=True)
class Paper:
    """A press sheet, in mm, upright."""

    name: str
    width: float
    height: float


SRA3 = Paper("SRA3", 320, 450)
PAPERS: Mapping[str, Paper] = {paper.name: paper for paper in (SRA3, Paper("A3", 297, 420), Paper("SRA4", 225, 320))}


@dataclass(frozen=True)
class Grid:
    """How plates stand on a sheet of paper; left, top is the bleed's corner of the first, in mm."""

    columns: int
    rows: int
    left: float
    top: float
    width: float
    height: float

    @property
    def plates(self) -> int:
        """How many stand on a sheet."""
        return self.columns * self.rows


@dataclass(frozen=True)
class PrintRun:
    """What all sheets of a print run have in common.

    total   plates in the run, for "sheet n of m"
    batch   its name in the slug line
    dated   a date for the slug line, as it is to be read; none makes the same bytes on any day
    """

    total: int
    template: Template = A5_DOOR
    paper: Paper = SRA3
    batch: str = ""
    dated: str = ""

    def __post_init__(self) -> None:
        self.grid  # noqa: B018 - refused at once, not at the first sheet

    @property
    def grid(self) -> Grid:
        """The paper upright or turned, whichever takes more plates. raises InvalidInput"""
        if not self.template.bleed:
            raise InvalidInput("template_not_printed", f"{self.template.zh}是屏幕上用的，不能拼版印刷，请换一种版式。")
        grids = [
            self._grid(*size) for size in ((self.paper.width, self.paper.height), (self.paper.height, self.paper.width))
        ]
        best = max(grids, key=lambda grid: grid.plates)
        if not best.plates:
            raise InvalidInput("paper_too_small", f"{self.paper.name} 纸放不下{self.template.zh}，请换大一些的纸。")
        return best

    @property
    def sheets(self) -> int:
        """How many sheets the run takes."""
        return -(-self.total // self.grid.plates)

    @property
    def cell(self) -> tuple[float, float]:
        """Width and height of a plate with its bleed, in mm."""
        return self.template.width + 2 * self.template.bleed, self.template.height + 2 * self.template.bleed

    def _grid(self, across: float, down: float) -> Grid:
        columns, rows = (int((side - 2 * _EDGE) / cell) for side, cell in zip((across, down), self.cell, strict=True))
        left, top = (across - columns * self.cell[0]) / 2, (down - rows * self.cell[1]) / 2
        return Grid(columns, rows, left, top, across, down)


def print_sheets(run: PrintRun, faces: Iterable[PlateFace], sheets_per_file: int = 50) -> Iterator[bytes]:
    """The run as PDF files of at most so many sheets, each proved before it is handed out; one file is in memory at a time.

    faces    as many as run.total says, in the order of printing; a generator is fine
    raises   MissingGlyph, FaceTooLong (see `layout.check`), ArtworkUnreadable
    """
    waiting, first = iter(faces), 0
    while some := list(islice(waiting, sheets_per_file * run.grid.plates)):
        yield sheet_file(run, first, some)
        first += sheets_per_file


def sheet_file(run: PrintRun, first: int, faces: Sequence[PlateFace]) -> bytes:
    """One proved file of a run, its sheets counted from `first` (0 for the run's first); for many processes. raises as above"""
    grid = run.grid
    sheets = [faces[start : start + grid.plates] for start in range(0, len(faces), grid.plates)]
    document = new_document(f"{run.batch} {run.template.zh}".strip(), grid.width, grid.height)
    fixed = layout.fixed(run.template)
    for number, some in enumerate(sheets, first + 1):
        document.add_page()
        for place, face in enumerate(some):
            left = grid.left + place % grid.columns * run.cell[0]
            top = grid.top + place // grid.columns * run.cell[1]
            with document.local_context(), document.rect_clip(left, top, *run.cell):
                items = (*fixed, *layout.of_face(run.template, face))
                draw(document, items, left + run.template.bleed, top + run.template.bleed)
        _marks(document, run)
        draw(document, [_slug(run, number)], 0, 0)
        _boxes(document, run)
    pdf = bytes(document.output())
    proved_pdf(pdf, [[face.url for face in some] for some in sheets])
    return pdf


def _slug(run: PrintRun, number: int) -> Text:
    parts = (run.batch, run.template.zh, f"第 {number} 张，共 {run.sheets} 张", run.dated)
    text = "    ".join(part for part in parts if part)
    size = min(_SLUG_SIZE, (run.cell[0] - 12) / width(text))
    return Text(text, run.grid.left + 6, run.grid.height - _SLUG_UP, size, INK)


def _marks(document: FPDF, run: PrintRun) -> None:
    """Lines outside the grid, in line with every plate's trimmed edges."""
    grid, bleed = run.grid, run.template.bleed
    right, bottom = grid.width - grid.left, grid.height - grid.top
    for column in range(grid.columns):
        for x in (bleed, bleed + run.template.width):
            along = grid.left + column * run.cell[0] + x
            crop_line(document, (along, grid.top), (0, -1))
            crop_line(document, (along, bottom), (0, 1))
    for row in range(grid.rows):
        for y in (bleed, bleed + run.template.height):
            along = grid.top + row * run.cell[1] + y
            crop_line(document, (grid.left, along), (-1, 0))
            crop_line(document, (right, along), (1, 0))


def _boxes(document: FPDF, run: PrintRun) -> None:
    grid, bleed = run.grid, run.template.bleed
    low = (grid.left, grid.top, grid.width - grid.left, grid.height - grid.top)
    trim = (low[0] + bleed, low[1] + bleed, low[2] - bleed, low[3] - bleed)
    page_boxes(document, (0, 0, grid.width, grid.height), low, trim)
