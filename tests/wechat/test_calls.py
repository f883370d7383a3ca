"""Each call to WeChat, with the real client library, against the double: what it gives, and how its refusals read."""

import io
import re
from collections.abc import Callable

import pytest
import zxingcpp
from PIL import Image

from backend.infrastructure.wechat import Kind, WeChat, WeChatError, transport
from backend.infrastructure.wechat.messages import fitted
from wechat_double.credentials import MINI_APP_ID, MINI_APP_SECRET
from wechat_double.server import Double

PHONE = "wxa/business/getuserphonenumber"


class Memory:
    """Keeps the token for one test; the shared one has tests of its own."""

    held: str | None = None

    def get(self) -> str | None:
        return self.held

    def put(self, token: str, life_s: int) -> None:
        self.held = token


@pytest.fixture
def wechat(double: Double) -> WeChat:
    return WeChat(MINI_APP_ID, MINI_APP_SECRET, base_url=double.base_url, storage=Memory())


@pytest.fixture
def openid(wechat: WeChat, double: Double) -> str:
    return wechat.sign_in(double.code("gu-ke")).openid


def refused(call: Callable[[], object]) -> tuple[int, Kind]:
    """Code and kind of a refusal, whose message names the code in plain Chinese."""
    with pytest.raises(WeChatError) as caught:
        call()
    error = caught.value
    if error.code:
        assert re.search(r"[\u4e00-\u9fff]{4}", error.message)
        assert f"（{error.code}）" in error.message
    return error.code, error.kind


def test_a_sign_in_code_names_the_person_once(wechat: WeChat, double: Double) -> None:
    code = double.code("gu-ke")
    found = wechat.sign_in(code)
    assert (found.app_id, len(found.openid), found.unionid) == (MINI_APP_ID, 28, double.state.unionid("gu-ke"))
    assert refused(lambda: wechat.sign_in(code)) == (40163, Kind.STOP)
    assert double.state.requests["cgi-bin/stable_token"] == 0, "signing in needs no access token"


def test_a_sign_in_code_lives_five_minutes(wechat: WeChat, double: Double) -> None:
    late, in_time = double.code("gu-ke"), double.code("gu-ke")
    double.pass_time(299)
    assert wechat.sign_in(in_time).openid
    double.pass_time(2)
    assert refused(lambda: wechat.sign_in(late)) == (40029, Kind.STOP)


def test_made_up_foreign_and_risky_sign_ins_are_refused(wechat: WeChat, double: Double) -> None:
    assert refused(lambda: wechat.sign_in("made-up")) == (40029, Kind.STOP)
    assert refused(lambda: wechat.sign_in(double.code("gu-ke", "wxdouble000000web"))) == (40029, Kind.STOP)
    assert refused(lambda: wechat.sign_in(double.code("fengxian-1"))) == (40226, Kind.STOP)


def test_somebody_who_signs_in_too_often_is_asked_to_wait(wechat: WeChat, double: Double) -> None:
    for _ in range(100):
        double.state.use_code(MINI_APP_ID, double.code("gu-ke"))
    assert refused(lambda: wechat.sign_in(double.code("gu-ke"))) == (45011, Kind.RETRY)
    assert wechat.sign_in(double.code("other")).openid
    double.pass_time(61)
    assert wechat.sign_in(double.code("gu-ke")).openid


def test_a_busy_wechat_may_be_tried_again(wechat: WeChat, double: Double) -> None:
    double.fail("sns/jscode2session", errcode=-1)
    code = double.code("gu-ke")
    assert refused(lambda: wechat.sign_in(code)) == (-1, Kind.RETRY)
    assert wechat.sign_in(code).openid


def test_a_phone_code_gives_the_number_once_within_five_minutes(wechat: WeChat, double: Double) -> None:
    code, late = double.phone_code("13857712345"), double.phone_code("13857712345")
    assert wechat.phone_by_code(code) == "13857712345"
    assert refused(lambda: wechat.phone_by_code(code)) == (40029, Kind.STOP)
    double.pass_time(301)
    assert refused(lambda: wechat.phone_by_code(late)) == (40029, Kind.STOP)


