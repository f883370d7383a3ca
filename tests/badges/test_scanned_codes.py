"""What a phone brings from a code becomes one token, in whatever form it comes; what leads elsewhere is named so."""

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as some

from backend.badges.rules import token_in
from backend.kernel.errors import InvalidInput
from backend.kernel.identifiers import badge_token
from tests.pages.town import Shop

OURS = "https://fx.wenzhou.gov.cn"
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_FULL_WIDTH = {
    ord(char): ord(char) + 0xFEE0 for char in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._-:/%"
}
_tokens = some.builds(
    badge_token,
    some.sampled_from("0123456789AZaz"),
    some.text(_CROCKFORD, min_size=12, max_size=12),
    some.binary(min_size=32, max_size=32),
)
_SPACES = some.text(" \t\r\n\u3000\u200b\ufeff\u2060", max_size=3)
#: Ways in which one token comes.
_FORMS = (
    lambda token: token,
    lambda token: f"{OURS}/b/{token}",
    lambda token: f"{OURS}/b/{token}/",
    lambda token: f"{OURS.upper()}:443/b/{token}?from=groupmessage#top",
    lambda token: f"http://fx.wenzhou.gov.cn:443/b/{token}",
    lambda token: quote(f"{OURS}/b/{token}", safe=""),
    lambda token: quote(f"{OURS}/b/{token}", safe="").lower().replace(token.lower(), token),
    lambda token: quote(f"{OURS}/b/{token}"),
    lambda token: token.replace(".", "%2E"),
    lambda token: "".join(f"%{ord(char):02x}" for char in token),
    lambda token: f"{OURS}/b/{token.replace('.', '%2e')}",
)


@given(_tokens, some.sampled_from(_FORMS), _SPACES, _SPACES, some.booleans())
def test_every_form_gives_the_same_token(token: str, form: object, before: str, after: str, wide: bool) -> None:
    text = form(token)  # type: ignore[operator]
    if wide:
        text = text.translate(_FULL_WIDTH)
    assert token_in(f"{before}{text}{after}", OURS) == token


@given(some.text(max_size=80))
def test_whatever_else_comes_is_refused_and_nothing_worse(text: str) -> None:
    for brought in (text, f"https://{text}", f"{OURS}/b/{text}", quote(text)):
        with pytest.raises(InvalidInput):
            token_in(brought, OURS)


FOREIGN = (
    "https://fx.wenzhou.gov.cn.evil.example/b/{}",
    "https://evil.example/b/{}",
    "https://fx.wenzhou.gov.cn@evil.example/b/{}",
    "https://evil.example\\@fx.wenzhou.gov.cn.evil.example/b/{}",
    "https://evil.example/?to=https://fx.wenzhou.gov.cn/b/{}",
    "https://fx.wenzhou.gov.cn:8443/b/{}",
    "ftp://fx.wenzhou.gov.cn/b/{}",
    "weixin://fx.wenzhou.gov.cn/b/{}",
    "https://fx.wenzhou.gov.cn/units/{}",
    "https://fx.wenzhou.gov.cn/c/b/{}",
)


@pytest.mark.parametrize("address", FOREIGN)
@pytest.mark.parametrize("encoded", [False, True])
def test_a_foreign_address_is_named_foreign(address: str, encoded: bool) -> None:
    token = badge_token("1", "7K3QX9C2M4TP", b"x" * 32)
    brought = address.format(token)
    with pytest.raises(InvalidInput) as refused:
        token_in(quote(brought, safe="") if encoded else brought, OURS)
    assert refused.value.code == "badge_address_foreign"


def test_an_address_encoded_twice_is_not_ours_but_decoded_once_it_is() -> None:
    token = badge_token("1", "7K3QX9C2M4TP", b"x" * 32)
    once = quote(f"{OURS}/b/{token}", safe="")
    assert token_in(once, OURS) == token
    with pytest.raises(InvalidInput):
        token_in(quote(once, safe=""), OURS)


def test_a_site_below_a_folder_keeps_it() -> None:
    token = badge_token("1", "7K3QX9C2M4TP", b"x" * 32)
    assert token_in(f"{OURS}/fangxin/b/{token}", f"{OURS}/fangxin") == token
    with pytest.raises(InvalidInput):
        token_in(f"{OURS}/b/{token}", f"{OURS}/fangxin")


def test_the_api_takes_token_q_or_scene(client: FlaskClient, shop: Shop) -> None:
    address = f"http://localhost/b/{shop.token}"
    for body in (
        {"token": shop.token},
        {"token": address},
        {"q": quote(address, safe="")},
        {"q": address},
        {"scene": shop.token},
        {"scene": quote(shop.token).replace(".", "%2E")},
    ):
        answer = client.post("/api/v1/scans", json=body)
        assert answer.status_code == 200, (body, answer.text)
        assert answer.get_json()["card"]["plate"]["serial"] == f"{shop.certificate_no}-01"
    for body in ({}, {"token": shop.token, "q": address}, {"code": shop.token}):
        assert client.post("/api/v1/scans", json=body).status_code == 422, body


def test_the_api_says_why_a_code_is_unknown(client: FlaskClient, shop: Shop) -> None:
    foreign = client.post("/api/v1/scans", json={"q": quote(f"https://evil.example/b/{shop.token}", safe="")})
    assert (foreign.status_code, foreign.get_json()["code"]) == (404, "UNKNOWN")
    assert "别的网站" in foreign.get_json()["detail"]
    other = client.post("/api/v1/scans", json={"q": quote(f"http://localhost/units/{shop.token}", safe="")})
    assert "不是放心码" in other.get_json()["detail"]
    made_up = client.post("/api/v1/scans", json={"token": "1.7K3QX9C2M4TP.AbC_dEf-12"})
    assert "不是我们发的放心码" in made_up.get_json()["detail"]


def test_the_scan_address_leads_to_the_badge_or_says_why_not(client: FlaskClient, shop: Shop) -> None:
    address = f"http://localhost/b/{shop.token}"
    for query in ({"q": quote(address, safe="")}, {"q": address}, {"scene": shop.token}, {"token": f" {shop.token} "}):
        answer = client.get("/scan", query_string=query)
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/b/{shop.token}"), query
    foreign = client.get("/scan", query_string={"q": f"https://evil.example/b/{shop.token}"})
    assert foreign.status_code == 404
    assert "别的网站" in foreign.text
    for odd in ("%00", "x" * 5000, "\ud7ff", "https://["):
        assert client.get("/scan", query_string={"q": odd}).status_code == 404, odd
    assert client.get("/scan").headers["Location"] == "/units"
