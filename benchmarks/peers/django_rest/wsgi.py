"""gunicorn's entry."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.peers.django_rest.settings")
app = get_wsgi_application()
