"""Paying first on pages: the consumer asks, the market pays and recovers, the bureau watches."""

import io

from flask import Flask

from backend.access.actor import Role
from tests.calling import Api, Caller
from tests.compensation.steps import place_in
from tests.console.office import Office
from tests.pages.town import Browser, Town
from tests.scene import Callers, picture, request_body

_LIST = "/station/advances"


def test_from_the_wish_to_the_recovery(app: Flask, callers: Callers, town: Town, office: Office) -> None:
    place = place_in(town, callers)
    consumer, host = town.person("gu-ke"), town.member(place.market, "shi-chang")
    settlement = _caller(app, consumer).post("/settlements", request_body(place.stall), 201)["case_no"]
    asking = f"/my/cases/{settlement}/advance"
    assert asking in consumer.get(f"/my/cases/{settlement}")
    assert "最多 128.50 元" in consumer.refused(
        asking, asking, {"because": "left", "amount_fen": "500", "idempotency_key": "j" * 20}
    )
    page = consumer.done(asking, asking, {"because": "left", "amount_fen": "128.50", "idempotency_key": "k" * 20})
    assert "等待决定" in page
    number = _caller(app, host).get("/advances")["advances"][0]["case_no"]

    assert "请先设定" in host.refused(_LIST, f"{_LIST}/{number}/approve", status=409)
    caps = {"per_case_fen": "5000", "per_day_fen": "20000"}
    assert "每件 5,000 元，每天 20,000 元" in host.done(_LIST, f"{_LIST}/{place.market.certificate_no}/cap", caps)
    host.done(_LIST, f"{_LIST}/{number}/approve")
    voucher: dict[str, object] = {"reference": "6222020200011234", "photo": (io.BytesIO(picture()), "voucher.jpg")}
    assert "****1234" in host.done(_LIST, f"{_LIST}/{number}/pay", voucher)  # type: ignore[arg-type]
    assert "看付款凭证" in consumer.get(asking)

    officer = office.enter(office.colleague(Role.COUNTY_OFFICER))
    watched = officer.get("/console/advances")
    assert "正在追偿" in watched
    assert "消费者·" in watched
    recovery = _caller(app, host).get("/recoveries")["recoveries"][0]["case_no"]
    told = {"text": "经营户已把全部款项转回。"}
    assert "已追回" in host.done(_LIST, f"{_LIST}/{recovery}/recover", told)


def _caller(app: Flask, browser: Browser) -> Caller:
    return Caller(Api(app.test_client()), browser.session_token)
