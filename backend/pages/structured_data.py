"""A unit for search engines and other programs: JSON-LD in the words of schema.org. Pure."""

import json
from collections.abc import Mapping
from typing import Any

from backend.certification.rules import Standing

_ISSUER = "温州市消费者权益保护工作联席会议办公室"
_TYPES = {
    "market": "ShoppingCenter",
    "shop": "Store",
    "online_shop": "OnlineStore",
    "restaurant": "Restaurant",
    "scenic_area": "TouristAttraction",
    "cosmetics": "Store",
}
#: A certificate under rectification is kept for the time being.
_ACTIVE = {Standing.VALID, Standing.RECTIFY}
#: What could end the element that carries the data, or break it for old readers.
_ESCAPED = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def of_unit(card: Mapping[str, Any], standing: Standing, page: str) -> str:
    """The JSON-LD text of a unit, safe inside a script element.

    card   as `card_words.words` gives it
    page   address of the unit's page on this site
    """
    unit, certificate, score = card["unit"], card["certificate"], card.get("score")
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": _TYPES[unit["category"]],
        "name": unit["name"],
        "url": page,
        "address": {
            "@type": "PostalAddress",
            "addressCountry": "CN",
            "addressRegion": "浙江省",
            "addressLocality": f"温州市{unit['county']}",
            "streetAddress": unit["address"],
        },
        "hasCertification": {
            "@type": "Certification",
            "name": "放心消费单位",
            "certificationIdentification": certificate["number"],
            "certificationStatus": f"https://schema.org/Certification{'Active' if standing in _ACTIVE else 'Inactive'}",
            "validFrom": certificate["issued_on"],
            "expires": certificate["valid_until"],
            "issuedBy": {"@type": "GovernmentOrganization", "name": _ISSUER},
        },
    }
    if unit.get("phone"):
        data["telephone"] = unit["phone"]
    if score and score["mean"] is not None:
        data["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": score["mean"],
            "bestRating": 5,
            "worstRating": 1,
            "ratingCount": score["count"],
        }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)
