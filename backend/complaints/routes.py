"""Disputes over JSON."""

from typing import Any

from flask import Response

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.badges import queries as badges
from backend.infrastructure import photos
from backend.infrastructure.database import unit_of_work
from backend.infrastructure.fields import Output, fields
from backend.infrastructure.headers import private_file, private_picture
from backend.infrastructure.http import ApiBlueprint, Public, Reply, endpoint
from backend.infrastructure.linked import linked

from . import evidence_schemas, likeness, offer_schemas, queries, schemas, service, views
from .answers import complaint_for
from .model import Complaint, Settlement
from .rules import EvidenceKind
from .service import Identity

blueprint = ApiBlueprint("complaints", __name__, description="和解诉求和投诉")
_PHOTO_BODY = 9 * 1024 * 1024


class _Settlements(Output):
    settlements = fields.List(fields.Nested(schemas.SettlementInList))
    next = fields.String(allow_none=True, metadata={"description": "下一页的 before；没有下一页时为 null"})


class _Inbox(Output):
    requests = fields.List(fields.Nested(schemas.SettlementInInbox))


class _OwnWithUnit(Output):
    settlements = fields.List(fields.Nested(schemas.OwnWithUnit))
    full = fields.Boolean(metadata={"description": "没有办结的已经太多，要等办结才能再提"})


class _Complaints(Output):
    complaints = fields.List(fields.Nested(schemas.ComplaintInList))
    next = fields.String(allow_none=True, metadata={"description": "下一页的 before；没有下一页时为 null"})


def _identity(body: dict[str, Any]) -> Identity | None:
    return Identity(**body["identity"]) if body.get("identity") else None


def _for(actor: Actor, settlement: Settlement) -> Reply:
    schema = (
        schemas.SettlementForConsumer if settlement.consumer_id == actor.account_id else schemas.SettlementForStation
    )
    return Reply(schema().dump(views.settlement_view(actor, settlement)), dumped=True)


@blueprint.post("/settlements")
@endpoint(
    Action.SETTLEMENT_SUBMIT,
    body=schemas.SettlementIn,
    reply=schemas.SettlementForConsumer,
    status=201,
    idempotent=True,
    limit="30/hour",
)
def submit(actor: Actor, body: dict[str, Any]) -> Any:
    """向联络站提出和解诉求"""
    return views.submitted_view(actor, service.submit(actor, **{**body, "identity": _identity(body)}))


@blueprint.get("/settlements")
@endpoint(Action.SETTLEMENT_READ, query=schemas.OwnPageQuery, reply=_Settlements)
def settlements(actor: Actor, query: dict[str, Any]) -> dict[str, Any]:
    """我的（或本站的、本县的）和解诉求，新的在前"""
    page = queries.settlements(actor, **query)
    return {"settlements": views.settlements_in_list(actor, page.items), "next": page.next}


@blueprint.get("/settlements/inbox")
@endpoint(Action.SETTLEMENT_OFFER, reply=_Inbox)
def inbox(actor: Actor) -> dict[str, Any]:
    """联络站：等着办的诉求，超期的在最前面"""
    return {"requests": views.inbox_rows(actor)}


@blueprint.get("/settlements/<case_no>")
@endpoint(Action.SETTLEMENT_READ, reply=schemas.SettlementForConsumer, audiences=(schemas.SettlementForStation,))
def settlement(actor: Actor, case_no: str) -> Reply:
    """一个和解诉求：现在该谁办、期限和依据"""
    return _for(actor, queries.settlement(actor, Action.SETTLEMENT_READ, case_no))


@blueprint.post("/settlements/progress")
@endpoint(
    Public("progress is looked up by number and access code"),
    body=schemas.ProgressIn,
    reply=schemas.SettlementProgress,
    limit="20/minute",
    writes=False,
)
def progress(actor: Actor, body: dict[str, Any]) -> Any:
    """凭编号和查询码查进度"""
    return views.settlement_view(actor, queries.by_access_code(body["case_no"], body["code"]))


@blueprint.post("/settlements/<case_no>/photos")
@endpoint(
    Action.EVIDENCE_ADD,
    body=evidence_schemas.PhotoIn,
    files=evidence_schemas.PhotoFiles,
    reply=evidence_schemas.EvidenceOut,
    status=201,
    max_body=_PHOTO_BODY,
    limit="60/hour",
    self_contained=True,
)
def add_photo(actor: Actor, case_no: str, body: dict[str, Any], files: dict[str, Any]) -> Any:
    """上传一张照片或者一份 PDF；联络站上传的，消费者和市场监管部门都能看到"""
    found = service.cleaned(files["photo"].read(photos.MOST_BYTES + 1))
    with unit_of_work():
        return service.add_photo(actor, case_no, found, for_station=body["for_station"])


