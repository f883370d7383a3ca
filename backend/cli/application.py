"""Opens the application for a command."""

from collections.abc import Generator
from contextlib import contextmanager

import click
from flask import Flask

from backend.infrastructure.database import db
from backend.infrastructure.settings import SettingsError
from backend.kernel.clock import Clock


@contextmanager
def application(clock: Clock | None = None) -> Generator[Flask]:
    """The application of this environment, in its context. Ends the command with a readable list when settings are wrong.

    clock   another one than the machine's
    """
    from backend.app import create_app

    try:
        app = create_app(clock=clock)
    except SettingsError as error:
        raise click.ClickException(f"配置有误，请改正后重试：\n{error}") from None
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()
