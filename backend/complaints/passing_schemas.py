"""What comes in when a complaint goes from one bureau to another."""

from marshmallow import post_load, validate

from backend.bodies.rules import BUREAUS
from backend.infrastructure.fields import Choice, Input, Text, fields

from .jurisdiction import ELSEWHERE, Places, Trade

_TARGET = validate.OneOf(list(BUREAUS), error="请选一个县（市、区）的市场监督管理局。")
_PLACE = validate.OneOf(["", *BUREAUS, ELSEWHERE], error="请从给出的选项中选一个。")


def _place(words: str) -> fields.String:
    return fields.String(
        load_default=None,
        allow_none=True,
        validate=_PLACE,
        metadata={"description": f"{words}：县（市、区）代码，elsewhere 为温州以外，不写为不清楚"},
    )


class PassOnIn(Input):
    """The bureau that may handle a complaint, where the respondent is, and why."""

    EXAMPLE = {
        "target": "330381",
        "trade": "premises",
        "place": "330381",
        "domicile": "330381",
        "reason": "经现场核实，该店去年已搬到瑞安市经营，本辖区没有经营场所。",
    }
    target = fields.String(required=True, validate=_TARGET)
    trade = Choice(Trade, required=True)
    place = _place("实际经营地，或者平台公示的经营地")
    domicile = _place("住所地（登记机关所在地）")
    platform = _place("平台经营者住所地")
    reason = Text(500, least=10, lines=True, required=True)

    @post_load
    def gathered(self, data: dict[str, object], **_options: object) -> dict[str, object]:
        """The places as one value."""
        where = {key: data.pop(key) or None for key in ("place", "domicile", "platform")}
        trade = data.pop("trade")
        return {**data, "places": Places(trade, **where)}  # type: ignore[arg-type]


class ContestIn(Input):
    """Why it is not clear who may handle a complaint."""

    EXAMPLE = {"reason": "该店跨两个辖区经营，双方协商不成。"}
    reason = Text(500, least=10, lines=True, required=True)


class AssignIn(Input):
    """Which bureau handles a complaint, and why."""

    EXAMPLE = {"target": "330381", "reason": "合同签订地和收款门店都在瑞安市，由瑞安市局办理。"}
    target = fields.String(required=True, validate=_TARGET)
    reason = Text(500, least=10, lines=True, required=True)
