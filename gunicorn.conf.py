"""gunicorn's settings, for the embedded profile (nothing in front of it) and behind a proxy alike."""

import os
import shutil
from pathlib import Path
from typing import Any

wsgi_app = "backend.asgi:app"
bind = f"{os.environ.get('FANGXIN_BIND', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("FANGXIN_WEB_WORKERS", "2"))

# A connection costs a task, not a thread: a client that sends a byte a second keeps nobody else waiting.
# tests/faults/test_slow_clients.py shows this, and that threads would not do.
worker_class = "asgi"
worker_connections = 2000
# Not preloaded: a reload (HUP) then takes new code.
preload_app = False

timeout = 30
graceful_timeout = 20
keepalive = 5
# A worker is replaced now and then, never all at once, so that a leak cannot grow for ever.
max_requests = 1_000_000
max_requests_jitter = 200_000

# A scan's address or a cookie never needs more. Bodies are bounded by the application (MAX_CONTENT_LENGTH).
limit_request_line = 4094
limit_request_fields = 64
limit_request_field_size = 8190
# Nobody tells us scheme or address by a header, except the proxies the application counts (FANGXIN_TRUSTED_PROXIES).
forwarded_allow_ips = os.environ.get("FANGXIN_FORWARDED_ALLOW_IPS", "")
forwarder_headers = ""
header_map = "drop"

# The application logs each request as JSON, without addresses of people.
accesslog = None
errorlog = "-"
# Its socket would lie in the home folder and be shared by every instance of one user.
control_socket_disable = True
proc_name = "fangxin-web"


def on_starting(_server: Any) -> None:
    """Forget the counts of an earlier run."""
    folder = _metrics_folder()
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)


def child_exit(_server: Any, worker: Any) -> None:
    """Take a dead worker's gauges out of /metrics; its counters stay."""
    if _metrics_folder() is not None:
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def _metrics_folder() -> Path | None:
    named = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    return Path(named) if named else None
