"""Applications that are kept from test to test: to build one costs more than most tests do.

What a test gets is as new: its database and its files are (`conftest.py` makes them anew at the same place), and everything an
application remembers in memory is put back to what it was when it was built.
"""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from flask import Flask

from backend.app import create_app
from backend.badges import freshness, scan_log
from backend.infrastructure.database import db
from backend.infrastructure.object_storage import LocalStorage
from backend.infrastructure.rate_limit import limiter
from backend.infrastructure.runtime import Runtime
from backend.infrastructure.settings import Settings
from backend.infrastructure.sms import build_sms
from backend.infrastructure.wechat_tokens import build_wechat
from backend.kernel.clock import Clock


@dataclass
class _Kept:
    app: Flask
    settings: Settings
    config: dict[str, Any]
    extensions: dict[str, Any]
    health_checks: dict[str, Any]
    limiter: dict[str, Any]


class Applications:
    """One application for each settings; of a test process."""

    def __init__(self) -> None:
        self._kept: list[_Kept] = []

    @contextmanager
    def lent(self, settings: Settings, clock: Clock) -> Generator[Flask]:
        """The application for these settings with nothing left in it of the last test."""
        kept = next((kept for kept in self._kept if kept.settings == settings), None) or self._build(settings)
        app = kept.app
        app.config.clear()
        app.config.update(kept.config)
        app.extensions.clear()
        app.extensions.update(kept.extensions)
        runtime: Runtime = app.extensions["fangxin"]
        wechat, wechat_web = build_wechat(app, settings, runtime.keyring)
        app.extensions["fangxin"] = replace(
            runtime,
            settings=settings,
            clock=clock,
            storage=LocalStorage(settings.data_dir / "objects"),
            wechat=wechat,
            wechat_web=wechat_web,
            sms=build_sms(settings.sms),
            health_checks=dict(kept.health_checks),
        )
        freshness.init_freshness(app, settings.data_dir)
        scan_log.init_scan_log(app, settings.data_dir)
        app.testing = False
        vars(limiter).clear()  # the limiter is the process's: another test may have bound it elsewhere
        vars(limiter).update(kept.limiter)
        with app.app_context():
            limiter.reset()
        try:
            yield app
        finally:
            app.extensions["fangxin_scan_log"].close()
            with app.app_context():
                db.session.remove()
                db.engine.dispose()

    def _build(self, settings: Settings) -> _Kept:
        app = create_app(settings)
        checks = dict(app.extensions["fangxin"].health_checks)
        kept = _Kept(app, replace(settings), dict(app.config), dict(app.extensions), checks, dict(vars(limiter)))
        self._kept.append(kept)
        return kept
