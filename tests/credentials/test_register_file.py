"""The register as a signed file: all of it, nobody's private code, and nothing can be changed in it."""

import hashlib
import json
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.access.actor import SYSTEM
from backend.certification import queries as certificates
from backend.certification import service as certification
from backend.certification.rules import Ground
from backend.credentials import editions, verifying
from backend.credentials.model import RegisterEdition
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.clock import FixedClock
from backend.merchants.model import Merchant
from tests.credentials.conftest import Verifier
from tests.foreign.running import ask
from tests.pages.town import Town

Publish = Callable[[], None]


@pytest.fixture
def publish(app: Flask) -> Publish:
    def run() -> None:
        with app.app_context():
            editions.publish()

    return run


def test_all_that_stands_and_what_ended_lately(
    app: Flask, town: Town, verifier: Verifier, publish: Publish, clock: FixedClock
) -> None:
    shops = [town.shop(name) for name in ("瓯越电器", "鹿城书店", "五马糕点")]
    assert "现在还没有生成" in verifier.text("/register/units.json", 404)
    town.act(
        lambda: certification.suspend(SYSTEM, certificates.by_number(shops[1].certificate_no), Ground.G04_FOOD_ACCIDENT)
    )
    town.act(
        lambda: certification.revoke(SYSTEM, certificates.by_number(shops[2].certificate_no), Ground.G05_FALSE_MATERIAL)
    )
    publish()
    text, signature = verifier.text("/register/units.json"), verifier.text("/register/units.jwt")
    held = json.loads(text)
    assert [row["standing"] for row in held["units"]] == ["VALID", "SUSPENDED", "REVOKED"]
    assert held["units"][2] == {
        "certificate": shops[2].certificate_no, "unit": "五马糕点", "uscc": "91330302MA2ABCDE7X", "category": "shop",
        "county": "330302", "county_name": "鹿城区", "standing": "REVOKED", "state": "revoked", "since": "2026-11-23",
        "reason": "申报材料弄虚作假", "issued_on": "2026-01-05", "valid_until": "2029-01-04",
    }  # fmt: skip
    said = verifying.register_fits([text.encode()], signature, verifier.did())
    assert said is not None
    assert said["units"] == 3
    asked = {
        "did": verifier.did(),
        "credentials": [],
        "lists": [],
        "manifests": [signature],
        "at": clock.now().isoformat(),
    }
    (foreign,) = ask("credentials.mjs", asked)["manifests"]
    assert foreign["sha256"] == hashlib.sha256(text.encode()).hexdigest()
    for changed in (text.replace("SUSPENDED", "VALID"), text + " ", ""):
        assert verifying.register_fits([changed.encode()], signature, verifier.did()) is None
    clock.advance(days=3 * 365 + 1)
    publish()
    later = json.loads(verifier.text("/register/units.json"))["units"]
    assert [row["standing"] for row in later] == ["EXPIRED", "EXPIRED"], "open still, though their day has passed"


def test_a_sole_traders_code_is_left_out(app: Flask, town: Town, verifier: Verifier, publish: Publish) -> None:
    town.shop("王记面馆")
    town.act(lambda: session().execute(sa.update(Merchant).values(uscc="92330381MA2TE5T28C")))
    publish()
    text = verifier.text("/register/units.json")
    assert "92330381MA2TE5T28C" not in text
    assert json.loads(text)["units"][0]["uscc"] is None


def test_a_long_register_comes_in_pieces(
    app: Flask, town: Town, verifier: Verifier, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editions, "_PIECE", 200)
    for number in range(5):
        town.shop(f"第{number}家店")
    publish()
    with app.app_context(), unit_of_work(read_only=True):
        pieces = list(editions.pieces(editions.newest()))
    assert len(pieces) > 3
    assert all(len(piece) <= 200 for piece in pieces)
    text, signature = verifier.text("/register/units.json"), verifier.text("/register/units.jwt")
    assert text.encode() == b"".join(pieces)
    assert len(json.loads(text)["units"]) == 5
    assert verifying.register_fits(pieces, signature, verifier.did()) is not None


def test_old_editions_go_with_their_files(
    app: Flask, town: Town, publish: Publish, monkeypatch: pytest.MonkeyPatch, clock: FixedClock
) -> None:
    monkeypatch.setattr(editions, "_KEPT_EDITIONS", 2)
    for _ in range(4):
        publish()
        clock.advance(days=1)
    with app.app_context(), unit_of_work(read_only=True):
        keys = session().scalars(sa.select(RegisterEdition.storage_key)).all()
    files = list((app.extensions["fangxin"].settings.data_dir / "objects/register").rglob("*.gz"))
    assert len(keys) == len(files) == 2
