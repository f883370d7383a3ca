"""The calculators over JSON, without sign-in."""

from typing import Any

from backend.access.actor import Actor
from backend.infrastructure.http import ApiBlueprint, Public, endpoint

from . import schemas, service
from .rules.prepaid import Prepayment, refund

blueprint = ApiBlueprint("calculators", __name__, description="预付款退款计算、退货权利", url_prefix="/calculators")
_PUBLIC = Public("computing what the law gives needs no name, and nothing is kept")


@blueprint.post("/prepaid-refund")
@endpoint(_PUBLIC, body=schemas.PrepaidIn, reply=schemas.RefundOut, limit="60/minute", writes=False)
def prepaid_refund(_actor: Actor, body: dict[str, Any]) -> Any:
    """预付款退款：应退多少，每一步的依据"""
    return refund(Prepayment(**body))


@blueprint.post("/return-right")
@endpoint(_PUBLIC, body=schemas.ReturnIn, reply=schemas.ReturnsOut, limit="60/minute", writes=False)
def return_right(_actor: Actor, body: dict[str, Any]) -> Any:
    """能不能退货：法定的、商家承诺的、质量不合格的"""
    return service.return_right(**body)
