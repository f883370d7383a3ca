"""Through the API, beside a WeChat double."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from backend.badges import cards
from backend.merchants.rules import Category
from tests.calling import Caller
from tests.pages.town import Shop, Town
from tests.scene import callers, notices, office, picture, settings, shop, town

__all__ = ["callers", "notices", "office", "settings", "shop", "town"]


@pytest.fixture
def restaurant(town: Town) -> Shop:
    return town.shop("江心海鲜", category=Category.RESTAURANT)


def upload(caller: Caller, shop: Shop, content: bytes | None = None) -> TestResponse:
    """A photo of the shop front, sent as a phone sends it."""
    sent = {"photo": FileStorage(BytesIO(picture(size=(640, 480)) if content is None else content), "IMG_1.jpg")}
    boundary, body = encode_multipart(sent)
    kind = f"multipart/form-data; boundary={boundary}"
    return caller.api("POST", f"/units/{shop.certificate_no}/photos", caller.token, data=body, content_type=kind)


def entry_body(**changed: Any) -> dict[str, Any]:
    """A penalty, right unless something is changed."""
    return {
        "kind": "penalty",
        "text": "销售的电热水壶经抽检不合格，罚款 5000 元。",
        "decided_on": "2026-11-20",
        "source_url": "https://scjgj.example.gov.cn/penalties/118",
        "shown_until": "2027-02-20",
        **changed,
    }


@pytest.fixture
def section(town: Town) -> Callable[[Shop, str], dict[str, Any]]:
    """Reads a section of a unit's card."""
    return lambda shop, name: dict(town.act(cards.section, shop.unit_id, name))
