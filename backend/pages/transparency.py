"""The transparency log for people: what it is, its newest head, how to check it, and one certificate's entries."""

import json
from typing import Any

from flask import Blueprint, url_for

from backend.access.actor import Actor
from backend.certification import queries as certificates
from backend.certification.rules import GROUNDS, Ground
from backend.infrastructure import current
from backend.infrastructure.http import Public
from backend.infrastructure.web import page
from backend.transparency import queries
from backend.transparency.rules import ACTS, MERGE_DELAY

blueprint = Blueprint("transparency_pages", __name__)

_SETS_VALIDITY = {"import", "award", "renew"}
_PUBLIC = Public("the log is there to be checked by everybody")


@blueprint.get("/transparency")
@page(_PUBLIC, "pages/transparency.html", limit="60/minute")
def log(_actor: Actor) -> dict[str, Any]:
    return {
        "head": queries.latest_head(),
        "keys": queries.verifier_keys(),
        "site": current.runtime().settings.public_url,
        "delay_s": int(MERGE_DELAY.total_seconds()),
    }


@blueprint.get("/transparency/<number>")
@page(_PUBLIC, "pages/transparency_certificate.html", limit="60/minute")
def history(_actor: Actor, number: str) -> dict[str, Any]:
    certificate = certificates.by_number(number)
    return {
        "number": certificate.number,
        "unit_path": url_for("register.unit", number=certificate.number),
        "acts": [_shown(leaf.content, leaf.position, leaf.hash) for leaf in queries.leaves_of(certificate.number)],
    }


def _shown(content: str, position: int | None, hashed: str) -> dict[str, Any]:
    said = json.loads(content)
    ground = said.get("ground")
    return {
        "title": ACTS[said["act"]],
        "on": said["on"],
        "reason": GROUNDS[Ground(ground)] if ground else None,
        "valid_until": said["valid_until"] if said["act"] in _SETS_VALIDITY else None,
        "position": position,
        "hash": hashed,
        "content": content,
    }
