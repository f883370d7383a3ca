"""What comes in and goes out of paying first; money in fen. The payer reads an alias, never a person."""

from typing import Any

from backend.complaints.offer_schemas import WORDS
from backend.infrastructure.fields import Choice, Fen, Input, Output, Text, fields

from .rules import Because


class AdvanceIn(Input):
    """A consumer's wish to be paid first."""

    EXAMPLE = {"because": "unperformed", "amount_fen": 12850}
    because = Choice(Because, required=True)
    amount_fen = Fen(required=True)


class AdvanceDeclineIn(Input):
    """Why the payer does not pay first."""

    EXAMPLE = {"text": "经营户仍在营业，可以自行赔付。"}
    text = Text(500, least=5, lines=True, load_default=None, allow_none=True, metadata={"description": WORDS})


class AdvanceReasonIn(Input):
    """A reason for the record."""

    EXAMPLE = {"text": "经营户已经退出市场，联系不上。"}
    text = Text(500, least=5, lines=True, required=True)


class PaidIn(Input):
    """About the payment that was made."""

    reference = Text(60, least=4, required=True, metadata={"description": "银行流水号，只保留后四位"})


class VoucherFiles(Input):
    """The photo of the voucher."""

    photo = fields.Raw(required=True, metadata={"type": "string", "format": "binary"})


class CapIn(Input):
    """How much is paid first."""

    EXAMPLE = {"per_case_fen": 500000, "per_day_fen": 2000000}
    per_case_fen = Fen(required=True)
    per_day_fen = Fen(required=True)


class HostIn(Input):
    """In whose place a unit trades."""

    EXAMPLE = {"host": "FXXF-330302-2026-00002"}
    host = Text(40, required=True, metadata={"description": "市场或景区的证书编号"})


class CapOut(Output):
    """A cap that holds from now on."""

    per_case_fen = fields.Integer()
    per_day_fen = fields.Integer()
    set_at = fields.AwareDateTime()


class HostOut(Output):
    """A host that was noted."""

    set_at = fields.AwareDateTime()


def _state_zh(case: Any) -> str:
    words: str = case.__lifecycle__.states[case.state]
    return words


class AdvanceOut(Output):
    """An advance payment."""

    case_no = fields.String()
    settlement_no = fields.String()
    alias = fields.String()
    unit_name = fields.String()
    because = fields.Enum(Because, by_value=True)
    by_host = fields.Function(lambda payment: payment.host_unit_id is not None, metadata={"type": "boolean"})
    amount_fen = fields.Integer()
    state = fields.String()
    state_zh = fields.String()
    opened_at = fields.AwareDateTime()
    decision_text = fields.String(allow_none=True)
    reference_masked = fields.String(allow_none=True)
    voucher_sha256 = fields.String(allow_none=True)
    own = fields.Boolean(metadata={"description": "是您申请的"})
    allowed = fields.List(fields.String(), metadata={"description": "您现在可以做的操作"})


class WayOut(Output):
    """A reason to be paid first, and whether it can be given now."""

    because = fields.Enum(Because, by_value=True)
    because_zh = fields.String(attribute="because.zh")
    closed = fields.String(allow_none=True, metadata={"description": "现在不能用这个理由的原因；能用时为 null"})


class AdvancesOfOneOut(Output):
    """What was asked for one request, the newest first, and what can be asked now."""

    advances = fields.List(fields.Nested(AdvanceOut))
    ways = fields.List(fields.Nested(WayOut))
    most_fen = fields.Integer(metadata={"description": "最多可以申请多少"})


class VoucherOut(Output):
    """Where the voucher is."""

    link = fields.String(allow_none=True, metadata={"description": "五分钟内有效的链接"})


class AdvancesOut(Output):
    """Payments."""

    advances = fields.List(fields.Nested(AdvanceOut))


class RecoveryOut(Output):
    """A recovery."""

    case_no = fields.String()
    unit_name = fields.String()
    amount_fen = fields.Integer()
    state = fields.String()
    state_zh = fields.Function(_state_zh, metadata={"type": "string"})
    opened_at = fields.AwareDateTime()
    result_text = fields.String(allow_none=True)


class RecoveriesOut(Output):
    """Recoveries."""

    recoveries = fields.List(fields.Nested(RecoveryOut))
