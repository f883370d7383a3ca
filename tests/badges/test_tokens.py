"""Tokens: what they look like, what a made-up one is worth, and what becomes of them when keys are changed."""

import re
import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from backend.access.actor import SYSTEM
from backend.app import create_app
from backend.badges import orders, queries, service
from backend.badges.drawing import draw_waiting
from backend.badges.model import Plate
from backend.badges.queries import UnknownBadge
from backend.badges.rules import Placement
from backend.infrastructure.database import db, session, unit_of_work
from backend.infrastructure.rate_limit import limiter
from backend.infrastructure.settings import Settings
from backend.kernel.clock import FixedClock
from backend.kernel.identifiers import badge_token, new_token_id, parse_token, verify_token
from backend.merchants.model import Unit
from tests.badges.conftest import Watch
from tests.pages.town import Shop, Town
from tests.scene import Callers

#: What WeChat lets a mini-program code carry.
_SCENE = re.compile(r"[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]{1,32}")
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
Rekeyed = Callable[[dict[str, bytes]], Flask]


@given(
    st.binary(min_size=32, max_size=64),
    st.sampled_from("0123456789AZaz"),
    st.text(_CROCKFORD, min_size=12, max_size=12),
)
def test_every_token_fits_a_scene_and_is_read_back(key: bytes, key_id: str, token_id: str) -> None:
    token = badge_token(key_id, token_id, key)
    assert _SCENE.fullmatch(token)
    assert len(token) == 25
    parsed = parse_token(token)
    assert (parsed.key_id, parsed.id) == (key_id, token_id)
    assert verify_token(parsed, {key_id: key})
    assert not verify_token(parsed, {key_id: key + b"x"}), "the control"


def test_new_ids_do_not_repeat() -> None:
    assert len({new_token_id() for _ in range(10_000)}) == 10_000


def test_of_a_million_made_up_tokens_none_is_ours() -> None:
    """Shape and MAC alone, as every scan begins. Sixty bits of MAC: a hit by chance has odds of one in a million million."""
    keys = {"1": secrets.token_bytes(32), "2": secrets.token_bytes(32)}
    ids = secrets.token_bytes(12_000_000).translate((_CROCKFORD * 8).encode()).decode()
    macs = secrets.token_bytes(10_000_000).translate((_BASE64 * 4).encode()).decode()
    hits = 0
    for n in range(1_000_000):
        hits += verify_token(parse_token(f"{1 + n % 2}.{ids[12 * n : 12 * n + 12]}.{macs[10 * n : 10 * n + 10]}"), keys)
    assert hits == 0
    ours = [badge_token(key_id, new_token_id(), key) for key_id, key in keys.items() for _ in range(50)]
    assert sum(verify_token(parse_token(token), keys) for token in ours) == 100, "the control"


def test_a_made_up_token_costs_no_read(app: Flask, shop: Shop, reads: Watch) -> None:
    with reads() as asked, unit_of_work(read_only=True):
        for _ in range(200):
            mac = "".join(secrets.choice(_BASE64) for _ in range(10))
            with pytest.raises(UnknownBadge):
                queries.by_token(f"1.{new_token_id()}.{mac}")
        assert asked == []
        assert queries.by_token(shop.token).plate.unit_id == shop.unit_id, "the control"
        assert asked != []


@pytest.mark.parametrize("path", ["/b/{}", "/api/v1/badges/{}"])
def test_whoever_tries_tokens_is_stopped(client: FlaskClient, shop: Shop, path: str) -> None:
    limiter.reset()
    statuses = [client.get(path.format(f"1.{new_token_id()}.AbC_dEf-12")).status_code for _ in range(130)]
    assert statuses[:120] == [404] * 120
    assert set(statuses[121:]) == {429}
    limiter.reset()


