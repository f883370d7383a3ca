"""Paying first over JSON."""

from typing import Any

from flask import Response, jsonify

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure import photos
from backend.infrastructure.headers import private_picture
from backend.infrastructure.http import ApiBlueprint, endpoint, run
from backend.infrastructure.linked import linked

from . import queries, schemas, service
from .views import advance_view

blueprint = ApiBlueprint("compensation", __name__, description="先行赔付、追偿、台账")
_PHOTO_BODY = photos.MOST_BYTES + 64 * 1024


@blueprint.post("/settlements/<case_no>/advance")
@endpoint(
    Action.ADVANCE_REQUEST,
    body=schemas.AdvanceIn,
    reply=schemas.AdvanceOut,
    status=201,
    idempotent=True,
    limit="30/hour",
)
def request(actor: Actor, case_no: str, body: dict[str, Any]) -> Any:
    """消费者：申请先行赔付"""
    return advance_view(actor, service.request(actor, case_no, **body))


@blueprint.get("/settlements/<case_no>/advance")
@endpoint(Action.ADVANCE_REQUEST, reply=schemas.AdvancesOfOneOut)
def of_settlement(actor: Actor, case_no: str) -> Any:
    """消费者：这件诉求的先行赔付，和现在还能不能申请"""
    settlement, found = queries.advances_of(actor, case_no)
    return {
        "advances": [advance_view(actor, one) for one in found],
        "ways": service.ways(settlement),
        "most_fen": service.most_fen(settlement),
    }


@blueprint.get("/advances")
@endpoint(Action.ADVANCE_READ, reply=schemas.AdvancesOut)
def advances(actor: Actor) -> Any:
    """我能看到的先行赔付，新的在前"""
    return {"advances": [advance_view(actor, one) for one in queries.advances(actor)]}


@blueprint.get("/advances/<case_no>")
@endpoint(Action.ADVANCE_READ, reply=schemas.AdvanceOut)
def advance(actor: Actor, case_no: str) -> Any:
    """一件先行赔付"""
    return advance_view(actor, queries.advance(actor, Action.ADVANCE_READ, case_no))


@blueprint.get("/advances/<case_no>/voucher")
@endpoint(Action.ADVANCE_READ, reply=schemas.VoucherOut)
def voucher_of(actor: Actor, case_no: str) -> Any:
    """付款凭证的链接"""
    return {"link": service.voucher_link(actor, queries.advance(actor, Action.ADVANCE_READ, case_no))}


@blueprint.post("/advances/<case_no>/approve")
@endpoint(Action.ADVANCE_APPROVE, reply=schemas.AdvanceOut, idempotent=True)
def approve(actor: Actor, case_no: str) -> Any:
    """付款方：同意先行赔付"""
    return advance_view(actor, service.approve(actor, case_no))


@blueprint.post("/advances/<case_no>/decline")
@endpoint(Action.ADVANCE_DECLINE, body=schemas.AdvanceDeclineIn, reply=schemas.AdvanceOut, idempotent=True)
def decline(actor: Actor, case_no: str, body: dict[str, Any]) -> Any:
    """付款方：不同意，写明理由"""
    return advance_view(actor, service.decline(actor, case_no, **body))


@blueprint.post("/advances/<case_no>/pay")
@endpoint(
    Action.ADVANCE_PAY,
    body=schemas.PaidIn,
    files=schemas.VoucherFiles,
    reply=schemas.AdvanceOut,
    max_body=_PHOTO_BODY,
    idempotent=True,
    limit="30/hour",
    self_contained=True,
)
def pay(actor: Actor, case_no: str, body: dict[str, Any], files: dict[str, Any]) -> Any:
    """付款方：已在系统外付款，上传凭证"""
    voucher = photos.uploaded(files["photo"])

    def book() -> Response:
        paid = service.pay(actor, case_no, voucher, reference=body["reference"])
        return jsonify(schemas.AdvanceOut().dump(advance_view(actor, paid)))

    return run(book, actor, idempotent=True)


@linked(blueprint, "/vouchers/<token>")
def voucher(viewer: Actor, token: str) -> Response:
    """付款凭证；链接五分钟内有效，只有取得链接的本人能打开"""
    return private_picture(service.voucher_bytes(viewer, token))


@blueprint.get("/recoveries")
@endpoint(Action.RECOVERY_READ, reply=schemas.RecoveriesOut)
def recoveries(actor: Actor) -> Any:
    """追偿，新的在前"""
    return {"recoveries": queries.recoveries(actor)}


@blueprint.post("/recoveries/<case_no>/recover")
@endpoint(Action.RECOVERY_RECOVER, body=schemas.AdvanceReasonIn, reply=schemas.RecoveryOut)
def recover(actor: Actor, case_no: str, body: dict[str, Any]) -> Any:
    """主办方：已全额追回"""
    return service.recover(actor, case_no, **body)


@blueprint.post("/recoveries/<case_no>/write-off")
@endpoint(Action.RECOVERY_WRITE_OFF, body=schemas.AdvanceReasonIn, reply=schemas.RecoveryOut)
def write_off(actor: Actor, case_no: str, body: dict[str, Any]) -> Any:
    """主办方：追不回来，核销"""
    return service.write_off(actor, case_no, **body)


@blueprint.post("/units/<number>/fund-cap")
@endpoint(Action.FUND_CAP_SET, body=schemas.CapIn, reply=schemas.CapOut)
def fund_cap(actor: Actor, number: str, body: dict[str, Any]) -> Any:
    """联络站：每件、每天先行赔付的限额"""
    return service.set_cap(actor, number, **body)


@blueprint.post("/units/<number>/host")
@endpoint(Action.HOST_SET, body=schemas.HostIn, reply=schemas.HostOut)
def host(actor: Actor, number: str, body: dict[str, Any]) -> Any:
    """市场监管部门：登记单位在哪个市场或景区里经营"""
    return service.set_host(actor, number, **body)
