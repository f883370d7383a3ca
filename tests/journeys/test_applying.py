"""A shop renews its certificate: filled in on two phones, looked at by two officers, objected to by a neighbour, and awarded.

Read it from top to bottom: it is the whole way, by what each person sees and does.
"""

from datetime import timedelta

import pytest
from flask import Flask

from backend.access.actor import Role
from backend.applications import service
from backend.kernel.clock import FixedClock, local_date
from tests.applications.desk import FORM, USCC, objection_on, photographed
from tests.console.office import Office
from tests.journeys.people import People
from tests.journeys.tapping import Tapping, chain_breaks
from tests.pages.town import Shop, Town
from tests.scene import Callers, picture

QUEUE = "/console/applications"
MINE = '<span class="tag">等您办理'


@pytest.fixture
def shop(town: Town, clock: FixedClock) -> Shop:
    """Valid for two months more."""
    return town.shop("瓯越电器", uscc=USCC, valid_until=local_date(clock.now()) + timedelta(days=60))


@pytest.fixture
def people(callers: Callers, office: Office, shop: Shop, clock: FixedClock) -> People:
    return People(callers, office, shop, clock)


def test_a_shop_renews_its_certificate(app: Flask, people: People, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "test_client_class", Tapping)  # every tap comes three times at once
    with app.app_context():
        service.remind()
    owner, partner = people.person("zhan-yi"), people.person("zhan-er")
    assert owner.get("/notices")["items"][0]["title"] == "证书快到期，可以申请续期"

    # Two phones fill in one form. What the second one typed on an old page is not lost, and neither is what the first one saved.
    number = owner.post(f"/units/{shop.certificate_no}/applications", None, 201)["case_no"]
    path, draft = f"/applications/{number}", f"/applications/{number}/draft"
    owner.put(draft, {"seen": 1, "form": {**FORM, "statement": "店主写的。"}})
    problem = partner.put(draft, {"seen": 1, "form": {**FORM, "statement": "合伙人写的。"}}, 409)
    assert problem["stored"]["form"]["statement"] == "店主写的。"
    partner.put(draft, {"seen": problem["stored"]["revision"], "form": FORM})
    photographed(owner, path, picture())
    owner.post(f"{path}/submit", {"seen": 3, "is_true": True})

    # Two officers look, one after the other; the first cannot be the second.
    first, second, office = people.desk(), people.desk(Role.CITY_OFFICER), people.desk(Role.JOINT_OFFICE)
    case = f"{QUEUE}/{number}"
    assert MINE in first.get(QUEUE)
    first.done(case, f"{case}/examine", {"certify": "true", "text": "到店核查，与申报一致。"})
    first.refused(case, f"{case}/confirm", {"text": "我再看一遍，同意。"}, 409)
    second.done(case, f"{case}/confirm", {"text": "材料和照片都看过，同意。"})
    office.done(case, f"{case}/publish")

    # A neighbour reads it and objects, without a name; the shop reads what is said and answers.
    neighbour, notice = people.office.nobody(), f"/public-notices/{number}"
    assert shop.name in neighbour.get("/public-notices")
    said = {"text": "十月份没拆封的电饭煲，店里不肯退。", "idempotency_key": "objection-1"}
    objection = objection_on(neighbour.post(notice, f"{notice}/objections", said).text)
    assert "电饭煲" in owner.get(path)["objections"][0]["text"]
    owner.post(f"/application-objections/{objection}/answer", {"text": "是新店员弄错，第二天已经上门退款道歉。"})

    # Nothing is awarded before somebody who did not examine it has decided.
    people.clock.advance(days=8)
    with app.app_context():
        service.sweep()
    office, decision = people.desk(Role.JOINT_OFFICE), {"objection": objection, "uphold": "false"}
    office.refused(case, f"{case}/award", None, 409)
    office.done(case, f"{case}/decide-objection", {**decision, "text": "核对了退款记录，承诺已经补做。"})
    assert "承诺已经补做" in neighbour.get(f"/public-notices?objection={objection}")
    office.done(case, f"{case}/award")

    # Whoever scans the plate reads the new day and the new promise.
    card = people.callers.nobody().get(f"/badges/{shop.token}")
    assert (card["standing"], card["certificate"]["valid_until"]) == ("VALID", "2030-01-22")
    assert "线下购物 7 天无理由退货" in [one["text"] for one in card["unit"]["commitments"]]
    assert chain_breaks(app, "application") == []
    assert chain_breaks(app, "application_objection") == []
