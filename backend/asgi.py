"""gunicorn's entry: scans from the front, everything else from Flask behind it."""

from backend.app import create_app
from backend.front.front import Front

app = Front(create_app())