@pytest.mark.parametrize(
    ("text", "suggest"), [("老板很耐心。", "pass"), ("这里有待审示例。", "review"), ("这里有违规示例。", "risky")]
)
def test_a_text_passes_waits_or_is_risky(wechat: WeChat, openid: str, text: str, suggest: str) -> None:
    verdict = wechat.check_text(openid, text)
    assert verdict.suggest == suggest
    assert (verdict.label == 100) is (suggest == "pass")


def test_a_text_is_checked_for_who_was_there_within_two_hours(wechat: WeChat, double: Double, openid: str) -> None:
    assert refused(lambda: wechat.check_text("o" * 28, "很好。")) == (40003, Kind.STOP)
    double.pass_time(7201)
    assert refused(lambda: wechat.check_text(openid, "很好。")) == (61010, Kind.STOP)
    wechat.sign_in(double.code("gu-ke"))
    assert wechat.check_text(openid, "很好。").suggest == "pass"


def test_a_text_too_long_is_not_sent(wechat: WeChat, double: Double, openid: str) -> None:
    assert wechat.check_text(openid, "好" * 2500).suggest == "pass"
    with pytest.raises(ValueError, match="2500"):
        wechat.check_text(openid, "好" * 2501)
    assert double.state.requests["wxa/msg_sec_check"] == 1


def test_a_picture_is_checked_later(wechat: WeChat, double: Double, openid: str) -> None:
    fine = wechat.check_image(openid, "https://example.test/a.jpg")
    bad = wechat.check_image(openid, "https://example.test/risky.jpg")
    assert fine != bad
    waiting = {media["trace_id"]: media["suggest"] for media in double.state.media}
    assert waiting == {fine: "pass", bad: "risky"}


def test_one_consent_is_one_message(wechat: WeChat, double: Double, openid: str) -> None:
    double.grant(openid, "tmpl-case")
    fields = {"thing1": "和解诉求有了新进展" * 4, "time2": "2026-11-23 10:00"}
    wechat.send_subscribe_message(openid, "tmpl-case", "pages/case/case", fields)
    sent = double.state.messages[0]
    assert (sent["touser"], len(sent["data"]["thing1"]["value"])) == (openid, 20)
    again = refused(lambda: wechat.send_subscribe_message(openid, "tmpl-case", "pages/case/case", fields))
    assert again == (43101, Kind.STOP)


def test_wrong_messages_are_dead(wechat: WeChat, double: Double, openid: str) -> None:
    double.grant(openid, "tmpl-case", 5)
    assert refused(lambda: wechat.send_subscribe_message(openid, "other", "p", {"thing1": "x"})) == (40037, Kind.DEAD)
    double.fail("cgi-bin/message/subscribe/send", errcode=47003)
    assert refused(lambda: wechat.send_subscribe_message(openid, "tmpl-case", "p", {"thing1": "x"})) == (
        47003,
        Kind.DEAD,
    )
    assert double.state.quotas[(openid, "tmpl-case")] == 5


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("thing1", "好" * 20, "好" * 20),
        ("thing1", "好" * 21, "好" * 19 + "…"),
        ("phrase2", "已经受理了吗", "已经受理…"),
        ("time3", "2026年11月23日 10:00", "2026年11月23日 10:00"),
        ("character_string4", "HJ20261123-0000013", "HJ20261123-0000013"),
    ],
)
def test_a_value_is_made_to_fit(field: str, value: str, expected: str) -> None:
    assert fitted(field, value) == expected


@pytest.mark.parametrize(("field", "value"), [("nothing1", "x"), ("thing", "x"), ("character_string1", "编号")])
def test_a_value_that_cannot_fit_is_an_error_of_ours(field: str, value: str) -> None:
    with pytest.raises(ValueError, match=r"template field|Chinese"):
        fitted(field, value)


