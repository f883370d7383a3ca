"""What a scan is answered with: bytes that are made when a card changes, and given out as they are until it changes again."""

import base64
import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache

from flask import Response, request

from backend.infrastructure import current, headers
from backend.kernel.clock import local_date, local_instant

Headers = list[tuple[bytes, bytes]]
#: Nearly as small as the best, in a third of its time.
_LEVEL = 4
_OF_THE_BODY = {b"content-encoding", b"content-length"}


@dataclass(frozen=True, slots=True)
class Answer:
    """A known badge's answer to everybody who asks before `until`.

    plate_id   whose scan it is
    unit_id    whose change makes it wrong
    until      Unix time of the next local midnight: a certificate may run out with the day
    body       as sent to nearly everybody: gzip when `packed`
    """

    plate_id: str
    unit_id: str
    until: float
    tag: bytes
    body: bytes
    packed: bool
    headers: Headers = field(repr=False)
    unchanged_headers: Headers = field(repr=False)

    def reply(self, if_none_match: bytes, accept_encoding: bytes) -> tuple[int, Headers, bytes]:
        """Status, headers and body for a request with these two headers."""
        if if_none_match and (self.tag in if_none_match or if_none_match == b"*"):
            return 304, self.unchanged_headers, b""
        if self.packed and b"gzip" not in accept_encoding:
            plain = gzip.decompress(self.body)
            own = [header for header in self.headers if header[0] not in _OF_THE_BODY]
            return 200, [*own, (b"content-length", b"%d" % len(plain))], plain
        return 200, self.headers, self.body

    def response(self) -> Response:
        """The reply to the present request, for Flask."""
        status, sent, body = self.reply(
            request.headers.get("If-None-Match", "").encode("latin-1"),
            request.headers.get("Accept-Encoding", "").encode("latin-1"),
        )
        response = Response(body, status)
        del response.headers["Content-Type"]
        for name, value in sent:
            response.headers[name.decode("latin-1")] = value.decode("latin-1")
        return response


def answer(plate_id: str, unit_id: str, content: bytes, media_type: str, *, policy: str, pack: bool = False) -> Answer:
    """Keepable bytes of a known badge.

    pack     whether most will get it compressed: worth it for a page
    policy   its Content-Security-Policy
    """
    tag = b'"%s"' % base64.urlsafe_b64encode(hashlib.blake2b(content, digest_size=12).digest())
    body = gzip.compress(content, _LEVEL, mtime=0) if pack else content
    fixed = headers.fixed(current.runtime().settings)
    named = {name: value for name, value in fixed.items() if name not in headers.SPARABLE}
    # Kept by the phone that asked alone, and never without asking: so packed and plain need no Vary to be told apart.
    named |= {"Cache-Control": "private, no-cache", "Content-Security-Policy": policy}
    of_body = {"Content-Type": media_type}
    if pack:
        of_body["Content-Encoding"] = "gzip"
    unchanged = [*_encoded(named), (b"etag", tag)]
    return Answer(
        plate_id,
        unit_id,
        _end_of_day(current.now()).timestamp(),
        tag,
        body,
        pack,
        headers=[*unchanged, *_encoded(of_body), (b"content-length", b"%d" % len(body))],
        unchanged_headers=unchanged,
    )


def _end_of_day(now: datetime) -> datetime:
    return local_instant(local_date(now) + timedelta(days=1))


def _encoded(named: Mapping[str, str]) -> Headers:
    return [_header(name, value) for name, value in named.items()]


@cache
def _header(name: str, value: str) -> tuple[bytes, bytes]:
    """A header that many answers have, once in memory."""
    return name.lower().encode("latin-1"), value.encode("latin-1")
