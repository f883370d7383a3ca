"""A complaint whose author is asked who they are, goes to the consumer council, comes back agreed, and to 12315 as a package."""

import io
import zipfile
from collections.abc import Callable

from backend.access.actor import Role
from backend.kernel.clock import FixedClock
from tests.pages.town import Shop
from tests.scene import IDENTITY, Callers, request_body

Notices = Callable[..., list[tuple[str, str]]]


def test_a_dispute_goes_to_the_council_and_comes_back(
    callers: Callers, shop: Shop, clock: FixedClock, notices: Notices
) -> None:
    consumer, member = callers.person("gu-ke"), callers.member(shop)
    officer, council = callers.staff(), callers.staff(Role.COUNCIL)

    asked = request_body(shop, identity=IDENTITY, consent_delegate=True)
    number = consumer.post("/settlements", asked, 201)["case_no"]
    member.post(f"/settlements/{number}/refuse", {"text": "商品已拆封使用，不能退货。"})
    complaint = "/complaints/" + consumer.post(f"/settlements/{number}/escalate", {}, 201)["case_no"]

    officer.post(f"{complaint}/ask-identity", {"reason": "同一电话有多人投诉，需要核实。", "until": "2026-11-30"})
    assert ("identity_asked", "inbox") in notices(consumer)
    consumer.post(f"{complaint}/answer-identity", {"id_kind": "resident", "id_number": "11010519491231002X"})
    seen = officer.post(f"{complaint}/identity", {"purpose": "核实投诉人身份"})
    assert (seen["name"], seen["id_kind"]) == (IDENTITY["name"], "居民身份证")

    officer.post(f"{complaint}/accept")
    member.post(f"{complaint}/consent", {"agree": True, "subject": "delegation"})
    delegation = officer.post(f"{complaint}/delegate", {"text": "双方对维修费用有分歧，请协助调解。"})["case_no"]
    assert ("delegation_asked", "inbox") in notices(council)

    clock.advance(days=2)
    callers.back(council)
    council.post(f"/delegations/{delegation}/take-on")
    clock.advance(days=5)
    callers.back(council)
    agreed = {"text": "商家三日内退还货款 128.50 元，消费者退回电饭煲。", "closing": "recorded"}
    council.post(f"/delegations/{delegation}/report-agreement", agreed)

    callers.back(officer)
    done = officer.post(f"{complaint}/record-agreement", agreed)
    assert (done["state"], done["deadlines"]) == ("mediated", [])
    assert [one["number"] for one in consumer.get(complaint)["documents"]] == [1, 4, 5], "a record, no letter"

    package = consumer.api("GET", f"/settlements/{number}/package", consumer.token)
    assert "投诉登记表.pdf" in zipfile.ZipFile(io.BytesIO(package.data)).namelist()
    kept = consumer.post(f"/settlements/{number}/number-12315", {"number": "1330302002026112500001234"})
    assert kept["number_12315"] == "1330302002026112500001234"
