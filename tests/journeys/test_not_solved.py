"""A complaint is closed, the week is drawn, somebody else calls: it is not true. It is opened again and ends well."""

from collections.abc import Callable

from backend.access.actor import Role
from backend.kernel.clock import FixedClock
from tests.console.office import Office
from tests.follow_up.test_calling_back import refused_by_bureau
from tests.pages.town import Shop, Town
from tests.scene import Callers


def test_what_was_not_true_is_handled_again(
    callers: Callers, town: Town, office: Office, shop: Shop, clock: FixedClock, work: Callable[[], None]
) -> None:
    number, _ = refused_by_bureau(callers.person("gu-ke"), callers.member(shop), callers.staff(), shop)

    # On the next Monday it is drawn; a colleague who did not handle it calls.
    clock.advance(days=7)
    work()
    browser = office.enter(office.colleague(Role.COUNTY_OFFICER))
    shown = browser.get("/console/call-backs")
    assert "抽样记录" in shown
    said = {"case_no": number, "result": "not_true", "note": "消费者说没有收到退款。"}
    assert "已重新办理" in browser.done("/console/call-backs", "/console/call-backs", said)

    # The new stage waits with clocks of its own; the same colleague takes it, and ends it.
    consumer = callers.person("gu-ke")
    again = consumer.get("/reopenings")["reopenings"][0]["case_no"]
    path = f"/console/reopenings/{again}"
    assert "由您办理" in browser.done(path, f"{path}/take")
    ended = {"solved": "true", "text": "商家当面退款 128.50 元，消费者确认收到。"}
    assert "已办结" in browser.done(path, f"{path}/close", ended)

    # The consumer reads it at their own case, and the station was told that it was opened again.
    page = town.person("gu-ke").get(f"/my/cases/{number}")
    assert "商家当面退款" in page
    titles = [one["title"] for one in callers.person("zhan-wang").get("/notices")["items"]]
    assert "重新办理" in titles
