"""One matter, two cases: a clue that an officer finds in mediation, and a consumer who complains and reports (Order 121 §9, §27)."""

import re

from flask import Flask

from backend.access.actor import Role
from tests.console.office import Office
from tests.pages.town import Shop, Town
from tests.scene import Callers

CLUE = {"suspicion": "price", "facts": "价签和收银台的价格不一样，店员说一直这样。", "idempotency_key": "clue-00001"}


def test_a_clue_has_a_life_of_its_own_and_the_station_sees_nothing(
    app: Flask, town: Town, shop: Shop, office: Office, callers: Callers
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    consumer = town.person("gu-ke")
    complaint = office.complaint(shop, consumer)
    officer = office.at_desk(Role.COUNTY_OFFICER).client
    officer.post(f"/console/complaints/{complaint}/accept")
    noted = officer.post(f"/console/tip-offs/clues/{complaint}", data=CLUE)
    number = noted.headers["Location"].rsplit("/", 1)[1]
    assert number.startswith("JB")
    shown = officer.get(f"/console/tip-offs/{number}").get_data(as_text=True)
    assert complaint in shown
    assert "调解投诉时发现" in shown
    assert "还剩" in shown, "its own clock runs"
    assert number in officer.get(f"/console/complaints/{complaint}").get_data(as_text=True)
    ended = {"ground": "T23_3", "text": "双方不能达成一致。"}
    assert officer.post(f"/console/complaints/{complaint}/terminate", data=ended).status_code == 303
    officer.post(f"/console/complaints/{complaint}/serve-notice")
    assert "等待核查" in officer.get(f"/console/tip-offs/{number}").get_data(as_text=True), (
        "the clue outlives the mediation"
    )
    assert (
        officer.post(
            f"/console/tip-offs/{number}/ask", data={"text": "请问您是哪位？", "idempotency_key": "a1234567"}
        ).status_code
        == 409
    )
    member = town.member(shop, "zhan-wang")
    asked = [
        f"/station/{complaint}",
        "/station",
        "/station/closed",
        f"/api/v1/complaints/{complaint}",
        "/api/v1/notices",
    ]
    for address in asked:
        headers = {"Authorization": f"Bearer {member.session_token}"} if "/api/" in address else {}
        answer = member.client.get(address, headers=headers).get_data(as_text=True)
        assert number not in answer
        assert CLUE["facts"] not in answer
    assert member.client.get(f"/console/tip-offs/{number}").status_code in {303, 403}


def test_who_complains_goes_on_to_report_and_is_linked_only_when_they_say_so(
    app: Flask, town: Town, shop: Shop, office: Office
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    browser, officer = town.person("gu-ke").client, office.at_desk(Role.COUNTY_OFFICER).client
    dispute = {
        "nature": "quality",
        "wanted": "return",
        "happened_on": "2026-11-22",
        "facts": "买的电饭煲是翻新的旧货。",
    }
    sent = browser.post(
        f"/b/{shop.token}/complain", data={**dispute, "also_report": "true", "idempotency_key": "fork-0001"}
    )
    following = sent.headers["Location"]
    assert following.startswith("/tip-offs/new?")
    form = browser.get(following).get_data(as_text=True)
    assert "买的电饭煲是翻新的旧货。" in form, "the facts need not be typed again"
    assert "查询码" in form, "the code of the request is told on the way"
    number = re.search(r"HJ\d{8}-\w{7}", following)
    assert number is not None
    report = {"token": shop.token, "suspicion": "counterfeit", "facts": "把翻新的旧货当新货卖，仓库里还有。"}
    numbers = []
    for key, link in (("link-00001", {}), ("link-00002", {"linked_no": number[0]})):
        receipt = browser.post("/tip-offs/new", data={**report, **link, "idempotency_key": key}).get_data(as_text=True)
        numbers += re.findall(r"JB\d{8}-\w{7}", receipt)[:1]
    shown = [officer.get(f"/console/tip-offs/{one}").get_data(as_text=True) for one in numbers]
    assert [number[0] in page for page in shown] == [False, True]
    stranger = town.person("lu-ren").client
    assert stranger.get(f"/tip-offs/new?about={number[0]}").status_code == 404, "another's request opens nothing"
    stolen = {**report, "linked_no": number[0], "idempotency_key": "link-00003"}
    assert stranger.post("/tip-offs/new", data=stolen).status_code == 404
