"""The list of bodies: every department that the plan names has a successor, no code means two bodies."""

import pytest

from backend.bodies.rules import BODIES, BUREAUS, CITY, DEPARTMENTS, successor
from backend.kernel.identifiers import COUNTIES

#: As the plan of 2017 names them. source: 温政办〔2017〕54号
PLAN = (
    "市市场监管局", "市旅游局", "市商务局", "市质监局", "市粮食局", "市发改委", "市物价局", "市教育局", "市民政局", "市公安局", "市金融办",
)  # fmt: skip


@pytest.mark.parametrize("name", PLAN)
def test_every_department_of_the_plan_has_a_successor(name: str) -> None:
    assert successor(name) is not None


def test_quality_and_prices_came_to_the_market_bureau() -> None:
    assert {successor(name) for name in ("市质监局", "市物价局")} == {DEPARTMENTS["market"]}
    assert successor("市烟草专卖局") is None, "the control: the plan does not name it"


def test_codes_mean_one_body_each() -> None:
    assert set(BUREAUS) == set(COUNTIES)
    assert len(BODIES) == len(BUREAUS) + len(DEPARTMENTS) + 2
    assert len({body.name for body in BODIES.values()}) == len(BODIES)
    assert CITY in BODIES
