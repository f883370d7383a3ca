"""A person's own data over JSON."""

from typing import Any

from flask import Response, jsonify

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure.http import ApiBlueprint, Public, endpoint

from . import service
from .rules import CLASSES, EXCEPTIONS
from .schemas import ClassesOut, CorrectionIn, CorrectionOut, ErasureIn, ErasureOut, MyDataOut

blueprint = ApiBlueprint("personal_data", __name__, description="我的个人信息：查看、导出、更正、注销")


@blueprint.get("/me/data")
@endpoint(Action.DATA_EXPORT, reply=MyDataOut)
def mine(actor: Actor) -> dict[str, Any]:
    """我的个人信息：能更正的，注销以后依法还要留的"""
    return service.overview(actor)


@blueprint.post("/me/data/export")
@endpoint(Action.DATA_EXPORT, produces=["application/json"], limit="10/hour")
def export(actor: Actor) -> Response:
    """导出系统保存的关于我的全部信息。要在十分钟内登录过。"""
    return jsonify(service.export(actor))


@blueprint.post("/me/data/corrections")
@endpoint(Action.DATA_CORRECT, body=CorrectionIn, reply=CorrectionOut)
def correct(actor: Actor, body: dict[str, Any]) -> Any:
    """更正一件诉求里的姓名、电话、地址。要在十分钟内登录过。"""
    return service.correct(actor, **body)


@blueprint.post("/me/data/erasure")
@endpoint(Action.DATA_ERASE, body=ErasureIn, reply=ErasureOut, limit="10/hour")
def erase(actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
    """注销账号并删除个人信息；依法要留的逐条说明理由。要在十分钟内登录过，不能恢复。"""
    return {"kept": [EXCEPTIONS[code] for code in service.erase(actor)]}


@blueprint.get("/retention")
@endpoint(Public("how long anything about people is kept is for everybody to know"), reply=ClassesOut)
def retention(actor: Actor) -> dict[str, Any]:
    """各类信息的保存期限和依据。"""
    return {"classes": list(CLASSES.values())}
