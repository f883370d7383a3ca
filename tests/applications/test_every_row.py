"""Every row of both lifecycles is walked over HTTP, with the clock moved."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from flask import Flask

from backend.access.actor import Role
from backend.applications.lifecycle import APPLICATION, OBJECTION
from backend.kernel.clock import local_date
from backend.kernel.transitions import Table
from tests.applications.desk import CHECKED, NO, USCC, Desk
from tests.journeys.walking import events_of, step_of, walk
from tests.pages.town import Town

Acts = Mapping[str, Callable[[], object]]


class Walk(Desk):
    """A shop of its own for every case: a unit has one application at a time."""

    def __init__(self, desk: Desk, town: Town, name: str) -> None:
        today = local_date(desk.people.clock.now())
        super().__init__(desk.people, town.shop(name, uscc=USCC, valid_until=today))
        self.objection = ""

    def acts(self) -> Acts:
        correction = {"text": "请写明开业日期。"}
        return {
            "begin": self.begin,
            "submit": self.submit,
            "ask_correction": lambda: self.first.post(f"{self.path}/ask-correction", correction),
            "examine": self.examine,
            "send_back": lambda: self.second.post(f"{self.path}/send-back", CHECKED),
            "confirm": self.confirm,
            "refuse": lambda: self.second.post(f"{self.path}/refuse", NO),
            "publish": self.publish,
            "end_notice": lambda: self.later(8),
            "lapse": lambda: self.later(190),
            "award": lambda: self.office.post(f"{self.path}/award"),
            "decline": lambda: self.office.post(f"{self.path}/decline", NO),
            "withdraw": lambda: self.member.post(f"{self.path}/withdraw"),
            "raise": self.be_objected,
            "answer": lambda: self.member.post(f"{self.about}/answer", {"text": "当天已经退款，有记录。"}),
            "close_answer": lambda: self.later(8),
            "uphold": lambda: self.decide(uphold=True),
            "reject": lambda: self.decide(uphold=False),
            "cease": lambda: self.member.post(f"{self.path}/withdraw"),
        }

    @property
    def about(self) -> str:
        return f"/application-objections/{self.objection}"

    def be_objected(self) -> None:
        self.to_notice()
        self.objection = self.object()

    def decide(self, *, uphold: bool) -> None:
        decider = self.people.staff(Role.JOINT_OFFICE)
        decider.post(f"{self.about}/decide", {"uphold": uphold, "text": "核对了退款记录。"})


@pytest.mark.parametrize("table", [APPLICATION, OBJECTION], ids=lambda table: table.name)
def test_every_row_is_walked(table: Table, app: Flask, town: Town, desk: Desk) -> None:
    numbers = iter(range(100))
    # Nobody but the clock ends a notice: it is on the way to every decision.
    rows = tuple(replace(row, system=row.system and row.action != "end_notice") for row in table.rows)
    walk(
        replace(table, rows=rows),
        lambda: Walk(desk, town, f"电器{next(numbers)}店").acts(),
        lambda: events_of(app, table),
    )
    assert events_of(app, table) == {step_of(row) for row in table.rows}
