"""The number for text messages (短信提醒): given by its owner alone, proved by a code or by WeChat, deleted when they say so.

The code is sent by a job after the request, so that no gateway is asked inside a transaction.
"""

import hmac
import secrets
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, TypeVar

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.infrastructure import audit, current
from backend.infrastructure.database import session, unit_of_work
from backend.infrastructure.jobs import enqueue
from backend.infrastructure.sealing import blind_index
from backend.infrastructure.sms import SmsError, SmsFault
from backend.infrastructure.wechat import Kind, WeChatError
from backend.kernel.errors import Conflict, DomainError, InvalidInput, NotPossibleNow
from backend.kernel.identifiers import check_phone

from ..consent_texts import CONSENT_TEXTS, Purpose
from ..model import Account, NoticePhone, PhoneCode
from ..rules import CODE_LIFE, MOST_CODE_TRIES, MOST_CODES_A_DAY
from .consents import set_consent
from .wechat_sign_in import WeChatUnavailable

SEND_CODE = "accounts.send_phone_code"
_KEPT = timedelta(days=1)
_T = TypeVar("_T")


def ask_phone_code(actor: Actor, typed: str, *, version: str) -> None:
    """Promise a code to this number; an earlier code of this person is no good any more.

    version   of the consent text that the person saw
    raises    InvalidInput, NotPossibleNow when no text messages are sent here or too many codes were asked for
    """
    check_version(version)
    phone = check_phone(typed, mobile=True)
    session().execute(sa.select(Account.id).where(Account.id == actor.account_id).with_for_update())
    made = promise_code(phone, str(actor.account_id))
    older = sa.update(PhoneCode).where(
        PhoneCode.account_id == actor.account_id, PhoneCode.used_at.is_(None), PhoneCode.id != made.id
    )
    session().execute(older.values(used_at=current.now()))


def promise_code(phone: str, account_id: str | None) -> PhoneCode:
    """Write down a code that the worker sends.

    phone        as `check_phone` gives it
    account_id   whose number for text messages it is to be; None for a sign-in
    raises       NotPossibleNow when no text messages are sent here or too many codes were asked for
    """
    if current.runtime().sms is None:
        raise NotPossibleNow("sms_not_available", "这里还没有开通短信。有新进展，请看站内消息。")
    index, now = blind_index("accounts.notice_phone", phone), current.now()
    recent = sa.select(sa.func.count()).where(PhoneCode.made_at > now - _KEPT)
    own = [PhoneCode.account_id == account_id] if account_id else []
    for whose in (*own, PhoneCode.phone_index == index):
        if (session().scalar(recent.where(whose)) or 0) >= MOST_CODES_A_DAY:
            raise NotPossibleNow("too_many_codes", f"一天最多发 {MOST_CODES_A_DAY} 次验证码，请明天再试。")
    code = PhoneCode(account_id=account_id, phone_index=index, made_at=now)
    code.phone, code.code = phone, f"{secrets.randbelow(10**6):06d}"
    session().add(code)
    session().flush()
    enqueue(SEND_CODE, {"code_id": code.id})
    return code


def send_phone_code(payload: Mapping[str, Any]) -> None:
    """The job: hand the code to the gateway, once; a code that is too old by then is not sent. Opens its own units of work."""
    with unit_of_work(read_only=True) as opened:
        code = opened.get(PhoneCode, payload["code_id"])
        if code is None or code.used_at is not None or code.made_at <= current.now() - CODE_LIFE:
            return
        use = "登录" if code.account_id is None else "开通短信提醒"
        phone, text = str(code.phone), f"验证码 {code.code}，10 分钟内有效。用于{use}，请勿告诉别人。"
    gateway = current.runtime().sms
    try:
        if gateway is not None:
            gateway.send(str(payload["code_id"]), phone, text)
    except SmsError as error:
        if error.kind is SmsFault.RETRY:
            raise


def confirm_phone(actor: Actor, typed: str) -> None:
    """Answer the code: the number is kept from now on. Opens its own units of work, since a wrong answer counts.

    raises   InvalidInput for a wrong code, NotPossibleNow when none is waiting
    """
    own = sa.select(PhoneCode).where(PhoneCode.account_id == actor.account_id)
    answer(own, typed, lambda code: keep(actor, str(code.phone)))


def answer(asked: sa.Select[Any], typed: str, done: Callable[[PhoneCode], _T]) -> _T:
    """Answer the newest code of a query that still waits. Opens its own units of work, since a wrong answer counts.

    done     what the right answer does, in the same unit of work; its result is returned
    raises   InvalidInput for a wrong code, NotPossibleNow when none is waiting
    """
    refusal: DomainError
    with unit_of_work():
        waiting = asked.where(PhoneCode.used_at.is_(None)).order_by(PhoneCode.id.desc()).limit(1).with_for_update()
        code = session().scalars(waiting).first()
        if code is None or code.made_at <= current.now() - CODE_LIFE or code.tries >= MOST_CODE_TRIES:
            refusal = NotPossibleNow("code_not_waiting", "验证码已失效，请重新获取。")
        elif not hmac.compare_digest(str(code.code).encode(), typed.encode()):
            code.tries += 1
            refusal = InvalidInput("code_wrong", "验证码不对，请核对后重新输入。")
        else:
            code.used_at = current.now()
            return done(code)
    raise refusal


def confirm_phone_by_wechat(actor: Actor, wechat_code: str, *, version: str) -> None:
    """Take the number that WeChat vouches for (getPhoneNumber). Opens its own unit of work after WeChat was asked.

    raises   InvalidInput, Conflict, WeChatUnavailable
    """
    check_version(version)
    try:
        phone = check_phone(current.runtime().wechat.phone_by_code(wechat_code), mobile=True)
    except WeChatError as error:
        if error.kind is Kind.STOP:
            raise InvalidInput("wechat_code_invalid", "微信的手机号凭证无效或已经用过，请重新授权。") from None
        raise WeChatUnavailable("wechat_unavailable", "微信暂时没有响应，请稍后再试。") from None
    with unit_of_work():
        keep(actor, phone)


def forget_phone(actor: Actor) -> None:
    """No text messages any more: the number and every code to it are deleted, the consent is taken back."""
    text = CONSENT_TEXTS[Purpose.TEXT_MESSAGES]
    set_consent(actor, Purpose.TEXT_MESSAGES, given=False, version=text.version)


def purge_codes() -> int:
    """Delete codes that are a day old. For the worker. returns how many"""
    gone = sa.delete(PhoneCode).where(PhoneCode.made_at <= current.now() - _KEPT).returning(PhoneCode.id)
    return len(session().scalars(gone).all())


def keep(actor: Actor, phone: str) -> None:
    """Keep a number that was proved to be the actor's, with the consent to text messages."""
    session().execute(sa.select(Account.id).where(Account.id == actor.account_id).with_for_update())
    session().execute(sa.delete(NoticePhone).where(NoticePhone.account_id == actor.account_id))
    kept = NoticePhone(account_id=str(actor.account_id), confirmed_at=current.now())
    kept.phone = phone
    session().add(kept)
    text = CONSENT_TEXTS[Purpose.TEXT_MESSAGES]
    set_consent(actor, Purpose.TEXT_MESSAGES, given=True, version=text.version)
    audit.record(actor, "notice_phone.confirmed", "account", str(actor.account_id))


def check_version(version: str) -> None:
    """raises Conflict when the person saw an older text than the one in force"""
    if version != CONSENT_TEXTS[Purpose.TEXT_MESSAGES].version:
        raise Conflict("consent_text_changed", "说明文字已经更新，请重新阅读后再选择。")
