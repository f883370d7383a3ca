"""Credentials and status lists through the addresses at which others fetch them, verified by libraries of others."""

import base64
import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from openbadgeslib.ob3.verifier import OB3VerificationError, OB3Verifier

from backend.access.actor import SYSTEM
from backend.certification import queries as certificates
from backend.certification import service as certification
from backend.certification.rules import Ground
from backend.credentials import jws, service, verifying
from backend.credentials.model import StatusPlace
from backend.credentials.rules import LIST_LENGTH
from backend.credentials.verifying import Outcome
from backend.infrastructure.database import session, unit_of_work
from backend.infrastructure.settings import Settings
from backend.kernel.clock import FixedClock, SystemClock, local_date
from tests.credentials.conftest import Elsewhere, Verifier
from tests.foreign.running import ask
from tests.pages.town import Shop, Town
from tests.transparency.conftest import Act

GivePlaces = Callable[[], int]


def told(verifier: Verifier, clock: FixedClock, *tokens: str, **more: Any) -> Any:
    """What jose and Digital Bazaar's bit string say."""
    question = {"did": verifier.did(), "credentials": tokens, "lists": verifier.lists(), "at": clock.now().isoformat()}
    return ask("credentials.mjs", {**question, **more})


def judged(verifier: Verifier, clock: FixedClock, token: str) -> Outcome:
    return verifying.judge(token, verifier.did(), verifier.lists(), clock.now()).outcome


