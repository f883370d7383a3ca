"""Sign-in by WeChat, from the mini-program and from web pages. WeChat is asked before any unit of work opens."""

import hmac
import secrets
from dataclasses import dataclass

import sqlalchemy as sa

from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.infrastructure.sealing import blind_index
from backend.infrastructure.wechat import Kind, WeChatError
from backend.infrastructure.wechat import WeChatIdentity as Confirmed
from backend.kernel.errors import DomainError, NotPermitted, NotPossibleNow, NotSignedIn

from ..model import Account, WeChatIdentity
from .entrance import enter, new_consumer
from .sessions import SignedIn

_HIGH_RISK = 40226
_UNAVAILABLE = "微信暂时没有响应，请稍后再登录。扫码查看商家不需要登录。"


class WeChatUnavailable(DomainError):
    """WeChat does not answer, or refuses us all."""

    status = 503
    title = "微信暂时无法登录"


@dataclass(frozen=True)
class WebSignIn:
    """Where to send the browser, and what its cookie must hold when it comes back."""

    address: str
    state: str


def sign_in_by_wechat(code: str) -> SignedIn:
    """Sign in from the mini-program with a code of `wx.login`; the first time makes the account.

    Opens its own unit of work. raises NotSignedIn, NotPermitted, WeChatUnavailable
    """
    try:
        confirmed = current.runtime().wechat.sign_in(code)
    except WeChatError as error:
        raise _explained(error) from None
    return enter(lambda: _account_of(confirmed))


def begin_web_sign_in(redirect_uri: str) -> WebSignIn:
    """Start signing in on a web page (网页授权). The caller puts `state` into the browser's cookie.

    redirect_uri   absolute address of the page that calls `web_sign_in`
    raises         NotPossibleNow where no service account is configured
    """
    web = current.runtime().wechat_web
    if not web.available:
        raise NotPossibleNow("web_sign_in_unavailable", "网页暂不能用微信登录，请打开“放心消费在温州”小程序。")
    state = secrets.token_urlsafe(24)
    return WebSignIn(web.authorize_url(redirect_uri, state), state)


def web_sign_in(code: str, state: str, expected_state: str | None) -> SignedIn:
    """Finish signing in on a web page. Opens its own unit of work.

    state            came back in the address
    expected_state   taken out of the browser's cookie by the caller, so that it serves once; without it a stranger
                     could sign a person into the stranger's account (ASVS 10.2.1)
    raises           NotSignedIn, NotPermitted, WeChatUnavailable
    """
    if not expected_state or not hmac.compare_digest(state.encode(), expected_state.encode()):
        raise NotSignedIn("sign_in_state_wrong", "登录没有完成：这次登录不是从本页面发起的，请重新点“微信登录”。")
    try:
        confirmed = current.runtime().wechat_web.sign_in(code)
    except WeChatError as error:
        raise _explained(error) from None
    return enter(lambda: _account_of(confirmed))


def _account_of(confirmed: Confirmed) -> Account:
    openid_index = blind_index("wechat.openid", f"{confirmed.app_id}\0{confirmed.openid}")
    unionid_index = blind_index("wechat.unionid", confirmed.unionid) if confirmed.unionid else None
    known = session().scalars(
        sa.select(WeChatIdentity).filter_by(app_id=confirmed.app_id, openid_index=openid_index)
    ).one_or_none()  # fmt: skip
    if known is not None:
        known.unionid_index = known.unionid_index or unionid_index
        return session().get_one(Account, known.account_id)
    account = _same_person(unionid_index) or new_consumer()
    session().add(
        WeChatIdentity(
            account_id=account.id,
            app_id=confirmed.app_id,
            openid=confirmed.openid,
            openid_index=openid_index,
            unionid_index=unionid_index,
            created_at=current.now(),
        )
    )
    session().flush()
    return account


def _same_person(unionid_index: bytes | None) -> Account | None:
    """The account that the unionid already belongs to; the older one should there be two."""
    if unionid_index is None:
        return None
    statement = (
        sa.select(Account)
        .join(WeChatIdentity, WeChatIdentity.account_id == Account.id)
        .where(WeChatIdentity.unionid_index == unionid_index)
        .order_by(WeChatIdentity.id)
        .limit(1)
    )
    return session().scalars(statement).first()


def _explained(error: WeChatError) -> DomainError:
    if error.code == _HIGH_RISK:
        advice = "微信判定该账号存在风险，暂时不能登录。请在微信中处理后再试，或拨打 12315。"
        return NotPermitted("wechat_user_blocked", advice)
    if error.kind is Kind.STOP:
        return NotSignedIn("wechat_code_invalid", "微信登录凭证无效、已过期或已经用过，请重新登录。")
    return WeChatUnavailable("wechat_unavailable", _UNAVAILABLE)
