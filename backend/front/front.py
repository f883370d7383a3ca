"""The ASGI application: scans of known badges from kept bytes, everything else from Flask."""

import asyncio
import gc
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from flask import Flask

from backend.badges import freshness, queries
from backend.badges import routes as badges
from backend.badges.answers import Answer, Headers
from backend.badges.queries import ScannedBadge
from backend.badges.scan_log import ScanLog
from backend.infrastructure.database import reading_engine
from backend.pages import badge as badge_page

from .bridge import Bridge, Message, Receive, Send
from .following import Follower
from .keeping import Keeping, Kept

Maker = Callable[[ScannedBadge, str], Answer]

#: Address → what makes its answer for a token.
_SCANS: tuple[tuple[str, Maker], ...] = (
    ("/b/", badge_page.answer_of),
    ("/api/v1/badges/", badges.answer_of),
)
_MAKERS = 4
#: A change may come in between while an answer is made; so often it is made again before it is given without being kept.
_TRIES = 3


class Front:
    """What the web process serves. Lifespan events start and stop the follower."""

    def __init__(self, app: Flask, room: int = 256 * 1024 * 1024) -> None:
        """room   bytes for kept answers"""
        self.kept = Keeping(room)
        self._app = app
        self._flask = Bridge(app, app.config["MAX_CONTENT_LENGTH"])
        self._scans: ScanLog = app.extensions["fangxin_scan_log"]
        self._stamps: freshness.Stamps = app.extensions["fangxin_stamps"]
        self._now = app.extensions["fangxin"].clock.unix
        self._keys = app.extensions["fangxin"].settings.badge_keys
        self._reading = reading_engine(app, _MAKERS + 1)
        self.follower = Follower(self._stamps, self._reading)
        self._makers = ThreadPoolExecutor(_MAKERS, thread_name_prefix="answer")

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """One request, or the process's life."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._live(receive, send)
            return
        answer = None
        if scope["method"] == "GET":
            path: str = scope["path"]
            now: float = self._now()
            found = self.kept.get(path)
            if (
                found is not None
                and self._stamps.now[found.slot] == found.stamp
                and now < found.answer.until
                and time.monotonic() < self.follower.trusted_until
            ):
                answer = found.answer
            else:
                answer = await self._made(path)
        if answer is None:
            await self._flask(scope, receive, send)
            return
        status, headers, body = answer.reply(*_asked(scope["headers"]))
        self._scans.note(answer.plate_id, int(now))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def close(self) -> None:
        """End the follower and let go of the scans' file."""
        self.follower.stop()
        self._scans.close()
        self._makers.shutdown()
        self._reading.dispose()

    async def _made(self, path: str) -> Answer | None:
        """A new answer, kept when that is safe; None when Flask should say what is wrong."""
        scanned = next(((make, path[len(prefix) :]) for prefix, make in _SCANS if path.startswith(prefix)), None)
        if scanned is None or not queries.is_ours(scanned[1], self._keys):
            return None
        # Before the follower's first word nobody would tell of a change made meanwhile on another machine.
        followed = self.follower.trusts()
        loop = asyncio.get_running_loop()
        try:
            made, kept = await loop.run_in_executor(self._makers, self._make, *scanned)
        except Exception:  # noqa: BLE001 - Flask meets the same fault, notes it and says what is wrong
            return None
        if kept is not None and followed:
            self.kept.put(path, kept)
        return made

    def _make(self, make: Maker, token: str) -> tuple[Answer, Kept | None]:
        """The answer, and the same to keep unless it kept changing. In a thread. raises DomainError and the database's errors"""
        for _ in range(_TRIES):
            # Read before the rows: a change in between gives another stamp, and the answer is not kept under it.
            before = self._stamps.read()
            with self._app.app_context(), self._reading.connect() as connection:
                answer = make(queries.scanned(token, connection), token)
            slot = self._stamps.slot(answer.unit_id)
            kept = Kept(answer, slot, self._stamps.read(slot))
            if self._stamps.read() == before:
                return answer, kept
        return answer, None

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            event = (await receive())["type"]
            if event == "lifespan.startup":
                # What is here now stays: the collector need not walk over it again and again.
                gc.freeze()
                self.follower.start()
            elif event == "lifespan.shutdown":
                await asyncio.to_thread(self.close)
            await send({"type": f"{event}.complete"})
            if event == "lifespan.shutdown":
                return


def _asked(headers: Headers) -> tuple[bytes, bytes]:
    """If-None-Match and Accept-Encoding."""
    if_none_match = accept_encoding = b""
    for name, value in headers:
        if name == b"accept-encoding":
            accept_encoding = value
        elif name == b"if-none-match":
            if_none_match = value
    return if_none_match, accept_encoding
