"""Plates and codes, pure: where a plate hangs, why one is void, how many may be ordered, and what a phone brings from a code."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from backend.kernel.errors import InvalidInput
from backend.kernel.identifiers import parse_token

#: Plates that one order may bring to one unit.
MOST_OF_A_UNIT = 50
#: Plates of one unit that may hang or be on their way at a time.
MOST_IN_USE = 300
#: Plates of one order for many units.
MOST_OF_AN_ORDER = 100_000
#: Characters of what is written beside a plate's serial, such as 8号桌.
LONGEST_LABEL = 12


class Placement(StrEnum):
    """Where a plate hangs."""

    DOOR = "door"
    COUNTER = "counter"
    TABLE = "table"
    ONLINE_SHOP = "online_shop"

    @property
    def zh(self) -> str:
        """The words shown to people."""
        return _PLACEMENT_ZH[self]


_PLACEMENT_ZH = {
    Placement.DOOR: "门口",
    Placement.COUNTER: "收银台",
    Placement.TABLE: "桌面",
    Placement.ONLINE_SHOP: "网店页面",
}


class VoidReason(StrEnum):
    """Why a plate is void."""

    LOST = "lost"
    DAMAGED = "damaged"
    CLONED = "cloned"

    @property
    def zh(self) -> str:
        """The public reason."""
        return _VOID_ZH[self]


_VOID_ZH = {VoidReason.LOST: "遗失", VoidReason.DAMAGED: "损坏", VoidReason.CLONED: "被翻拍、仿冒"}


class Unknown(StrEnum):
    """How a scanned code is not ours."""

    MALFORMED = "malformed"
    FOREIGN = "foreign"
    FORGED = "forged"
    UNISSUED = "unissued"

    @property
    def zh(self) -> str:
        """The Chinese words."""
        return _UNKNOWN_ZH[self]


_UNKNOWN_ZH = {
    Unknown.MALFORMED: "格式不对",
    Unknown.FOREIGN: "别的网站",
    Unknown.FORGED: "签名不对",
    Unknown.UNISSUED: "没有发过",
}


class Deed(StrEnum):
    """What happened to a plate."""

    ORDERED = "ordered"
    ISSUED = "issued"
    DRAWN = "drawn"
    SENT = "sent"
    REPORTED_LOST = "reported_lost"
    REPORTED_DAMAGED = "reported_damaged"
    VOIDED = "voided"
    REPLACED = "replaced"

    @property
    def zh(self) -> str:
        """The words shown to people; where a detail belongs to it, the detail follows."""
        return _DEED_ZH[self]


_DEED_ZH = {
    Deed.ORDERED: "订制",
    Deed.ISSUED: "发放，有了自己的序列号",
    Deed.DRAWN: "印刷图画好，并核对能扫",
    Deed.SENT: "送交印制",
    Deed.REPORTED_LOST: "报告遗失",
    Deed.REPORTED_DAMAGED: "报告损坏",
    Deed.VOIDED: "作废",
    Deed.REPLACED: "由新牌替换",
}


def check_quantity(count: int, labels: Sequence[str]) -> None:
    """Whether so many plates may be ordered for a unit at once, and whether the labels name them.

    raises   InvalidInput plate_order_too_large, plate_labels_do_not_match, plate_labels_repeat
    """
    if not 1 <= count <= MOST_OF_A_UNIT:
        message = f"一次最多为一家单位订 {MOST_OF_A_UNIT} 块，请分几次订。"
        raise InvalidInput("plate_order_too_large", message, fields={"count": [message]})
    if labels and len(labels) != count:
        message = f"写了 {len(labels)} 个名称，订的是 {count} 块，请改成一样多，或者都不写。"
        raise InvalidInput("plate_labels_do_not_match", message, fields={"labels": [message]})
    if len(set(labels)) != len(labels):
        message = "名称有重复，请让每块牌的名称不一样。"
        raise InvalidInput("plate_labels_repeat", message, fields={"labels": [message]})


def closing_on(told: Mapping[str, Any] | None, state: str, day: date) -> Mapping[str, Any] | None:
    """The closing section of a card as of a day: until the unit closes or moves, and while its certificate stands still for it.

    state   of the unit's certificate
    """
    if told and (told["on"] > day.isoformat() or state in {"suspended", "cancelled"}):
        return told
    return None


def record_on(record: Mapping[str, Any], day: date) -> dict[str, Any]:
    """The public record section of a card as of a day: what has its publicity period behind it is left out."""
    until = day.isoformat()
    return {
        "grades": record.get("grades", []),
        "entries": [entry for entry in record.get("entries", []) if entry["until"] >= until],
        "withdrawn": [entry for entry in record.get("withdrawn", []) if entry["until"] >= until],
        "reply": record.get("reply"),
        "kitchen": record.get("kitchen"),
    }


def token_in(brought: str, public_url: str) -> str:
    """The token in what a phone brings: a bare token, the address in a plate's code, WeChat's `q` (that address, percent-encoded
    once) or a mini-program code's `scene` (the token, percent-encoded or not). White space, invisible characters and full-width
    forms are forgiven; letters are not, since they are case-sensitive.

    public_url   this site's address; every other host and path is foreign
    raises       InvalidInput badge_address_foreign, badge_token_malformed
    """
    text = _plain(brought)
    if "://" not in text and "%" in text:
        text = _plain(unquote(text))
    if "://" in text:
        text = _last_part(text, public_url)
    parse_token(text)
    return text


def _plain(text: str) -> str:
    kept = unicodedata.normalize("NFKC", text)
    return "".join(char for char in kept if not char.isspace() and unicodedata.category(char) not in {"Cc", "Cf"})


def _last_part(address: str, public_url: str) -> str:
    try:
        brought, ours = urlsplit(address), urlsplit(public_url)
        same = brought.scheme.lower() in {"http", "https"} and _host(brought) == _host(ours)
    except ValueError:
        raise InvalidInput("badge_token_malformed", "这个码里的网址读不出来，不是我们发的放心码。") from None
    base = f"{ours.path.rstrip('/')}/b/"
    if not same:
        raise InvalidInput(
            "badge_address_foreign", "这个码打开的是别的网站，不是我们发的放心码。请不要在那里付款或填写资料。"
        )
    if not brought.path.startswith(base):
        raise InvalidInput("badge_address_foreign", "这是本站别的页面的网址，不是放心码。请扫店里标牌上的码。")
    return unquote(brought.path.removeprefix(base)).removesuffix("/")


def _host(address: SplitResult) -> tuple[str | None, int]:
    return address.hostname, address.port or (443 if address.scheme.lower() == "https" else 80)
