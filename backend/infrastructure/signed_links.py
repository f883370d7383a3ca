"""Short links to private files: for one viewer, one object, one purpose, five minutes."""

from datetime import timedelta

from itsdangerous import BadSignature, URLSafeSerializer

from backend.access.actor import Actor
from backend.kernel.errors import NotFound

from . import current

LIFE = timedelta(minutes=5)


def sign(purpose: str, object_id: str, viewer: Actor) -> str:
    """A token that opens one object for one viewer."""
    ends = int((current.now() + LIFE).timestamp())
    return _serializer(purpose).dumps([object_id, viewer.account_id, ends])


def read(purpose: str, token: str, viewer: Actor) -> str:
    """The object's id. raises NotFound for a link that is forged, expired or another viewer's"""
    try:
        object_id, made_for, ends = _serializer(purpose).loads(token)
    except BadSignature:
        raise _dead() from None
    if viewer.account_id is None or viewer.account_id != made_for or current.now().timestamp() > ends:
        raise _dead()
    return str(object_id)


def _serializer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(current.runtime().settings.secret_key, salt=f"link/{purpose}")


def _dead() -> NotFound:
    return NotFound("link_expired", "链接已失效（五分钟内有效），请回到原来的页面重新打开。")
