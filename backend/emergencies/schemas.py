"""What comes in and goes out of emergencies."""

from marshmallow import validate, validates_schema

from backend.infrastructure.fields import Choice, Input, Output, Text, fields, need
from backend.kernel.identifiers import COUNTIES

from .rules import CITY, Emergency

#: Said before and after: this is no emergency line.
CALL_FIRST = "请先打电话：急救 120、报警 110、市场监管 12315。"


class EmergencyIn(Input):
    """An emergency; at a certified unit by the token of its badge, elsewhere by place and county."""

    EXAMPLE = {
        "kind": "food_poisoning",
        "what": "一桌八个人吃完饭都在吐，已经打了 120。",
        "place": "江滨西路 12 号二楼",
        "county_code": "330302",
        "phone": "13912345678",
    }
    kind = Choice(Emergency, required=True)
    what = Text(1000, least=4, lines=True, required=True)
    token = Text(60, load_default=None, allow_none=True)
    place = Text(200, load_default=None, allow_none=True)
    county_code = fields.String(
        load_default=None, allow_none=True, validate=validate.OneOf([*COUNTIES, CITY], error="请从给出的选项中选一个。")
    )
    phone = Text(30, load_default=None, allow_none=True)

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _names_where(self, _loaded: object, sent: object, **_options: object) -> None:
        need(sent, "place", "county_code", without="token")


class EmergencyTaken(Output):
    """The answer to who raised it."""

    case_no = fields.String()
    call_first = fields.Function(lambda _: CALL_FIRST)


class EmergencyTextIn(Input):
    """A text to look at, as it is typed into a complaint or a report."""

    EXAMPLE = {"text": "我们一桌人吃完都上吐下泻。"}
    text = Text(3000, lines=True, required=True)


class EmergencySuggestion(Output):
    """Whether the text may tell of an emergency; the person decides."""

    kind = fields.Enum(Emergency, by_value=True, allow_none=True)
    call_first = fields.Function(lambda _: CALL_FIRST)


class EmergencyOutcomeIn(Input):
    """What was done."""

    EXAMPLE = {"text": "到场后封存留样，八人已送医，均无生命危险，移交食品科调查。"}
    text = Text(1000, least=5, lines=True, required=True)


class EmergencyForOfficer(Output):
    """An emergency to staff, without how to reach the person."""

    case_no = fields.String()
    state = fields.String()
    state_zh = fields.Function(lambda row: row.__lifecycle__.states[row.state])
    kind = fields.Enum(Emergency, by_value=True)
    kind_zh = fields.String(attribute="kind.zh")
    unit_name = fields.String(allow_none=True)
    county_code = fields.String()
    place = fields.String()
    what = fields.String()
    outcome = fields.String(allow_none=True)
    opened_at = fields.AwareDateTime()
