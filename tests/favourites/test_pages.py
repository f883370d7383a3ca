"""Keeping a unit on the web pages, without WeChat."""

from tests.pages.town import Shop, Town


def test_kept_on_its_page_and_taken_out_of_the_list(town: Town, shop: Shop) -> None:
    person, at = town.person("gu-ke"), f"/units/{shop.certificate_no}"
    page = person.done(at, f"/my/kept/{shop.certificate_no}")
    assert "已收藏，点这里移出" in page
    listed = person.get("/my/kept")
    assert "瓯越电器" in listed
    assert "还没有收藏" in person.done("/my/kept", f"/my/kept/{shop.certificate_no}/take-out")
    assert "收藏这家单位" in person.get(at)


def test_nobody_is_led_to_the_sign_in(town: Town, shop: Shop) -> None:
    page = town.app.test_client().get(f"/units/{shop.certificate_no}").text
    assert f"/sign-in?next=/units/{shop.certificate_no}" in page
    assert "<form" not in page
