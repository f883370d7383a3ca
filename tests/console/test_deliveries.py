"""What could not be delivered, at the console: the list, the reason, and once more."""

import re

import pytest
import sqlalchemy as sa

from backend.access.actor import Role
from backend.infrastructure import leasing
from backend.infrastructure.database import session, unit_of_work
from backend.infrastructure.leasing import WorkState
from backend.notifications import service as notifications
from backend.notifications.model import Notice
from tests.console.office import Office
from tests.pages.town import Browser, Town

LIST = "/console/delivery"


@pytest.fixture
def operator(office: Office) -> Browser:
    return office.at_desk(Role.OPERATOR)


@pytest.fixture
def dead(town: Town, consumer: Browser) -> str:
    """The id of a notice that was given up."""
    recipient = str(consumer.actor().account_id)
    values = {"unit_name": "五马面馆"}
    town.act(notifications.queue, recipient, "rating_published", values, event_key="rating:1", link="/ratings/1")
    with town.app.app_context():
        (row,) = leasing.claim(Notice, 1)
        leasing.finish(row, WorkState.DEAD, "wechat_47003")
        return row.id


def test_without_failures_the_page_says_so(operator: Browser) -> None:
    assert "没有发送失败的" in operator.get(LIST)


def test_a_failure_is_listed_and_tried_again(operator: Browser, town: Town, dead: str) -> None:
    page = operator.get(LIST)
    for words in ("您的评价已发布", "wechat_47003", "微信通知"):
        assert words in page
    found = re.search(r'name="row_id" value="([^"]+)"', page)
    assert found is not None
    assert found[1] == dead
    fields = {"kind": "notice", "row_id": dead}
    assert "没有发送失败的" in operator.done(LIST, f"{LIST}/revive", fields)
    with town.app.app_context(), unit_of_work(read_only=True):
        assert session().scalars(sa.select(Notice.state).where(Notice.id == dead)).one() is WorkState.READY
    assert operator.post(LIST, f"{LIST}/revive", fields).status_code == 404
    operator.refused(LIST, f"{LIST}/revive", {"kind": "other", "row_id": dead})


@pytest.mark.parametrize("role", [Role.COUNTY_OFFICER, Role.CITY_OFFICER, Role.JOINT_OFFICE, Role.COUNCIL])
def test_other_staff_do_not_come_in(office: Office, operator: Browser, dead: str, role: Role) -> None:
    desk = office.at_desk(role)
    desk.get(LIST, 403)
    fields = {"kind": "notice", "row_id": dead}
    assert desk.post("/console/password", f"{LIST}/revive", fields).status_code == 403
    assert "wechat_47003" in operator.get(LIST), "the control"
