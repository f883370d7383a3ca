"""Applications in the states from which something can be done, made by acting, without HTTP."""

from datetime import timedelta

from backend.access.actor import NOBODY, Actor, Grant, Role
from backend.access.policy import Action
from backend.applications import queries, service
from backend.applications.rules import PhotoKind
from backend.infrastructure import current, photos
from backend.merchants.rules import Commitment
from tests.applications.desk import FORM, OBJECTION, USCC
from tests.pages.town import Shop, Town
from tests.scene import picture

SAID = {"text": "到店核查，与申报一致。"}
STATES = ("draft", "submitted", "examined", "recommended", "public_notice")


def ends_soon(town: Town, name: str) -> Shop:
    """A shop whose certificate is valid for thirty days more."""
    with town.app.app_context():
        return town.shop(name, uscc=USCC, valid_until=current.today() + timedelta(days=30))


def colleague(shop: Shop) -> Actor:
    """Somebody of the shop's station, without an account."""
    return Actor(None, (Grant(Role.STATION_MEMBER, station_id=shop.station_id),), "同事")


def applied(town: Town, shop: Shop, state: str = "draft", first: Actor | None = None) -> str:
    """The number of the shop's application in this state. first: who examined first; an officer of the city when None"""
    number = str(town.act(service.begin, colleague(shop), shop.certificate_no).case_no)
    if state != "draft":
        photographed(town, shop, number)
        fill_in(town, shop, number, FORM["statement"])
        revision = read_revision(town, shop, number)
        town.act(service.submit, colleague(shop), number, seen=revision, is_true=True)
    reached = STATES.index(state)
    if reached >= STATES.index("examined"):
        town.act(service.examine, first or town.staff(Role.CITY_OFFICER), number, certify=True, **SAID)
    if reached >= STATES.index("recommended"):
        town.act(service.confirm, town.staff(Role.CITY_OFFICER), number, **SAID)
    if reached >= STATES.index("public_notice"):
        town.act(service.publish, town.staff(Role.JOINT_OFFICE), number)
    return number


def fill_in(town: Town, shop: Shop, number: str, statement: str) -> None:
    """A colleague saves everything that is needed."""
    with town.app.app_context():
        since = current.today() - timedelta(days=4000)
    form = {**FORM, "trading_since": since, "statement": statement}
    form["commitments"] = [{**one, "code": Commitment(one["code"])} for one in FORM["commitments"]]
    seen = read_revision(town, shop, number)
    town.act(service.save, colleague(shop), number, seen=seen, form=form)


def photographed(town: Town, shop: Shop, number: str, colour: str = "red", kind: PhotoKind = PhotoKind.LICENCE) -> int:
    """A colleague adds a photo. returns its position"""
    added = town.act(service.add_photo, colleague(shop), number, photos.clean(picture(colour)), kind=kind)
    return int(added.position)


def read_revision(town: Town, shop: Shop, number: str) -> int:
    """The revision that is stored."""
    return int(town.act(queries.application, colleague(shop), Action.APPLICATION_READ, number).revision)


def objected(town: Town, number: str) -> str:
    """The number of an objection to what is under public notice."""
    return str(town.act(service.raise_objection, NOBODY, number, **OBJECTION).case_no)
