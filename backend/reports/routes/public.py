"""Reports over JSON: what anybody may send, and what the access code opens. The sign-in, if there is one, is not looked at."""

from types import SimpleNamespace
from typing import Any

from flask import Response, jsonify

from backend.access.actor import NOBODY, Actor
from backend.documents.answers import private_pdf
from backend.documents.schemas import PaperDataOut
from backend.infrastructure import photos
from backend.infrastructure.database import unit_of_work
from backend.infrastructure.headers import private_picture
from backend.infrastructure.http import ApiBlueprint, Public, Reply, endpoint, run
from backend.infrastructure.linked import linked
from backend.reports import queries, schemas, service
from backend.reports.model import Report

blueprint = ApiBlueprint("reports_public", __name__, description="举报：可以匿名，凭编号和查询码查看")
_PHOTO_BODY = 9 * 1024 * 1024
_REPORTS = Public("a suspected violation may be reported without a name (Order 121 §28)")
_BY_CODE = Public("a report is followed by number and access code")


def progress_of(report: Report) -> SimpleNamespace:
    """What the access code opens."""
    shown = {
        name: getattr(report, name) for name in ("case_no", "state", "opened_at", "decision_text", "transferred_to")
    }
    return SimpleNamespace(**shown, __lifecycle__=report.__lifecycle__, messages=queries.messages(report.id))


@blueprint.post("/tip-offs")
@endpoint(
    _REPORTS,
    body=schemas.ReportIn,
    reply=schemas.ReportReceived,
    status=201,
    idempotent=True,
    limit="10/hour",
    self_contained=True,
)
def file_report(actor: Actor, body: dict[str, Any]) -> Response:
    """举报：不用留姓名，凭编号和查询码查结果；登录了也不记录是谁"""

    def perform() -> Response:
        filed = service.file_report(**body)
        answer = jsonify({**schemas.ReportReceived().dump(filed.report), "access_code": filed.access_code})
        answer.status_code = 201
        return answer

    return run(perform, NOBODY, idempotent=True)


@blueprint.post("/tip-offs/progress")
@endpoint(_BY_CODE, body=schemas.ReportCodeIn, reply=schemas.ReportProgress, limit="20/minute", writes=False)
def progress(actor: Actor, body: dict[str, Any]) -> Any:
    """凭编号和查询码查举报的结果和提问"""
    return progress_of(queries.by_code(body["case_no"], body["code"]))


@blueprint.post("/tip-offs/answers")
@endpoint(_BY_CODE, body=schemas.ReportAnswerIn, reply=schemas.ReportProgress, limit="20/hour")
def answer(actor: Actor, body: dict[str, Any]) -> Any:
    """回答核查人员的提问，或者补充情况"""
    service.answer(**body)
    return progress_of(queries.by_code(body["case_no"], body["code"]))


@blueprint.post("/tip-offs/photos")
@endpoint(
    _BY_CODE,
    body=schemas.ReportCodeIn,
    files=schemas.TipOffPhotoFiles,
    reply=schemas.TipOffPhotoOut,
    status=201,
    max_body=_PHOTO_BODY,
    limit="30/hour",
    self_contained=True,
)
def add_photo(actor: Actor, body: dict[str, Any], files: dict[str, Any]) -> Any:
    """凭编号和查询码补一张照片，最多九张"""
    cleaned = photos.uploaded(files["photo"])
    with unit_of_work():
        added = service.attach(queries.by_code(body["case_no"], body["code"]), cleaned)
        return {"position": added.position, "sha256": added.sha256}


@blueprint.post("/tip-offs/result")
@endpoint(_BY_CODE, body=schemas.ReportCodeIn, reply=PaperDataOut, limit="20/minute", writes=False)
def result(actor: Actor, body: dict[str, Any]) -> Reply:
    """凭编号和查询码取处理结果告知书的数据"""
    return Reply(service.result_by_code(**body).data(), headers={"Cache-Control": "no-store"})


@blueprint.post("/tip-offs/result/pdf")
@endpoint(_BY_CODE, body=schemas.ReportCodeIn, produces=("application/pdf",), limit="20/minute", writes=False)
def result_file(actor: Actor, body: dict[str, Any]) -> Response:
    """凭编号和查询码取处理结果告知书的 PDF"""
    return private_pdf(service.result_by_code(**body))


@linked(blueprint, "/tip-off-photos/<token>")
def photo(viewer: Actor, token: str) -> Response:
    """一张照片；链接五分钟内有效，只有取得链接的工作人员能打开"""
    return private_picture(service.photo_bytes(viewer, token))
