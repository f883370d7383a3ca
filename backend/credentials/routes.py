"""What machines fetch to verify us: our keys, the status lists, credentials, the register's file. Outside the API: the addresses stay for years."""

from typing import Any

from flask import Blueprint, Response, json, request

from backend.access.actor import Actor
from backend.infrastructure.headers import attachment
from backend.infrastructure.http import Public
from backend.infrastructure.web import page
from backend.kernel.errors import NotFound

from . import editions, issuing, queries
from .rules import TTL, Purpose

blueprint = Blueprint("credentials", __name__)

_PUBLIC = Public("whoever doubts us must be able to check without asking")
_NO_TEMPLATE = ""
_TOKEN = "application/vc+jwt"  # noqa: S105  (a media type)
_A_MINUTE = f"public, max-age={int(TTL.total_seconds())}"
_LIMIT = "120/minute"
_MOST_LISTS = 1_000_000


@blueprint.get("/.well-known/did.json")
@page(_PUBLIC, _NO_TEMPLATE, limit=_LIMIT)
def did_document(_actor: Actor) -> Response:
    answer = Response(json.dumps(issuing.did_document(), indent=1), content_type="application/did+json")
    return _public(answer)


@blueprint.get("/credentials/status/<any(revocation, suspension):list_purpose>/<int:list_number>")
@page(_PUBLIC, _NO_TEMPLATE, limit=_LIMIT)
def status_list(_actor: Actor, list_purpose: str, list_number: int) -> Response:
    if list_number > _MOST_LISTS:
        raise NotFound("status_list_not_found", "没有这份状态清单。")
    served = queries.status_list(Purpose(list_purpose), list_number)
    answer = Response(served.token, content_type=_TOKEN)
    answer.set_etag(served.etag)
    return _public(answer.make_conditional(request))


@blueprint.get("/units/<number>/credential")
@page(_PUBLIC, _NO_TEMPLATE, limit=_LIMIT)
def credential(_actor: Actor, number: str) -> Response:
    token = queries.credential(number)
    answer = Response(token, content_type=_TOKEN)
    answer.headers["Content-Disposition"] = attachment(f"{number}.jwt")
    return answer


@blueprint.get("/register/units.json")
@page(_PUBLIC, _NO_TEMPLATE, limit="20/minute")
def register_file(_actor: Actor) -> Response:
    edition = editions.newest()
    if request.if_none_match.contains(edition.id):
        answer = Response(status=304)
    else:
        answer = Response(editions.pieces(edition), content_type="application/json")
    answer.set_etag(edition.id)
    return _public(answer)


@blueprint.get("/register/units.jwt")
@page(_PUBLIC, _NO_TEMPLATE, limit="20/minute")
def register_signature(_actor: Actor) -> Response:
    return _public(Response(editions.newest().signature, content_type="application/jose"))


def _public(answer: Any) -> Response:
    """For everybody, in browsers of other sites too."""
    answer.headers["Cache-Control"] = _A_MINUTE
    answer.headers["Access-Control-Allow-Origin"] = "*"
    found: Response = answer
    return found