@linked(blueprint, "/evidence/<token>", produces=("image/jpeg", "application/pdf"))
def photo(viewer: Actor, token: str) -> Response:
    """一张照片或者一份 PDF；链接五分钟内有效，只有取得链接的本人能打开"""
    found, content = service.photo_bytes(viewer, token)
    if found.kind is EvidenceKind.PDF:
        return private_file(content, f"凭证-{found.position}.pdf", "application/pdf")
    return private_picture(content)


@blueprint.post("/settlements/<case_no>/take")
@endpoint(Action.SETTLEMENT_TAKE, reply=schemas.SettlementForStation, idempotent=True)
def take(actor: Actor, case_no: str) -> Reply:
    """联络站：接手办理（首问负责）"""
    return _for(actor, service.take(actor, case_no))


@blueprint.post("/settlements/<case_no>/hand-over")
@endpoint(Action.SETTLEMENT_HAND_OVER, reply=schemas.SettlementForStation, idempotent=True)
def hand_over(actor: Actor, case_no: str) -> Reply:
    """联络站：请同事接手"""
    return _for(actor, service.hand_over(actor, case_no))


@blueprint.post("/settlements/<case_no>/offer")
@endpoint(Action.SETTLEMENT_OFFER, body=offer_schemas.OfferIn, reply=schemas.SettlementForStation, idempotent=True)
def offer(actor: Actor, case_no: str, body: dict[str, Any]) -> Reply:
    """联络站：提出方案"""
    return _for(actor, service.offer(actor, case_no, **body))


@blueprint.post("/settlements/<case_no>/refuse")
@endpoint(
    Action.SETTLEMENT_REFUSE,
    body=offer_schemas.StationRefusalIn,
    reply=schemas.SettlementForStation,
    idempotent=True,
)
def refuse(actor: Actor, case_no: str, body: dict[str, Any]) -> Reply:
    """联络站：不同意"""
    return _for(actor, service.refuse(actor, case_no, text=body["text"]))


@blueprint.post("/settlements/<case_no>/accept")
@endpoint(
    Action.SETTLEMENT_ACCEPT, body=offer_schemas.OfferAnswerIn, reply=schemas.SettlementForConsumer, idempotent=True
)
def accept(actor: Actor, case_no: str, body: dict[str, Any]) -> Reply:
    """消费者：接受看到的那个方案"""
    return _for(actor, service.accept_offer(actor, case_no, **body))


@blueprint.post("/settlements/<case_no>/decline")
@endpoint(
    Action.SETTLEMENT_DECLINE, body=offer_schemas.OfferAnswerIn, reply=schemas.SettlementForConsumer, idempotent=True
)
def decline(actor: Actor, case_no: str, body: dict[str, Any]) -> Reply:
    """消费者：不接受看到的那个方案"""
    return _for(actor, service.decline_offer(actor, case_no, **body))


@blueprint.post("/settlements/<case_no>/confirm-performed")
@endpoint(Action.SETTLEMENT_CONFIRM_PERFORMED, reply=schemas.SettlementForConsumer, idempotent=True)
def confirm_performed(actor: Actor, case_no: str) -> Reply:
    """消费者：确认已履行"""
    return _for(actor, service.confirm_performed(actor, case_no))


@blueprint.post("/settlements/<case_no>/not-performed")
@endpoint(Action.SETTLEMENT_REPORT_NOT_PERFORMED, reply=schemas.SettlementForConsumer, idempotent=True)
def not_performed(actor: Actor, case_no: str) -> Reply:
    """消费者：约定的期限过了，没有做到"""
    return _for(actor, service.report_not_performed(actor, case_no))


@blueprint.get("/units/<number>/my-settlements")
@endpoint(Action.SETTLEMENT_SUBMIT, reply=_OwnWithUnit)
def own_with_unit(actor: Actor, number: str) -> dict[str, Any]:
    """消费者：九十天内对这家单位已经提过的诉求（“您已经提过”）"""
    unit_id = badges.registered(number).id
    brought = [views.own_view(one) for one in likeness.own_with(actor, unit_id)]
    return {"settlements": brought, "full": service.is_full(actor, unit_id)}


