"""Group complaints over JSON."""

from typing import Any

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.complaints import views as disputes
from backend.complaints.offer_schemas import OfferIn
from backend.complaints.schemas import SettlementForConsumer
from backend.complaints.service import Identity
from backend.infrastructure.http import ApiBlueprint, Reply, endpoint

from . import queries, schemas, service, views

blueprint = ApiBlueprint("group_complaints", __name__, description="共同投诉")


def _identity(body: dict[str, Any]) -> Identity | None:
    return Identity(**body["identity"]) if body.get("identity") else None


def _mine(actor: Actor, case_no: str) -> Any:
    return views.for_member(*queries.of_settlement(actor, case_no))


@blueprint.get("/settlements/<case_no>/group")
@endpoint(Action.GROUP_READ, reply=schemas.GroupForMember, audiences=(schemas.GroupForStation,))
def group(actor: Actor, case_no: str) -> Reply:
    """这件诉求参加的共同投诉：成员只有匿名称呼，看不到别人是谁"""
    settlement, standing = queries.of_settlement(actor, case_no)
    if settlement.consumer_id == actor.account_id:
        return Reply(views.for_member(settlement, standing))
    return Reply(schemas.GroupForStation().dump(views.for_station(standing)), dumped=True)


@blueprint.post("/settlements/<case_no>/group")
@endpoint(
    Action.GROUP_OPEN,
    body=schemas.GroupOpenIn,
    reply=schemas.GroupForMember,
    status=201,
    idempotent=True,
    limit="10/hour",
)
def open_group(actor: Actor, case_no: str, body: dict[str, Any]) -> Any:
    """发起共同投诉，得到加入码"""
    service.open_group(actor, case_no, **body)
    return _mine(actor, case_no)


@blueprint.post("/group-codes/look")
@endpoint(Action.GROUP_JOIN, body=schemas.GroupJoinIn, reply=schemas.GroupToJoin, limit="20/minute", writes=False)
def look(_actor: Actor, body: dict[str, Any]) -> Any:
    """加入码对应的共同投诉：对哪家单位、为了什么、有几个人"""
    return views.look(queries.by_code(body["code"]))


@blueprint.post("/group-codes/<code>/settlements")
@endpoint(
    Action.SETTLEMENT_SUBMIT,
    body=schemas.GroupFileIn,
    reply=SettlementForConsumer,
    status=201,
    idempotent=True,
    limit="20/hour",
)
def file_and_join(actor: Actor, code: str, body: dict[str, Any]) -> Any:
    """还没有提过诉求的：向同一家单位提出诉求，并加入共同投诉"""
    submitted = service.file_and_join(actor, code=code, **{**body, "identity": _identity(body)})
    return disputes.submitted_view(actor, submitted)


@blueprint.post("/settlements/<case_no>/group/join")
@endpoint(
    Action.GROUP_JOIN,
    body=schemas.GroupJoinIn,
    reply=schemas.GroupForMember,
    status=201,
    idempotent=True,
    limit="20/minute",
)
def join(actor: Actor, case_no: str, body: dict[str, Any]) -> Any:
    """用自己的诉求加入共同投诉"""
    service.join(actor, case_no, **body)
    return _mine(actor, case_no)


@blueprint.post("/settlements/<case_no>/group/code")
@endpoint(Action.GROUP_RENEW_CODE, reply=schemas.GroupForMember, idempotent=True, limit="20/hour")
def renew_code(actor: Actor, case_no: str) -> Any:
    """换一个加入码，旧的作废"""
    service.renew_code(actor, case_no)
    return _mine(actor, case_no)


@blueprint.post("/settlements/<case_no>/group/leave")
@endpoint(Action.GROUP_LEAVE, status=204, idempotent=True)
def leave(actor: Actor, case_no: str) -> None:
    """退出共同投诉，自己那一件照旧办理"""
    service.leave(actor, case_no)


@blueprint.post("/settlements/<case_no>/group/proposals")
@endpoint(
    Action.GROUP_PROPOSE,
    body=schemas.GroupLayIn,
    reply=schemas.GroupForMember,
    status=201,
    idempotent=True,
    limit="60/hour",
)
def lay(actor: Actor, case_no: str, body: dict[str, Any]) -> Any:
    """提请成员答复：推选代表人（任何成员），或者其他事项（代表人）"""
    service.lay(actor, case_no, **body)
    return _mine(actor, case_no)


@blueprint.post("/settlements/<case_no>/group/proposals/<int:proposal>/answer")
@endpoint(Action.GROUP_ANSWER, body=schemas.GroupAnswerIn, reply=schemas.GroupForMember, idempotent=True)
def answer(actor: Actor, case_no: str, proposal: int, body: dict[str, Any]) -> Any:
    """答复一次；同意的，只对自己那一件生效，马上办"""
    service.answer(actor, case_no, proposal, agree=body["agree"], identity=_identity(body), offer=body["offer"])
    return _mine(actor, case_no)


@blueprint.post("/settlements/<case_no>/group/proposals/<int:proposal>/take-back")
@endpoint(Action.GROUP_TAKE_BACK, reply=schemas.GroupForMember, idempotent=True)
def take_back(actor: Actor, case_no: str, proposal: int) -> Any:
    """提请的人收回事项"""
    service.take_back(actor, case_no, proposal)
    return _mine(actor, case_no)


@blueprint.post("/settlements/<case_no>/group/offer")
@endpoint(Action.GROUP_OFFER, body=OfferIn, reply=schemas.GroupOfferedOut, idempotent=True)
def offer(actor: Actor, case_no: str, body: dict[str, Any]) -> Any:
    """联络站：一次向全体等答复的成员提出方案，各人自己决定"""
    return {"case_nos": service.offer_to_group(actor, case_no, **body)}


@blueprint.get("/complaints/<case_no>/group")
@endpoint(Action.COMPLAINT_ACCEPT, reply=schemas.GroupForOfficer)
def at_bureau(actor: Actor, case_no: str) -> Any:
    """市场监管部门：一份名单，各有各的编号和期限，谁同意了什么"""
    return views.for_officer(queries.of_complaint(actor, Action.COMPLAINT_READ, case_no))


@blueprint.post("/complaints/<case_no>/group/accept")
@endpoint(Action.COMPLAINT_ACCEPT, body=schemas.GroupAcceptIn, reply=schemas.GroupForOfficer)
def accept_together(actor: Actor, case_no: str, body: dict[str, Any]) -> Any:
    """一起受理选中的几件"""
    service.accept_together(actor, case_no, **body)
    return _list(actor, case_no)


@blueprint.post("/complaints/<case_no>/group/invite")
@endpoint(Action.COMPLAINT_INVITE, body=schemas.GroupInviteIn, reply=schemas.GroupForOfficer)
def invite_together(actor: Actor, case_no: str, body: dict[str, Any]) -> Any:
    """通知选中的几件的双方参加同一次调解"""
    service.invite_together(actor, case_no, **body)
    return _list(actor, case_no)


@blueprint.post("/complaints/<case_no>/group/record-agreement")
@endpoint(Action.COMPLAINT_RECORD_AGREEMENT, body=schemas.GroupAgreementIn, reply=schemas.GroupForOfficer)
def record_agreement_together(actor: Actor, case_no: str, body: dict[str, Any]) -> Any:
    """给选中的、自己同意了这些条件的成员登记调解协议"""
    service.record_agreement_together(actor, case_no, **body)
    return _list(actor, case_no)


def _list(actor: Actor, case_no: str) -> Any:
    """The list after a step."""
    return views.for_officer(queries.of_complaint(actor, Action.COMPLAINT_READ, case_no))
