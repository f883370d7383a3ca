"""The liaison station's pages: what is asked, the answer, and who may see it."""

import io
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from PIL import Image

from backend.access.actor import Role
from backend.certification.rules import Ground
from backend.complaints import service as complaints
from backend.infrastructure import photos
from backend.kernel.clock import FixedClock
from backend.supervision import service as supervision
from tests.pages.town import IDENTITY, Browser, Shop, Town


@pytest.fixture
def shop(town: Town) -> Shop:
    return town.shop("瓯越电器")


@pytest.fixture
def member(town: Town, shop: Shop) -> Browser:
    return town.member(shop)


@pytest.fixture
def consumer(town: Town) -> Browser:
    return town.person("guke-chen")


def test_with_nothing_to_do_the_page_says_so(member: Browser) -> None:
    page = member.get("/station")
    assert "五马街维权联络站" in page
    assert "现在没有等您答复的诉求" in page


def test_the_list_shows_the_longest_overdue_first_and_the_consumers_turn_last(
    town: Town, clock: FixedClock, shop: Shop, member: Browser, consumer: Browser
) -> None:
    old = town.request(shop, consumer)
    clock.advance(days=3)
    waiting = town.offered(shop, member, consumer)
    recent = town.request(shop, consumer)
    clock.advance(days=2)
    page = member.get("/station")
    assert page.index(old) < page.index(recent) < page.index(waiting)
    for words in (
        "已超期 4 天",
        "已超期 1 天",
        "还剩 2 天",
        "等您办（2 件）",
        "等消费者选择（1 件）",
        "128.50 元",
        "退货、赔偿损失",
    ):
        assert words in page
    assert "依据：本系统规定" in page


def test_the_case_page_shows_what_is_asked_and_until_when(
    town: Town, shop: Shop, member: Browser, consumer: Browser
) -> None:
    page = member.get(f"/station/{town.request(shop, consumer)}")
    for words in ("不通电", "退货、赔偿损失", "128.50 元", "还剩 4 天", "消费者提出诉求", "提出解决方案", "消费者·"):
        assert words in page


def test_an_offer_is_sent_and_the_form_is_gone(town: Town, shop: Shop, member: Browser, consumer: Browser) -> None:
    path = f"/station/{town.request(shop, consumer)}"
    page = member.done(
        path,
        f"{path}/offer",
        {"form_scope": "offer", "kind": "refund", "amount_fen": "￥1,28.5元", "text": "带小票来店里，当场退款。"},
    )
    for words in ("方案已发给消费者", "联络站已提出方案", "128.50 元", "当场退款", "约定之日起 3 天内"):
        assert words in page
    assert f'action="{path}/offer"' not in page


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"kind": ""}, "您愿意怎样解决："),
        ({"amount_fen": ""}, "请填写金额。"),
        ({"amount_fen": "一百"}, "金额写成 128 或 128.50 这样"),
        ({"amount_fen": "10000001"}, "金额最多一千万元"),
        ({"text": ""}, "具体怎么做："),
        ({"perform_by": "2027-05-01"}, "请选 60 天以内的日期。"),
    ],
)
def test_a_refused_offer_comes_back_filled_in(
    town: Town, shop: Shop, member: Browser, consumer: Browser, changed: dict[str, str], words: str
) -> None:
    path = f"/station/{town.request(shop, consumer)}"
    sent = {"form_scope": "offer", "kind": "pay", "amount_fen": "66.6", "text": "给您赔付，带小票来。", **changed}
    page = member.refused(path, f"{path}/offer", sent)
    assert "没有提交成功" in page
    assert words in page
    for value in filter(None, (sent["amount_fen"], sent["text"], sent.get("perform_by"))):
        assert value in page
    assert page.count("给您赔付") == (1 if sent["text"] else 0), "the other form of the page stays empty"


