"""Verifying a credential: paste it, choose its file, or give a certificate number; and the page that does it without us."""

import json
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request

from backend.access.actor import Actor
from backend.certification import queries as certificates
from backend.certification.rules import GROUNDS, Ground
from backend.credentials import issuing, verifying
from backend.credentials import queries as credentials
from backend.credentials.verifying import Outcome
from backend.infrastructure import current
from backend.infrastructure.database import session, unit_of_work
from backend.infrastructure.fields import Input, Text
from backend.infrastructure.headers import attachment
from backend.infrastructure.http import Public
from backend.infrastructure.web import form, page
from backend.kernel.errors import InvalidInput
from backend.merchants.model import Unit

blueprint = Blueprint("verify", __name__)

_PUBLIC = Public("anybody who was handed a credential may check it")
#: Characters; ours have about four thousand.
_LONGEST = 16_000
#: What developers start from.
_FOR_MACHINES = ("/.well-known/did.json", "/credentials/status/revocation/1", "/credentials/status/suspension/1")
#: How an outcome looks: the tone of the standing that is most like it.
_TONES = {
    Outcome.GENUINE: "valid",
    Outcome.REVOKED: "revoked",
    Outcome.SUSPENDED: "suspended",
    Outcome.EXPIRED: "expired",
    Outcome.EARLY: "rectify",
    Outcome.UNCHECKED: "rectify",
}
#: The page is a file that people keep; it carries its own script and may load nothing.
_OFFLINE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; sandbox allow-scripts"


class VerifyIn(Input):
    """A pasted credential or a certificate's number; the file comes beside them."""

    credential = Text(_LONGEST, lines=True, load_default=None)
    number = Text(40, load_default=None)


@blueprint.get("/verify")
@page(_PUBLIC, "pages/verify.html", limit="60/minute")
def ask(_actor: Actor) -> dict[str, Any]:
    return {"addresses": _FOR_MACHINES}


@blueprint.post("/verify")
@form(_PUBLIC, VerifyIn, back="verify.ask", limit="30/minute", self_contained=True)
def tell(_actor: Actor, body: dict[str, Any]) -> Response:
    token = body["credential"] or _sent_file()
    with unit_of_work(read_only=True):
        if token:
            shown = _judged(token)
        elif body["number"]:
            shown = _looked_up(body["number"])
        else:
            problem = "请选择凭证文件、粘贴凭证，或者填写证书编号。"
            raise InvalidInput("nothing_to_verify", problem, fields={"credential": [problem]})
        answer = make_response(render_template("pages/verified.html", **shown))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/verify/offline")
@page(_PUBLIC, "", limit="20/minute")
def offline(_actor: Actor) -> Response:
    trusted = {"did": issuing.did_document(), "lists": credentials.every_list()}
    words = {outcome.value: [outcome.zh, outcome.advice] for outcome in Outcome}
    data = json.dumps({**trusted, "words": words}, ensure_ascii=False)
    text = render_template(
        "pages/offline_verifier.html",
        data=data,
        made_at=current.now(),
        did=issuing.did(),
        site=current.runtime().settings.public_url,
    )
    answer = Response(text, content_type="text/html; charset=utf-8")
    answer.headers["Content-Disposition"] = attachment("放心消费凭证核验.html")
    answer.headers["Content-Security-Policy"] = _OFFLINE_POLICY
    return answer


def _sent_file() -> str | None:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return None
    content: bytes = sent.read(_LONGEST)
    return content.decode("utf-8", "replace")


def _judged(token: str) -> dict[str, Any]:
    verdict = verifying.judge(token, issuing.did_document(), credentials.every_list(), current.now())
    tone = _TONES.get(verdict.outcome, "unknown")
    return {"outcome": verdict.outcome, "tone": tone, "facts": verdict.facts, "unit_path": _path(verdict.facts)}


def _path(facts: verifying.Facts | None) -> str | None:
    return f"/units/{facts.number}" if facts else None


def _looked_up(number: str) -> dict[str, Any]:
    """What the register says of a number; raises NotFound."""
    certificate = certificates.by_number(number)
    unit = session().get_one(Unit, certificate.unit_id)
    return {
        "standing": certificate.standing_on(current.today()),
        "reason": GROUNDS[Ground(certificate.ground)] if certificate.ground else None,
        "certificate": certificate,
        "unit": unit,
        "unit_path": f"/units/{certificate.number}",
    }
