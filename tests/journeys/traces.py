"""Finds a value in bytes, however it was written: plainly, escaped for JSON, HTML or an address, or in base64."""

import base64
import html
import json
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote


@lru_cache
def written(value: str) -> frozenset[bytes]:
    """The ways in which a value may stand in an answer, a log line or a file."""
    plain = value.encode()
    forms = {
        plain,
        value.encode("utf-16-le"),
        json.dumps(value)[1:-1].encode(),
        html.escape(value).encode(),
        value.encode("ascii", "xmlcharrefreplace"),
        quote(value).encode(),
        quote(value).lower().encode(),
        plain.hex().encode(),
    }
    for shift in range(3):
        # Within a longer text the value begins at any of three places of a base64 group; its edges then mix with neighbours.
        whole = (len(plain) - (3 - shift) % 3) // 3 * 3
        inner = plain[(3 - shift) % 3 :][:whole]
        forms |= {base64.b64encode(inner), base64.urlsafe_b64encode(inner)}
    return frozenset(form for form in forms if len(form) >= 8)


def found(values: Iterable[str], content: bytes) -> list[str]:
    """Which of the values stand in the content."""
    return [value for value in values if any(form in content for form in written(value))]