def test_a_mini_program_code_can_be_read(wechat: WeChat) -> None:
    content = wechat.mini_program_code("7K3QX9C2M4TP.AbC_dEf-12", "pages/badge/badge")
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(content)).convert("L"))
    assert [one.text for one in found] == ["pages/badge/badge?scene=7K3QX9C2M4TP.AbC_dEf-12"]


@pytest.mark.parametrize("scene", ["a" * 33, "", "令牌", "a b", "a%b", 'a"b'])
def test_a_scene_outside_the_alphabet_is_refused(wechat: WeChat, scene: str) -> None:
    assert refused(lambda: wechat.mini_program_code(scene, "pages/badge/badge")) == (40169, Kind.DEAD)


def test_a_mini_program_code_has_its_page_and_quota(wechat: WeChat, double: Double) -> None:
    assert refused(lambda: wechat.mini_program_code("a" * 32, "nowhere")) == (41030, Kind.DEAD)
    double.state.published_pages = {"pages/badge/badge"}
    assert refused(lambda: wechat.mini_program_code("a" * 32, "pages/badge/other")) == (41030, Kind.DEAD)
    assert refused(lambda: wechat.mini_program_code("a" * 32, "pages/badge/badge", width=2000)) == (40097, Kind.DEAD)
    double.state.mini_codes_a_minute = 1
    content = wechat.mini_program_code("a" * 32, "pages/badge/badge", width=300)
    assert Image.open(io.BytesIO(content)).size == (300, 300)
    assert refused(lambda: wechat.mini_program_code("a" * 32, "pages/badge/badge")) == (45009, Kind.RETRY)
    double.pass_time(60)
    assert wechat.mini_program_code("a" * 32, "pages/badge/badge")


def test_a_link_for_a_text_message(wechat: WeChat) -> None:
    assert wechat.url_link("pages/badge/badge", "t=1").startswith("https://")


@pytest.mark.parametrize(
    "fault",
    [
        {"close": True},
        {"status": 500},
        {"status": 502},
        {"html": True},
        {"body": {}},
        {"body": {"openid": None, "phone_info": {}}},
        {"body": {"phone_info": []}},
    ],
    ids=str,
)
def test_whatever_answers_in_wechats_place_is_a_typed_refusal(
    wechat: WeChat, double: Double, fault: dict[str, object]
) -> None:
    for path, call in (
        ("sns/jscode2session", lambda: wechat.sign_in(double.code("gu-ke"))),
        (PHONE, lambda: wechat.phone_by_code(double.phone_code("13857712345"))),
    ):
        double.fail(path, **fault)
        assert refused(call) == (0, Kind.RETRY)
        assert call()


def test_a_wechat_that_does_not_answer_is_given_up(
    wechat: WeChat, double: Double, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every socket has a limit, the one for the token too; the limit itself is shortened here."""
    assert (transport.CONNECT_S, transport.READ_S) == (2.0, 5.0)
    monkeypatch.setattr(transport, "READ_S", 0.05)
    for path in ("cgi-bin/stable_token", PHONE, "sns/jscode2session"):
        double.fail(path, delay_s=0.5)
    assert refused(lambda: wechat.phone_by_code(double.phone_code("13857712345"))) == (0, Kind.RETRY)
    assert double.state.requests[PHONE] == 0
    assert refused(lambda: wechat.sign_in(double.code("gu-ke"))) == (0, Kind.RETRY)
    monkeypatch.undo()
    assert wechat.sign_in(double.code("gu-ke")).openid


def test_nobody_at_the_address_is_a_typed_refusal() -> None:
    with Double() as gone:
        wechat = WeChat(MINI_APP_ID, MINI_APP_SECRET, base_url=gone.base_url, storage=Memory())
    assert refused(lambda: wechat.sign_in("x")) == (0, Kind.RETRY)
    assert refused(lambda: wechat.phone_by_code("x")) == (0, Kind.RETRY)
