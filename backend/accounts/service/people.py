"""Accounts, roles and consents."""

import sqlalchemy as sa

from backend.access.actor import Actor, Role
from backend.accounts.model import Account, Consent, RoleGrant
from backend.accounts.rules import CONSENTS
from backend.infrastructure import audit, current
from backend.infrastructure.database import session
from backend.kernel.errors import NotFound
from backend.kernel.identifiers import new_code

_ALIAS = {Role.CONSUMER: "消费者", Role.COUNTY_OFFICER: "承办人"}


def new_account(kind: Role) -> Account:
    """An account with a meaningless alias, such as 消费者·K7Q3."""
    account = Account(alias=f"{_ALIAS.get(kind, kind.zh)}·{new_code(4)}", created_at=current.now())
    session().add(account)
    session().flush()
    return account


def grant_role(
    actor: Actor, account_id: str, role: Role, *, county_code: str | None = None, station_id: str | None = None
) -> None:
    """Give a role; giving one that is held already changes nothing."""
    wanted = {"account_id": account_id, "role": role, "county_code": county_code, "station_id": station_id}
    if session().scalars(sa.select(RoleGrant).filter_by(**wanted, ended_at=None)).first() is None:
        session().add(RoleGrant(**wanted, granted_by=actor.account_id, granted_at=current.now()))
        audit.record(actor, "role.grant", "account", account_id, after={"role": role.value, "county": county_code})


def end_role(actor: Actor, account_id: str, role: Role) -> None:
    """Take a role away; the person's next request is without it."""
    for grant in session().scalars(sa.select(RoleGrant).filter_by(account_id=account_id, role=role, ended_at=None)):
        grant.ended_at = current.now()
        audit.record(actor, "role.end", "account", account_id, before={"role": role.value})


def set_consent(actor: Actor, purpose: str, given: bool) -> None:
    """Give or withdraw consent; withdrawing is as easy as giving. raises NotFound for an unknown purpose"""
    if purpose not in CONSENTS:
        raise NotFound("consent_unknown", "没有这一项同意。")
    live = session().scalars(
        sa.select(Consent).filter_by(account_id=actor.account_id, purpose=purpose, withdrawn_at=None)
    ).all()
    if given and not live:
        version = CONSENTS[purpose][0]
        session().add(
            Consent(account_id=actor.account_id, purpose=purpose, version=version, given_at=current.now())
        )
    if not given:
        for consent in live:
            consent.withdrawn_at = current.now()
