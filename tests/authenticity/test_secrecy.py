"""What is told is anonymous: no address of the net, no coordinates, no name of a phone in any row, file or log line."""

import io
import logging
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.authenticity import service
from backend.authenticity.model import PlaceReport, TapperSalt
from backend.infrastructure.database import Base, db, session, unit_of_work
from backend.kernel.clock import FixedClock
from tests.authenticity.scanners import tell, wrong
from tests.pages.town import Shop, Town

ADDRESS, AGENT = "198.51.100.77", "MicroMessenger/8.0.77 (Xiaolan 9 Pro)"
LNG, LAT = 120.987654, 27.123456
NOTE = "我是隔壁店的司徒青岚，电话 13812340987。"


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Everything that is logged meanwhile, with every extra."""
    held = io.StringIO()
    handler = logging.StreamHandler(held)
    handler.setFormatter(type("Whole", (logging.Formatter,), {"format": lambda _self, record: str(vars(record))})())
    logging.getLogger().addHandler(handler)
    yield held
    logging.getLogger().removeHandler(handler)


def _stored(app: Flask) -> bytes:
    """Every value of every row and every file."""
    with app.app_context(), db.engine.connect() as connection:
        rows = [
            value
            for table in Base.metadata.sorted_tables
            for row in connection.execute(sa.select(table))
            for value in row
            if value is not None
        ]
    files = [path.read_bytes() for path in app.extensions["fangxin"].settings.data_dir.rglob("*") if path.is_file()]
    return b"\n".join([*(value if isinstance(value, bytes) else str(value).encode() for value in rows), *files])


def test_who_tells_and_from_where_is_kept_nowhere(app: Flask, shop: Shop, logged: io.StringIO, town: Town) -> None:
    for body in (
        {"what": "other_shop", "lng": LNG, "lat": LAT},
        {"what": "other_shop", "position": [LNG, LAT]},
        {"bucket": f"{LNG},{LAT}", "what": "other_shop"},
    ):
        assert tell(app, shop.token, body, address=ADDRESS, agent=AGENT).status_code == 422
    for body in ({"bucket": "far", "lng": LNG, "lat": LAT}, {"bucket": 2480}, {"lng": LNG, "lat": LAT}):
        assert tell(app, shop.token, body, address=ADDRESS, agent=AGENT, path="distance").status_code == 422
    assert tell(app, shop.token, {"bucket": "far"}, address=ADDRESS, agent=AGENT, path="distance").status_code == 204
    told = {"what": "other_shop", "bucket": "far", "note": NOTE}
    assert tell(app, shop.token, told, address=ADDRESS, agent=AGENT).status_code == 201
    stored, lines = _stored(app), logged.getvalue()
    for secret in (ADDRESS, AGENT, "Xiaolan", "120.9876", "27.1234", "司徒青岚", "13812340987"):
        assert secret.encode() not in stored, secret
        assert secret not in lines, secret
    assert b"120.66" in stored, "the control: the shop's own point is found"
    assert "/api/v1/badges/<token>/distance" in lines, "the control: the requests are logged"
    logging.getLogger("careless").warning("somebody at %s", ADDRESS)
    assert ADDRESS in logged.getvalue(), "the control: a careless line would be found"


def test_no_row_has_a_place_for_a_person_or_a_position(app: Flask) -> None:
    columns = {column.name for column in PlaceReport.__table__.columns}
    assert columns == {
        "id", "plate_id", "county_code", "at", "what", "bucket", "note_sealed", "photo_key", "repeated", "new_address", "salt_on",
        "device_mark", "address_mark",
    }  # fmt: skip


def test_the_marks_are_gone_after_a_day_and_the_salts_a_day_later(app: Flask, shop: Shop, clock: FixedClock) -> None:
    wrong(app, shop.token, address=ADDRESS)
    clock.advance(hours=23)
    wrong(app, shop.token, address=ADDRESS)

    def look() -> tuple[list[bool], int]:
        with app.app_context():
            service.sweep()
            with unit_of_work(read_only=True):
                rows = session().scalars(sa.select(PlaceReport).order_by(PlaceReport.at)).all()
                marked = [row.device_mark is not None or row.address_mark is not None for row in rows]
                return marked, session().scalar(sa.select(sa.func.count()).select_from(TapperSalt)) or 0

    assert look() == ([True, True], 2)
    clock.advance(hours=2)
    assert look() == ([False, True], 2)
    clock.advance(days=2)
    assert look() == ([False, False], 0)


def test_marks_of_one_phone_agree_for_one_plate_and_one_day_alone(
    app: Flask, shop: Shop, clock: FixedClock, town: Town
) -> None:
    other = town.shop("江心海鲜")
    wrong(app, shop.token, address=ADDRESS)
    wrong(app, shop.token, address=ADDRESS)
    wrong(app, other.token, address=ADDRESS)
    clock.advance(days=1)
    wrong(app, shop.token, address=ADDRESS)
    with app.app_context(), unit_of_work(read_only=True):
        rows = session().scalars(sa.select(PlaceReport).order_by(PlaceReport.id)).all()
        marks = [(row.device_mark, row.repeated) for row in rows]
    assert marks[0][0] == marks[1][0]
    assert len({mark for mark, _ in marks}) == 3
    assert [repeated for _, repeated in marks] == [False, True, False, False]


def test_old_reports_are_deleted_unless_a_case_needs_them(
    app: Flask, shop: Shop, clock: FixedClock, town: Town
) -> None:
    other = town.shop("江心海鲜")
    wrong(app, other.token)
    for _ in range(3):
        wrong(app, shop.token)
    with app.app_context():
        clock.advance(days=89)
        assert service.forget() == 0
        clock.advance(days=2)
        assert service.forget() == 1
        clock.advance(days=700)
        assert service.forget() == 3
        with unit_of_work(read_only=True):
            assert session().scalar(sa.select(sa.func.count()).select_from(PlaceReport)) == 0
