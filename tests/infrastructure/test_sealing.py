"""Sealed values open in their own place alone, under keys that can be changed while the service runs."""

import os
from collections.abc import Mapping
from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.infrastructure import current
from backend.infrastructure.database import new_id, session, unit_of_work
from backend.infrastructure.idempotency import StoredReply
from backend.infrastructure.sealing import CannotOpen, Keyring, Sealed, blind_index, rotate_batch
from backend.infrastructure.wechat_tokens import DatabaseTokens, WeChatToken
from tests.conftest import PRESENT

PLACE = "complaint.phone_sealed:1"
PHONE = "13857712345"
A, B = os.urandom(32), os.urandom(32)


def ring(keys: Mapping[str, bytes]) -> Keyring:
    return Keyring(keys, b"i" * 32)


def test_a_value_opens_in_its_place() -> None:
    keyring = ring({"1": A})
    for text in (PHONE, "", "温州市鹿城区信河街 88 号 🏮", "x" * 5000):
        sealed = keyring.seal(text, PLACE)
        assert keyring.open(sealed, PLACE) == text
        assert not text or text.encode() not in sealed
    assert len(keyring.seal(PHONE, PLACE)) == len(PHONE) + 30, "version, key, nonce and tag"


def test_equal_values_do_not_look_alike() -> None:
    keyring = ring({"1": A})
    assert len({keyring.seal(PHONE, PLACE) for _ in range(100)}) == 100


@pytest.mark.parametrize("place", ["complaint.phone_sealed:2", "complaint.name_sealed:1", "unit.phone_sealed:1", ""])
def test_a_value_moved_to_another_row_or_column_does_not_open(place: str) -> None:
    sealed = ring({"1": A}).seal(PHONE, PLACE)
    with pytest.raises(CannotOpen):
        ring({"1": A}).open(sealed, place)


def test_a_changed_byte_does_not_open() -> None:
    keyring = ring({"1": A})
    sealed = keyring.seal(PHONE, PLACE)
    for at in range(len(sealed)):
        spoilt = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
        with pytest.raises(CannotOpen):
            keyring.open(spoilt, PLACE)
    for cut in (b"", sealed[:1], sealed[:14], sealed[:-1]):
        with pytest.raises(CannotOpen):
            keyring.open(cut, PLACE)


def test_a_lost_key_says_which_kind_of_value_and_no_more() -> None:
    sealed = ring({"1": A}).seal(PHONE, PLACE)
    for other in ({"1": B}, {"2": A}):
        with pytest.raises(CannotOpen) as caught:
            ring(other).open(sealed, PLACE)
        assert str(caught.value) == "complaint.phone_sealed"


def test_the_first_key_seals_and_every_key_opens() -> None:
    old, both = ring({"1": A}), ring({"2": B, "1": A})
    assert both.open(old.seal(PHONE, PLACE), PLACE) == PHONE
    assert ring({"2": B}).open(both.seal(PHONE, PLACE), PLACE) == PHONE


def test_a_blind_index_finds_equals_of_one_purpose_alone() -> None:
    keyring = ring({"1": A})
    index = keyring.index("phone", PHONE)
    assert index == ring({"2": B}).index("phone", PHONE), "it outlives the sealing keys"
    assert len(index) == 16
    assert index != keyring.index("name", PHONE)
    assert index != keyring.index("phone", "13857712346")
    assert index != Keyring({"1": A}, b"j" * 32).index("phone", PHONE)


def test_no_column_says_sealed_without_being_sealed() -> None:
    from backend.infrastructure.database import Base

    registered = {(model.__tablename__, column) for model, column in Sealed.registry}
    named = {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.name.endswith("_sealed")
    }
    assert named - registered == {("wechat_token", "token_sealed")}, "a token is fetched anew rather than sealed anew"
    assert registered <= named


def replies(app: Flask, number: int) -> None:
    with app.app_context(), unit_of_work():
        for each in range(number):
            row = StoredReply(caller="a", key=f"key-{each}", request_hash="", made_at=PRESENT)
            row.body = f"reply {each}"
            session().add(row)


def bodies(app: Flask) -> list[str | None]:
    with app.app_context(), unit_of_work(read_only=True):
        return [row.body for row in session().scalars(sa.select(StoredReply).order_by(StoredReply.key))]


def with_keys(app: Flask, keys: Mapping[str, bytes]) -> None:
    """The application started anew with other keys."""
    runtime = app.extensions["fangxin"]
    runtime.settings = replace(runtime.settings, sealing_keys=keys)
    runtime.keyring = Keyring(keys, runtime.settings.index_key)


def test_a_row_s_value_copied_to_another_row_does_not_open(app: Flask) -> None:
    replies(app, 2)
    with app.app_context(), unit_of_work():
        first, second = session().scalars(sa.select(StoredReply).order_by(StoredReply.key)).all()
        second.body_sealed = first.body_sealed
    with app.app_context(), unit_of_work(read_only=True):
        first, second = session().scalars(sa.select(StoredReply).order_by(StoredReply.key)).all()
        assert first.body == "reply 0"
        with pytest.raises(CannotOpen):
            _ = second.body


def rotate(app: Flask, size: int, *, dies: bool = False) -> int:
    with app.app_context(), unit_of_work():
        done = rotate_batch(size)
        if dies:
            raise KeyboardInterrupt
        return done


def test_a_rotation_that_dies_goes_on_where_it_was(app: Flask) -> None:
    replies(app, 7)
    old = dict(app.extensions["fangxin"].settings.sealing_keys)
    with_keys(app, {"2": B, **old})
    assert rotate(app, 3) == 3
    with pytest.raises(KeyboardInterrupt):
        rotate(app, 3, dies=True)
    assert bodies(app) == [f"reply {each}" for each in range(7)], "both keys are in use meanwhile"
    assert [rotate(app, 3) for _ in range(3)] == [3, 1, 0]
    with_keys(app, {"2": B})
    assert bodies(app) == [f"reply {each}" for each in range(7)]


def test_control_a_key_thrown_away_too_early_opens_nothing(app: Flask) -> None:
    replies(app, 2)
    with_keys(app, {"2": B})
    with pytest.raises(CannotOpen):
        bodies(app)


def test_a_wechat_token_under_a_lost_key_is_fetched_anew(app: Flask) -> None:
    """Its row is not sealed anew by the rotation: two hours later it is worth nothing anyway."""
    tokens = DatabaseTokens(app, "wx1", ring({"1": A}))
    tokens.put("a-token", 7000)
    assert tokens.get() == "a-token"
    assert DatabaseTokens(app, "wx1", ring({"2": B})).get() is None
    with app.app_context(), unit_of_work(read_only=True):
        assert session().get(WeChatToken, "wx1") is not None


def test_a_blind_index_is_the_application_s_own(app: Flask) -> None:
    with app.app_context():
        assert blind_index("phone", PHONE) == current.runtime().keyring.index("phone", PHONE)
        assert blind_index("phone", new_id()) != blind_index("phone", new_id())
