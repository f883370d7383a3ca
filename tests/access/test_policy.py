"""The policy: its printed matrix is kept beside this file, so that a changed permission is seen by whoever reads the change."""

from pathlib import Path

from backend.access.actor import STAFF_ROLES, Role
from backend.access.policy import POLICY, Action, Scope
from scripts.rules import permissions

GOLDEN = Path(__file__).with_name("policy_matrix.md")


def test_the_matrix_is_the_agreed_one() -> None:
    printed = "\n".join(permissions()).rstrip() + "\n"
    assert printed == GOLDEN.read_text(encoding="utf-8"), f"agree on the change, then write it to {GOLDEN.name}"


def test_every_action_has_a_row_and_somebody_who_may() -> None:
    assert set(POLICY) == set(Action)
    assert [action for action, scopes in POLICY.items() if not scopes] == []


def test_what_names_a_person_reaches_nobody_but_the_officer() -> None:
    assert set(POLICY[Action.IDENTITY_REVEAL]) == {Role.COUNTY_OFFICER, Role.CITY_OFFICER}


def test_a_county_officer_reaches_no_further_than_the_county() -> None:
    own = {
        Action.SELF_READ,
        Action.SESSION_END,
        Action.CONSENT_SET,
        Action.NOTICE_READ_OWN,
        Action.NOTICE_PHONE_SET,
        Action.FEEDBACK_READ_OWN,
    }
    scopes = {
        scopes[Role.COUNTY_OFFICER]
        for action, scopes in POLICY.items()
        if action not in own and Role.COUNTY_OFFICER in scopes
    }
    assert scopes == {Scope.COUNTY}


def test_whoever_manages_accounts_decides_no_case() -> None:
    decided = {
        action
        for action in Action
        if action.value.split(".")[0] in {"settlement", "complaint", "removal", "certificate", "campaign", "visit"}
    }
    assert [action for action in decided if Role.OPERATOR in POLICY[action]] == []
    assert [action for action in decided if POLICY[action].keys() & STAFF_ROLES], "the control: others of the staff do"
