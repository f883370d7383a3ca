"""Signing in on a web page with a phone number and a code (手机号登录), for people without WeChat.

A number is an identity of its own: it leads into no account that came by WeChat, whatever number that one gave for text messages.
"""

from datetime import timedelta

import sqlalchemy as sa

from backend.access.actor import SYSTEM
from backend.infrastructure import audit, current
from backend.infrastructure.database import session
from backend.infrastructure.sealing import blind_index
from backend.kernel.errors import NotPossibleNow
from backend.kernel.identifiers import check_phone

from ..model import Account, PhoneCode, PhoneIdentity, Session
from ..rules import MOST_CODES_AN_HOUR, NUMBER_RESTS
from .entrance import enter, new_consumer
from .phones import answer, check_version, keep, promise_code
from .sessions import SignedIn


def ask_sign_in_code(typed: str) -> PhoneCode:
    """Promise a code to this number. Its id goes into the cookie of the browser that asked: elsewhere the code opens nothing.

    raises   InvalidInput, NotPossibleNow when no text messages are sent here or too many codes were asked for
    """
    phone = check_phone(typed, mobile=True)
    hour = sa.select(sa.func.count()).where(
        PhoneCode.account_id.is_(None), PhoneCode.made_at > current.now() - timedelta(hours=1)
    )
    if (session().scalar(hour) or 0) >= MOST_CODES_AN_HOUR:
        raise NotPossibleNow("too_many_codes_now", "现在获取验证码的人太多，请过一小时再试，或者用微信登录。")
    return promise_code(phone, None)


def sign_in_by_phone(code_id: str | None, typed: str, *, notices_version: str | None = None) -> SignedIn:
    """Answer the code; the first time makes the account. Opens its own units of work, since a wrong answer counts.

    code_id           what `ask_sign_in_code` put into this browser's cookie
    notices_version   of the consent text, when the person also wants text messages about their own affairs
    raises            InvalidInput for a wrong code, NotPossibleNow when none is waiting, NotPermitted
    """
    if notices_version is not None:
        check_version(notices_version)
    waiting = sa.select(PhoneCode).where(PhoneCode.id == code_id, PhoneCode.account_id.is_(None))
    phone = answer(waiting, typed, lambda code: str(code.phone))
    wants_notices = notices_version is not None
    return enter(lambda: _account_of(phone), also=(lambda actor: keep(actor, phone)) if wants_notices else None)


def _account_of(phone: str) -> Account:
    index, now = blind_index("accounts.phone_identity", phone), current.now()
    known = session().scalars(
        sa.select(PhoneIdentity).filter_by(phone_index=index).with_for_update()
    ).one_or_none()  # fmt: skip
    if known is not None and _may_have_changed_hands(known):
        audit.record(SYSTEM, "phone_identity.released", "account", known.account_id)
        session().delete(known)
        session().flush()
        known = None
    if known is not None:
        known.used_at = now
        return session().get_one(Account, known.account_id)
    account = new_consumer()
    session().add(PhoneIdentity(account_id=account.id, phone=phone, phone_index=index, created_at=now, used_at=now))
    session().flush()
    return account


def _may_have_changed_hands(known: PhoneIdentity) -> bool:
    """Whether nobody was here with the number for as long as carriers let a number rest before somebody else gets it."""
    seen = session().scalar(sa.select(sa.func.max(Session.seen_at)).where(Session.account_id == known.account_id))
    return current.now() - max(known.used_at, seen or known.used_at) >= NUMBER_RESTS
