"""The host that pays first: a stall leaves the market, the market pays the consumer, and gets it back from the stall."""

from flask import Flask

from tests.compensation.steps import LEFT, cap, faults_in, paid, place_in
from tests.pages.town import Town
from tests.scene import Callers, request_body


def test_the_host_that_pays_first(app: Flask, callers: Callers, town: Town) -> None:
    place = place_in(town, callers)
    host, consumer, officer = callers.member(place.market, "shi-chang"), callers.person("gu-ke"), callers.staff()

    # The stall does not answer; its neighbours say that it is gone.
    settlement = consumer.post("/settlements", request_body(place.stall), 201)["case_no"]
    number = consumer.post(f"/settlements/{settlement}/advance", LEFT, 201)["case_no"]

    # The market's own station decides, not the stall's, and knows the consumer by an alias alone.
    asked = host.get("/advances")["advances"][0]
    assert (asked["case_no"], asked["by_host"], asked["state"]) == (number, True, "requested")
    assert asked["alias"].startswith("消费者·")
    cap(host, place.market)
    host.post(f"/advances/{number}/approve")

    # It pays by bank, outside this system, and shows the voucher; the recovery opens by itself.
    paid(host, number)
    assert consumer.get(f"/advances/{number}")["state_zh"] == "已赔付"
    recovery = host.get("/recoveries")["recoveries"][0]
    assert (recovery["state"], recovery["amount_fen"]) == ("owed", LEFT["amount_fen"])
    assert faults_in(app) == []

    # The bureau sees it; the stall pays the market back, and it cannot be written off as well.
    assert officer.get("/recoveries")["recoveries"][0]["case_no"] == recovery["case_no"]
    told = {"text": "经营户已把全部款项转回市场账户。"}
    assert host.post(f"/recoveries/{recovery['case_no']}/recover", told)["state"] == "recovered"
    assert host.refused(f"/recoveries/{recovery['case_no']}/write-off", told) == "not_possible_now"
    assert faults_in(app) == []


def test_what_the_stall_cannot_pay_is_written_off(app: Flask, callers: Callers, town: Town) -> None:
    place = place_in(town, callers)
    host, consumer = callers.member(place.market, "shi-chang"), callers.person("gu-ke")
    settlement = consumer.post("/settlements", request_body(place.stall), 201)["case_no"]
    number = consumer.post(f"/settlements/{settlement}/advance", LEFT, 201)["case_no"]
    cap(host, place.market)
    host.post(f"/advances/{number}/approve")
    paid(host, number)
    recovery = host.get("/recoveries")["recoveries"][0]["case_no"]
    told = {"text": "经营户下落不明，法院终结执行。"}
    assert host.post(f"/recoveries/{recovery}/write-off", told)["state"] == "written_off"
    assert faults_in(app) == []
