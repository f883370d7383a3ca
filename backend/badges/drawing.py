"""Draws waiting plates on all cores; each is decoded before it is kept. Interrupted, the next run goes on where it stopped."""

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor

import sqlalchemy as sa

from backend.infrastructure.database import session, unit_of_work

from . import service
from .model import Plate

_BATCH = 64


def draw_waiting(
    limit: int, *, processes: int | None = None, progress: Callable[[int, int], None] = lambda done, total: None
) -> int:
    """Draw up to `limit` plates without artwork; opens its own units of work. returns how many were drawn"""
    with unit_of_work(read_only=True):
        waiting = session().scalar(sa.select(sa.func.count()).where(Plate.artwork_key.is_(None))) or 0
    total, drawn = min(waiting, limit), 0
    if total == 0:
        return 0
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes or os.cpu_count(), mp_context=context) as pool:
        while drawn < total:
            with unit_of_work(read_only=True):
                batch = [(plate.id, face) for plate, face in service.plates_to_draw(min(_BATCH, total - drawn))]
            if not batch:
                break
            pictures = list(pool.map(service.draw, [face for _, face in batch], chunksize=8))
            with unit_of_work():
                for (plate_id, _), png in zip(batch, pictures, strict=True):
                    service.keep_artwork(session().get_one(Plate, plate_id), png)
            drawn += len(batch)
            progress(drawn, total)
    return drawn