def test_a_refusal_needs_a_reason(town: Town, shop: Shop, member: Browser, consumer: Browser) -> None:
    path = f"/station/{town.request(shop, consumer)}"
    refused = member.refused(path, f"{path}/refuse", {"form_scope": "refuse", "text": "不行"})
    assert "为什么不同意：至少填写 5 个字。" in refused
    assert ">不行</textarea>" in refused
    page = member.done(path, f"{path}/refuse", {"form_scope": "refuse", "text": "商品有人为摔坏的痕迹。"})
    for words in ("已把您的答复发给消费者", "联络站不同意", "商品有人为摔坏的痕迹。"):
        assert words in page


def test_answering_twice_says_what_stands(town: Town, shop: Shop, member: Browser, consumer: Browser) -> None:
    number = town.request(shop, consumer)
    sent = {"csrf_token": member.csrf(f"/station/{number}"), "text": "商品有人为摔坏的痕迹。"}
    town.act(complaints.refuse, member.actor(), number, text="已经有人答复过了。")
    answer = member.client.post(f"/station/{number}/refuse", data=sent)
    assert answer.status_code == 409
    assert "已经有人答复过了。" in answer.text


def _offered(town: Town, shop: Shop, member: Browser, consumer: Browser) -> str:
    return town.offered(shop, member, consumer)


def _agreed(town: Town, shop: Shop, member: Browser, consumer: Browser) -> str:
    number = town.offered(shop, member, consumer)
    town.agreed(consumer, number)
    return number


def _declined(town: Town, shop: Shop, member: Browser, consumer: Browser) -> str:
    number = town.offered(shop, member, consumer)
    town.declined(consumer, number)
    return number


def _performed(town: Town, shop: Shop, member: Browser, consumer: Browser) -> str:
    number = _agreed(town, shop, member, consumer)
    town.act(complaints.confirm_performed, consumer.actor(), number)
    return number


def _escalated(town: Town, shop: Shop, member: Browser, consumer: Browser) -> str:
    number = _declined(town, shop, member, consumer)
    town.act(complaints.escalate, consumer.actor(), number, IDENTITY)
    return number


Reached = Callable[[Town, Shop, Browser, Browser], str]


@pytest.mark.parametrize(
    ("reach", "words"),
    [
        (_offered, "等对方选择"),
        (_agreed, "请按约定做到"),
        (_declined, "消费者没有接受您的方案"),
        (_performed, "已经办结"),
        (_escalated, "请配合调解"),
    ],
)
def test_every_state_says_what_now(
    town: Town, shop: Shop, member: Browser, consumer: Browser, reach: Reached, words: str
) -> None:
    assert words in member.get(f"/station/{reach(town, shop, member, consumer)}")


def test_a_request_without_an_answer_in_time_can_still_be_answered(
    town: Town, clock: FixedClock, shop: Shop, member: Browser, consumer: Browser
) -> None:
    number = town.request(shop, consumer)
    clock.advance(days=5)
    with town.app.app_context():
        complaints.sweep()
    page = member.get(f"/station/{number}")
    assert "已经过了答复期限" in page
    assert "提出解决方案" in page


def test_closed_requests_have_a_list_with_pages(town: Town, shop: Shop, member: Browser, consumer: Browser) -> None:
    assert "还没有办结的诉求" in member.get("/station/closed")
    number = _performed(town, shop, member, consumer)
    assert number in member.get("/station/closed")
    assert number not in member.get("/station")
    for odd in ("0", "-1", "x", "99999999999999999999"):
        member.get(f"/station/closed?page={odd}")


def test_another_stations_requests_are_not_there(town: Town, shop: Shop, member: Browser, consumer: Browser) -> None:
    other = town.member(town.shop("江心海鲜", station="江心屿维权联络站"), "zhan-li")
    number = town.request(shop, consumer)
    other.get(f"/station/{number}", status=404)
    assert number not in other.get("/station")
    sent = {
        "csrf_token": other.csrf(
            f"/station/{town.request(town.shop('江心茶馆', station='江心屿维权联络站'), consumer)}"
        )
    }
    assert other.client.post(f"/station/{number}/refuse", data={**sent, "text": "不关我们的事。"}).status_code == 404
    # Control: the shop's own station reads it.
    member.get(f"/station/{number}")
    assert number in member.get("/station")


