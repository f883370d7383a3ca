"""The address at which the kitchen of a restaurant can be watched (阳光厨房): sent by its station, shown after an officer has opened it."""

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.kernel.errors import InvalidInput
from backend.kernel.identifiers import new_case_number
from backend.merchants.model import Unit
from backend.merchants.rules import Category
from backend.public_record import queries, rules
from backend.public_record.model import KitchenLink
from backend.public_record.rules import Showing

from .showing import check_waiting, decided, note, refresh_record, tell_decided


def send_kitchen(actor: Actor, number: str, *, url: str) -> KitchenLink:
    """An https address for the restaurant with this certificate; in place of one that still waits.

    raises   NotFound, NotPermitted, InvalidInput when the unit is no restaurant or the address is none
    """
    certificate = queries.unit_of(actor, Action.KITCHEN_LINK_SEND, number)
    if session().get_one(Unit, certificate.unit_id).category is not Category.RESTAURANT:
        raise InvalidInput("not_a_restaurant", "只有餐饮店有阳光厨房。")
    rules.checked_kitchen(url)
    for waiting in queries.in_state(KitchenLink, certificate.unit_id, Showing.WAITING):
        waiting.showing = Showing.REPLACED
    session().flush()
    link = KitchenLink(
        number=new_case_number("CF", current.today()),
        unit_id=certificate.unit_id,
        county_code=certificate.county_code,
        url=url,
        showing=Showing.WAITING,
        sent_by=actor.account_id,
        sent_at=current.now(),
    )
    session().add(link)
    note(actor, Action.KITCHEN_LINK_SEND, link, after={"number": link.number})
    return link


def decide_kitchen(actor: Actor, number: str, *, show: bool, reason: str = "") -> KitchenLink:
    """Show an address that waits, in place of the one shown before; or refuse it with a reason.

    raises   NotFound, NotPermitted, NotPossibleNow, InvalidInput
    """
    link = queries.kitchen(actor, Action.KITCHEN_LINK_DECIDE, number)
    check_waiting(link, show=show, reason=reason)
    if show:
        _take_off(link.unit_id)
    decided(actor, link, Showing.SHOWN if show else Showing.REFUSED, reason)
    refresh_record(link.unit_id)
    tell_decided(link, "阳光厨房链接")
    return link


def remove_kitchen(actor: Actor, number: str) -> None:
    """Take the shown address off again, as the station or as an officer. raises NotFound, NotPermitted"""
    certificate = queries.unit_of(actor, Action.KITCHEN_LINK_REMOVE, number)
    for link in _take_off(certificate.unit_id):
        note(actor, Action.KITCHEN_LINK_REMOVE, link, before={"showing": "shown"}, after={"showing": "replaced"})
    refresh_record(certificate.unit_id)


def _take_off(unit_id: str) -> list[KitchenLink]:
    shown = list(queries.in_state(KitchenLink, unit_id, Showing.SHOWN))
    for link in shown:
        link.showing = Showing.REPLACED
    session().flush()
    return shown