def test_a_token_says_nothing_of_its_unit(town: Town, app: Flask) -> None:
    """Plates issued one after another, to one unit and to its neighbours: nothing of them, or of each other, stands in a token."""
    shops = [town.shop(f"第{number}家店") for number in range(4)]
    order = town.act(orders.order_for_many, SYSTEM, placement=Placement.TABLE, per_unit=50)
    with app.app_context(), unit_of_work():
        while orders.issue_piece(order.id).finished_at is None:
            continue
        plates = session().scalars(sa.select(Plate)).all()
        tokens = [queries.token_of(plate) for plate in plates]
        known = {plate.id.replace("-", "")[:12].upper() for plate in plates} | {
            shop.unit_id.replace("-", "") for shop in shops
        }
        digits = {"".join(filter(str.isdigit, plate.serial)) for plate in plates}
    assert len(set(tokens)) == len(tokens) == 204
    for token in tokens:
        assert not any(piece in token.upper() for piece in known | digits)
    # Any two agree in about one character of 32 by chance; two of 204 in a row of five or more with odds of one in a thousand.
    ids = [parse_token(token).id for token in tokens]
    begun_alike = Counter(token_id[:6] for token_id in ids)
    assert max(begun_alike.values()) <= 2, "no common beginning"
    alike = [sum(a == b for a, b in zip(one, other, strict=True)) for one, other in pairwise(ids)]
    assert sum(alike) / len(alike) < 1.0, "neighbours agree no more than strangers do (0.375 on average)"
    counted = [sum(a == b for a, b in zip("7K3QX9C2M4TP", "7K3QX9C2M4TR", strict=True))]
    assert counted == [11], "the control: ids that count up would be seen"


def test_a_right_token_of_a_plate_that_was_never_issued_is_unknown(app: Flask, shop: Shop, settings: Settings) -> None:
    with app.app_context(), unit_of_work(read_only=True), pytest.raises(UnknownBadge):
        queries.by_token(badge_token("1", new_token_id(), settings.badge_keys["1"]))


@pytest.fixture
def rekeyed(settings: Settings, clock: FixedClock) -> Iterator[Rekeyed]:
    """The same installation with other badge keys."""
    made: list[Flask] = []

    def make(keys: dict[str, bytes]) -> Flask:
        made.append(create_app(replace(settings, badge_keys=keys), clock=clock))
        return made[-1]

    yield make
    for app in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def _standing(client: FlaskClient, token: str) -> str:
    answer = client.get(f"/api/v1/badges/{token}").get_json()
    found: str = answer.get("standing") or answer["code"]
    return found


def _new_plate(app: Flask, shop: Shop) -> tuple[str, str]:
    """Serial and token."""
    with app.app_context(), unit_of_work():
        plate = service.issue_plate(SYSTEM, session().get_one(Unit, shop.unit_id), shop.certificate_no)
        return plate.serial, queries.token_of(plate)


def test_printed_codes_outlive_a_new_key_but_not_the_loss_of_theirs(
    client: FlaskClient, shop: Shop, settings: Settings, rekeyed: Rekeyed
) -> None:
    old, new = settings.badge_keys["1"], secrets.token_bytes(32)
    assert _standing(client, shop.token) == "VALID"
    rotated = rekeyed({"2": new, "1": old})
    assert _standing(rotated.test_client(), shop.token) == "VALID"
    serial, token = _new_plate(rotated, shop)
    assert (serial, token[:2]) == (f"{shop.certificate_no}-02", "2.")
    assert _standing(rotated.test_client(), token) == "VALID"
    assert _standing(client, token) == "UNKNOWN", "an installation without the new key"
    removed = rekeyed({"2": new})
    assert _standing(removed.test_client(), shop.token) == "UNKNOWN"
    assert _standing(removed.test_client(), token) == "VALID"
    assert _standing(rekeyed({"1": new}).test_client(), shop.token) == "UNKNOWN", "another key under the same id"


def test_a_plate_whose_key_was_withdrawn_is_named_not_drawn(
    callers: Callers, shop: Shop, settings: Settings, rekeyed: Rekeyed
) -> None:
    member = callers.member(shop)
    removed = rekeyed({"2": secrets.token_bytes(32)})
    member.api.client = removed.test_client()
    for kind in ("png", "pdf"):
        problem = member.get(f"/plates/{shop.certificate_no}-01/artwork.{kind}", 409)
        assert problem["code"] == "plate_key_withdrawn"
    serial, _token = _new_plate(removed, shop)
    with removed.app_context():
        drawn = draw_waiting(10, processes=1)
    assert (drawn.count, drawn.refused) == (1, [])
    assert member.get(f"/plates/{serial}/artwork.png")[:4] == b"\x89PNG"
