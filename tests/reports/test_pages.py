"""Reporting at the pages, with and without a badge, and handling it at the console."""

import re

from flask import Flask

from backend.access.actor import Role
from tests.console.office import Office
from tests.pages.town import Shop, Town

FACTS = "后厨用过期的调味料，冰箱里有三袋。"


def test_reporting_and_following_without_signing_in(app: Flask, town: Town, shop: Shop, office: Office) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    browser = office.nobody().client
    shown = browser.get(f"/tip-offs/new?token={shop.token}").get_data(as_text=True)
    assert "瓯越电器" in shown
    assert "tel:120" in shown
    refused = browser.post("/tip-offs/new", data={"idempotency_key": "tip-00001", "token": shop.token, "facts": "短"})
    assert refused.status_code == 422
    assert "瓯越电器" in refused.get_data(as_text=True), "the form comes back for the same unit"
    sent = {"idempotency_key": "tip-00002", "token": shop.token, "facts": FACTS, "suspicion": "food"}
    receipt = browser.post("/tip-offs/new", data=sent)
    assert receipt.headers["Cache-Control"] == "no-store"
    number, code = re.findall(r"<dd>([^<]+)</dd>", receipt.get_data(as_text=True))
    officer = office.at_desk(Role.COUNTY_OFFICER).client
    assert number in officer.get("/console/tip-offs").get_data(as_text=True)
    for step, data in (("verify", {}), ("ask", {"text": "是哪一天看到的？", "idempotency_key": "ask-00001"})):
        assert officer.post(f"/console/tip-offs/{number}/{step}", data=data).status_code == 303
    held = {"case_no": number, "code": code}
    assert "是哪一天看到的？" in browser.post("/progress", data=held).get_data(as_text=True)
    said = browser.post("/tip-offs/answer", data={**held, "text": "上周五晚上。", "idempotency_key": "said-0001"})
    assert "已收到您的补充" in said.get_data(as_text=True)
    case = officer.get(f"/console/tip-offs/{number}").get_data(as_text=True)
    assert "上周五晚上。" in case
    assert FACTS in case
    assert officer.post(f"/console/tip-offs/{number}/not-file", data={"text": "到场看过，没有。"}).status_code == 303
    shown = browser.post("/progress", data=held).get_data(as_text=True)
    assert "不予立案" in shown
    assert "下载处理结果告知书" in shown
    result = browser.post("/tip-offs/result", data=held)
    assert (result.mimetype, result.headers["Cache-Control"]) == ("application/pdf", "no-store")
    printed = officer.post(f"/console/tip-offs/{number}/documents", data={"form": "2", "purpose": "打印存档"})
    assert printed.mimetype == "application/pdf"
    case = officer.get(f"/console/tip-offs/{number}").get_data(as_text=True)
    assert case.count("数据指纹") == 1, "the register is not kept, the result is"
    assert browser.post("/progress", data={**held, "code": "0000000000"}).status_code == 404
