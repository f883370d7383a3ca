"""Queueing, dropping, reading: one notice per event, recipient and channel."""

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.access.actor import Actor
from backend.infrastructure import leasing
from backend.infrastructure.database import session, unit_of_work
from backend.infrastructure.leasing import WorkState
from backend.kernel.errors import NotFound
from backend.notifications import queries, service
from backend.notifications.model import Channel, Notice


def _queue(recipient: Actor, event: str, unit_name: str = "五马面馆") -> None:
    assert recipient.account_id
    with unit_of_work():
        service.queue(
            recipient.account_id,
            "rating_published",
            {"unit_name": unit_name},
            event_key=event,
            link="/ratings/1",
        )


def _rows() -> list[tuple[Channel, WorkState]]:
    with unit_of_work(read_only=True):
        return [(row.channel, row.state) for row in session().scalars(sa.select(Notice).order_by(Notice.id))]


def _inbox(actor: Actor, **page: object) -> queries.Inbox:
    with unit_of_work(read_only=True):
        return queries.inbox(actor, **page)  # type: ignore[arg-type]


def test_one_event_is_one_row_per_recipient_and_channel(app: Flask, consumer: Actor, stranger: Actor) -> None:
    with app.app_context():
        _queue(consumer, "rating:1:published")
        _queue(consumer, "rating:1:published")
        assert _rows() == [(Channel.INBOX, WorkState.DONE), (Channel.WECHAT, WorkState.READY)]
        _queue(stranger, "rating:1:published")
        _queue(consumer, "rating:2:published")
        assert len(_rows()) == 6


def test_a_notice_of_a_failed_transaction_does_not_exist(app: Flask, consumer: Actor) -> None:
    assert consumer.account_id
    with app.app_context():
        with pytest.raises(RuntimeError), unit_of_work():  # noqa: PT012
            service.queue(consumer.account_id, "rating_published", {"unit_name": "甲"}, event_key="e", link="/")
            raise RuntimeError
        assert _rows() == []


@pytest.mark.parametrize("link", ["https://elsewhere.example/", "//elsewhere.example", "ratings"])
def test_a_notice_leads_nowhere_else(app: Flask, consumer: Actor, link: str) -> None:
    assert consumer.account_id
    with app.app_context(), unit_of_work(), pytest.raises(ValueError, match="links into"):
        service.queue(consumer.account_id, "rating_published", {"unit_name": "甲"}, event_key="e", link=link)


def test_the_inbox_shows_own_notices_newest_first_in_pages(app: Flask, consumer: Actor, stranger: Actor) -> None:
    with app.app_context():
        for number in range(5):
            _queue(consumer, f"rating:{number}:published", f"{number}号店")
        _queue(stranger, "rating:0:published")
        first = _inbox(consumer, limit=3)
        assert [item.text[2:5] for item in first.items] == ["“4号", "“3号", "“2号"]
        assert (first.unread, first.next is not None) == (5, True)
        second = _inbox(consumer, limit=3, before=first.next)
        assert [item.text[3:5] for item in second.items] == ["1号", "0号"]
        assert second.next is None


def test_reading_marks_own_notices_alone(app: Flask, consumer: Actor, stranger: Actor) -> None:
    with app.app_context():
        _queue(consumer, "rating:1:published")
        _queue(consumer, "rating:2:published")
        newest = _inbox(consumer).items[0]
        with unit_of_work():
            assert service.mark_read(stranger, [newest.id]) == 0
            assert service.mark_read(consumer, [newest.id]) == 1
            assert service.mark_read(consumer, [newest.id]) == 0
        assert [item.read for item in _inbox(consumer).items] == [True, False]
        assert _inbox(consumer).unread == 1
        with unit_of_work():
            assert service.mark_read(consumer) == 1
        assert _inbox(consumer).unread == 0


def test_what_is_not_true_any_more_is_taken_back(app: Flask, consumer: Actor) -> None:
    with app.app_context():
        _queue(consumer, "settlement:7:offered")
        _queue(consumer, "settlement:77:offered")
        _queue(consumer, "settlement:7:read")
        read = _inbox(consumer).items[0]
        with unit_of_work():
            service.mark_read(consumer, [read.id])
            assert service.drop("settlement:7:") == 3
            assert service.drop("settlement:7:") == 0
        assert [(item.id == read.id) for item in _inbox(consumer).items] == [True, False]
        states = [state for channel, state in _rows() if channel is Channel.WECHAT]
        assert states == [WorkState.DROPPED, WorkState.READY, WorkState.DROPPED]


def test_a_prefix_is_taken_literally(app: Flask, consumer: Actor) -> None:
    with app.app_context():
        _queue(consumer, "settlementX7")
        with unit_of_work():
            assert service.drop("settlement_") == 0
            assert service.drop("%") == 0


def test_a_dead_notice_is_listed_and_can_be_revived(app: Flask, consumer: Actor, operator: Actor) -> None:
    with app.app_context():
        _queue(consumer, "rating:1:published")
        (row,) = leasing.claim(Notice, 1)
        leasing.finish(row, WorkState.DEAD, "wechat_47003")
        with unit_of_work(read_only=True):
            (found,) = queries.dead()
        assert (found.kind, found.name, found.reason) == ("notice", "rating_published", "wechat_47003")
        with unit_of_work():
            service.revive(operator, "notice", row.id)
        with unit_of_work(read_only=True):
            assert queries.dead() == []
        with unit_of_work(), pytest.raises(NotFound):
            service.revive(operator, "notice", row.id)
