"""Genuineness over JSON: what anybody may tell and ask."""

from typing import Any

from flask import Response, request

from backend.access.actor import Actor
from backend.authenticity import checking, queries, schemas, service
from backend.authenticity.marks import Tapper
from backend.infrastructure import photos
from backend.infrastructure.database import unit_of_work
from backend.infrastructure.fields import Output, fields
from backend.infrastructure.headers import private_picture
from backend.infrastructure.http import ApiBlueprint, Public, Reply, endpoint
from backend.infrastructure.linked import linked

blueprint = ApiBlueprint("authenticity", __name__, description="不是这家店、真假牌查询、举报假牌")
_PHOTO_BODY = 9 * 1024 * 1024
_TELLS = Public("telling that a plate hangs in the wrong place needs no name")
_ASKS = Public("anyone may ask whether a plaque is genuine")
_REPORTS = Public("a false plaque may be reported without a name (Order 121 §28)")
_THANKS = "已经收到，谢谢。多人反映同一块牌，监管人员会到场核查。"


class _KnownFakes(Output):
    known_fakes = fields.List(fields.Nested(schemas.KnownFakeOut))


def tapper() -> Tapper:
    """Who asks, for telling tappers apart for a day; never stored as it is."""
    return Tapper(request.remote_addr or "", request.headers.get("User-Agent", ""))


@blueprint.post("/badges/<token>/not-this-shop")
@endpoint(
    _TELLS,
    body=schemas.PlaceReportIn,
    reply=schemas.PlaceReportOut,
    status=201,
    idempotent=True,
    limit="30/hour",
)
def not_this_shop(actor: Actor, token: str, body: dict[str, Any]) -> dict[str, str]:
    """不是这家店：匿名反映，不记录是谁、在哪里"""
    report = service.tell_place(tapper(), token, **body)
    return {"thanks": _THANKS, "photo_ticket": service.ticket_of(report)}


@blueprint.post("/badges/<token>/distance")
@endpoint(_TELLS, body=schemas.DistanceIn, status=204, limit="60/hour")
def distance(actor: Actor, token: str, body: dict[str, Any]) -> None:
    """我在店里：距离在手机上算，只告诉我们三档中的哪一档"""
    service.tell_distance(tapper(), token, bucket=body["bucket"])


@blueprint.post("/report-photos")
@endpoint(
    _TELLS,
    body=schemas.PhotoTicketIn,
    files=schemas.ReportPhotoFiles,
    reply=schemas.ReportPhotoOut,
    status=201,
    max_body=_PHOTO_BODY,
    limit="30/hour",
    self_contained=True,
)
def add_photo(actor: Actor, body: dict[str, Any], files: dict[str, Any]) -> Any:
    """给刚才的反映或举报补一张照片"""
    cleaned = photos.uploaded(files["photo"])
    with unit_of_work():
        return service.attach(body["ticket"], cleaned)


@linked(blueprint, "/report-photos/<token>")
def photo(viewer: Actor, token: str) -> Response:
    """一张照片；链接五分钟内有效，只有取得链接的工作人员能打开"""
    return private_picture(service.photo_bytes(viewer, token))


@blueprint.post("/plaque-checks")
@endpoint(_ASKS, body=schemas.PlaqueCheckIn, reply=schemas.PlaqueCheckOut, limit="30/minute", writes=False)
def check_words(actor: Actor, body: dict[str, Any]) -> Any:
    """真假牌查询：编号、店名或牌上的字"""
    return checking.check(body["words"])


@blueprint.post("/plaque-checks/photo")
@endpoint(
    _ASKS,
    files=schemas.PlaquePhotoFiles,
    reply=schemas.PlaqueCheckOut,
    max_body=_PHOTO_BODY,
    limit="10/minute",
    self_contained=True,
)
def check_photo(actor: Actor, files: dict[str, Any]) -> Any:
    """真假牌查询：读照片里的二维码，照片不保存"""
    codes = photos.qr_texts(photos.uploaded(files["photo"]))
    with unit_of_work(read_only=True):
        return checking.check(codes=codes)


@blueprint.get("/known-fakes")
@endpoint(_ASKS, reply=_KnownFakes)
def known_fakes(actor: Actor) -> dict[str, Any]:
    """已知的假牌"""
    return {"known_fakes": queries.known_fakes()}


@blueprint.post("/fake-plaque-reports")
@endpoint(
    _REPORTS,
    body=schemas.FakeReportIn,
    reply=schemas.FakeReportReceived,
    status=201,
    idempotent=True,
    limit="10/hour",
)
def report_fake(actor: Actor, body: dict[str, Any]) -> Reply:
    """举报假牌：不用留姓名，凭编号和查询码查结果"""
    received = service.report_fake(**body)
    answer = {
        **schemas.FakeReportProgress().dump(received.report),
        "access_code": received.access_code,
        "photo_ticket": service.ticket_of(received.report),
    }
    return Reply(answer, dumped=True)


@blueprint.post("/fake-plaque-reports/progress")
@endpoint(
    Public("progress is looked up by number and access code"),
    body=schemas.FakeProgressIn,
    reply=schemas.FakeReportProgress,
    limit="20/minute",
    writes=False,
)
def progress(actor: Actor, body: dict[str, Any]) -> Any:
    """凭编号和查询码查假牌举报的结果"""
    return queries.fake_report_by_code(body["case_no"], body["code"])
