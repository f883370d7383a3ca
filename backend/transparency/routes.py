"""The log over JSON: heads, entries, proofs."""

from typing import Any

from backend.access.actor import Actor
from backend.infrastructure.http import ApiBlueprint, Public, endpoint
from backend.kernel.errors import NotFound

from . import queries, rules, schemas
from .queries import Proved

blueprint = ApiBlueprint(
    "transparency", __name__, url_prefix="/transparency", description="透明日志：证书的每一步都可查、可核对"
)

_PUBLIC = Public("the log is there to be checked by everybody")
_LIMIT = "240/minute"


@blueprint.get("/head")
@endpoint(_PUBLIC, reply=schemas.LatestHeadOut, limit=_LIMIT)
def head(actor: Actor) -> dict[str, Any]:
    """最新的树头"""
    found = queries.head_for_proof()
    return {
        "size": found.size,
        "root": found.root,
        "at": found.at,
        "note": found.note,
        "origin": queries.origin(),
        "keys": queries.verifier_keys(),
        "merge_delay": int(rules.MERGE_DELAY.total_seconds()),
    }


@blueprint.get("/heads")
@endpoint(_PUBLIC, query=schemas.HeadsQuery, reply=schemas.HeadsOut, limit=_LIMIT)
def heads(actor: Actor, query: dict[str, int]) -> dict[str, Any]:
    """所有树头，先签的在前"""
    found = queries.heads(query["after"], query["limit"])
    return {"heads": found, "next": found[-1].sequence if len(found) == query["limit"] else None}


@blueprint.get("/entries")
@endpoint(_PUBLIC, query=schemas.EntriesQuery, reply=schemas.EntriesOut, limit=_LIMIT)
def entries(actor: Actor, query: dict[str, int]) -> dict[str, Any]:
    """树里的条目，按位置"""
    return {"entries": queries.entries(query["start"], query["limit"])}


@blueprint.get("/inclusion")
@endpoint(_PUBLIC, query=schemas.InclusionQuery, reply=schemas.InclusionOut, limit=_LIMIT)
def inclusion(actor: Actor, query: dict[str, Any]) -> dict[str, Any]:
    """一条记录在树里的证明"""
    return _proved(queries.inclusion(query["hash"], query.get("size")))


@blueprint.get("/consistency")
@endpoint(_PUBLIC, query=schemas.ConsistencyQuery, reply=schemas.ConsistencyOut, limit=_LIMIT)
def consistency(actor: Actor, query: dict[str, int]) -> dict[str, Any]:
    """后一棵树只在前一棵树后面追加的证明"""
    proof = queries.consistency(query["first"], query["second"])
    return {**query, "proof": [digest.hex() for digest in proof]}


@blueprint.get("/certificates/<number>")
@endpoint(_PUBLIC, reply=schemas.HistoryOut, limit=_LIMIT)
def history(actor: Actor, number: str) -> dict[str, Any]:
    """一张证书的全部记录，各带证明"""
    found = queries.entries_of(number)
    if not found:
        raise NotFound("certificate_not_found", "日志里没有这个证书编号，请核对。")
    return {"entries": [_proved(entry) for entry in found]}


def _proved(found: Proved) -> dict[str, Any]:
    return {"entry": found.leaf, "size": found.size, "proof": [digest.hex() for digest in found.proof]}
