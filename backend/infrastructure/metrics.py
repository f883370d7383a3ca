"""Prometheus metrics at /metrics, summed over the web processes. Labels are routes and codes, never people."""

import os
import time
from ipaddress import ip_address

from flask import Flask, Response, abort, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client import REGISTRY as PROCESS_REGISTRY
from prometheus_client.multiprocess import MultiProcessCollector

REQUESTS = Counter("fangxin_requests_total", "Requests by route and status", ["method", "route", "status"])
SECONDS = Histogram("fangxin_request_seconds", "Time to answer", ["route"])
#: Whoever invents a method must not make a new series of numbers with it.
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
EVENTS = Counter("fangxin_events_total", "Things that happened", ["event"])


def init_metrics(app: Flask) -> None:
    """Count every request; serve the numbers to this machine and private networks alone."""

    @app.after_request
    def count(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "(none)"
        method = request.method if request.method in _METHODS else "(other)"
        REQUESTS.labels(method, route, str(response.status_code)).inc()
        if "started" in g:
            SECONDS.labels(route).observe(time.perf_counter() - g.started)
        return response

    @app.get("/metrics")
    def metrics() -> Response:
        address = ip_address(request.remote_addr or "0.0.0.0")  # noqa: S104  (an address to compare, not to bind)
        if not (address.is_loopback or address.is_private):
            abort(404)
        return Response(generate_latest(_registry()), content_type=CONTENT_TYPE_LATEST)

    metrics.fangxin_action = None  # type: ignore[attr-defined]


def _registry() -> CollectorRegistry:
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return PROCESS_REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry
