"""The numbers by which complainants reach a body: entered by the office, a line that answers until then."""

import pytest

from backend.access.actor import Role
from backend.bodies import queries
from tests.console.office import Office
from tests.pages.town import Town

BODIES = "/console/bodies"
FORM = {"code": "330381", "phone": "0577-65891234", "address": "瑞安市安阳街道"}


def test_a_number_that_is_entered_takes_the_place_of_the_line(office: Office, town: Town) -> None:
    desk = office.at_desk(Role.JOINT_OFFICE)
    assert "行动方案里的名称：市旅游局" in desk.get(BODIES)
    before = town.act(queries.reached, "330381")
    assert (before.name, before.phone, before.own) == ("瑞安市市场监督管理局", "12315", False)
    page = desk.done(BODIES, BODIES, FORM)
    assert "0577-65891234" in page
    desk.done(BODIES, BODIES, {**FORM, "phone": "0577-65890000"})
    after = town.act(queries.reached, "330381")
    assert (after.phone, after.address, after.own) == ("0577-65890000", "瑞安市安阳街道", True)
    assert town.act(queries.reached, "tourism").phone == "12345", "the control: another body keeps its line"


def test_a_wrong_number_or_body_is_refused(office: Office) -> None:
    desk = office.at_desk(Role.OPERATOR)
    assert "电话号码不对" in desk.refused(BODIES, BODIES, {**FORM, "phone": "65"})
    desk.refused(BODIES, BODIES, {**FORM, "code": "nobody"}, 404)


@pytest.mark.parametrize("role", [Role.COUNTY_OFFICER, Role.COUNCIL])
def test_others_do_not_keep_the_numbers(office: Office, role: Role) -> None:
    office.at_desk(role).get(BODIES, 403)
