"""Noted scans reach the database exactly once, whenever a process dies in between."""

import fcntl
import threading
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from backend.badges import scan_log, unknown_codes
from backend.badges.model import Scan, ScanFile
from backend.badges.rules import Unknown
from backend.infrastructure import metrics
from backend.infrastructure.database import new_id, session, unit_of_work
from backend.infrastructure.settings import Settings
from backend.kernel.clock import FixedClock
from backend.kernel.identifiers import badge_token
from tests.pages.town import Shop

Load = Callable[[], int]


class Killed(BaseException):
    """Stands for the death of the process: nobody catches it."""


@pytest.fixture
def folder(app: Flask, settings: Settings) -> Path:
    return settings.data_dir / "scans"


@pytest.fixture
def note(app: Flask) -> Callable[[int], str]:
    """Notes so many scans of a new plate, whose id it gives."""

    def many(times: int) -> str:
        plate_id = new_id()
        with app.app_context():
            for _ in range(times):
                scan_log.note(plate_id)
        return plate_id

    return many


@pytest.fixture
def load(app: Flask) -> Load:
    def run() -> int:
        with app.app_context():
            return scan_log.load_noted()

    return run


def _count(app: Flask, plate_id: str | None = None) -> int:
    statement = sa.select(sa.func.count()).select_from(Scan)
    with app.app_context(), unit_of_work(read_only=True):
        return session().scalar(statement if plate_id is None else statement.where(Scan.plate_id == plate_id)) or 0


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("*.log")}


def test_a_scan_over_http_is_noted_and_loaded_once(
    app: Flask, client: FlaskClient, clock: FixedClock, shop: Shop, folder: Path, load: Load
) -> None:
    assert client.post("/api/v1/scans", json={"token": shop.token}).status_code == 200
    assert client.get(f"/b/{shop.token}").status_code == 200
    assert client.get(f"/api/v1/badges/{shop.token}").status_code == 200
    assert client.get("/b/1.000000000000.AAAAAAAAAA").status_code == 404, "no badge, no scan"
    assert (_count(app), load(), load(), _count(app)) == (0, 3, 0, 3)
    assert len(_names(folder)) == 1, "its writer lives"
    with app.app_context(), unit_of_work(read_only=True):
        assert session().scalars(sa.select(Scan.at).distinct()).all() == [clock.now()]


def test_codes_that_are_not_ours_are_counted_by_day_and_kind_alone(
    app: Flask, client: FlaskClient, clock: FixedClock, settings: Settings, shop: Shop, load: Load
) -> None:
    foreign, malformed = "https://pay.example/b/1", "第三届放心消费"
    forged = shop.token[:-1] + ("A" if shop.token[-1] != "A" else "B")
    unissued = badge_token("1", "000000000000", settings.badge_keys["1"])
    for brought in (foreign, malformed, malformed, forged, unissued, shop.token):
        client.post("/api/v1/scans", json={"token": brought})
    assert client.get(f"/b/{forged}").status_code == 404
    assert (load(), load(), _count(app)) == (1, 0, 1), "the plate of ours alone is a scan"
    clock.advance(days=1)
    assert client.get(f"/api/v1/badges/{forged}").status_code == 404
    load()
    with app.app_context(), unit_of_work(read_only=True):
        tomorrow, today = unknown_codes.by_day(date(2026, 11, 23)).items()
        assert list(unknown_codes.by_day(date(2026, 11, 24))) == [date(2026, 11, 24)]
    none = dict.fromkeys(Unknown, 0)
    assert tomorrow == (date(2026, 11, 24), {**none, Unknown.FORGED: 1})
    assert today == (date(2026, 11, 23), {"foreign": 1, "malformed": 2, "forged": 2, "unissued": 1})


def test_what_is_noted_while_loading_is_kept_for_the_next_time(
    app: Flask, note: Callable[[int], str], load: Load
) -> None:
    first = note(3)
    assert load() == 3
    second = note(2)
    assert load() == 2
    assert (_count(app, first), _count(app, second)) == (3, 2)


def test_many_lines_are_loaded_in_batches(
    app: Flask, note: Callable[[int], str], load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan_log, "_BATCH", 4)
    plate_id = note(10)
    assert (load(), _count(app, plate_id)) == (10, 10)
    plate_id = note(8)
    assert (load(), _count(app, plate_id)) == (8, 8)


@pytest.fixture
def end(app: Flask) -> Callable[[], None]:
    """The writing process ends; what it had locked is free."""

    def close() -> None:
        with app.app_context():
            scan_log.scan_log().close()

    return close


def test_what_a_process_that_is_gone_has_noted_is_loaded_and_its_file_removed(
    app: Flask, note: Callable[[int], str], folder: Path, load: Load, end: Callable[[], None]
) -> None:
    plate_id = note(3)
    assert (load(), len(_names(folder))) == (3, 1)
    note(2)
    end()
    note(1)
    assert (load(), _count(app, plate_id), _count(app), len(_names(folder))) == (3, 3, 6, 1)
    end()
    assert (load(), _names(folder)) == (0, set())


def test_a_long_file_is_followed_by_another(
    app: Flask, note: Callable[[int], str], folder: Path, load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan_log, "_LARGEST_FILE", 100)
    plate_id = note(7)
    assert len(_names(folder)) == 3, "a line has 48 bytes, the third passes the limit"
    assert (load(), _count(app, plate_id), len(_names(folder))) == (7, 7, 1)


