"""Applications over JSON: the station's, the officers', and the public notice."""

from typing import Any

from flask import Response

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure import photos
from backend.infrastructure.database import unit_of_work
from backend.infrastructure.headers import private_picture
from backend.infrastructure.http import ApiBlueprint, Public, endpoint
from backend.infrastructure.linked import linked

from . import queries, schemas, service

blueprint = ApiBlueprint("applications", __name__, description="申请认定、申请续期")
notices_blueprint = ApiBlueprint("public_notices", __name__, description="认定公示和异议")
BLUEPRINTS = (blueprint, notices_blueprint)

_PHOTO_BODY = photos.MOST_BYTES + 64 * 1024
_OPEN = Public("a public notice is there for everybody to read")
_OBJECTS = Public("anybody may object to what is under public notice, without a name")


@blueprint.get("/units/<number>/applications")
@endpoint(Action.APPLICATION_READ, reply=schemas.UnitApplicationsOut)
def of_unit(actor: Actor, number: str) -> dict[str, Any]:
    """一家单位现在能不能申请、能申请什么，和以前的申请，新的在前"""
    return queries.of_unit(actor, number)


@blueprint.post("/units/<number>/applications")
@endpoint(Action.APPLICATION_BEGIN, reply=schemas.ApplicationOut, status=201, idempotent=True, limit="20/hour")
def begin(actor: Actor, number: str) -> Any:
    """联络站：开始填写申请；证书到期前 90 天起是续期，没有有效证书的是申请认定"""
    return queries.shown(service.begin(actor, number))


@blueprint.get("/station/uncertified-units")
@endpoint(Action.APPLICATION_BEGIN, reply=schemas.UncertifiedUnitsOut)
def uncertified(actor: Actor) -> dict[str, Any]:
    """联络站：申请加入名录、还没有认定过的单位"""
    return {"units": queries.uncertified(actor)}


@blueprint.get("/applications")
@endpoint(Action.APPLICATION_READ, reply=schemas.ApplicationsOut)
def applications(actor: Actor) -> dict[str, Any]:
    """已经提交、没有办结的申请"""
    return {"applications": queries.in_hand(actor)}


@blueprint.get("/applications/<case_no>")
@endpoint(Action.APPLICATION_READ, reply=schemas.ApplicationOut)
def application(actor: Actor, case_no: str) -> Any:
    """一份申请：内容、经过、公示期间的异议"""
    return queries.shown(queries.application(actor, Action.APPLICATION_READ, case_no))


@blueprint.put("/applications/<case_no>/draft")
@endpoint(Action.APPLICATION_SAVE, body=schemas.ApplicationSaveIn, reply=schemas.SavedOut, limit="120/minute")
def save(actor: Actor, case_no: str, body: dict[str, Any]) -> Any:
    """联络站：边填边存；别的手机存过别的内容时答 409 saved_elsewhere，附上现在存的内容"""
    return service.save(actor, case_no, **body)


@blueprint.get("/applications/<case_no>/photos")
@endpoint(Action.APPLICATION_READ, reply=schemas.ApplicationPhotosOut)
def photos_of(actor: Actor, case_no: str) -> dict[str, Any]:
    """一份申请的照片，营业执照在前；链接五分钟内有效"""
    return {"photos": service.photos_for(actor, queries.application(actor, Action.APPLICATION_READ, case_no))}


@blueprint.post("/applications/<case_no>/photos")
@endpoint(
    Action.APPLICATION_SAVE,
    body=schemas.ApplicationPhotoIn,
    files=schemas.ApplicationPhotoFiles,
    reply=schemas.ApplicationPhotoAddedOut,
    status=201,
    max_body=_PHOTO_BODY,
    limit="60/hour",
    self_contained=True,
)
def add_photo(actor: Actor, case_no: str, body: dict[str, Any], files: dict[str, Any]) -> Any:
    """联络站：提交以前、补正的时候，加一张照片；同一张再传一次，还是那一张"""
    photo = photos.uploaded(files["photo"])
    with unit_of_work():
        return service.add_photo(actor, case_no, photo, kind=body["kind"])


@blueprint.delete("/applications/<case_no>/photos/<int:position>")
@endpoint(Action.APPLICATION_SAVE, status=204)
def remove_photo(actor: Actor, case_no: str, position: int) -> None:
    """联络站：提交以前、补正的时候，去掉一张照片"""
    service.remove_photo(actor, case_no, position)


@linked(blueprint, "/application-photos/<token>")
def photo(viewer: Actor, token: str) -> Response:
    """申请的一张照片；链接五分钟内有效，只有取得链接的本人能打开"""
    return private_picture(service.photo_bytes(viewer, token))


@blueprint.post("/applications/<case_no>/submit")
@endpoint(Action.APPLICATION_SUBMIT, body=schemas.ApplicationSubmitIn, reply=schemas.ApplicationOut, idempotent=True)
def submit(actor: Actor, case_no: str, body: dict[str, Any]) -> Any:
    """联络站：提交，或者补正以后重新提交"""
    return queries.shown(service.submit(actor, case_no, **body))


