"""Coming in as a consumer, by whatever somebody proved who they are."""

from collections.abc import Callable

from sqlalchemy.exc import IntegrityError

from backend.access.actor import Actor
from backend.infrastructure import current
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.errors import NotPermitted

from ..model import Account
from ..rules import SessionKind, new_alias
from .sessions import SignedIn, open_session


def enter(account_of: Callable[[], Account], also: Callable[[Actor], None] | None = None) -> SignedIn:
    """Open a session of the account that the identity leads to. Opens its own unit of work.

    account_of   finds it, or makes it the first time
    also         what is done with it in the same unit of work
    raises       NotPermitted for an account that is disabled
    """
    try:
        return _enter(account_of, also)
    except IntegrityError:
        # The same new person came in twice at once; the other one made the identity.
        return _enter(account_of, also)


def new_consumer() -> Account:
    """A person who is here for the first time."""
    account = Account(alias=new_alias("消费者"), created_at=current.now())
    session().add(account)
    session().flush()
    return account


def _enter(account_of: Callable[[], Account], also: Callable[[Actor], None] | None) -> SignedIn:
    with unit_of_work():
        account = account_of()
        if account.disabled_at is not None:
            raise NotPermitted("account_disabled", "这个账号已停用。如有疑问，请联系当地市场监管部门或拨打 12315。")
        signed_in = open_session(account, SessionKind.CONSUMER)
        if also is not None:
            also(signed_in.actor)
        return signed_in
