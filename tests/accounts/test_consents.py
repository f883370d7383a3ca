"""Consent: to a text as it was read, separately for each purpose, withdrawn as easily as given."""

import sqlalchemy as sa
from flask import Flask

from backend.accounts import queries
from backend.accounts.consent_texts import CONSENT_TEXTS, Purpose
from backend.accounts.model import Consent
from backend.infrastructure.database import session, unit_of_work
from tests.accounts.conftest import Api, MakePerson

LOCATION = CONSENT_TEXTS[Purpose.LOCATION]


def given(answer: dict[str, list[dict[str, str]]]) -> set[str]:
    return {consent["purpose"] for consent in answer["consents"] if consent["given_at"]}


def test_consent_is_given_and_withdrawn_for_one_purpose(app: Flask, api: Api, person: MakePerson) -> None:
    token = person("guke-chen")
    assert given(api("GET", "/me", token).get_json()) == set()
    agreed = api("PUT", "/me/consents/location", token, {"given": True, "version": LOCATION.version})
    assert given(agreed.get_json()) == {"location"}
    api("PUT", "/me/consents/location", token, {"given": True, "version": LOCATION.version})
    with app.app_context(), unit_of_work(read_only=True):
        held = session().scalars(sa.select(Consent)).one()
        assert held.text_sha256 == LOCATION.sha256
        assert queries.has_consented(held.account_id, Purpose.LOCATION)
        assert not queries.has_consented(held.account_id, Purpose.RATING_PUBLICATION)
    withdrawn = api("PUT", "/me/consents/location", token, {"given": False, "version": "any"})
    assert given(withdrawn.get_json()) == set()
    with app.app_context(), unit_of_work(read_only=True):
        assert session().scalars(sa.select(Consent)).one().withdrawn_at is not None


def test_one_cannot_agree_to_a_text_that_changed(api: Api, person: MakePerson) -> None:
    old = api("PUT", "/me/consents/location", person("guke-chen"), {"given": True, "version": "2020-01"})
    assert (old.status_code, old.get_json()["code"]) == (409, "consent_text_changed")


def test_consent_is_ones_own(api: Api, person: MakePerson) -> None:
    chen, lin = person("guke-chen"), person("guke-lin")
    api("PUT", "/me/consents/location", chen, {"given": True, "version": LOCATION.version})
    assert given(api("GET", "/me", lin).get_json()) == set()


def test_unknown_purposes_and_bodies_are_refused(api: Api, person: MakePerson) -> None:
    token = person("guke-chen")
    assert api("PUT", "/me/consents/marketing", token, {"given": True, "version": "1"}).status_code == 404
    assert api("PUT", "/me/consents/location", token, {"given": "maybe", "version": "1"}).status_code == 422
    assert api("PUT", "/me/consents/location", None, {"given": True, "version": "1"}).status_code == 401
