"""“我在店里”: the distance is computed on the phone, from the coordinates of Chinese maps, and one word of three is all that leaves it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.city import City

Phones = Callable[..., BrowserContext]
#: What a phone's receiver tells (WGS-84) at the shop's registered point, GCJ-02 120.66, 28.01; the two lie 538 m apart.
AT_SHOP = (120.65602, 28.01336)


@pytest.mark.parametrize(
    ("longitude", "latitude", "accuracy", "bucket"),
    [
        (*AT_SHOP, 20, "near"),
        (120.66, 28.01, 20, "near"),  # a phone that tells GCJ-02
        (AT_SHOP[0] + 0.01, AT_SHOP[1], 20, "middle"),
        (AT_SHOP[0] + 0.0262, AT_SHOP[1], 20, "far"),
        (AT_SHOP[0] + 0.0262, AT_SHOP[1], 300, "middle"),
        (AT_SHOP[0] + 0.1, AT_SHOP[1], 5000, ""),
    ],
)
def test_one_word_is_all_that_is_sent(
    phone: Phones, city: City, longitude: float, latitude: float, accuracy: float, bucket: str
) -> None:
    context = phone()
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"longitude": longitude, "latitude": latitude, "accuracy": accuracy})
    page = context.new_page()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.headers} {request.post_data or ''}"))
    page.goto(f"/b/{city.names['valid']}/not-this-shop")
    page.get_by_role("button", name="我在店里").click()
    expect(page.locator("[data-measure-result]")).to_contain_text("登记地址" if bucket else "量不出来")
    fields = page.locator('input[name="bucket"]')
    assert [fields.nth(number).input_value() for number in range(fields.count())] == [bucket, bucket]
    send = page.get_by_role("button", name="把这个结果告诉监管部门")
    assert send.is_visible() == bool(bucket)
    if bucket:
        send.click()
        page.get_by_role("heading", name="已经收到").wait_for()
        assert any(bucket in line.rpartition(" ")[2] for line in sent if "/distance" in line)
    for line in sent:
        assert str(round(longitude, 3)) not in line
        assert str(round(latitude, 3)) not in line


def test_without_script_or_leave_one_tap_tells_all_the_same(phone: Phones, city: City) -> None:
    page = phone(javascript=False).new_page()
    page.goto(f"/b/{city.names['valid']}")
    page.get_by_role("link", name="不是这家店").click()
    assert not page.get_by_role("button", name="我在店里").is_visible()
    page.get_by_role("button", name="这里是另一家店").click()
    page.get_by_role("heading", name="已经收到").wait_for()
    refused = phone().new_page()  # nobody gave leave to read the position
    refused.goto(f"/b/{city.names['valid']}/not-this-shop")
    refused.get_by_role("button", name="我在店里").click()
    refused.get_by_text("没有取得定位").wait_for()
    refused.get_by_role("button", name="店名一样，地址不对").click()
    refused.get_by_role("heading", name="已经收到").wait_for()
