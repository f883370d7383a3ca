"""A print run of an order: its plates on imposition sheets, in files for the printer, made on all cores.

Broken off, the next run goes on at the first missing file: a file is written whole or not at all, and is the same bytes each time. A
plate that was voided meanwhile would move all that follow it, so a run over other plates than the folder's is refused.
"""

import hashlib
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

import sqlalchemy as sa

from backend.infrastructure import current
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.errors import DomainError, NotFound, NotPossibleNow

from . import service
from .artwork import SRA3, Paper, PlateFace, PrintRun, Template, check, sheet_file
from .drawing import Refused
from .model import Plate, PlateOrder

#: Says which run of which plates a folder holds.
RUN_NAME = "run.txt"
_PAGE = 500


@dataclass(frozen=True)
class Printed:
    """How a print run ended."""

    sheets: int
    plates: int
    files: Sequence[Path]
    refused: Sequence[Refused]


def print_order(
    number: str,
    folder: Path,
    *,
    template: Template | None = None,
    paper: Paper = SRA3,
    dated: str = "",
    sheets_per_file: int = 50,
    processes: int | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Printed:
    """Write the sheets of an order's plates into `folder` (an empty one, to make all anew); void plates and those that cannot be drawn are left out.

    Which plates, and how, stands in the folder under RUN_NAME.

    template   of the order's place by default
    dated      for the slug line
    processes  all cores' by default; 1 works in this process
    raises     NotFound, InvalidInput, ArtworkUnreadable; NotPossibleNow while plates are still being issued, or when the folder holds
               sheets of other plates
    """
    with unit_of_work(read_only=True):
        order = session().scalars(sa.select(PlateOrder).filter_by(number=number)).one_or_none()
        if order is None:
            raise NotFound("plate_order_unknown", "没有这个订单号，请核对。")
        if order.finished_at is None:
            raise NotPossibleNow("plate_order_unfinished", "这批标牌还没有发放完，等发放完再送印。", state="issuing")
        order_id, template, began = order.id, template or service.template_of(order), current.now()
    refused, total, identity = dict[str, str](), 0, hashlib.sha256(f"{template.name} {paper.name} {dated}\n".encode())
    for face in _faces(order_id, began):
        if reason := _refusal(face, template):
            refused[face.serial] = reason
        else:
            total += 1
            identity.update(f"{face}\n".encode())
    run = PrintRun(total, template, paper, number, dated)
    _claim(folder, f"{number} {sheets_per_file} {identity.hexdigest()}\n")
    waiting = (face for face in _faces(order_id, began) if face.serial not in refused)
    files: list[Path] = []
    for first, path in _written(run, waiting, folder, sheets_per_file, processes or os.cpu_count() or 1):
        files.append(path)
        progress(min(first + sheets_per_file, run.sheets), run.sheets)
    return Printed(run.sheets, total, files, [Refused(serial, reason) for serial, reason in refused.items()])


def _written(
    run: PrintRun, faces: Iterator[PlateFace], folder: Path, sheets_per_file: int, processes: int
) -> Iterator[tuple[int, Path]]:
    """First sheet and path of each file, in order; no more files are in the making than there are processes, and one."""
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn")) as pool:
        making: deque[tuple[int, Path, Future[bytes] | None]] = deque()
        for first in range(0, run.sheets, sheets_per_file):
            some = list(islice(faces, sheets_per_file * run.grid.plates))
            path = folder / f"{run.batch}-{run.template.name}-{first + 1:05d}-of-{run.sheets:05d}.pdf"
            making.append((first, path, None if path.exists() else pool.submit(sheet_file, run, first, some)))
            if len(making) > processes:
                yield _kept(*making.popleft())
        while making:
            yield _kept(*making.popleft())


def _kept(first: int, path: Path, made: "Future[bytes] | None") -> tuple[int, Path]:
    if made is not None:
        part = path.with_suffix(".part")
        part.write_bytes(made.result())
        part.replace(path)
    return first, path


def _claim(folder: Path, run: str) -> None:
    """Note in the folder which run fills it. raises NotPossibleNow when it is another"""
    folder.mkdir(parents=True, exist_ok=True)
    noted = folder / RUN_NAME
    if not noted.exists():
        noted.write_text(run)
    elif noted.read_text() != run:
        message = (
            "这个文件夹里的拼版和现在要印的不一样：可能有标牌作废了，或者换了版式、纸张、日期。请换一个空文件夹重新做。"
        )
        raise NotPossibleNow("print_run_changed", message, state="changed")


def _faces(order_id: str, began: datetime) -> Iterator[PlateFace]:
    """What is drawn on the order's plates, those void before `began` left out, page by page in units of work of their own."""
    last = ""
    while True:
        with unit_of_work(read_only=True):
            living = sa.or_(Plate.voided_at.is_(None), Plate.voided_at > began)
            statement = sa.select(Plate).where(Plate.order_id == order_id, living)
            if last:
                statement = statement.where(Plate.id > last)
            plates = session().scalars(statement.order_by(Plate.id).limit(_PAGE)).all()
            faces = service.faces_of(plates)
            last = plates[-1].id if plates else ""
        if not last:
            return
        yield from faces


def _refusal(face: PlateFace, template: Template) -> str | None:
    try:
        check(face, template)
    except DomainError as error:
        return error.message
    return None
