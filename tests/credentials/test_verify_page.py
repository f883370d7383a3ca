"""The page on which people verify, without script: in words what the credential is worth."""

import io
import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from backend.certification import service as certification
from backend.certification.rules import Ground
from backend.infrastructure.rate_limit import limiter
from backend.kernel.clock import FixedClock
from tests.credentials.conftest import Verifier
from tests.pages.town import Shop
from tests.transparency.conftest import Act

_CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')


def shown(client: FlaskClient, status: int = 200, **fields: object) -> str:
    """The page that follows the form."""
    limiter.reset()
    found = _CSRF.search(client.get("/verify").text)
    assert found is not None
    answer = client.post("/verify", data={"csrf_token": found[1], **fields})
    assert answer.status_code == status, answer.text
    return unescape(answer.text)


def test_a_credential_is_judged_in_words(
    client: FlaskClient, verifier: Verifier, certified: Shop, act: Act, clock: FixedClock
) -> None:
    token = verifier.credential(certified)
    page = shown(client, credential=token)
    assert "真实有效" in page
    assert "瓯越电器" in page
    assert certified.certificate_no in page
    broken = shown(client, credential=token[:-9] + "AAAAAAAAA")
    assert "被改动过" in broken
    assert "瓯越电器" not in broken, "what was changed is not repeated as if it were true"
    for deed, words in (
        ((certification.suspend, Ground.G04_FOOD_ACCIDENT), "已暂停"),
        ((certification.revoke, Ground.G05_FALSE_MATERIAL), "已撤销"),
    ):
        act(*deed)
        assert words in shown(client, credential=token)
    assert "不是电子凭证" in shown(client, credential="我有一张证书")


def test_a_file_and_a_number_do_as_well(
    client: FlaskClient, verifier: Verifier, certified: Shop, act: Act, clock: FixedClock
) -> None:
    token = verifier.credential(certified)
    assert "真实有效" in shown(client, file=(io.BytesIO(token.encode()), "证书.jwt"))
    assert "不是电子凭证" in shown(client, file=(io.BytesIO(b"\xff\xfe\0" * 99), "证书.jwt"))
    assert "证书有效" in shown(client, number=certified.certificate_no)
    act(certification.suspend, Ground.G04_FOOD_ACCIDENT)
    page = shown(client, number=certified.certificate_no)
    assert "证书暂停" in page
    assert "发生食品安全事故" in page
    clock.advance(days=900)
    assert "已过期" in shown(client, number=certified.certificate_no)


def test_nothing_and_nobodys_are_refused(client: FlaskClient) -> None:
    assert "请选择凭证文件" in shown(client, 422)
    shown(client, 404, number="没有这个编号")
    shown(client, 422, credential="x" * 16_001)


@pytest.mark.parametrize("page", ["/units/{}", "/verify"])
def test_the_way_to_the_files_is_shown(client: FlaskClient, certified: Shop, page: str) -> None:
    text = client.get(page.format(certified.certificate_no)).text
    for address in re.findall(
        r'href="(/(?:units/[^"]+/credential|credentials[^"]+|\.well-known[^"]+|verify[^"]*))"', text
    ):
        limiter.reset()
        assert client.get(unescape(address)).status_code == 200, address
    assert "/credential" in text
