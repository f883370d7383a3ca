"""Draws waiting plates on all cores; each is decoded before it is kept. Interrupted, the next run goes on where it stopped."""

import multiprocessing
import os
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa

from backend.infrastructure.database import session, unit_of_work
from backend.kernel.errors import DomainError

from . import service
from .artwork import TEMPLATES, ArtworkUnreadable, PlateFace, proved_hard
from .model import Plate

_BATCH = 64

#: A face, its template's name, and whether it goes through the trials too.
Job = tuple[PlateFace, str, bool]

#: Templates of which this process has seen a plate pass the trials.
_proven: set[str] = set()


@dataclass(frozen=True)
class Refused:
    """A plate that cannot be drawn as it is; it stays waiting."""

    serial: str
    reason: str


@dataclass(frozen=True)
class Drawn:
    """How a run ended."""

    count: int
    refused: Sequence[Refused]


def draw_waiting(
    limit: int, *, processes: int | None = None, progress: Callable[[int, int], None] = lambda done, total: None
) -> Drawn:
    """Draw up to `limit` plates without artwork, each in the template of its place; opens its own units of work.

    One bad plate does not hold up the others. Plates of a template are put through the trials until one has passed in this process.

    processes   all cores' by default; 1 draws in this process
    """
    with unit_of_work(read_only=True):
        waiting = (
            session().scalar(sa.select(sa.func.count()).where(Plate.artwork_key.is_(None), Plate.voided_at.is_(None)))
            or 0
        )
    total, done = min(waiting, limit), 0
    last: str | None = None
    refused: list[Refused] = []
    if total == 0:
        return Drawn(0, refused)
    with _drawers(processes or os.cpu_count() or 1) as draw_all:
        while done < total:
            with unit_of_work(read_only=True):
                waits = service.plates_to_draw(min(_BATCH, total - done), last)
                batch = [(plate.id, face, service.template_of(plate).name) for plate, face in waits]
            if not batch:
                break
            jobs = _with_trials((face, template) for _, face, template in batch)
            pictures = draw_all(jobs)
            for (_, template, hard), picture in zip(jobs, pictures, strict=True):
                if hard and isinstance(picture, bytes):
                    _proven.add(template)
            with unit_of_work():
                for (plate_id, *_), picture in zip(batch, pictures, strict=True):
                    if isinstance(picture, Refused):
                        refused.append(picture)
                    else:
                        service.keep_artwork(session().get_one(Plate, plate_id), picture)
            done, last = done + len(batch), batch[-1][0]
            progress(done, total)
    return Drawn(done - len(refused), refused)


def _with_trials(faces: Iterable[tuple[PlateFace, str]]) -> list[Job]:
    """One plate of each template that is not proven yet goes through the trials."""
    jobs: list[Job] = []
    chosen = set(_proven)
    for face, template in faces:
        jobs.append((face, template, template not in chosen))
        chosen.add(template)
    return jobs


@contextmanager
def _drawers(processes: int) -> Generator[Callable[[Sequence[Job]], list[bytes | Refused]]]:
    if processes == 1:
        yield lambda jobs: [drawn_or_refused(job) for job in jobs]
        return
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield lambda jobs: list(pool.map(drawn_or_refused, jobs, chunksize=8))


def drawn_or_refused(job: Job) -> bytes | Refused:
    """The proved PNG, or why there is none."""
    face, template, hard = job
    try:
        png = service.draw(face, TEMPLATES[template])
        if hard:
            proved_hard(png, face.url)
        return png
    except DomainError as error:
        return Refused(face.serial, error.message)
    except ArtworkUnreadable:
        return Refused(face.serial, "画好的二维码读不出来，没有入库。")
