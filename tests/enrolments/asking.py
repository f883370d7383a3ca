"""A shop that the register does not know, and what it and the officer say of it."""

from typing import Any

from backend.access.actor import Actor
from backend.enrolments import service
from backend.enrolments.schemas import EnrolmentAcceptIn, EnrolmentIn
from backend.merchants.rules import Category
from tests.pages.town import Browser, Town

USCC = "91330302MA2TE5T1X2"
ASKED: dict[str, Any] = {**EnrolmentIn.EXAMPLE, "uscc": USCC, "website": None}
ENTERED: dict[str, Any] = dict(EnrolmentAcceptIn.EXAMPLE)
DECLINED = {"reason": "unreachable", "text": "三天打了五次电话都没有人接，方便时请重新申请。"}


def asked(town: Town, who: Browser, uscc: str = USCC, **changed: Any) -> str:
    """The number of a request that somebody made."""
    said = {**ASKED, "uscc": uscc, **changed}
    said["category"] = Category(said["category"])
    return str(town.act(service.submit, who.actor(), **said).case_no)


def entered(town: Town, number: str, officer: Actor, **changed: Any) -> None:
    """The officer accepts the request."""
    town.act(service.accept, officer, number, **{**ENTERED, **changed})
