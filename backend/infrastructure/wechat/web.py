"""Sign-in on web pages (网页授权) by the service account, for people who come without the mini-program."""

from urllib.parse import urlencode

from .client import WeChatIdentity
from .transport import exchange, new_session, part


class WeChatWeb:
    """The two steps of the service account's OAuth."""

    def __init__(self, app_id: str, secret: str, *, authorize_url: str, base_url: str) -> None:
        self.app_id = app_id
        self._secret = secret
        self._authorize_url = authorize_url
        self._session = new_session(base_url)

    @property
    def available(self) -> bool:
        """Whether a service account is configured."""
        return bool(self.app_id and self._secret)

    def authorize_url(self, redirect_uri: str, state: str) -> str:
        """Where to send the browser.

        state   bound to the browser's cookie by the caller, against sign-in forged from elsewhere
        """
        parameters = {
            "appid": self.app_id,
            "redirect_uri": redirect_uri,
            "response_type": "code",
            "scope": "snsapi_base",
            "state": state,
        }
        return f"{self._authorize_url}?{urlencode(parameters)}#wechat_redirect"

    def sign_in(self, code: str) -> WeChatIdentity:
        """Who came back with this code. raises WeChatError"""
        parameters = {"appid": self.app_id, "secret": self._secret, "code": code, "grant_type": "authorization_code"}
        answer = exchange(self._session, "GET", "sns/oauth2/access_token", params=parameters)
        return WeChatIdentity(self.app_id, str(part(answer, "openid")), answer.get("unionid"))
