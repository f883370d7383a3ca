"""WeChat's access token in our own database, shared by every process, with a file lock around its refresh."""

import fcntl
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Mapped, mapped_column

from . import current
from .database import RowBase, UtcDateTime, db
from .sealing import CannotOpen, Keyring
from .settings import Settings
from .wechat import WeChat, WeChatWeb


class WeChatToken(RowBase):
    """The token of one app, sealed; good until `ends_at`."""

    __tablename__ = "wechat_token"

    app_id: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    token_sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime())


class DatabaseTokens:
    """Reads and writes outside any unit of work, on a connection of its own: calls to WeChat happen between transactions."""

    def __init__(self, app: Flask, app_id: str, keyring: Keyring) -> None:
        self._app, self._app_id, self._keyring = app, app_id, keyring

    def get(self) -> str | None:
        """The token that is still good by the application's clock and opens under today's keys, or None."""
        with self._app.app_context():
            statement = sa.select(WeChatToken.token_sealed).where(
                WeChatToken.app_id == self._app_id, WeChatToken.ends_at > current.now()
            )
            with db.engine.connect() as connection:
                sealed = connection.execute(statement).scalar()
        try:
            return None if sealed is None else self._keyring.open(sealed, f"wechat_token:{self._app_id}")
        except CannotOpen:
            return None

    def put(self, token: str, life_s: int) -> None:
        """Keep a token for so many seconds."""
        sealed = self._keyring.seal(token, f"wechat_token:{self._app_id}")
        table = cast("sa.Table", WeChatToken.__table__)
        with self._app.app_context():
            ends_at = current.now() + timedelta(seconds=life_s)
            with db.engine.connect().execution_options(fangxin_writes=True) as connection, connection.begin():
                connection.execute(sa.delete(table).where(table.c.app_id == self._app_id))
                connection.execute(sa.insert(table).values(app_id=self._app_id, token_sealed=sealed, ends_at=ends_at))


def build_wechat(app: Flask, settings: Settings, keyring: Keyring) -> tuple[WeChat, WeChatWeb]:
    """The mini-program's and the service account's clients for these settings."""
    lock_file = settings.data_dir / "wechat-token.lock"
    mini = WeChat(
        settings.wechat.app_id,
        settings.wechat.app_secret,
        base_url=settings.wechat.base_url,
        storage=DatabaseTokens(app, settings.wechat.app_id, keyring),
        lock=lambda: _file_lock(lock_file),
    )
    web = WeChatWeb(
        settings.wechat.web_app_id,
        settings.wechat.web_app_secret,
        authorize_url=settings.wechat.authorize_url,
        base_url=settings.wechat.base_url,
    )
    return mini, web


@contextmanager
def _file_lock(path: Path) -> Generator[None]:
    with path.open("ab") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