def test_a_credential_says_what_the_standards_ask(verifier: Verifier, certified: Shop, clock: FixedClock) -> None:
    (found,) = told(verifier, clock, verifier.credential(certified))["credentials"]
    assert found["bits"] == {"revocation": False, "suspension": False}
    said = found["payload"]
    assert said["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert said["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert said["id"] == said["jti"] == f"http://localhost/units/{certified.certificate_no}/credential"
    assert said["issuer"]["id"] == said["iss"] == "did:web:localhost"
    assert (said["validFrom"], said["validUntil"]) == ("2026-01-05T00:00:00+08:00", "2029-01-04T23:59:59+08:00")
    subject = said["credentialSubject"]
    assert subject["licenseNumber"] == certified.certificate_no
    assert {item["identityType"]: item["identityHash"] for item in subject["identifier"]} == {
        "name": "瓯越电器", "ext:uscc": "91330302MA2ABCDE7X", "ext:category": "商店", "ext:county": "鹿城区",
    }  # fmt: skip
    achievement = subject["achievement"]
    assert achievement["type"] == ["Achievement"]
    assert {"id", "name", "description"} <= set(achievement)
    assert achievement["criteria"]["narrative"]
    statuses = said["credentialStatus"]
    assert [entry["statusPurpose"] for entry in statuses] == ["revocation", "suspension"]
    for entry in statuses:
        assert entry["type"] == "BitstringStatusListEntry"
        assert entry["id"] == f"{entry['statusListCredential']}#{entry['statusListIndex']}"
        assert isinstance(entry["statusListIndex"], str)
        assert 0 <= int(entry["statusListIndex"]) < LIST_LENGTH


def test_a_status_list_says_what_the_standards_ask(verifier: Verifier, certified: Shop, clock: FixedClock) -> None:
    found = told(verifier, clock, *verifier.lists())
    assert found["lengths"] == [LIST_LENGTH, LIST_LENGTH]
    keys = verifying.keys_of(verifier.did())
    assert list(keys) == ["did:web:localhost#key-1"]
    for token, purpose in zip(verifier.lists(), ("revocation", "suspension"), strict=True):
        said = jws.opened(token, "vc+jwt", keys)
        assert said["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]
        assert said["id"] == f"http://localhost/credentials/status/{purpose}/1"
        subject = said["credentialSubject"]
        assert (subject["type"], subject["statusPurpose"], subject["ttl"]) == ("BitstringStatusList", purpose, 60_000)
        assert subject["encodedList"].startswith("u")
        assert said["validFrom"] == "2026-11-23T10:00:00+08:00"


def test_a_list_may_be_kept_a_minute_and_no_longer(
    verifier: Verifier, certified: Shop, act: Act, clock: FixedClock
) -> None:
    address = "/credentials/status/suspension/1"
    first = verifier.client.get(address)
    assert (first.content_type, first.headers["Cache-Control"]) == ("application/vc+jwt", "public, max-age=60")
    known = {"If-None-Match": first.headers["ETag"]}
    assert verifier.client.get(address, headers=known).status_code == 304
    act(certification.suspend, Ground.G04_FOOD_ACCIDENT)
    assert verifier.client.get(address, headers=known).status_code == 200, "a change shows at once"
    changed = {"If-None-Match": verifier.client.get(address).headers["ETag"]}
    clock.advance(seconds=60)
    assert verifier.client.get(address, headers=changed).status_code == 200, "an unchanged list is dated anew"


def test_what_is_done_to_a_certificate_shows_at_once(
    app: Flask, town: Town, verifier: Verifier, certified: Shop, act: Act, clock: FixedClock
) -> None:
    token = verifier.credential(certified)
    beside = town.shop("鹿城书店")
    with app.app_context():
        service.give_places()
    other = verifier.credential(beside)
    for deed, outcome in (
        ((certification.rectify, Ground.G13_STANDARD_NOT_MET), Outcome.GENUINE),
        ((certification.suspend, Ground.G04_FOOD_ACCIDENT), Outcome.SUSPENDED),
        ((certification.restore,), Outcome.GENUINE),
        ((certification.suspend, Ground.G04_FOOD_ACCIDENT), Outcome.SUSPENDED),
        ((certification.revoke, Ground.G05_FALSE_MATERIAL), Outcome.REVOKED),
    ):
        act(*deed)
        assert judged(verifier, clock, token) is outcome
        assert judged(verifier, clock, other) is Outcome.GENUINE
    bits = [found["bits"] for found in told(verifier, clock, token, other)["credentials"]]
    assert bits == [{"revocation": True, "suspension": False}, {"revocation": False, "suspension": False}]
    clock.advance(days=900)
    assert judged(verifier, clock, other) is Outcome.EXPIRED


def test_an_open_badges_library_accepts_it_until_it_is_suspended(
    app: Flask, elsewhere: Elsewhere, town: Town, certified: Shop, act: Act, clock: FixedClock
) -> None:
    """openbadgeslib looks at the machine's clock and fetches by https alone."""
    clock.set(SystemClock().now())
    today = local_date(clock.now())
    act(
        lambda actor, held: certification.renew(
            actor, held, today + timedelta(days=900), issued_on=today - timedelta(days=9)
        )
    )
    site = elsewhere(public_url="https://fx.example.cn")
    away = Verifier(site.test_client())

    def fetch(address: str) -> bytes:
        return away.text(address.removeprefix("https://fx.example.cn")).encode()

    library = OB3Verifier.for_issuer_did("did:web:fx.example.cn", download=fetch)
    token = away.credential(certified)
    found = library.verify(token, check_status=True, download=fetch)
    assert found.issuer.id == "did:web:fx.example.cn"
    act(certification.suspend, Ground.G04_FOOD_ACCIDENT)
    with pytest.raises(OB3VerificationError, match="'suspension' is set"):
        library.verify(token, check_status=True, download=fetch)
    act(certification.revoke, Ground.G04_FOOD_ACCIDENT)
    with pytest.raises(OB3VerificationError, match="'revocation' is set"):
        library.verify(token, check_status=True, download=fetch)


def test_whatever_is_changed_is_found(verifier: Verifier, certified: Shop, clock: FixedClock) -> None:
    """Every member of the credential, one after another, and every letter of the signature's neighbourhood."""
    token = verifier.credential(certified)
    changed = list(_with_each_member_changed(token))
    assert len(changed) > 40
    document, lists = verifier.did(), verifier.lists()
    verdicts = {verifying.judge(one, document, lists, clock.now()).outcome for one in changed}
    assert verdicts <= {Outcome.ALTERED, Outcome.STRANGER, Outcome.UNREADABLE}
    assert not any(isinstance(found, dict) for found in told(verifier, clock, *changed)["credentials"])
    for at in range(0, len(token), 7):
        other = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
        assert verifying.judge(other, document, lists, clock.now()).outcome is not Outcome.GENUINE
    assert judged(verifier, clock, f"\n{token} \n") is Outcome.GENUINE, "the control"


def _with_each_member_changed(token: str) -> Any:
    header, payload, signature = token.split(".")

    def written(value: Any) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    def leaves(value: Any, path: tuple[Any, ...] = ()) -> Any:
        if isinstance(value, dict | list) and value:
            for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
                yield from leaves(inner, (*path, key))
        else:
            yield path

    def spoilt(whole: Any, path: tuple[Any, ...]) -> Any:
        if not path:
            return f"{whole}0" if isinstance(whole, str) else 0
        copied = dict(whole) if isinstance(whole, dict) else list(whole)
        copied[path[0]] = spoilt(copied[path[0]], path[1:])
        return copied

    for part, place in ((header, 0), (payload, 1)):
        content = json.loads(base64.urlsafe_b64decode(part + "=="))
        for path in leaves(content):
            parts = [header, payload, signature]
            parts[place] = written(spoilt(content, path))
            yield ".".join(parts)
        for name in content:
            parts = [header, payload, signature]
            parts[place] = written({key: value for key, value in content.items() if key != name})
            yield ".".join(parts)


def test_a_strangers_credential_is_a_strangers(
    app: Flask, elsewhere: Elsewhere, verifier: Verifier, certified: Shop, clock: FixedClock
) -> None:
    fake = Verifier(elsewhere(public_url="https://fake.example").test_client()).credential(certified)
    assert judged(verifier, clock, fake) is Outcome.STRANGER
    ours = elsewhere(signing_keys={"1": b"x" * 32})
    assert judged(verifier, clock, Verifier(ours.test_client()).credential(certified)) is Outcome.ALTERED


def test_keys_rotate_and_what_they_signed_still_verifies(
    elsewhere: Elsewhere, settings: Settings, verifier: Verifier, certified: Shop, clock: FixedClock
) -> None:
    old_token, old_public = verifier.credential(certified), verifying.keys_of(verifier.did())["did:web:localhost#key-1"]
    for changed in (
        {"signing_keys": {"2": b"y" * 32, **settings.signing_keys}},
        {"signing_keys": {"2": b"y" * 32}, "former_keys": {"1": old_public}},
    ):
        rotated = Verifier(elsewhere(**changed).test_client())
        new_token = rotated.credential(certified)
        assert list(verifying.keys_of(rotated.did())) == ["did:web:localhost#key-2", "did:web:localhost#key-1"]
        for token in (old_token, new_token):
            assert judged(rotated, clock, token) is Outcome.GENUINE
        assert [type(found) for found in told(rotated, clock, old_token, new_token)["credentials"]] == [dict, dict]
        assert judged(verifier, clock, new_token) is Outcome.ALTERED, "an old document does not know the new key"
    withdrawn = Verifier(elsewhere(signing_keys={"2": b"y" * 32}).test_client())
    assert judged(withdrawn, clock, old_token) is Outcome.ALTERED, "a withdrawn key takes its credentials with it"


def test_without_lists_or_with_others_it_stays_unchecked(
    elsewhere: Elsewhere, verifier: Verifier, certified: Shop, clock: FixedClock
) -> None:
    token, document, (revocation, suspension) = verifier.credential(certified), verifier.did(), verifier.lists()
    forged = Verifier(elsewhere(signing_keys={"1": b"x" * 32}).test_client()).lists()
    for lists in ([], [revocation], [suspension], [revocation, revocation], forged, [revocation, "x", ""], [token]):
        assert verifying.judge(token, document, lists, clock.now()).outcome is Outcome.UNCHECKED


def test_the_newest_copy_of_a_list_counts(verifier: Verifier, certified: Shop, act: Act, clock: FixedClock) -> None:
    token, old = verifier.credential(certified), verifier.lists()
    clock.advance(days=3)
    act(certification.suspend, Ground.G04_FOOD_ACCIDENT)
    new, document = verifier.lists(), verifier.did()
    assert verifying.judge(token, document, old, clock.now()).outcome is Outcome.GENUINE, "stale, and its age is told"
    for lists in ([*old, *new], [*new, *old]):
        verdict = verifying.judge(token, document, lists, clock.now())
        assert verdict.outcome is Outcome.SUSPENDED
        assert set(verdict.lists.values()) == {clock.now()}


def test_places_are_random_and_a_second_list_begins_when_one_is_full(
    app: Flask,
    town: Town,
    verifier: Verifier,
    give_places: GivePlaces,
    clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(service, "_CAPACITY", 3)
    shops = [town.shop(f"第{number}家店") for number in range(7)]
    assert [give_places(), give_places()] == [7, 0]
    with app.app_context(), unit_of_work(read_only=True):
        places = session().execute(sa.select(StatusPlace.list_number, StatusPlace.position)).all()
    assert sorted(row.list_number for row in places) == [1, 1, 1, 2, 2, 2, 3]
    assert len(set(places)) == 7
    assert max(row.position for row in places) > 100, "drawn, not counted"
    town.act(
        lambda: certification.revoke(SYSTEM, certificates.by_number(shops[0].certificate_no), Ground.G05_FALSE_MATERIAL)
    )
    lists = [token for number in (1, 2, 3) for token in verifier.lists(number)]
    verdicts = [verifying.judge(verifier.credential(shop), verifier.did(), lists, clock.now()) for shop in shops]
    assert [verdict.outcome for verdict in verdicts] == [Outcome.REVOKED, *[Outcome.GENUINE] * 6]
    verifier.text("/credentials/status/revocation/4", 404)
    verifier.text("/credentials/status/revocation/0", 404)
    verifier.text("/credentials/status/revocation/99999999999999999999", 404)


def test_before_it_has_its_place_a_credential_is_not_ready(
    verifier: Verifier, shop: Shop, give_places: GivePlaces
) -> None:
    assert "稍后再下载" in verifier.text(f"/units/{shop.certificate_no}/credential", 409)
    verifier.text("/units/NOBODY/credential", 404)
    give_places()
    answer = verifier.client.get(f"/units/{shop.certificate_no}/credential")
    assert answer.headers["Content-Disposition"] == (
        f"attachment; filename=\"{shop.certificate_no}.jwt\"; filename*=UTF-8''{shop.certificate_no}.jwt"
    )


def test_a_renewed_certificate_has_a_credential_with_the_new_day(
    verifier: Verifier, certified: Shop, act: Act, clock: FixedClock
) -> None:
    act(lambda actor, held: certification.renew(actor, held, date(2031, 1, 4)))
    verdict = verifying.judge(verifier.credential(certified), verifier.did(), verifier.lists(), clock.now())
    assert verdict.facts is not None
    assert verdict.facts.valid_until.date() == date(2031, 1, 4)