@blueprint.post("/settlements/<case_no>/withdraw")
@endpoint(Action.SETTLEMENT_WITHDRAW, reply=schemas.SettlementForConsumer, idempotent=True)
def withdraw(actor: Actor, case_no: str) -> Reply:
    """消费者：撤回"""
    return _for(actor, service.withdraw_settlement(actor, case_no))


@blueprint.post("/settlements/<case_no>/escalate")
@endpoint(Action.SETTLEMENT_ESCALATE, body=schemas.EscalateIn, reply=schemas.LodgedOut, status=201, idempotent=True)
def escalate(actor: Actor, case_no: str, body: dict[str, Any]) -> Complaint:
    """消费者：转市场监管部门投诉"""
    return service.escalate(actor, case_no, _identity(body))


@blueprint.get("/complaints")
@endpoint(Action.COMPLAINT_READ, query=schemas.OwnPageQuery, reply=_Complaints)
def complaints(actor: Actor, query: dict[str, Any]) -> dict[str, Any]:
    """投诉列表，新的在前"""
    page = queries.complaints(actor, **query)
    return {"complaints": views.complaints_in_list(actor, page.items), "next": page.next}


@blueprint.get("/complaints/<case_no>")
@endpoint(
    Action.COMPLAINT_READ,
    reply=schemas.ComplaintForOfficer,
    audiences=(schemas.ComplaintForConsumer, schemas.ComplaintForStation),
)
def complaint(actor: Actor, case_no: str) -> Reply:
    """一件投诉"""
    return complaint_for(actor, queries.complaint(actor, Action.COMPLAINT_READ, case_no))


@blueprint.post("/complaints/<case_no>/accept")
@endpoint(Action.COMPLAINT_ACCEPT, reply=schemas.ComplaintForOfficer)
def accept_complaint(actor: Actor, case_no: str) -> Reply:
    """受理"""
    return complaint_for(actor, service.accept_complaint(actor, case_no))


@blueprint.post("/complaints/<case_no>/refuse")
@endpoint(Action.COMPLAINT_REFUSE, body=schemas.RefusalIn, reply=schemas.ComplaintForOfficer)
def refuse_complaint(actor: Actor, case_no: str, body: dict[str, Any]) -> Reply:
    """不予受理"""
    return complaint_for(actor, service.refuse_complaint(actor, case_no, **body))


@blueprint.post("/complaints/<case_no>/pause-for-testing")
@endpoint(Action.COMPLAINT_PAUSE_FOR_TESTING, reply=schemas.ComplaintForOfficer)
def pause_for_testing(actor: Actor, case_no: str) -> Reply:
    """送检，暂停计时"""
    return complaint_for(actor, service.pause_for_testing(actor, case_no))


@blueprint.post("/complaints/<case_no>/resume")
@endpoint(Action.COMPLAINT_RESUME, reply=schemas.ComplaintForOfficer)
def resume(actor: Actor, case_no: str) -> Reply:
    """检测结束，恢复计时"""
    return complaint_for(actor, service.resume_mediation(actor, case_no))


@blueprint.post("/complaints/<case_no>/terminate")
@endpoint(Action.COMPLAINT_TERMINATE, body=schemas.TerminationIn, reply=schemas.ComplaintForOfficer)
def terminate(actor: Actor, case_no: str, body: dict[str, Any]) -> Reply:
    """终止调解"""
    return complaint_for(actor, service.terminate(actor, case_no, **body))


@blueprint.post("/complaints/<case_no>/withdraw")
@endpoint(Action.COMPLAINT_WITHDRAW, reply=schemas.ComplaintForConsumer, idempotent=True)
def withdraw_complaint(actor: Actor, case_no: str) -> Reply:
    """消费者：撤回投诉"""
    return complaint_for(actor, service.withdraw_complaint(actor, case_no))


@blueprint.post("/complaints/<case_no>/identity")
@endpoint(Action.IDENTITY_REVEAL, body=schemas.RevealIn, reply=schemas.IdentityForOfficer, limit="60/hour")
def identity(actor: Actor, case_no: str, body: dict[str, Any]) -> Reply:
    """查看投诉人真实身份（留痕，并告知投诉人）"""
    found, noted_at = service.reveal_identity(actor, case_no, purpose=body["purpose"])
    return Reply(
        {
            "name": found.name,
            "phone": found.phone,
            "address": found.address,
            "noted_at": noted_at,
            "id_kind": found.id_kind,
            "id_number": found.id_number,
        },
        headers={"Cache-Control": "no-store"},
    )
