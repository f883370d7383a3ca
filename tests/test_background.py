"""What the worker does by the day: it asks for a missing holiday notice, and forgets what is kept for a time only."""

from datetime import UTC, datetime

import sqlalchemy as sa
from flask import Flask

from backend.access.actor import SYSTEM, Role
from backend.accounts import service as accounts
from backend.accounts.model import Session
from backend.casework import calendar
from backend.infrastructure import current
from backend.infrastructure.database import session, unit_of_work
from backend.infrastructure.idempotency import StoredReply
from backend.kernel.clock import FixedClock
from backend.notifications.model import Channel, Notice
from backend.worker import Worker

PASSWORD = "今天天气不错适合去江心屿散步"  # noqa: S105


def _work(app: Flask) -> None:
    Worker(app).run(once=True)


def _asked(app: Flask) -> list[str]:
    with app.app_context(), unit_of_work(read_only=True):
        wanted = sa.select(Notice.event_key).where(
            Notice.template == "calendar_missing", Notice.channel == Channel.INBOX
        )
        return list(session().scalars(wanted))


def test_a_missing_year_is_asked_for_once_a_week_from_december_on(app: Flask, clock: FixedClock) -> None:
    with app.app_context(), unit_of_work():
        accounts.create_staff(
            SYSTEM, username="admin", display_name="管理员", password=PASSWORD, role=Role.OPERATOR, county_code=None
        )
    _work(app)
    assert _asked(app) == []
    clock.set(datetime(2026, 12, 1, 2, 0, tzinfo=UTC))
    for _ in range(3):
        _work(app)
        clock.advance(days=1)
    assert len(_asked(app)) == 1
    clock.advance(days=7)
    _work(app)
    assert len(_asked(app)) == 2


def test_years_ahead_are_always_there(app: Flask, clock: FixedClock) -> None:
    clock.set(datetime(2031, 12, 29, 2, 0, tzinfo=UTC))
    with app.app_context(), unit_of_work(read_only=True):
        assert 2034 not in calendar.load().years
    _work(app)
    with app.app_context(), unit_of_work(read_only=True):
        assert 2034 in calendar.load().years


def test_dead_sessions_and_old_replies_are_forgotten(app: Flask, clock: FixedClock) -> None:
    with app.app_context(), unit_of_work():
        accounts.create_staff(
            SYSTEM, username="admin", display_name="管理员", password=PASSWORD, role=Role.OPERATOR, county_code=None
        )
        account_id = session().scalars(sa.text("SELECT id FROM account")).one()
        session().add(
            Session(
                token_hash=b"x" * 32,
                account_id=str(account_id),
                kind="staff",
                created_at=current.now(),
                seen_at=current.now(),
                expires_at=current.now(),
            )
        )
        session().add(StoredReply(caller="a", key="key-0001", request_hash="", made_at=current.now()))
    clock.advance(days=7)
    _work(app)
    assert _kept(app) == (1, 1)
    clock.advance(days=30)
    _work(app)
    assert _kept(app) == (0, 0)


def _kept(app: Flask) -> tuple[int, int]:
    with app.app_context(), unit_of_work(read_only=True):
        counts = [
            session().scalar(sa.select(sa.func.count()).select_from(table)) or 0 for table in (Session, StoredReply)
        ]
    return counts[0], counts[1]
