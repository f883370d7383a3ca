"""Text messages (短信) behind one adapter: a gateway that takes them by HTTP. No message is sent inside a write transaction.

What the gateway must understand, so that a provider's own interface can be put behind it in a few lines:

    POST <FANGXIN_SMS_URL>/messages        Authorization: Bearer <FANGXIN_SMS_TOKEN>
    {"id": "…", "to": "13857712345", "sign": "放心消费在温州", "text": "…"}

It answers 2xx when it took the message. The same `id` twice is one message, so a worker that dies between the answer and our record
disturbs nobody. 400, 404, 410 and 422 mean that this number or text cannot be served; 401, 403, 429 and 5xx may pass.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

import requests

from .turns import step_aside

CONNECT_S, READ_S = 2.0, 5.0
_NOT_SERVED = {400, 404, 410, 422}


class SmsFault(StrEnum):
    """RETRY: the same message may be taken later. REFUSED: this number or text is not served."""

    RETRY = "retry"
    REFUSED = "refused"


class SmsError(Exception):
    """A message was not taken. `reason` is a stable word without anything of the message."""

    def __init__(self, kind: SmsFault, reason: str) -> None:
        super().__init__(reason)
        self.kind, self.reason = kind, reason


class SmsGateway(Protocol):
    """Who sends text messages."""

    def send(self, message_id: str, phone: str, text: str) -> None:
        """Hand over one message; the same id twice is one message. raises SmsError"""
        ...


@dataclass(frozen=True)
class SmsSettings:
    """The gateway. `sign` is the registered signature (短信签名) that stands before every text."""

    url: str
    token: str = field(repr=False)
    sign: str


class HttpSmsGateway:
    """Speaks to a gateway as the module's docstring says."""

    def __init__(self, settings: SmsSettings) -> None:
        self._settings = settings
        self._session = requests.Session()
        self._session.trust_env = False

    def send(self, message_id: str, phone: str, text: str) -> None:
        settings = self._settings
        step_aside()
        try:
            answer = self._session.post(
                f"{settings.url}/messages",
                json={"id": message_id, "to": phone, "sign": settings.sign, "text": text},
                headers={"Authorization": f"Bearer {settings.token}"},
                timeout=(CONNECT_S, READ_S),
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise SmsError(SmsFault.RETRY, type(error).__name__) from None
        if 200 <= answer.status_code < 300:
            return
        kind = SmsFault.REFUSED if answer.status_code in _NOT_SERVED else SmsFault.RETRY
        raise SmsError(kind, f"sms_{answer.status_code}")


def build_sms(settings: SmsSettings | None) -> SmsGateway | None:
    """The gateway of these settings; None where no text messages are sent."""
    return HttpSmsGateway(settings) if settings else None