@blueprint.post("/applications/<case_no>/withdraw")
@endpoint(Action.APPLICATION_WITHDRAW, reply=schemas.ApplicationOut, idempotent=True)
def withdraw(actor: Actor, case_no: str) -> Any:
    """联络站：撤回申请"""
    return queries.shown(service.withdraw(actor, case_no))


@blueprint.post("/applications/<case_no>/ask-correction")
@endpoint(Action.APPLICATION_ASK_CORRECTION, body=schemas.ApplicationTextIn, reply=schemas.ApplicationOut)
def ask_correction(actor: Actor, case_no: str, body: dict[str, Any]) -> Any:
    """承办人：退回补正，一次说清全部要补的"""
    return queries.shown(service.ask_correction(actor, case_no, **body))


@blueprint.post("/applications/<case_no>/examine")
@endpoint(Action.APPLICATION_EXAMINE, body=schemas.ApplicationExamineIn, reply=schemas.ApplicationOut)
def examine(actor: Actor, case_no: str, body: dict[str, Any]) -> Any:
    """承办人：写初审意见"""
    return queries.shown(service.examine(actor, case_no, **body))


@blueprint.post("/applications/<case_no>/send-back")
@endpoint(Action.APPLICATION_SEND_BACK, body=schemas.ApplicationTextIn, reply=schemas.ApplicationOut)
def send_back(actor: Actor, case_no: str, body: dict[str, Any]) -> Any:
    """另一名承办人：退回重新初审"""
    return queries.shown(service.send_back(actor, case_no, **body))


@blueprint.post("/applications/<case_no>/confirm")
@endpoint(Action.APPLICATION_CONFIRM, body=schemas.ApplicationTextIn, reply=schemas.ApplicationOut)
def confirm(actor: Actor, case_no: str, body: dict[str, Any]) -> Any:
    """另一名承办人：复核通过，推荐给联席会议办公室"""
    return queries.shown(service.confirm(actor, case_no, **body))


@blueprint.post("/applications/<case_no>/refuse")
@endpoint(Action.APPLICATION_REFUSE, body=schemas.ApplicationRefuseIn, reply=schemas.ApplicationOut)
def refuse(actor: Actor, case_no: str, body: dict[str, Any]) -> Any:
    """另一名承办人：复核后不予认定，写明理由和怎么改正"""
    return queries.shown(service.refuse(actor, case_no, **body))


@blueprint.post("/applications/<case_no>/publish")
@endpoint(Action.APPLICATION_PUBLISH, reply=schemas.ApplicationOut)
def publish(actor: Actor, case_no: str) -> Any:
    """联席会议办公室：开始公示七天"""
    return queries.shown(service.publish(actor, case_no))


@blueprint.post("/applications/<case_no>/award")
@endpoint(Action.APPLICATION_AWARD, reply=schemas.ApplicationOut)
def award(actor: Actor, case_no: str) -> Any:
    """联席会议办公室：认定，发证或者续期"""
    return queries.shown(service.award(actor, case_no))


@blueprint.post("/applications/<case_no>/decline")
@endpoint(Action.APPLICATION_DECLINE, body=schemas.ApplicationRefuseIn, reply=schemas.ApplicationOut)
def decline(actor: Actor, case_no: str, body: dict[str, Any]) -> Any:
    """联席会议办公室：不予认定，写明理由和怎么改正"""
    return queries.shown(service.decline(actor, case_no, **body))


@blueprint.post("/application-objections/<case_no>/answer")
@endpoint(
    Action.APPLICATION_OBJECTION_ANSWER,
    body=schemas.ApplicationObjectionAnswerIn,
    reply=schemas.ApplicationObjectionOut,
    idempotent=True,
)
def answer(actor: Actor, case_no: str, body: dict[str, Any]) -> Any:
    """联络站：答复一件异议"""
    return queries.shown_objection(service.answer(actor, case_no, **body))


@blueprint.post("/application-objections/<case_no>/decide")
@endpoint(
    Action.APPLICATION_OBJECTION_UPHOLD,
    body=schemas.ApplicationObjectionDecisionIn,
    reply=schemas.ApplicationObjectionOut,
)
def decide(actor: Actor, case_no: str, body: dict[str, Any]) -> Any:
    """没有参加审查的人：处理一件异议，理由公开"""
    return queries.shown_objection(service.decide(actor, case_no, **body))


@notices_blueprint.get("/public-notices")
@endpoint(_OPEN, reply=schemas.NoticesOut, limit="120/minute")
def notices(actor: Actor) -> dict[str, Any]:
    """正在公示的认定和续期，先到期的在前"""
    return {"notices": queries.on_notice()}


@notices_blueprint.post("/public-notices/<case_no>/objections")
@endpoint(
    _OBJECTS, body=schemas.ApplicationObjectIn, reply=schemas.OutcomeOut, status=201, idempotent=True, limit="10/hour"
)
def raise_objection(actor: Actor, case_no: str, body: dict[str, Any]) -> Any:
    """任何人：对公示提出异议，不用登录；凭编号看结果"""
    return service.raise_objection(actor, case_no, **body)


@notices_blueprint.get("/public-notices/objections/<case_no>")
@endpoint(_OPEN, reply=schemas.OutcomeOut, limit="120/minute")
def outcome(actor: Actor, case_no: str) -> Any:
    """一件异议处理到哪一步、结果和理由"""
    return queries.outcome(case_no)
