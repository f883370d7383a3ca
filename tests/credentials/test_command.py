"""`fangxin verify`, off line with what was saved, and on line with what the site gives."""

import threading
from pathlib import Path
from urllib.parse import quote

import pytest
import requests
from click.testing import CliRunner, Result
from flask import Flask
from werkzeug.serving import make_server

from backend.access.actor import SYSTEM
from backend.certification import queries as certificates
from backend.certification import service as certification
from backend.certification.rules import Ground
from backend.cli import main
from backend.credentials import editions
from backend.credentials import service as credentials
from backend.kernel.clock import SystemClock
from backend.transparency import service as transparency
from tests.credentials.conftest import Elsewhere, Verifier
from tests.pages.town import Shop, Town


@pytest.fixture
def clock() -> SystemClock:  # type: ignore[override]
    """The command looks at the machine's clock."""
    return SystemClock()


@pytest.fixture
def saved(app: Flask, town: Town, shop: Shop, verifier: Verifier, tmp_path: Path) -> Path:
    """A folder with the credential, the issuer's document, the lists and the register, from the shop's good days."""
    with app.app_context():
        credentials.give_places()
        editions.publish()
    keep(tmp_path, verifier, shop)
    return tmp_path


def keep(folder: Path, verifier: Verifier, shop: Shop) -> None:
    names = ("revocation.jwt", "suspension.jwt")
    (folder / "c.jwt").write_text(verifier.credential(shop))
    (folder / "did.json").write_text(verifier.text("/.well-known/did.json"))
    (folder / "units.json").write_text(verifier.text("/register/units.json"))
    (folder / "units.jwt").write_text(verifier.text("/register/units.jwt"))
    for name, token in zip(names, verifier.lists(), strict=True):
        (folder / name).write_text(token)


def verify(*words: object) -> Result:
    return CliRunner().invoke(main, ["verify", *map(str, words)])


def test_off_line(saved: Path, verifier: Verifier, town: Town, shop: Shop) -> None:
    whole = (saved / "c.jwt", "--did", saved / "did.json")
    lists = ("--status-list", saved / "revocation.jwt", "--status-list", saved / "suspension.jwt")
    good = verify(*whole, *lists)
    assert (good.exit_code, "真实有效" in good.output) == (0, True), good.output
    for words in ("瓯越电器", shop.certificate_no, "撤销清单：截至", "已有 不到 1 分钟", "did:web:localhost"):
        assert words in good.output
    without = verify(*whole)
    assert (without.exit_code, "没有核对是否暂停或撤销" in without.output) == (1, True)
    town.act(
        lambda: certification.suspend(SYSTEM, certificates.by_number(shop.certificate_no), Ground.G04_FOOD_ACCIDENT)
    )
    keep(saved, verifier, shop)
    suspended = verify(*whole, *lists)
    assert (suspended.exit_code, "已暂停" in suspended.output) == (1, True)
    token = (saved / "c.jwt").read_text()
    (saved / "c.jwt").write_text(token.replace(token[40], "A" if token[40] != "A" else "B", 1))
    assert verify(*whole, *lists).exit_code == 1
    (saved / "c.jwt").write_bytes(b"\xff\0")
    assert "不是电子凭证" in verify(*whole).output


def test_the_register(saved: Path) -> None:
    words = (saved / "units.json", "--signature", saved / "units.jwt", "--did", saved / "did.json")
    good = verify(*words)
    assert (good.exit_code, "名录文件真实" in good.output) == (0, True), good.output
    (saved / "units.json").write_text((saved / "units.json").read_text().replace("VALID", "REVOKED"))
    bad = verify(*words)
    assert (bad.exit_code, "对不上" in bad.output) == (1, True)


@pytest.mark.parametrize("document", ["", "[]", "{}", '{"id": "did:web:localhost"}', '{"id": 1}'])
def test_a_wrong_document_is_named(saved: Path, document: str) -> None:
    (saved / "did.json").write_text(document)
    for words in ((saved / "c.jwt",), (saved / "units.json", "--signature", saved / "units.jwt")):
        answer = verify(*words, "--did", saved / "did.json")
        assert (answer.exit_code, "签发者文件" in answer.output) == (1, True), answer.output


def test_on_line(app: Flask, saved: Path, shop: Shop, town: Town, elsewhere: Elsewhere) -> None:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    address = f"http://127.0.0.1:{server.port}"
    site = elsewhere(public_url=address)
    server.app = site
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        file = saved / "live.jwt"
        file.write_text(Verifier(site.test_client()).credential(shop))
        good = verify(file)
        assert (good.exit_code, f"did:web:127.0.0.1%3A{server.port}" in good.output) == (0, True), good.output
        # Names in Chinese and files in pieces, as a server sends them; the test client is more forgiving.
        register, page = (
            requests.get(f"{address}{path}", timeout=10) for path in ("/register/units.json", "/verify/offline")
        )
        assert register.json()["units"][0]["unit"] == "瓯越电器"
        known = {"If-None-Match": register.headers["ETag"]}
        assert requests.get(f"{address}/register/units.json", headers=known, timeout=10).status_code == 304
        assert quote("凭证核验.html") in page.headers["Content-Disposition"]
        assert "离线核验" in page.content.decode()
        with site.app_context():
            transparency.merge()
        state, register_file = saved / "state.json", saved / "register.json"
        register_file.write_bytes(register.content)
        log = ["verify-log", address, "--state", str(state), "--register", str(register_file)]
        for _ in range(2):
            checked = CliRunner().invoke(main, log)
            assert (checked.exit_code, "名录和日志一致：1 张证书" in checked.output) == (0, True), checked.output
        register_file.write_text(register.text.replace('"certified"', '"revoked"'), encoding="utf-8")
        changed = CliRunner().invoke(main, log)
        assert (changed.exit_code, f"证书 {shop.certificate_no} 不一致" in changed.output) == (1, True)
        town.act(
            lambda: certification.revoke(SYSTEM, certificates.by_number(shop.certificate_no), Ground.G05_FALSE_MATERIAL)
        )
        revoked = verify(file)
        assert (revoked.exit_code, "已撤销" in revoked.output) == (1, True)
        assert verify(saved / "units.json", "--signature", saved / "units.jwt").exit_code == 1, "localhost:80 is nobody"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert "取不到" in verify(file).output
