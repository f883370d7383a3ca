"""The conversation about a request on a phone, for the consumer and for the station alike; and the station's ready answers."""

from typing import Any

from flask import Blueprint, flash, request, url_for

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.complaints import conversation, queries, service
from backend.complaints.conversation_schemas import MessageIn, ReadyAnswerIn
from backend.complaints.model import Settlement
from backend.complaints.rules import Side
from backend.infrastructure.web import form, page
from backend.merchants import queries as merchants

from .schemas_station import Nothing

blueprint = Blueprint("conversation_pages", __name__)


@blueprint.get("/my/cases/<case_no>/messages")
@page(Action.SETTLEMENT_SUBMIT, "pages/conversation.html")
def consumer(actor: Actor, case_no: str) -> dict[str, Any]:
    return _shown(actor, queries.settlement(actor, Action.SETTLEMENT_WITHDRAW, case_no))


@blueprint.get("/station/<case_no>/messages")
@page(Action.SETTLEMENT_OFFER, "pages/conversation.html")
def station(actor: Actor, case_no: str) -> dict[str, Any]:
    settlement = queries.settlement(actor, Action.SETTLEMENT_OFFER, case_no)
    ready = conversation.ready_answers(actor, settlement.station_id)
    chosen = next((one for one in ready if one.id == request.args.get("answer")), None)
    owner = queries.owners([settlement]).get(settlement.id)
    is_free = owner is None or owner.account_id == actor.account_id or settlement.handing_over_at is not None
    held_by = None if is_free or owner is None else owner.alias
    return {**_shown(actor, settlement), "ready": ready, "prefilled": chosen.text if chosen else "", "held_by": held_by}


@blueprint.post("/my/cases/<case_no>/messages")
@form(Action.MESSAGE_SEND, MessageIn, back="conversation_pages.consumer", idempotent=True, limit="60/hour")
def consumer_says(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return _said(service.say(actor, case_no, text=body["text"]), ".consumer")


@blueprint.post("/station/<case_no>/messages")
@form(Action.MESSAGE_SEND, MessageIn, back="conversation_pages.station", idempotent=True, limit="60/hour")
def station_says(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return _said(service.say(actor, case_no, text=body["text"]), ".station")


@blueprint.post("/my/cases/<case_no>/messages/read")
@form(Action.MESSAGE_READ, Nothing, back="conversation_pages.consumer")
def consumer_reads(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return url_for(".consumer", case_no=service.mark_messages_read(actor, case_no).case_no)


@blueprint.post("/station/<case_no>/messages/read")
@form(Action.MESSAGE_READ, Nothing, back="conversation_pages.station")
def station_reads(actor: Actor, case_no: str, body: dict[str, Any]) -> str:
    return url_for(".station", case_no=service.mark_messages_read(actor, case_no).case_no)


@blueprint.get("/station/ready-answers")
@page(Action.READY_ANSWER_KEEP, "pages/station_ready_answers.html")
def ready_answers(actor: Actor) -> dict[str, Any]:
    stations = [(station.id, station.name) for station in merchants.stations_of(actor)]
    return {"found": conversation.ready_answers(actor), "stations": stations, "names": dict(stations)}


@blueprint.post("/station/ready-answers")
@form(Action.READY_ANSWER_KEEP, ReadyAnswerIn, back="conversation_pages.ready_answers", idempotent=True)
def keep_ready_answer(actor: Actor, body: dict[str, Any]) -> str:
    service.keep_ready_answer(actor, **body)
    flash("已加上。写消息时可以直接选用。", "success")
    return url_for(".ready_answers")


@blueprint.post("/station/ready-answers/<uuid:answer_id>/remove")
@form(Action.READY_ANSWER_KEEP, Nothing, back="conversation_pages.ready_answers")
def remove_ready_answer(actor: Actor, answer_id: Any, body: dict[str, Any]) -> str:
    service.drop_ready_answer(actor, str(answer_id))
    flash("已删掉。", "success")
    return url_for(".ready_answers")


def _shown(actor: Actor, settlement: Settlement) -> dict[str, Any]:
    talk = conversation.talk(actor, settlement)
    mine = talk.side is Side.CONSUMER
    return {
        "case": settlement,
        "talk": talk,
        "other": settlement.unit_name + "的联络站" if mine else settlement.alias,
        "mine": "您" if mine else "联络站",
        "back": url_for("my.case" if mine else "station.case", case_no=settlement.case_no),
        "send": url_for(".consumer_says" if mine else ".station_says", case_no=settlement.case_no),
        "read": url_for(".consumer_reads" if mine else ".station_reads", case_no=settlement.case_no),
    }


def _said(settlement: Settlement, back: str) -> str:
    flash("已发送。", "success")
    return url_for(back, case_no=settlement.case_no)
