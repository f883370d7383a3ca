"""How requests travel: to the configured host, never without a time limit, with every failure typed."""

from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from backend.infrastructure.turns import step_aside

from .errors import Kind, WeChatError

WECHAT_API = "https://api.weixin.qq.com"
CONNECT_S, READ_S = 2.0, 5.0


class Transport(HTTPAdapter):
    """Sends what is meant for WeChat's API to `base_url` (WeChat itself, or the local double)."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        super().__init__(
            pool_maxsize=32, max_retries=Retry(total=None, connect=2, read=0, status=0, backoff_factor=0.1)
        )

    def send(self, request: Any, timeout: Any = None, **options: Any) -> Any:  # type: ignore[override]
        step_aside()
        request.url = request.url.replace(WECHAT_API, self._base_url, 1)
        return super().send(request, timeout=timeout or (CONNECT_S, READ_S), **options)


def new_session(base_url: str) -> requests.Session:
    """A session that ignores proxies of the environment and has the transport mounted."""
    session = requests.Session()
    session.trust_env = False
    session.mount(f"{WECHAT_API}/", Transport(base_url))
    return session


def exchange(session: requests.Session, method: str, path: str, **options: Any) -> dict[str, Any]:
    """One call that answers JSON. raises WeChatError"""
    try:
        response = session.request(method, f"{WECHAT_API}/{path}", **options)
        answer = response.json()
    except requests.RequestException as error:
        raise WeChatError(0, type(error).__name__, Kind.RETRY) from None
    if not isinstance(answer, dict) or response.status_code >= 500:
        raise WeChatError(0, f"HTTP {response.status_code}", Kind.RETRY)
    return checked(answer)


def checked(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer itself, unless it carries an error code. raises WeChatError"""
    code = answer.get("errcode", 0)
    if code:
        raise WeChatError(int(code), str(answer.get("errmsg", "")))
    return answer


def part(answer: dict[str, Any], *path: str) -> Any:
    """What stands at this path of an answer. raises WeChatError when WeChat left it out"""
    found: Any = answer
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    if found is None:
        raise WeChatError(0, f"an answer without {'.'.join(path)}", Kind.RETRY)
    return found
