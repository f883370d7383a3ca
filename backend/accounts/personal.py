"""What accounts keep of a person: to show, and to forget. source: 个人信息保护法 §44–47"""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.kernel.errors import NotPossibleNow

from . import queries
from .consent_texts import CONSENT_TEXTS
from .model import Account, Consent, NoticePhone, PhoneCode, PhoneIdentity, RoleGrant, Session, WeChatIdentity

#: How new a sign-in must be to hand out everything about a person, or to end it.
FRESH = timedelta(minutes=10)


def is_fresh(actor: Actor) -> bool:
    """Whether the actor signed in within the last ten minutes."""
    signed_in_at = session().scalar(sa.select(Session.created_at).where(Session.id == actor.session_id))
    return signed_in_at is not None and signed_in_at > current.now() - FRESH


def check_fresh(actor: Actor) -> None:
    """raises NotPossibleNow when the actor must sign in again first, so that a borrowed phone is not enough"""
    if not is_fresh(actor):
        raise NotPossibleNow("fresh_sign_in_needed", "为了确认是您本人，请先重新登录，再在十分钟内办理。")


def export(account_id: str) -> dict[str, Any]:
    """The account as its person reads it. The id by which WeChat knows the person is WeChat's and is left out."""
    account = session().get_one(Account, account_id)
    phone = queries.phone_of(account_id)
    number = session().scalars(sa.select(PhoneIdentity).filter_by(account_id=account_id)).one_or_none()
    roles = sa.select(RoleGrant).filter_by(account_id=account_id).order_by(RoleGrant.id)
    signed_in = sa.select(Session).filter_by(account_id=account_id).order_by(Session.id)
    consents = sa.select(Consent).filter_by(account_id=account_id).order_by(Consent.id)
    return {
        "称呼": account.alias,
        "开户时间": account.created_at,
        "登录手机号": number.phone if number else None,
        "短信提醒号码": phone,
        "身份": [
            {"身份": one.role.zh, "开始": one.granted_at, "结束": one.ended_at} for one in session().scalars(roles)
        ],
        "登录": [{"时间": one.created_at, "最近使用": one.seen_at} for one in session().scalars(signed_in)],
        "同意": [
            {
                "事项": CONSENT_TEXTS[one.purpose].title,
                "版本": one.version,
                "同意时间": one.given_at,
                "撤回时间": one.withdrawn_at,
            }
            for one in session().scalars(consents)
        ],
    }


def erase(account_id: str) -> None:
    """Forget who the account is: nobody can sign in to it, and nothing leads from it to a person. Its alias stays."""
    now = current.now()
    for model in (WeChatIdentity, PhoneIdentity, NoticePhone, PhoneCode, Session):
        session().execute(sa.delete(model).where(model.account_id == account_id))
    open_roles = sa.update(RoleGrant).where(RoleGrant.account_id == account_id, RoleGrant.ended_at.is_(None))
    session().execute(open_roles.values(ended_at=now))
    session().execute(
        sa.update(Consent)
        .where(Consent.account_id == account_id, Consent.withdrawn_at.is_(None))
        .values(withdrawn_at=now)
    )
    session().execute(sa.update(Account).where(Account.id == account_id).values(disabled_at=now, erased_at=now))