@pytest.mark.parametrize("locked", [True, False])
def test_a_file_is_never_seen_before_it_is_locked(
    app: Flask, note: Callable[[int], str], load: Load, monkeypatch: pytest.MonkeyPatch, locked: bool
) -> None:
    real = Path.rename

    def seen_at_once(path: Path, target: Path) -> Path:
        renamed = real(path, target)
        assert load() == 0
        return renamed

    monkeypatch.setattr(Path, "rename", seen_at_once)
    if not locked:  # the control: the loader takes the writer for dead, and the scan goes into a file that is gone
        real_lock = fcntl.flock
        monkeypatch.setattr(
            fcntl, "flock", lambda handle, how: None if how == fcntl.LOCK_SH else real_lock(handle, how)
        )
    note(1)
    monkeypatch.undo()
    assert load() == (1 if locked else 0)


def test_a_process_killed_between_commit_and_unlink_counts_nothing_twice(
    app: Flask,
    note: Callable[[int], str],
    folder: Path,
    load: Load,
    end: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plate_id = note(3)
    end()
    with monkeypatch.context() as deadly:
        deadly.setattr(Path, "unlink", _die)
        with pytest.raises(Killed):
            load()
    assert (_count(app, plate_id), len(_names(folder))) == (3, 1)
    assert (load(), _count(app, plate_id), _names(folder)) == (0, 3, set())


def test_a_process_killed_between_two_batches_goes_on_where_it_was(
    app: Flask, note: Callable[[int], str], folder: Path, load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    plate_id = note(10)
    with monkeypatch.context() as deadly:
        deadly.setattr(scan_log, "_BATCH", 4)
        real, turns = scan_log._parsed, iter(range(100))
        deadly.setattr(scan_log, "_parsed", lambda line: real(line) if next(turns) < 6 else _die())
        with pytest.raises(Killed):
            load()
    assert _count(app, plate_id) == 4, "the second batch was rolled back whole"
    assert (load(), _count(app, plate_id)) == (6, 10)


def test_without_the_note_of_what_was_loaded_it_would_be_counted_twice(
    app: Flask, note: Callable[[int], str], load: Load
) -> None:
    plate_id = note(3)
    assert load() == 3
    with app.app_context(), unit_of_work():
        session().execute(sa.delete(ScanFile))
    assert (load(), _count(app, plate_id)) == (3, 6)


def _die(*_arguments: object) -> None:
    raise Killed


def test_broken_lines_are_passed_over(
    app: Flask, note: Callable[[int], str], folder: Path, load: Load, end: Callable[[], None]
) -> None:
    plate_id = note(1)
    second = 1_795_000_000
    broken = [
        f"{plate_id}\n",
        f"{plate_id} 17\n",
        f"{plate_id} {second}²\n",
        f"{plate_id[:20]}{plate_id} {second}\n",
        f"{'x' * 36} {second}\n",
        "\n",
        "\x00\x00\x00\n",
    ]
    (file,) = folder.glob("*.log")
    with file.open("ab") as handle:
        handle.write("".join(broken).encode() + b"\xff\xfe\n")
    note(1)
    with file.open("ab") as handle:
        handle.write(f"{plate_id} {second}".encode())
    assert (load(), _count(app, plate_id), _count(app)) == (2, 1, 2)
    with file.open("ab") as handle:
        handle.write(f"\n{plate_id} {second}"[:-3].encode())
    assert (load(), _count(app, plate_id)) == (1, 2), "its end was still being written"
    end()
    assert (load(), _count(app, plate_id), _names(folder)) == (0, 2, set()), "cut off for good"


def test_a_full_disk_does_not_hide_the_card(client: FlaskClient, shop: Shop, folder: Path, load: Load) -> None:
    lost = metrics.EVENTS.labels("scan_not_noted")._value.get()
    folder.write_bytes(b"")
    answer = client.post("/api/v1/scans", json={"token": shop.token})
    assert (answer.status_code, answer.get_json()["card"]["standing"]) == (200, "VALID")
    assert metrics.EVENTS.labels("scan_not_noted")._value.get() == lost + 1
    folder.unlink()
    assert client.post("/api/v1/scans", json={"token": shop.token}).status_code == 200
    assert load() == 1, "the control"


def test_only_one_loads_at_a_time(
    app: Flask, note: Callable[[int], str], load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    plate_id = note(2)
    seen: list[int] = []
    real = scan_log._parsed

    def meanwhile(line: bytes) -> dict[str, object] | None:
        other = threading.Thread(target=lambda: seen.append(load()))
        other.start()
        other.join()
        return real(line)

    monkeypatch.setattr(scan_log, "_parsed", meanwhile)
    assert (load(), seen, _count(app, plate_id)) == (2, [0, 0], 2)


def test_removed_files_are_forgotten_after_a_month_and_idle_ones_never(
    app: Flask, clock: FixedClock, note: Callable[[int], str], load: Load, end: Callable[[], None], folder: Path
) -> None:
    note(1)
    end()
    idle = scan_log.ScanLog(folder)
    idle.note(new_id(), int(clock.now().timestamp()))
    assert load() == 2
    for _ in range(4):
        clock.advance(days=20)
        note(1)
        end()
        assert load() == 1, "the idle file is not read again"
    with app.app_context(), unit_of_work(read_only=True):
        kept = session().scalars(sa.select(ScanFile.at).order_by(ScanFile.at)).all()
    assert len(kept) == 3, "the idle one, and of the removed ones the last two"
    assert clock.now() - kept[0] < timedelta(days=30)
    idle.close()


def test_writers_and_a_loader_together_lose_and_repeat_nothing(
    app: Flask, note: Callable[[int], str], load: Load
) -> None:
    plates: list[str] = []
    writers = [threading.Thread(target=lambda: plates.append(note(300))) for _ in range(4)]
    for writer in writers:
        writer.start()
    loaded = 0
    while any(writer.is_alive() for writer in writers):
        loaded += load()
    loaded += load()
    assert (loaded, [_count(app, plate_id) for plate_id in plates]) == (1200, [300] * 4)
