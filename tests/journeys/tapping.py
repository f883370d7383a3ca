"""Whoever taps, taps three times at once: every step is sent as three equal requests, and is done once.

Equal requests carry the same Idempotency-Key, as a double tap or a retry after a lost answer does.
"""

import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from backend.casework.model import CaseEvent
from backend.infrastructure.database import session, unit_of_work

TAPS = 3


class Tapping(FlaskClient):
    """A client each of whose POSTs goes out three times together; the answer is one that tells of success, if there is one."""

    def open(self, *args: Any, **more: Any) -> TestResponse:
        if more.get("method") != "POST":
            return super().open(*args, **more)
        together = threading.Barrier(TAPS, timeout=30)

        def tap(_number: int) -> tuple[TestResponse, FlaskClient]:
            finger = FlaskClient(self.application, self.response_wrapper)
            finger._cookies = dict(self._cookies or {})
            together.wait()
            return finger.open(*args, **more), finger

        with ThreadPoolExecutor(TAPS) as fingers:
            answers = list(fingers.map(tap, range(TAPS)))
        assert all(answer.status_code < 500 for answer, _ in answers), [answer.text for answer, _ in answers]
        answer, finger = min(answers, key=lambda one: one[0].status_code)
        self._cookies = finger._cookies
        return answer


def broken(events: Iterable[tuple[str, str | None, str]]) -> list[tuple[str, str | None]]:
    """Where the steps of cases do not form a chain. events: (case, from, to), in order; returns (case, from) of what is out of place"""
    found: list[tuple[str, str | None]] = []
    chains: dict[str, list[tuple[str | None, str]]] = {}
    for case, source, target in events:
        chains.setdefault(case, []).append((source, target))
    for case, steps in chains.items():
        found += [(case, source) for (_, before), (source, _) in pairwise([(None, None), *steps]) if source != before]
    return found


def chain_breaks(app: Flask, kind: str) -> list[tuple[str, str | None]]:
    """See `broken`, for all cases of a kind: of two who take the same step from the same state one is one too many."""
    order = sa.select(CaseEvent.case_id, CaseEvent.from_state, CaseEvent.to_state).filter_by(case_type=kind)
    with app.app_context(), unit_of_work(read_only=True):
        return broken(
            (row.case_id, row.from_state, row.to_state) for row in session().execute(order.order_by(CaseEvent.sequence))
        )
