"""Scans over the front: the same bytes as Flask's, kept while they are right and not a moment longer."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from backend.access.actor import SYSTEM, Actor, Grant, Role
from backend.badges import cards, freshness
from backend.badges import routes as badge_routes
from backend.badges import service as badges
from backend.badges.answers import Answer
from backend.badges.queries import ScannedBadge
from backend.badges.scan_log import load_noted
from backend.certification import queries as certificates
from backend.certification import service as certification
from backend.certification.rules import Ground, Standing
from backend.front import front as front_module
from backend.front.following import TRUSTED
from backend.front.front import Front
from backend.infrastructure.settings import Settings
from backend.kernel.clock import FixedClock, local_instant
from tests.badges.conftest import Watch
from tests.front.asking import Client
from tests.pages.town import Shop, Town

OFFICER = Actor("0190f000-0000-7000-8000-000000000001", (Grant(Role.CITY_OFFICER),))
#: What Flask says of every answer and the front leaves out: an id for its logs, and what has no meaning without scripts.
_FLASKS_OWN = {
    "X-Request-Id",
    "X-Frame-Options",
    "Permissions-Policy",
    "Cross-Origin-Opener-Policy",
    "Referrer-Policy",
}
ADDRESSES = {"page": "/b/{}", "card": "/api/v1/badges/{}"}


def revoke(town: Town, shop: Shop) -> None:
    """The office revokes the shop's certificate; committed when this returns."""

    def act() -> None:
        certificate = certificates.by_number(shop.certificate_no)
        certification.revoke(SYSTEM, certificate, Ground.G05_FALSE_MATERIAL)
        badges.announce_standing(certificate)

    town.act(act)


def void(town: Town, shop: Shop) -> None:
    """The shop's plate is reported lost."""
    town.act(lambda: badges.void_plate(OFFICER, f"{shop.certificate_no}-01", "lost"))


CHANGES: dict[str, tuple[Callable[[Town, Shop], None], str]] = {
    "revoked": (revoke, Standing.REVOKED.zh),
    "voided": (void, Standing.VOIDED.zh),
}


def _shows(client: Client, shop: Shop, words: str) -> dict[str, bool]:
    """Whether page and card show these words."""
    return {name: words in client.get(address.format(shop.token)).text for name, address in ADDRESSES.items()}


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_the_front_gives_the_bytes_that_flask_gives(app: Flask, phone: Client, shop: Shop, address: str) -> None:
    path = address.format(shop.token)
    tag = app.test_client().get(path).headers["ETag"]
    seen = set()
    for accepts in ("gzip, br", "identity"):
        for known in ("", f'W/{tag}, "x"', '"x"', "*"):
            asked = {"Accept-Encoding": accepts, **({"If-None-Match": known} if known else {})}
            flask = app.test_client().get(path, headers=asked)
            own = {name.lower(): value for name, value in flask.headers.items() if name not in _FLASKS_OWN}
            if flask.status_code == 304:
                own.pop("content-length", None)
            for _ in ("made", "kept"):
                given = phone.get(path, **asked)
                assert (given.status, given.body, given.headers) == (flask.status_code, flask.data, own)
            seen.add((given.status, "content-encoding" in given.headers))
            assert given.status == (304 if tag in known or known == "*" else 200)
    assert seen == {(200, False), (304, False), *([(200, True)] if "/b/" in path else [])}


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_a_kept_answer_asks_the_database_nothing(phone: Client, shop: Shop, address: str, reads: Watch) -> None:
    path = address.format(shop.token)
    with reads() as asked:
        phone.get(path)
    assert len(asked) == 1, "the first one reads plate and card at once"
    with reads() as asked:
        assert {phone.get(path).status for _ in range(5)} == {200}
    assert asked == []


@pytest.mark.parametrize("change", CHANGES)
def test_a_committed_change_is_seen_by_the_next_scan_in_every_process(
    app: Flask, phone: Client, front: Front, town: Town, shop: Shop, change: str
) -> None:
    act, words = CHANGES[change]
    neighbour = Front(app)
    neighbour.follower.ask()
    processes = (phone, Client(neighbour))
    for client in processes:
        assert _shows(client, shop, words) == {"page": False, "card": False}
    act(town, shop)
    for client in processes:
        assert _shows(client, shop, words) == {"page": True, "card": True}
    neighbour.close()


def test_no_answer_of_a_thousand_is_stale(phone: Client, town: Town, shop: Shop) -> None:
    """Each change is followed by scans at once; what it wrote must be in them."""
    path = ADDRESSES["card"].format(shop.token)
    stale = 0
    for number in range(100):
        town.act(cards.write_section, shop.unit_id, "score", {"count": number})
        stale += sum(f'"count":{number}}}' not in phone.get(path).text for _ in range(10))
    assert stale == 0


def test_control_without_its_stamp_a_change_waits_for_the_version_row(
    phone: Client, front: Front, town: Town, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the writing process dies after its commit, or stands on another machine."""
    assert _shows(phone, shop, "已撤销") == {"page": False, "card": False}
    with monkeypatch.context() as dead:
        dead.setattr(freshness.Stamps, "renew", lambda *_: None)
        revoke(town, shop)
    assert _shows(phone, shop, "已撤销") == {"page": False, "card": False}, "the control"
    front.follower.ask()
    assert _shows(phone, shop, "已撤销") == {"page": True, "card": True}


def test_a_change_that_comes_while_an_answer_is_made_is_not_hidden_by_it(
    phone: Client, front: Front, town: Town, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = ADDRESSES["card"].format(shop.token)
    real = badge_routes.answer_of
    pending = [True]

    def interrupted(found: ScannedBadge, token: str) -> Answer:
        made = real(found, token)
        if pending:
            pending.clear()
            front._stamps.renew([shop.unit_id])  # as a commit at this moment does
        return made

    monkeypatch.setattr(front_module, "_SCANS", (("/api/v1/badges/", interrupted),))
    with_change = phone.get(path)
    assert with_change.status == 200
    kept = front.kept.get(path)
    assert kept is not None
    assert front._stamps.read(kept.slot) == kept.stamp, "it was made again, under the stamp that stands"


def test_a_certificate_runs_out_at_midnight_without_any_change(
    phone: Client, town: Town, shop: Shop, clock: FixedClock, front: Front
) -> None:
    def shorten() -> None:
        certificate = certificates.by_number(shop.certificate_no)
        certification.renew(SYSTEM, certificate, clock.now().date())
        badges.announce_standing(certificate)

    town.act(shorten)
    last_day = clock.now().date()
    clock.set(local_instant(last_day, 23, 59))
    front.follower.ask()
    assert _shows(phone, shop, "已过期") == {"page": False, "card": False}
    clock.set(local_instant(last_day + timedelta(days=1)))
    assert _shows(phone, shop, "已过期") == {"page": True, "card": True}


def test_without_word_from_the_database_nothing_is_claimed(
    phone: Client, front: Front, shop: Shop, reads: Watch
) -> None:
    path = ADDRESSES["page"].format(shop.token)
    front.follower.ask()
    phone.get(path)
    front.follower.trusted_until -= TRUSTED.total_seconds()
    with reads() as asked:
        assert phone.get(path).status == 200
    assert len(asked) == 1, "the database itself was asked"
    front.follower.ask()
    with reads() as asked:
        phone.get(path)
    assert asked == [], "the control"


def test_what_was_made_before_the_first_word_is_not_kept(app: Flask, shop: Shop) -> None:
    fresh = Front(app)
    assert Client(fresh).get(ADDRESSES["page"].format(shop.token)).status == 200
    assert len(fresh.kept) == 0
    fresh.follower.ask()
    Client(fresh).get(ADDRESSES["page"].format(shop.token))
    assert len(fresh.kept) == 1, "the control"
    fresh.close()


def test_every_answer_is_a_scan(app: Flask, phone: Client, shop: Shop) -> None:
    path = ADDRESSES["page"].format(shop.token)
    tag = phone.get(path).headers["etag"]
    assert phone.get(path, If_None_Match=tag).status == 304
    phone.get(ADDRESSES["card"].format(shop.token))
    phone.ask("HEAD", path)
    assert phone.get("/b/1.000000000000.AAAAAAAAAA").status == 404
    with app.app_context():
        assert load_noted() == 4


def test_what_is_not_ours_goes_on_to_flask_where_guessing_ends(phone: Client, settings: Settings, front: Front) -> None:
    statuses = [phone.get(f"/b/1.{number:012d}.AAAAAAAAAA").status for number in range(125)]
    assert statuses[:100] == [404] * 100
    assert statuses[-1] == 429
    assert len(front.kept) == 0


def test_scans_of_real_badges_are_not_counted_against_a_crowd(phone: Client, shop: Shop) -> None:
    """A tour group behind one address."""
    assert {phone.get(ADDRESSES["page"].format(shop.token)).status for _ in range(300)} == {200}


def test_other_addresses_of_a_badge_are_flasks(phone: Client, shop: Shop) -> None:
    assert phone.get(f"/b/{shop.token}/complain").status in {200, 302, 303}
    assert phone.ask("POST", f"/b/{shop.token}").status == 405
    assert phone.get("/healthz").text.strip() == '{"status":"ok"}'


def test_a_database_put_back_to_an_earlier_day_takes_everything_back(
    app: Flask, phone: Client, front: Front, town: Town, shop: Shop
) -> None:
    path = ADDRESSES["card"].format(shop.token)
    phone.get(path)
    kept = front.kept.get(path)
    assert kept is not None
    with front._reading.connect() as connection:
        version = freshness.follow(front._stamps, connection, None)
        assert freshness.follow(front._stamps, connection, version) == version
        assert front._stamps.read(kept.slot) == kept.stamp
        assert freshness.follow(front._stamps, connection, version + 5) == version
    assert front._stamps.read(kept.slot) != kept.stamp


def test_a_change_that_is_rolled_back_renews_nothing(town: Town, shop: Shop, front: Front) -> None:
    before = front._stamps.read()

    def act() -> None:
        badges.void_plate(OFFICER, f"{shop.certificate_no}-01", "lost")
        raise RuntimeError("undone")

    with pytest.raises(RuntimeError, match="undone"):
        town.act(act)
    assert front._stamps.read() == before
    void(town, shop)
    assert front._stamps.read() != before, "the control"
