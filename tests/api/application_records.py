"""Applications in the states from which something can be done."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from backend.access.actor import Role
from backend.applications import service
from backend.kernel.clock import local_date
from backend.merchants.rules import Commitment
from tests.api.callers import Callers
from tests.applications.desk import FORM, USCC


def make_applications(callers: Callers) -> Mapping[str, Sequence[str]]:
    """Two drafts, a submitted one, an examined one, one under public notice with an objection."""
    town, member = callers.town, callers.browser(Role.STATION_MEMBER).actor()
    second, office = town.staff(Role.CITY_OFFICER), callers.browser(Role.JOINT_OFFICE).actor()
    soon = local_date(callers.office.clock.now()) + timedelta(days=30)
    form = {**FORM, "trading_since": local_date(callers.office.clock.now()).replace(year=2015)}
    form["commitments"] = [{**one, "code": Commitment(one["code"])} for one in FORM["commitments"]]
    said = {"text": "到店核查，与申报一致。"}
    numbers, shops = [], []
    for steps in (0, 0, 1, 2, 4):
        shop = town.shop(f"续期电器{len(numbers)}店", uscc=USCC, valid_until=soon)
        shops.append(shop.certificate_no)
        number = town.act(service.begin, member, shop.certificate_no).case_no
        numbers.append(number)
        if steps >= 1:
            revision = town.act(service.save, member, number, seen=1, form=form).revision
            town.act(service.submit, member, number, seen=revision, is_true=True)
        if steps >= 2:
            town.act(service.examine, second, number, certify=True, **said)
        if steps >= 4:
            town.act(service.confirm, callers.browser(Role.COUNTY_OFFICER).actor(), number, **said)
            town.act(service.publish, office, number)
    objections = [
        town.act(service.raise_objection, office, numbers[-1], text="这家店十月份拒绝履行退货承诺。").case_no
        for _ in range(2)
    ]
    return {
        "applications/case_no": numbers,
        "public-notices/case_no": [numbers[-1], *objections],
        "application-objections/case_no": objections,
    }
