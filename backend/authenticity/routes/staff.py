"""Genuineness over JSON: what staff read and decide."""

from typing import Any

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.authenticity import queries, schemas, service
from backend.authenticity.model import CloneCase, FakeReport, KnownFake
from backend.infrastructure.fields import Output, fields
from backend.infrastructure.http import ApiBlueprint, endpoint

blueprint = ApiBlueprint("authenticity_staff", __name__, description="疑似冒用、假牌举报和假牌名单（工作人员）")


class _CloneCases(Output):
    clone_cases = fields.List(fields.Nested(schemas.CloneCaseOut))


class _FakeReports(Output):
    fake_plaque_reports = fields.List(fields.Nested(schemas.FakeReportForOfficer))


@blueprint.get("/clone-cases")
@endpoint(Action.CLONE_CASE_READ, reply=_CloneCases)
def clone_cases(actor: Actor) -> dict[str, Any]:
    """疑似冒用的标牌"""
    return {"clone_cases": queries.clone_cases(actor)}


@blueprint.post("/clone-cases")
@endpoint(Action.CLONE_CASE_OPEN, body=schemas.SuspectIn, reply=schemas.CloneCaseOut, status=201, idempotent=True)
def open_clone_case(actor: Actor, body: dict[str, Any]) -> CloneCase:
    """工作人员立案"""
    return service.open_case(actor, body["serial"])


@blueprint.get("/clone-cases/<case_no>")
@endpoint(Action.CLONE_CASE_READ, reply=schemas.CloneCaseOut)
def clone_case(actor: Actor, case_no: str) -> CloneCase:
    """一件疑似冒用"""
    return queries.clone_case(actor, Action.CLONE_CASE_READ, case_no)


@blueprint.post("/clone-cases/<case_no>/check")
@endpoint(Action.CLONE_CASE_CHECK, reply=schemas.CloneCaseOut)
def check(actor: Actor, case_no: str) -> CloneCase:
    """开始到场核查"""
    return service.check(actor, case_no)


@blueprint.post("/clone-cases/<case_no>/confirm")
@endpoint(Action.CLONE_CASE_CONFIRM, body=schemas.FindingIn, reply=schemas.CloneCaseOut)
def confirm(actor: Actor, case_no: str, body: dict[str, Any]) -> CloneCase:
    """确认被冒用：标牌作废，通知单位换牌"""
    return service.confirm(actor, case_no, text=body["text"])


@blueprint.post("/clone-cases/<case_no>/dismiss")
@endpoint(Action.CLONE_CASE_DISMISS, body=schemas.DismissIn, reply=schemas.CloneCaseOut)
def dismiss(actor: Actor, case_no: str, body: dict[str, Any]) -> CloneCase:
    """没有冒用，了结"""
    return service.dismiss(actor, case_no, **body)


@blueprint.get("/fake-plaque-reports")
@endpoint(Action.FAKE_REPORT_READ, reply=_FakeReports)
def fake_reports(actor: Actor) -> dict[str, Any]:
    """假牌举报列表"""
    return {"fake_plaque_reports": queries.fake_reports(actor)}


@blueprint.get("/fake-plaque-reports/<case_no>")
@endpoint(Action.FAKE_REPORT_READ, reply=schemas.FakeReportForOfficer)
def fake_report(actor: Actor, case_no: str) -> FakeReport:
    """一件假牌举报"""
    return queries.fake_report(actor, Action.FAKE_REPORT_READ, case_no)


@blueprint.post("/fake-plaque-reports/<case_no>/hand-over")
@endpoint(Action.FAKE_REPORT_HAND_OVER, body=schemas.FindingIn, reply=schemas.FakeReportForOfficer)
def hand_over(actor: Actor, case_no: str, body: dict[str, Any]) -> FakeReport:
    """移交执法"""
    return service.hand_over(actor, case_no, text=body["text"])


@blueprint.post("/fake-plaque-reports/<case_no>/close")
@endpoint(Action.FAKE_REPORT_CLOSE, body=schemas.FindingIn, reply=schemas.FakeReportForOfficer)
def close(actor: Actor, case_no: str, body: dict[str, Any]) -> FakeReport:
    """没有发现问题，了结"""
    return service.close(actor, case_no, text=body["text"])


@blueprint.post("/known-fakes")
@endpoint(Action.KNOWN_FAKE_KEEP, body=schemas.KnownFakeIn, reply=schemas.KnownFakeOut, status=201, idempotent=True)
def add_known_fake(actor: Actor, body: dict[str, Any]) -> KnownFake:
    """把一种假牌列入公开名单"""
    return service.add_known_fake(actor, **body)


@blueprint.post("/known-fakes/<number>/withdraw")
@endpoint(Action.KNOWN_FAKE_KEEP, reply=schemas.KnownFakeOut)
def withdraw_known_fake(actor: Actor, number: str) -> KnownFake:
    """从公开名单撤下"""
    return service.withdraw_known_fake(actor, number)
