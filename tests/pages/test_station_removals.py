"""A proposal to revoke a certificate, as the unit's station reads and answers it."""

import pytest

from backend.access.actor import Actor, Role
from backend.certification.rules import Ground
from backend.kernel.clock import FixedClock
from backend.supervision import service as supervision
from tests.pages.town import Browser, Shop, Town


@pytest.fixture
def shop(town: Town) -> Shop:
    return town.shop("瓯越电器")


@pytest.fixture
def member(town: Town, shop: Shop) -> Browser:
    return town.member(shop)


@pytest.fixture
def officer(town: Town) -> Actor:
    return town.staff(Role.CITY_OFFICER)


@pytest.fixture
def number(town: Town, shop: Shop, officer: Actor) -> str:
    """A proposal that waits for the unit's statement."""
    made: str = town.act(
        supervision.propose,
        officer,
        shop.certificate_no,
        ground=Ground.G07_REFUSES_LIAISON,
        statement="今年以来五次没有答复消费者的和解诉求。",
    ).case_no
    return made


def test_without_proposals_the_list_says_so(member: Browser) -> None:
    assert "本站的单位都没有被提议摘牌" in member.get("/station/removals")


def test_the_station_is_told_and_led_to_the_grounds(member: Browser, number: str) -> None:
    path = f"/station/removals/{number}"
    assert f'href="{path}"' in member.get("/station")
    assert f'href="{path}"' in member.get("/station/removals")
    page = member.get(path)
    for words in ("五次没有答复", "多次不答复消费者的和解诉求", "单位陈述申辩", "还剩 7 天", "依据：本系统规定"):
        assert words in page


def test_the_statement_is_handed_in_once(town: Town, member: Browser, number: str) -> None:
    path = f"/station/removals/{number}"
    page = member.done(path, f"{path}/reply", {"text": "我们换了负责人，以后当天答复。"})
    for words in ("陈述申辩已提交", "等待另一名承办人决定", "我们换了负责人"):
        assert words in page
    assert "<form" not in page
    assert "等您陈述申辩" not in member.get("/station")


def test_a_statement_that_is_too_short_comes_back(member: Browser, number: str) -> None:
    path = f"/station/removals/{number}"
    page = member.refused(path, f"{path}/reply", {"text": "冤枉"})
    assert "您的陈述申辩：至少填写 5 个字。" in page
    assert ">冤枉</textarea>" in page


def test_silence_is_noted_and_the_form_is_gone(town: Town, clock: FixedClock, member: Browser, number: str) -> None:
    path = f"/station/removals/{number}"
    sent = {"csrf_token": member.csrf(path), "text": "我们换了负责人，以后当天答复。"}
    clock.advance(days=10)
    with town.app.app_context():
        supervision.sweep()
    assert "申辩期限已过" in member.get(path)
    assert member.client.post(f"{path}/reply", data=sent).status_code == 409


@pytest.mark.parametrize(("revoke", "words"), [(True, "证书已经撤销"), (False, "决定不撤销证书")])
def test_the_decision_and_its_reason_are_shown(
    town: Town, member: Browser, number: str, revoke: bool, words: str
) -> None:
    path = f"/station/removals/{number}"
    member.done(path, f"{path}/reply", {"text": "我们换了负责人，以后当天答复。"})
    town.act(supervision.decide, town.staff(Role.CITY_OFFICER), number, revoke=revoke, text="已经核对全部记录。")
    page = member.get(path)
    assert words in page
    assert "已经核对全部记录。" in page


def test_a_withdrawn_proposal_says_so(town: Town, member: Browser, officer: Actor, number: str) -> None:
    town.act(supervision.withdraw, officer, number)
    assert "提案已经撤回" in member.get(f"/station/removals/{number}")


def test_another_station_does_not_see_it(town: Town, member: Browser, number: str) -> None:
    other = town.member(town.shop("江心海鲜", station="江心屿维权联络站"), "zhan-li")
    other.get(f"/station/removals/{number}", status=404)
    assert number not in other.get("/station/removals")
    # Control: its own station does.
    member.get(f"/station/removals/{number}")


def test_consumers_do_not_see_it(town: Town, number: str) -> None:
    town.person("guke-chen").get(f"/station/removals/{number}", status=403)
