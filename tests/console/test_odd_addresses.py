"""Addresses and searches that nobody means: refused or empty, never a fault."""

import pytest

from backend.access.actor import Role
from tests.console.office import Office
from tests.pages.town import Browser, Shop

ODD = [
    "/console/units/%00",
    "/console/units/%F0%9F%8F%AE",
    "/console/units/" + "9" * 3000,
    "/console/units/plates/%00.png",
    "/console/complaints/%00",
    "/console/complaints/TS20261123-0000000",
    "/console/removals/x%27--",
    "/console/nowhere",
]


@pytest.mark.parametrize("path", ODD)
def test_an_odd_address_is_not_found(officer: Browser, path: str) -> None:
    assert officer.client.get(path).status_code in {404, 422}


@pytest.mark.parametrize(
    "query",
    ["words=%00", "words=%25_%5C", "words=%ED%A0%80", "after=nonsense", "after=%00", "county=%00&category=%00"],
)
def test_an_odd_search_is_answered(officer: Browser, shop: Shop, query: str) -> None:
    officer.get(f"/console/units?{query}")


@pytest.mark.parametrize("query", ["page=-1", "page=x", "page=1e9", "state=%00", "whose=%00", "state=nonsense"])
def test_an_odd_queue_is_answered(officer: Browser, query: str) -> None:
    officer.get(f"/console/complaints?{query}")


def test_an_odd_account_is_not_found(office: Office) -> None:
    operator = office.at_desk(Role.OPERATOR)
    operator.get("/console/accounts/%00", 404)
    operator.get("/console/accounts/%F0%9F%8F%AE", 404)
