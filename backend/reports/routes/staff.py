"""Reports over JSON: what officers read and decide."""

from typing import Any

from flask import Response, jsonify

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.documents.answers import private_pdf
from backend.documents.schemas import PaperDataOut
from backend.infrastructure.database import unit_of_work
from backend.infrastructure.fields import Output, fields
from backend.infrastructure.http import ApiBlueprint, Reply, endpoint
from backend.reports import queries, schemas, service
from backend.reports.model import Report, ReportMessage

blueprint = ApiBlueprint("reports_staff", __name__, description="举报的核查和决定（工作人员）")


class _TipOffs(Output):
    tip_offs = fields.List(fields.Nested(schemas.ReportForOfficer))


class _Papers(Output):
    documents = fields.List(fields.Nested(schemas.ReportPaperOut))


@blueprint.get("/tip-offs")
@endpoint(Action.REPORT_READ, reply=_TipOffs)
def reports(actor: Actor) -> dict[str, Any]:
    """举报列表"""
    return {"tip_offs": queries.reports(actor)}


@blueprint.get("/tip-offs/<case_no>")
@endpoint(Action.REPORT_READ, reply=schemas.ReportForOfficer)
def report(actor: Actor, case_no: str) -> Report:
    """一件举报，不含举报人的联系方式"""
    return queries.report(actor, Action.REPORT_READ, case_no)


@blueprint.post("/tip-offs/<case_no>/ask")
@endpoint(Action.REPORT_ASK, body=schemas.ReportTextIn, reply=schemas.ReportMessageOut, status=201, idempotent=True)
def ask(actor: Actor, case_no: str, body: dict[str, Any]) -> ReportMessage:
    """向举报人提问，举报人凭查询码看到"""
    return service.ask(actor, case_no, text=body["text"])


@blueprint.post("/tip-offs/<case_no>/reporter")
@endpoint(Action.REPORTER_REVEAL, body=schemas.ReporterPurposeIn, reply=schemas.ReporterContactOut, limit="60/hour")
def reveal(actor: Actor, case_no: str, body: dict[str, Any]) -> Response:
    """查看举报人的联系方式：写明用途，每次都记录"""
    contact, _ = service.reveal_reporter(actor, case_no, purpose=body["purpose"])
    answer = jsonify(schemas.ReporterContactOut().dump(contact))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/tip-offs/<case_no>/documents")
@endpoint(Action.REPORT_READ, reply=_Papers)
def documents(actor: Actor, case_no: str) -> dict[str, Any]:
    """一件举报的官方文书"""
    return {"documents": service.papers(queries.report(actor, Action.REPORT_READ, case_no))}


@blueprint.post("/tip-offs/<case_no>/documents")
@endpoint(Action.REPORTER_REVEAL, body=schemas.ReportPaperIn, reply=PaperDataOut, limit="60/hour")
def document(actor: Actor, case_no: str, body: dict[str, Any]) -> Reply:
    """一份官方文书的数据，可能写有举报人姓名：写明用途，每次都记录"""
    return Reply(service.officers_paper(actor, case_no, **body).data(), headers={"Cache-Control": "no-store"})


@blueprint.post("/tip-offs/<case_no>/documents/pdf")
@endpoint(
    Action.REPORTER_REVEAL,
    body=schemas.ReportPaperIn,
    produces=("application/pdf",),
    limit="60/hour",
    self_contained=True,
)
def document_file(actor: Actor, case_no: str, body: dict[str, Any]) -> Response:
    """一份官方文书的 PDF，可能写有举报人姓名：写明用途，每次都记录"""
    with unit_of_work():
        filled = service.officers_paper(actor, case_no, **body)
    return private_pdf(filled)


@blueprint.post("/tip-offs/<case_no>/verify")
@endpoint(Action.REPORT_VERIFY, reply=schemas.ReportForOfficer)
def verify(actor: Actor, case_no: str) -> Report:
    """开始核查，办理人就是承办人"""
    return service.verify(actor, case_no)


@blueprint.post("/tip-offs/<case_no>/ask-extension")
@endpoint(Action.REPORT_ASK_EXTENSION, body=schemas.ReportTextIn, reply=schemas.ReportForOfficer)
def ask_extension(actor: Actor, case_no: str, body: dict[str, Any]) -> Report:
    """申请延长十五个工作日"""
    return service.ask_extension(actor, case_no, text=body["text"])


@blueprint.post("/tip-offs/<case_no>/approve-extension")
@endpoint(Action.REPORT_APPROVE_EXTENSION, reply=schemas.ReportForOfficer)
def approve_extension(actor: Actor, case_no: str) -> Report:
    """批准延长，须由另一人"""
    return service.approve_extension(actor, case_no)


@blueprint.post("/tip-offs/<case_no>/deny-extension")
@endpoint(Action.REPORT_DENY_EXTENSION, reply=schemas.ReportForOfficer)
def deny_extension(actor: Actor, case_no: str) -> Report:
    """不批准延长，须由另一人"""
    return service.deny_extension(actor, case_no)


@blueprint.post("/tip-offs/<case_no>/file-case")
@endpoint(Action.REPORT_FILE_CASE, body=schemas.ReportTextIn, reply=schemas.ReportForOfficer)
def file_case(actor: Actor, case_no: str, body: dict[str, Any]) -> Report:
    """决定立案"""
    return service.file_case(actor, case_no, text=body["text"])


@blueprint.post("/tip-offs/<case_no>/not-file")
@endpoint(Action.REPORT_NOT_FILE, body=schemas.ReportTextIn, reply=schemas.ReportForOfficer)
def not_file(actor: Actor, case_no: str, body: dict[str, Any]) -> Report:
    """决定不予立案"""
    return service.not_file(actor, case_no, text=body["text"])


@blueprint.post("/tip-offs/<case_no>/transfer")
@endpoint(Action.REPORT_TRANSFER, body=schemas.ReportTransferIn, reply=schemas.ReportForOfficer)
def transfer(actor: Actor, case_no: str, body: dict[str, Any]) -> Report:
    """移送有处理权限的部门"""
    return service.transfer(actor, case_no, **body)


@blueprint.post("/tip-offs/<case_no>/merge")
@endpoint(Action.REPORT_MERGE, body=schemas.ReportMergeIn, reply=schemas.ReportForOfficer)
def merge(actor: Actor, case_no: str, body: dict[str, Any]) -> Report:
    """有新事实：并入之前的举报，核查期限重新计算"""
    return service.merge(actor, case_no, into=body["into"])


@blueprint.post("/tip-offs/<case_no>/close-repeat")
@endpoint(Action.REPORT_CLOSE_REPEAT, body=schemas.ReportRepeatIn, reply=schemas.ReportForOfficer)
def close_repeat(actor: Actor, case_no: str, body: dict[str, Any]) -> Report:
    """同一人、同一事、同一被举报人：不再重复处理"""
    return service.close_repeat(actor, case_no, of=body["of"])
