"""Lays the demonstration down: register, people, history. Each step is done once; an interrupted run goes on."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask

from backend.access.actor import SYSTEM
from backend.badges.register_import import import_register
from backend.kernel.clock import FixedClock, local_date, local_instant
from backend.merchants.rules import PLAN_TARGETS, Category
from backend.merchants.sample_units import sample_rows, write_sample
from backend.transparency import service as transparency

from . import history, people
from .cast import Shop
from .record import Record
from .scene import play

_DAYS = 100
#: Of every kind of unit at least so many, however small the share: the old town's own are the ones that have a history.
_LEAST = 30
Progress = Callable[[str, int, int], None]


def lay_down(
    app: Flask, clock: FixedClock, data_dir: Path, now: datetime, progress: Progress, *, share: int = 1
) -> None:
    """Lay down what is missing.

    clock   the application's own; moved through the past hundred days up to `now`
    share   only every so many-th unit of the plan's numbers, for quick trials
    """
    record = Record(data_dir)
    start = local_instant(local_date(now) - timedelta(days=_DAYS), 9)
    with app.app_context():
        if not record.done("register"):
            clock.set(start)
            _register(data_dir, start, progress, share)
            transparency.merge()
            record.finish("register")
        if not record.done("staff"):
            record.finish("staff", staff=people.make_staff())
        if not record.done("history") and "history" not in record.values.get("begun", []):
            shops = history.choose_shops()
            clock.set(start)
            told = list(history.stories(start, record.values["staff"], shops))
            record.finish("shops", begun=["history"], shops=_shown(shops))
            play(clock, told, now, lambda done, whole: progress("过去一百天", done, whole), transparency.merge)
            record.finish("history")


def numbers(share: int) -> dict[Category, int]:
    """How many units of each kind a share of the plan has."""
    return {category: max(count // share, _LEAST) for category, count in PLAN_TARGETS.items()}


def _register(data_dir: Path, start: datetime, progress: Progress, share: int) -> None:
    targets = numbers(share)
    path = data_dir / "样例名录.xlsx"
    rows = sample_rows(local_date(start), targets=targets)
    write_sample(path, rows, sum(targets.values()), lambda done, whole: progress("生成名录", done, whole))
    import_register(SYSTEM, path, progress=lambda step, done, whole: progress(f"导入名录：{step}", done, whole))


def _shown(shops: list[Shop]) -> dict[str, str]:
    """Names of the badges that the summary shows → tokens."""
    copied, suspected = history.copied_plates(shops)
    return {
        "证书有效": shops[0].token,
        "整改中": shops[-1].token,
        "暂停": shops[-2].token,
        "已摘牌": shops[-3].token,
        "被人冒用，已作废": copied,
        "疑似被人冒用": suspected,
    }
