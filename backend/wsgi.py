"""gunicorn's entry."""

from backend.app import create_app

app = create_app()