def test_consumers_have_no_station(town: Town, shop: Shop, consumer: Browser, client: FlaskClient) -> None:
    number = town.request(shop, consumer)
    consumer.get("/station", status=403)
    consumer.get(f"/station/{number}", status=403)
    assert client.get(f"/station/{number}").status_code == 303


PERSONAL = (IDENTITY.name, IDENTITY.phone, IDENTITY.address)


def test_no_page_names_the_consumer(town: Town, shop: Shop, member: Browser, consumer: Browser) -> None:
    number = town.request(shop, consumer, identity=IDENTITY, file_for_me=True)
    open_pages = [member.get("/station"), member.get(f"/station/{number}")]
    town.act(complaints.refuse, member.actor(), number, text="商品有人为摔坏的痕迹。")
    town.act(complaints.escalate, consumer.actor(), number)
    pages = [*open_pages, member.get("/station/closed"), member.get(f"/station/{number}")]
    for personal in PERSONAL:
        assert not any(personal in page for page in pages)


@pytest.mark.parametrize("personal", [one for one in PERSONAL if not one.isdigit()])  # a phone number would be hidden
def test_control_a_name_on_the_page_would_be_found(
    town: Town, shop: Shop, member: Browser, consumer: Browser, personal: str
) -> None:
    number = town.request(shop, consumer, facts=f"我是{personal}，买的电饭煲用了三天就不通电。")
    assert personal in member.get(f"/station/{number}")


def _photo(colour: str) -> photos.Photo:
    held = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(held, "PNG")
    return photos.clean(held.getvalue())


def _photo_link(page: str) -> str:
    return "/api/v1/evidence/" + page.split('<img src="/api/v1/evidence/')[1].split('"', maxsplit=1)[0]


def test_photos_are_shown_when_the_consumer_agreed(town: Town, shop: Shop, member: Browser, consumer: Browser) -> None:
    number = town.request(shop, consumer)
    town.act(complaints.add_photo, consumer.actor(), number, _photo("red"), for_station=False)
    without = member.get(f"/station/{number}")
    assert "没有给您看的照片" in without
    assert "/evidence/" not in without
    town.act(complaints.add_photo, consumer.actor(), number, _photo("blue"), for_station=True)
    page = member.get(f"/station/{number}")
    assert page.count('<img src="/api/v1/evidence/') == 1
    answer = member.client.get(_photo_link(page))
    assert (answer.status_code, answer.content_type) == (200, "image/jpeg")


def test_a_photos_link_dies_after_five_minutes(
    town: Town, clock: FixedClock, shop: Shop, member: Browser, consumer: Browser
) -> None:
    number = town.request(shop, consumer)
    town.act(complaints.add_photo, consumer.actor(), number, _photo("blue"), for_station=True)
    link = _photo_link(member.get(f"/station/{number}"))
    clock.advance(minutes=4)
    assert member.client.get(link).status_code == 200
    clock.advance(minutes=2)
    assert member.client.get(link).status_code == 404


def test_a_certificate_in_trouble_is_told(town: Town, shop: Shop, member: Browser) -> None:
    assert "证书请留意" not in member.get("/station")
    officer = town.staff(Role.CITY_OFFICER)
    town.act(supervision.rectify, officer, shop.certificate_no, ground=Ground.G07_REFUSES_LIAISON)
    page = member.get("/station")
    for words in ("证书请留意", "整改中", "多次不答复消费者的和解诉求", "整改期限", "还剩 30 天"):
        assert words in page
    town.act(supervision.restore, officer, shop.certificate_no)
    assert "证书请留意" not in member.get("/station")
